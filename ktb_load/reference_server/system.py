"""What a chat system is to the command line, and where systems are found.

A system is one module of ``reference_server.systems``, or one folder there, with a ``SYSTEM`` in
it; nothing else has to know of it.
"""

import importlib
import pkgutil
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ktb_load.errors import AuthorError, Place, Problem
from ktb_load.reference_server import systems
from ktb_load.reference_server.serving import Order

_EXTRA = ("starlette", "uvicorn", "websockets", "python_multipart", "jwt", "socketio", "engineio")


def _no_options(group: Any) -> None:
    """Nothing but what all systems take."""


@dataclass(frozen=True)
class System:
    """A chat system that can be served."""

    ports: Mapping[str, int]
    """Name -> default number of ``--NAME-port``; one that is named ``""`` has ``--port``."""
    actions: Sequence[str]
    """What clients do: routes as ``POST /api/login``, and what they send over sockets."""
    serve: Callable[[Order], Awaitable[None]]
    """Serves until it is told to stop."""
    pushes: Sequence[str] = ()
    """What is sent to clients that did not ask for it just then."""
    add_options: Callable[[Any], None] = field(default=_no_options)
    """Adds what only this system has to a group of command line options."""


def names() -> Sequence[str]:
    """The systems there are, as they are written on a command line; nothing is imported."""
    found = pkgutil.iter_modules(systems.__path__)
    return sorted(module.name.replace("_", "-") for module in found)


def load(name: str) -> System:
    """
    Raises:
        AuthorError: it needs packages that are not installed.
    """
    try:
        module = importlib.import_module(f"{systems.__name__}.{name.replace('-', '_')}")
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in _EXTRA:
            raise
        what, instead = f"the package {error.name} is missing", "install ktb-load[server]"
        raise AuthorError([Problem(Place(name), what, instead)]) from None
    found: System = module.SYSTEM
    return found
