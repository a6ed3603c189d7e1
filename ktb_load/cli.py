"""The command line: ``ktb-load run``, ``inspect``, ``demo``, ``serve``, ``plans``, ``new``.
Arguments -> one call.

Alone may print, read argv and exit. ``run`` is sugar that starts Locust; everything after that is
Locust's command line with our options.
"""

from __future__ import annotations

import argparse
import importlib.util
import logging
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path

from k6_export import cli as export_commands
from ktb_load import __version__, catalog
from ktb_load.demo import served
from ktb_load.errors import AuthorError, ExitCode, Place, Problem
from ktb_load.plan.locate import plan_names
from ktb_load.scaffold import command as scaffold

_EPILOG = "Everything that ktb-load run does not know goes to Locust: see `locust --help`."


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit code."""
    parser = _parser()
    arguments, rest = parser.parse_known_args(argv)
    if rest and arguments.command not in (_run, _inspect, _demo):
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    try:
        return int(arguments.command(arguments, rest))
    except AuthorError as error:
        print(error, file=sys.stderr)
        return int(error.exit_code)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="ktb-load",
        description="Load tests for chat back ends: Locust user classes, k6 semantics.",
    )
    parser.add_argument("--version", action="version", version=f"ktb-load {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    _add_locust_command(commands, "run", "run a plan headless").set_defaults(command=_run)
    inspecting = "show the options that hold, and where each came from"
    _add_locust_command(commands, "inspect", inspecting).set_defaults(command=_inspect)
    demo = commands.add_parser(
        "demo",
        help="serve a system here and run a plan against it",
        epilog=_EPILOG,
        allow_abbrev=False,
    )
    _add_system(demo)
    demo.add_argument("--plan", default="smoke")
    demo.set_defaults(command=_demo)
    plans = commands.add_parser("plans", help="list the plans there are")
    _add_system(plans)
    plans.set_defaults(command=_plans)
    new = commands.add_parser("new", help="write a test of your own back end from its documents")
    scaffold.add_arguments(new)
    export_commands.add_commands(commands)
    serve = commands.add_parser("serve", help="serve a chat system to test against")
    if importlib.util.find_spec("starlette") and importlib.util.find_spec("uvicorn"):
        from ktb_load.reference_server import command  # noqa: PLC0415  # needs an extra

        command.add_arguments(serve)
        serve.set_defaults(command=_without_rest(command.run))
    else:
        serve.add_argument("arguments", nargs="*")
        serve.set_defaults(command=_cannot_serve)
    return parser


def _add_locust_command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, text: str
) -> argparse.ArgumentParser:
    """A command that is Locust with a locustfile and a plan."""
    command = commands.add_parser(name, help=text, epilog=_EPILOG, allow_abbrev=False)
    _add_system(command)
    command.add_argument("-f", "--locustfile", help="default: the system's own")
    command.add_argument(
        "--plan", help="a plan's name or file; without one, Locust's -u, -r and -t hold"
    )
    return command


def _add_system(command: argparse.ArgumentParser) -> None:
    known = ", ".join(catalog.locustfiles())
    text = f"{known}; default: {catalog.DEFAULT}" if known else f"default: {catalog.DEFAULT}"
    command.add_argument("--system", default=catalog.DEFAULT, metavar="NAME", help=text)


def _without_rest(
    command: Callable[[argparse.Namespace], int],
) -> Callable[[argparse.Namespace, Sequence[str]], int]:
    return lambda arguments, _rest: command(arguments)


def _cannot_serve(_arguments: argparse.Namespace, _rest: Sequence[str]) -> int:
    what = "the reference server is not installed"
    raise AuthorError(
        [Problem(Place("ktb-load serve"), what, "pip install 'ktb-load[server]'")], ExitCode.GENERIC
    )


def _plans(arguments: argparse.Namespace, _rest: Sequence[str]) -> int:
    folder = Path(catalog.locustfile_of(arguments.system)).parent
    for name in plan_names([arguments.system], folder):
        print(name)
    return 0


def _run(arguments: argparse.Namespace, rest: Sequence[str]) -> int:
    locustfile = arguments.locustfile or catalog.locustfile_of(arguments.system)
    missing = [name for name in locustfile.split(",") if not Path(name).exists()]
    if missing:
        what = "there is no such locustfile"
        raise AuthorError([Problem(Place(name), what, "give one with -f") for name in missing])
    plan = ["--plan", arguments.plan] if arguments.plan else []
    return start_locust(["-f", locustfile, "--headless", *plan, *rest], locustfile)


def _inspect(arguments: argparse.Namespace, rest: Sequence[str]) -> int:
    return _run(arguments, ["--inspect", *rest])


def _demo(arguments: argparse.Namespace, rest: Sequence[str]) -> int:
    arguments.locustfile = None
    with served(arguments.system) as server:
        origins = " and ".join(dict.fromkeys((server["rest"], server["socket"])))
        print(f"{arguments.system} answers at {origins}", flush=True)
        where = ["--host", server["rest"], "--socket-host", server["socket"]]
        return _run(arguments, [*where, *rest])


def start_locust(argv: Sequence[str], locustfile: str) -> int:
    """Run Locust's own command line in this process; its exit code.

    Raises:
        AuthorError: the locustfile has no user class.
    """
    from locust import main as locust_main  # noqa: PLC0415, I001  # Locust patches the whole process
    from ktb_load.locust_host import hooks  # noqa: F401, PLC0415  # --plan, whatever the file says

    noted = _LastError()
    logging.getLogger("locust.main").addFilter(noted)
    sys.argv = ["locust", *argv]
    try:
        locust_main.main()
    except SystemExit as leaving:
        if noted.message == "No User class found!":
            what = "the locustfile has no user class"
            instead = "derive one from a class of ktb_load.systems and give it a @task"
            raise AuthorError([Problem(Place(locustfile), what, instead)]) from None
        return leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
    except Exception as error:
        place = _place_in(locustfile, error)
        if place is None:
            raise
        what = f"{type(error).__name__}: {error}"
        raise AuthorError([Problem(place, what)], ExitCode.SCRIPT_EXCEPTION) from None
    return 0


def _place_in(locustfile: str, error: Exception) -> Place | None:
    """Where in the locustfile an error came up while it was read; None if it was elsewhere."""
    frames = traceback.extract_tb(error.__traceback__)
    if not any(frame.name == "<module>" for frame in frames):
        return None
    named = [Path(name) for name in locustfile.split(",")]
    files = [file for one in named for file in (one.rglob("*.py") if one.is_dir() else [one])]
    shown = {file.resolve(): str(file) for file in files}
    there = [frame for frame in frames if Path(frame.filename).resolve() in shown]
    if not there:
        return None
    return Place(shown[Path(there[-1].filename).resolve()], there[-1].lineno)


class _LastError(logging.Filter):
    """Remembers why Locust gave up before it had begun; Locust itself only logs it.

    A filter, since Locust's set-up of logging takes handlers away.
    """

    message = ""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.levelno >= logging.ERROR:
            self.message = record.getMessage()
        return True
