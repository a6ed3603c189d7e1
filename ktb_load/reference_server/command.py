"""The command that serves a chat system: its options, and how it begins and ends."""

import argparse
import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ktb_load.errors import AuthorError, ExitCode, Place, Problem
from ktb_load.reference_server import system
from ktb_load.reference_server.faults import Faults, FaultSpec, parse_fault, scope_problem
from ktb_load.reference_server.options import count, port
from ktb_load.reference_server.serving import Order, port_option
from ktb_load.reference_server.system import System
from ktb_load.reference_server.trace import Trace


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One sub-command for each system there is."""
    commands = parser.add_subparsers(
        dest="system",
        required=True,
        metavar="SYSTEM",
        title="systems",
        description="SYSTEM --help lists the options of one",
        parser_class=_SystemParser,
    )
    for name in system.names():
        commands.add_parser(name, served=name, help="")


class _SystemParser(argparse.ArgumentParser):
    """Imports its system, and takes its options, when it has something to parse."""

    def __init__(self, served: str, **more: Any) -> None:
        super().__init__(**more)
        self._served = served

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        try:
            _add_options(self, system.load(self._served))
        except AuthorError as error:
            self.exit(int(error.exit_code), f"{error}\n")
        return super().parse_known_args(args, namespace)


def _add_options(parser: argparse.ArgumentParser, served: System) -> None:
    _add_listening(parser.add_argument_group("listening"), served)
    _add_behaviour(parser.add_argument_group("behaviour"))
    served.add_options(parser.add_argument_group("this system alone"))


def _add_listening(group: Any, served: System) -> None:
    group.add_argument("--host", default="127.0.0.1", help="the address to listen on")
    for name, number in served.ports.items():
        text = f"0: any free one ({number})"
        group.add_argument(port_option(name), type=port, default=number, metavar="N", help=text)
    group.add_argument("--free-ports", action="store_true", help="any free port, whatever is said")
    group.add_argument(
        "--max-connections",
        type=count,
        metavar="N",
        help="serve so many HTTP connections at a time; others wait in the backlog",
    )
    group.add_argument("--backlog", type=count, default=2048, metavar="N", help="of a port (2048)")
    group.add_argument("--nagle", action="store_true", help="leave Nagle's algorithm on")


def _add_behaviour(group: Any) -> None:
    group.add_argument(
        "--fault",
        action="append",
        default=[],
        metavar="SCOPE:KIND[=VALUE][,KEY=VALUE...]",
        help="for example 'connect:delay=200ms' or 'rest:error=0.1,status=503'",
    )
    group.add_argument("--seed", default="", metavar="TEXT", help="of everything random")
    group.add_argument("--trace", type=Path, metavar="FILE", help="one JSON line for each action")


def run(arguments: argparse.Namespace) -> int:
    """Serve until SIGTERM or SIGINT.

    Raises:
        AuthorError: something that was asked for cannot be.
    """
    served = system.load(arguments.system)
    faults = Faults(_fault_specs(arguments.fault, served), arguments.seed)
    trace = _trace(arguments.trace)
    try:
        asyncio.run(_serve(served, Order(arguments, faults, trace)))
    finally:
        trace.close()
    return int(ExitCode.OK)


async def _serve(served: System, order: Order) -> None:
    await served.serve(order)


def _fault_specs(texts: Sequence[str], served: System) -> Sequence[FaultSpec]:
    specs, problems = [], []
    for text in texts:
        try:
            specs.append(parse_fault(text))
            problem = scope_problem(specs[-1], served.actions, served.pushes)
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
