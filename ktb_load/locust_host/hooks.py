"""Our listeners on Locust's events. Importing this module (any of our user classes does) is
enough.
"""

from __future__ import annotations

from locust import events
from locust.argument_parser import LocustArgumentParser
from locust.env import Environment

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ktb_load.clients.drivers import LEAN, REFERENCE
from ktb_load.errors import AuthorError
from ktb_load.locust_host.host import Host, host_of
from ktb_load.locust_host.user import LoadUser
from ktb_load.plan.locate import plan_names
from ktb_load.plan.sources import SOURCES, switch


@events.init_command_line_parser.add_listener
def add_arguments(parser: LocustArgumentParser) -> None:
    """Our options, beside Locust's; those that make sense there are in the web form, too."""
    parser.add_argument(
        "--plan",
        default="",
        choices=_plan_choices(),
        metavar="NAME|FILE",
        env_var="KTB_LOAD_PLAN",
        help="The load and its thresholds: a plan of config/<system>/ by name, or a file;"
        " with several systems NAME is each one's own, SYSTEM/NAME,... says which",
    )
    parser.add_argument(
        "--socket-host",
        default="",
        env_var="KTB_LOAD_SOCKET_HOST",
        help="Origin of the chat socket, where it is not the host's. Default: the system's own",
    )
    parser.add_argument(
        "--seed",
        default="",
        env_var="KTB_LOAD_SEED",
        help="The same seed makes the same choices. Default: a new one for each run, printed",
    )
    parser.add_argument(
        "--driver",
        default=LEAN,
        choices=[LEAN, REFERENCE],
        env_var="KTB_LOAD_DRIVER",
        help="Who speaks WebSocket and Socket.IO: our lean clients, or websocket-client and"
        " python-socketio, which cost more and can poll",
    )
    group = parser.add_argument_group("ktb-load options", "In the words of k6's command line.")
    for source in SOURCES:
        if source.flag.startswith("--"):
            kind = {"action": "store_true"} if source.parse is switch else {"metavar": "VALUE"}
            group.add_argument(source.flag, dest=source.dest, help=source.help, **kind)
    for flag, details in _OF_A_RUN.items():
        group.add_argument(flag, **details)


_OF_A_RUN: Mapping[str, Mapping[str, Any]] = {
    "--out": {
        "action": "append",
        "metavar": "NAME=WHERE",
        "env_var": "K6_OUT",
        "help": "Send samples there as well: json=FILE, csv=FILE, junit=FILE,"
        " prometheus=HOST:PORT, prometheus-rw, opentelemetry",
    },
    "--summary-export": {
        "default": "",
        "metavar": "FILE",
        "env_var": "K6_SUMMARY_EXPORT",
        "help": "Write the end-of-test summary as JSON, in k6's shape",
    },
    "--summary-mode": {
        "default": "compact",
        "choices": ["compact", "full", "legacy", "disabled"],
        "env_var": "K6_SUMMARY_MODE",
        "help": "How much the end-of-test summary shows",
    },
    "--address": {
        "default": "",
        "metavar": "HOST:PORT",
        "env_var": "K6_ADDRESS",
        "help": "Open k6's REST API there, to look at the run, scale, pause and stop it",
    },
    "--inspect": {
        "action": "store_true",
        "help": "Show the options that hold, and where each came from; run nothing",
    },
    "--mark-iterations": {
        "action": "store_true",
        "env_var": "KTB_LOAD_MARKS",
        "help": "Say in a header of every request which iteration it belongs to",
    },
    "--no-thresholds": {
        "action": "store_true",
        "env_var": "K6_NO_THRESHOLDS",
        "help": "Do not judge thresholds",
    },
}


def _plan_choices() -> list[str]:
    """Every plan by name, for the web form's select; and whatever was given, which is judged
    later.
    """
    first = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    first.add_argument("--plan", default="")
    first.add_argument("-f", "--locustfile", default="locustfile.py")
    given, _ = first.parse_known_args(sys.argv[1:])
    systems = sorted({c.system for c in _all_subclasses(LoadUser) if c.system})
    first_file = Path(given.locustfile.split(",")[0])
    folder = first_file if first_file.is_dir() else first_file.parent
    each = [f"{s}/{name}" for s in systems for name in plan_names([s], folder)]
    named = [*plan_names(systems, folder), *(each if len(systems) > 1 else [])]
    return list(dict.fromkeys(["", *named, given.plan]))


def _all_subclasses(user_class: type[LoadUser]) -> list[type[LoadUser]]:
    below: list[type[LoadUser]] = user_class.__subclasses__()
    return [*below, *(c for direct in below for c in _all_subclasses(direct))]


@events.init.add_listener
def prepare(environment: Environment, **_: Any) -> None:
    """Find the author's faults before any load; they end the process with k6's exit code."""
    host = host_of(environment)
    try:
        host.prepare()
    except AuthorError as error:
        sys.stderr.write(f"{error}\n")
        if isinstance(host, Host):
            host.dismiss(error.exit_code)
        sys.exit(error.exit_code)


@events.test_start.add_listener
def test_started(environment: Environment, **_: Any) -> None:
    host_of(environment).test_started()


@events.test_stopping.add_listener
def test_stopping(environment: Environment, **_: Any) -> None:
    host_of(environment).test_stopping()


@events.test_stop.add_listener
def test_stopped(environment: Environment, **_: Any) -> None:
    host_of(environment).test_stopped()
