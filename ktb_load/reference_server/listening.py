"""Ports: binding them, and taking connections the way a deployment does.

A loop of our own accepts, so that connections can be refused, taken slowly, or left unserved past a
maximum while the kernel's backlog fills: what comes after that gets no answer at all.
"""

import asyncio
import logging
import socket
import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from ktb_load.reference_server.faults import Fault, Faults

_RESET = struct.pack("ii", 1, 0)
_LATER_S = 0.05


@dataclass(frozen=True)
class Listening:
    """How connections of one port are taken."""

    host: str
    backlog: int = 2048
    max_connections: int | None = None
    nagle: bool = False


class Connections(set[Any]):
    """The open connections, as uvicorn's protocols register themselves; says when one goes."""

    def __init__(self) -> None:
        super().__init__()
        self.gone = asyncio.Event()

    def discard(self, connection: Any) -> None:
        super().discard(connection)
        self.gone.set()

    def remove(self, connection: Any) -> None:
        super().remove(connection)
        self.gone.set()


@dataclass
class Port:
    """A bound port; connections come once ``open`` has run.

    Raises:
        OSError: the port cannot be bound.
    """

    option: str
    """Which option of the command line chose it."""
    scopes: Sequence[str]
    """The words for it in faults."""
    listening: Listening
    port: int
    faults: Faults
    connections: Connections = field(default_factory=Connections)
    _socket: socket.socket = field(init=False)
    _accepting: asyncio.Task[None] | None = None
    _deafening: list[asyncio.Task[None]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._socket = self._bind()
        self.port = self._socket.getsockname()[1]
        refusals = self.faults.of(self.scopes, "refuse")
        self._refusals = [fault for fault in refusals if fault.spec.rate < 1]
        self._deaf = [fault for fault in refusals if fault.spec.rate >= 1]
        self._slow = self.faults.of(self.scopes, "slow-accept")

    @property
    def url(self) -> str:
        host = f"[{self.listening.host}]" if ":" in self.listening.host else self.listening.host
        return f"http://{host}:{self.port}"

    def open(self, make_protocol: Callable[[], asyncio.Protocol]) -> None:
        """Take connections from now on.

        Raises:
            OSError: somebody else listens there; binding alone does not always tell.
        """
        self._make_protocol = make_protocol
        if not any(fault.open for fault in self._deaf):
            self._listen()
        self._deafening = [asyncio.create_task(self._be_deaf(fault)) for fault in self._deaf]

    def close(self) -> None:
        for task in (*self._deafening, self._accepting):
            if task is not None:
                task.cancel()
        self._socket.close()

    def abort(self, client: tuple[str, int]) -> None:
        """Cut the connection of a client, without another word."""
        for connection in tuple(self.connections):
            if connection.client == client:
                connection.transport.abort()

    def _bind(self) -> socket.socket:
        family = socket.AF_INET6 if ":" in self.listening.host else socket.AF_INET
        # With the protocol named, asyncio turns Nagle's algorithm off on what is accepted.
        bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.setblocking(False)
        try:
            bound.bind((self.listening.host, self.port))
        except OSError:
            bound.close()
            raise
        return bound

    def _listen(self) -> None:
        self._socket.listen(self.listening.backlog)
        self._accepting = asyncio.create_task(self._accept())

    async def _be_deaf(self, fault: Fault) -> None:
        """Refuse everybody while the fault's window is open: the port is bound, nobody listens."""
        await asyncio.sleep(fault.spec.after_s)
        if self._accepting is not None:
            self._accepting.cancel()
            await asyncio.wait([self._accepting])
            self._accepting = None
            self._socket.close()
            self._socket = self._bind()
        if fault.spec.for_s is not None:
            await asyncio.sleep(fault.spec.for_s)
            self._listen()

    async def _accept(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await self._until_there_is_room()
            try:
                connection, _ = await loop.sock_accept(self._socket)
            except OSError as error:
                logging.getLogger(__name__).warning("cannot accept on %s: %s", self.port, error)
                await asyncio.sleep(_LATER_S)
                continue
            if any([fault.strikes() for fault in self._refusals]):
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
                connection.close()
                continue
            for fault in self._slow:
                await asyncio.sleep(fault.draw())
            await self._serve(connection)

    async def _until_there_is_room(self) -> None:
        most = self.listening.max_connections
        while most is not None and len(self.connections) >= most:
            self.connections.gone.clear()
            await self.connections.gone.wait()

    async def _serve(self, connection: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        try:
            transport, _ = await loop.connect_accepted_socket(self._make_protocol, connection)
        except OSError:
            connection.close()
            return
        if self.listening.nagle:
            known = transport.get_extra_info("socket")
            known.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 0)
