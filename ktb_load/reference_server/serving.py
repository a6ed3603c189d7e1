"""Serving ASGI applications on ports of our own, until a signal ends it."""

import asyncio
import errno
import json
import logging
import os
import signal
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import uvicorn
from uvicorn.server import ServerState

from ktb_load.errors import AuthorError, ExitCode, Place, Problem
from ktb_load.reference_server.faults import Faults
from ktb_load.reference_server.listening import Listening, Port

_KEEP_ALIVE_S = 61
"""How long a deployment keeps an idle connection."""


@dataclass(frozen=True)
class Order:
    """What was asked for on the command line."""

    arguments: Namespace
    faults: Faults

    def bind(self, name: str, max_connections: int | None = None) -> Port:
        """The port of ``--NAME-port``.

        Raises:
            AuthorError: it cannot be bound.
        """
        asked = self.arguments
        listening = Listening(asked.host, asked.backlog, max_connections, asked.nagle)
        number = getattr(asked, f"{name}_port")
        with _explained(name, number):
            return Port(name, listening, number, self.faults)


@contextmanager
def _explained(name: str, number: int) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        option = f"--{name}-port"
        what, instead = f"cannot listen on port {number}: {error.strerror}", ""
        if error.errno == errno.EADDRINUSE:
            what = f"port {number} is taken"
            instead = f"choose another with {option}, or 0 for any free one"
        raise AuthorError([Problem(Place(option), what, instead)], ExitCode.GENERIC) from None


def serve_on(port: Port, app: Any, largest_frame: int) -> None:
    """Let an application answer what comes to a port from now on."""
    config = uvicorn.Config(
        app,
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=_KEEP_ALIVE_S,
        ws_max_size=largest_frame,
        ws_ping_interval=None,
        ws_ping_timeout=None,
        ws_per_message_deflate=False,
    )
    config.load()
    state = ServerState()
    state.connections = port.connections
    protocol: Any = config.http_protocol_class
    with _explained(port.name, port.port):
        port.open(lambda: protocol(config=config, server_state=state, app_state={}))


def announce(system: str, dialect: str, rest: Port, sockets: Port) -> None:
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
