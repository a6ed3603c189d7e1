"""The command that serves a chat system: its options, and how it begins and ends."""

import argparse
import asyncio
import importlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ktb_load.errors import AuthorError, ExitCode, Place, Problem
from ktb_load.reference_server.faults import (
    Faults,
    FaultSpec,
    parse_fault,
    scope_problem,
)
from ktb_load.reference_server.trace import Trace

SYSTEMS = {
    "ktb-chat": "ktb_load.reference_server.ktb_chat.serve",
}
"""System -> the module that serves it, with ``ACTIONS`` and ``serve(arguments, faults, trace)``."""

_EXTRA = ("starlette", "uvicorn", "websockets", "python_multipart", "jwt")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("system", choices=sorted(SYSTEMS), help="the chat system to serve")
    _add_listening(parser.add_argument_group("listening"))
    _add_behaviour(parser.add_argument_group("behaviour"))
    _add_traps(parser.add_argument_group("what deployments do badly"))


def _add_listening(group: Any) -> None:
    group.add_argument("--host", default="127.0.0.1", help="the address to listen on")
    for name, port in (("rest", 5001), ("socket", 5002)):
        option = f"--{name}-port"
        group.add_argument(
            option, type=_port, default=port, metavar="N", help=f"0: any free one ({port})"
        )
    group.add_argument(
        "--max-connections",
        type=_count,
        metavar="N",
        help="serve so many HTTP connections at a time; others wait in the backlog",
    )
    group.add_argument(
        "--backlog", type=_count, default=2048, metavar="N", help="of both ports (2048)"
    )


def _add_behaviour(group: Any) -> None:
    group.add_argument("--dialect", choices=("documented", "deployed"), default="deployed")
    group.add_argument(
        "--database", default=":memory:", metavar="FILE", help="keep everything there (in memory)"
    )
    group.add_argument(
        "--fault",
        action="append",
        default=[],
        metavar="SCOPE:KIND[=VALUE][,KEY=VALUE...]",
        help="for example 'chatMessage:delay=200ms' or 'POST /api/auth/login:error=0.1,status=503'",
    )
    group.add_argument("--seed", default="", metavar="TEXT", help="of everything random")
    group.add_argument("--trace", type=Path, metavar="FILE", help="one JSON line for each action")
    group.add_argument("--ai", choices=("works", "broken"), default="works")
    group.add_argument(
        "--takeover",
        type=_seconds,
        default=10.0,
        metavar="SECONDS",
        help="from duplicate_login to session_ended (10)",
    )
    group.add_argument(
        "--list-limit", type=_count, default=10_000, metavar="N", help="room lists in 30 s (10000)"
    )
    group.add_argument(
        "--message-limit",
        type=_count,
        default=10_000,
        metavar="N",
        help="messages of a user in a minute (10000)",
    )
    for option, seconds in (("--ping-interval", 25.0), ("--ping-timeout", 60.0)):
        group.add_argument(option, type=_seconds, default=seconds, help=argparse.SUPPRESS)


def _add_traps(group: Any) -> None:
    group.add_argument(
        "--lossy-joins", action="store_true", help="REST joins at the same time lose members"
    )
    group.add_argument(
        "--hash-ms",
        type=_count,
        default=0,
        metavar="MS",
        help="what one password costs of a core (0; a deployment: 85)",
    )
    group.add_argument("--nagle", action="store_true", help="leave Nagle's algorithm on")


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number")
    return int(text)


def _port(text: str) -> int:
    number = _count(text)
    if number > 65_535:
        raise argparse.ArgumentTypeError(f"{text} is not a port; write a number up to 65535")
    return number


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds < float("inf"):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds")
    return seconds


def run(arguments: argparse.Namespace) -> int:
    """Serve until SIGTERM or SIGINT.

    Raises:
        AuthorError: something that was asked for cannot be.
    """
    system = _system(arguments.system)
    specs = _fault_specs(arguments.fault, system.ACTIONS)
    trace = _trace(arguments.trace)
    try:
        asyncio.run(system.serve(arguments, Faults(specs, arguments.seed), trace))
    finally:
        trace.close()
    return int(ExitCode.OK)


def _system(name: str) -> Any:
    try:
        return importlib.import_module(SYSTEMS[name])
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in _EXTRA:
            raise
        instead = "install ktb-load[server]"
        problem = Problem(Place(name), f"the package {error.name} is missing", instead)
        raise AuthorError([problem]) from None


def _fault_specs(texts: Sequence[str], actions: Sequence[str]) -> Sequence[FaultSpec]:
    specs, problems = [], []
    for text in texts:
        try:
            specs.append(parse_fault(text))
            problem = scope_problem(specs[-1], actions)
        except ValueError as error:
            problem = str(error)
        if problem:
            problems.append(Problem(Place(f"--fault {text}"), problem))
    if problems:
        raise AuthorError(problems)
    return specs


def _trace(path: Path | None) -> Trace:
    try:
        return Trace(path)
    except OSError as error:
        what = f"cannot write {path}: {error.strerror}"
        raise AuthorError([Problem(Place("--trace"), what)]) from None
