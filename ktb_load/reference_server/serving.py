"""Serving ASGI applications on ports of our own, until a signal ends it."""

import asyncio
import errno
import json
import logging
import os
import signal
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

import uvicorn
from uvicorn.server import ServerState

from ktb_load.errors import AuthorError, ExitCode, Place, Problem
from ktb_load.reference_server.faults import REST, SOCKET, Faults
from ktb_load.reference_server.listening import Listening, Port
from ktb_load.reference_server.trace import Trace

_KEEP_ALIVE_S = 61
"""How long a deployment keeps an idle connection."""


LARGEST_FRAME = 65_536


@dataclass(frozen=True)
class Order:
    """What was asked for on the command line, and what a whole server shares."""

    arguments: Namespace
    faults: Faults
    trace: Trace

    def bind(self, name: str = "", *, counted: bool = True) -> Port:
        """The port of ``--NAME-port``; without a name, the one port that a system has.

        Args:
            counted: whether ``--max-connections`` holds here.

        Raises:
            AuthorError: it cannot be bound.
        """
        asked = self.arguments
        most = asked.max_connections if counted else None
        listening = Listening(asked.host, asked.backlog, most, asked.nagle)
        option = port_option(name)
        number = 0 if asked.free_ports else getattr(asked, option[2:].replace("-", "_"))
        scopes = (name,) if name else (REST, SOCKET)
        with _explained(option, number):
            return Port(option, scopes, listening, number, self.faults)


def port_option(name: str) -> str:
    return f"--{name}-port" if name else "--port"


@contextmanager
def _explained(option: str, number: int) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        what, instead = f"cannot listen on port {number}: {error.strerror}", ""
        if error.errno == errno.EADDRINUSE:
            what = f"port {number} is taken"
            instead = f"choose another with {option}, or 0 for any free one"
        raise AuthorError([Problem(Place(option), what, instead)], ExitCode.GENERIC) from None


def serve_on(
    port: Port, app: Any, web_sockets: Callable[..., asyncio.Protocol] | None = None
) -> None:
    """Let an application answer what comes to a port from now on.

    Args:
        web_sockets: makes what takes over a connection that asks to be a WebSocket; without it the
            application gets these as well.
    """
    config = uvicorn.Config(
        _takes_absolute_form(app),
        ws=web_sockets or "auto",  # type: ignore[arg-type]  # anything that makes a protocol will do
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=_KEEP_ALIVE_S,
        ws_max_size=LARGEST_FRAME,
        ws_ping_interval=None,
        ws_ping_timeout=None,
        ws_per_message_deflate=False,
    )
    config.load()
    state = ServerState()
    state.connections = port.connections
    protocol: Any = config.http_protocol_class
    with _explained(port.option, port.port):
        port.open(lambda: protocol(config=config, server_state=state, app_state={}))


def _takes_absolute_form(app: Any) -> Any:
    """What a proxy asks for begins with ``http://host`` (RFC 9112, section 3.2.2), of which
    uvicorn makes a path, unless httptools is installed.
    """

    async def serve(scope: Any, receive: Any, send: Any) -> None:
        raw = scope.get("raw_path") or b""
        if raw[:7].lower() == b"http://":
            scope["raw_path"] = b"/" + raw[7:].partition(b"/")[2]
            scope["path"] = unquote(scope["raw_path"].decode("latin-1"))
        await app(scope, receive, send)

    return serve


async def serve_one_port(
    order: Order,
    make_app: Callable[[Port], Any],
    web_sockets: Callable[..., asyncio.Protocol] | None = None,
) -> None:
    """Serve a system that has one port, until a signal ends it."""
    port = order.bind()
    app = make_app(port)
    order.faults.begin()
    serve_on(port, app, web_sockets)
    announce(order.arguments.system, port, port)
    await until_told_to_stop()
    port.close()


def announce(system: str, rest: Port, sockets: Port, dialect: str = "documented") -> None:
    """Say on one line that the server is ready, and where."""
    ready = {"system": system, "dialect": dialect, "rest": rest.url, "socket": sockets.url}
    sys.stdout.write(json.dumps({**ready, "pid": os.getpid()}) + "\n")
    sys.stdout.flush()


async def until_told_to_stop() -> None:
    """Until SIGTERM or SIGINT. What still runs then is cut off, which is no news."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    await stop.wait()
    logging.disable()
    sys.unraisablehook = lambda _: None  # polls that wait are closed after their loop
