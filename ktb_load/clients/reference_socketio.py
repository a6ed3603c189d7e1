"""The reference driver's Socket.IO: python-socketio speaks; what a task says and waits for, and the
words for what fails, are those of the lean driver.

It has Engine.IO's long polling as well, and the change from there to WebSocket. Handlers run in the
greenlet that reads, and must not block.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from time import perf_counter
from typing import Any
from urllib.parse import urlencode

import gevent
import socketio
from socketio import packet

from ktb_load.clients.failure import REQUEST_TIMEOUT
from ktb_load.clients.network import Network
from ktb_load.clients.reference_engine import SILENT, Engine, EngineSocket, Polling
from ktb_load.clients.socketio import (
    PING_TIMEOUT,
    SocketIOClient,
    SocketIOOptions,
    refusal,
    websocket_url,
)
from ktb_load.clients.websocket import (
    CLIENT,
    CLOSE_TIMEOUT_S,
    SERVER,
    TRANSPORT,
    End,
    WebSocketOptions,
)
from ktb_load.errors import ConnectFailed, Disconnected, TimedOut
from ktb_load.wire.engineio import POLLING
from ktb_load.wire.url import parse_url

_ACK = "an acknowledgement"


class Session(socketio.Client):  # type: ignore[misc]  # it has no types
    """python-socketio's client; tells its owner what comes."""

    def __init__(self, owner: ReferenceSocketIOClient, network: Network, url: str) -> None:
        options = owner.options
        self._owner, self._network = owner, network
        self._details = WebSocketOptions(
            headers=options.headers, name=options.name or url, timeout_s=options.timeout_s
        )
        self._polling = None
        if POLLING in options.transports:
            self._polling = Polling(network, options.headers, lambda: self.eio)
        super().__init__(
            reconnection=False,
            handle_sigint=False,
            logger=SILENT,
            engineio_logger=SILENT,
            request_timeout=options.timeout_s + 1,  # whoever connects is faster
            timestamp_requests=False,
            http_session=self._polling,
            websocket_extra_options={"class_": self._make_socket},
        )
        self.on("connect", owner.let_in, options.namespace)
        self.on("connect_error", owner.refused, options.namespace)
        self.on("disconnect", self._left, options.namespace)
        self.on("*", owner.deliver, options.namespace)

    @property
    def arrived(self) -> float:
        """``time.perf_counter()`` of the newest bytes."""
        return float(self.eio.arrived)

    def open(self, origin: str, options: SocketIOOptions) -> None:
        """Raises ConnectFailed if there is no Engine.IO session."""
        query = f"?{urlencode(options.query)}" if options.query else ""
        try:
            self.connect(
                f"{origin.rstrip('/')}{query}",
                headers=dict(options.headers),
                auth=options.auth,
                transports=list(options.transports),
                namespaces=[options.namespace],
                socketio_path=options.path,
                wait=False,
            )
        except socketio.exceptions.ConnectionError as error:
            failure = self.eio.failure or ConnectFailed(str(error), kind="connection")
            raise failure from None
        except (KeyError, TypeError, ValueError) as error:
            what = f"not an Engine.IO 4 handshake: {error}"
            raise ConnectFailed(what, kind="connection") from None

    def cut(self) -> None:
        """End it without a word."""
        self.eio.cut()
        polling, self._polling = self._polling, None
        if polling is not None:
            gevent.spawn(self.eio.close_behind, polling)

    def _engineio_client_class(self) -> type[Engine]:
        return Engine

    def _make_socket(self, **_options: Any) -> EngineSocket:
        made = EngineSocket(self.eio, self._network, self._details)
        self.eio.sockets.append(made)
        return made

    def _send_packet(self, pkt: packet.Packet) -> None:
        """Without a payload to authenticate with send none; some servers tell it from ``{}``."""
        if pkt.packet_type == packet.CONNECT and self._owner.options.auth is None:
            pkt.data = None
        super()._send_packet(pkt)

    def _handle_eio_message(self, data: str | bytes) -> None:
        try:
            super()._handle_eio_message(data)
        except Exception as error:
            what = f"not a Socket.IO packet: {data[:80]!r} ({error})"
            self._owner.ended(End(TRANSPORT), TRANSPORT, what)
            self.cut()

    def _handle_event(self, namespace: str | None, id: int | None, data: list[Any]) -> None:
        """Acknowledge what has a handler, and nothing else."""
        answered = id if self._owner.answers(data[0]) else None
        try:
            super()._handle_event(namespace, answered, data)
        except TypeError as error:
            self._owner.broke(error)

    def _left(self, reason: str) -> None:
        if reason == self.reason.SERVER_DISCONNECT:
            self._owner.ended(End(SERVER), SERVER, "the server disconnected the socket")
            self.cut()

    def _handle_eio_disconnect(self, reason: str) -> None:
        super()._handle_eio_disconnect(reason)
        if reason == self.reason.CLIENT_DISCONNECT:
            self._owner.ended(End(CLIENT), CLIENT)
            return
        end, cause = self._end()
        if reason == self.reason.SERVER_DISCONNECT:
            self._owner.ended(end, SERVER, "the server closed the Engine.IO session")
        else:
            self._owner.ended(end, cause, "no ping came" if cause == PING_TIMEOUT else "")
        self.cut()

    def _end(self) -> tuple[End, str]:
        """How the transport ended, and what that means."""
        if self.eio.current_transport == POLLING:
            late = self.eio.failure is not None and self.eio.failure.code == str(REQUEST_TIMEOUT)
            return End(TRANSPORT), PING_TIMEOUT if late else TRANSPORT
        socket = self.eio.sockets[-1]
        end = socket.end or End(CLIENT)
        return end, PING_TIMEOUT if socket.silent else end.cause


class ReferenceSocketIOClient(SocketIOClient):
    """An open connection. ``connect`` makes one."""

    def __init__(self, options: SocketIOOptions) -> None:
        super().__init__(options)
        self.options = options
        self._numbers = count()
        self._gone = False
        self._io: Session

    @classmethod
    def connect(cls, network: Network, origin: str, options: SocketIOOptions) -> SocketIOClient:
        self = cls(options)
        url = websocket_url(origin, options)
        self._io = Session(self, network, parse_url(url, ("ws", "wss")).shown)
        welcome = self.expect(options.welcome) if options.welcome else None
        due = perf_counter() + options.timeout_s
        limit = gevent.Timeout(options.timeout_s)
        try:
            with limit:
                self._io.open(origin, options)
                self._settled.wait()
            if self._refusal is not None:
                raise self._refusal
            if welcome is not None:
                self._wait_for(welcome, max(0.0, due - perf_counter()))
        except BaseException as error:
            self._io.cut()
            if error is not limit:
                raise
            what = "no answer to CONNECT"
            raise ConnectFailed(what, kind="connection", code="TIMED_OUT") from None
        return self

    def emit(self, event: str, *args: Any) -> None:
        self._emit(event, args)

    def call(self, event: str, *args: Any, timeout_s: float = 10.0) -> tuple[Any, ...]:
        number = next(self._numbers)
        awaited = self._inbox.expect(_ACK, lambda id_, *_: id_ == number)
        try:
            self._emit(event, args, lambda *said: self._acknowledged(number, said))
            return self._inbox.first_of((awaited,), timeout_s)[1][1:]
        except TimedOut:
            raise TimedOut(f"no acknowledgement of {event} within {timeout_s:g} s") from None
        finally:
            awaited.cancel()

    def close(self) -> None:
        with gevent.Timeout(CLOSE_TIMEOUT_S, False):
            self._io.disconnect()
        self.abort()
        self._inbox.raise_fault()

    def abort(self) -> None:
        self._io.cut()
        self.ended(End(CLIENT), CLIENT)

    def _emit(
        self, event: str, args: tuple[Any, ...], callback: Callable[..., None] | None = None
    ) -> None:
        self._inbox.raise_fault()
        if not self.connected:
            raise Disconnected("the connection is closed", kind="connection")
        try:
            self._io.emit(event, args, self._options.namespace, callback)
        except socketio.exceptions.BadNamespaceError:
            raise Disconnected("the namespace is closed", kind="connection") from None

    def _acknowledged(self, number: int, said: tuple[Any, ...]) -> None:
        self._inbox.deliver(_ACK, (number, *said), self._io.arrived)

    # What the session tells.

    def let_in(self) -> None:
        self.connected = True
        self._settled.set()

    def refused(self, *said: Any) -> None:
        self._refusal = refusal(said[0] if said else None)
        self._settled.set()

    def deliver(self, event: str, *args: Any) -> tuple[Any] | None:
        """An event; what its handlers answer."""
        answer = self._inbox.deliver(event, args, self._io.arrived)
        return None if answer is None else (answer,)

    def answers(self, event: str) -> bool:
        return self._inbox.handles(event)

    def broke(self, error: Exception) -> None:
        """The fault is the author's."""
        self._inbox.fail(error)

    def ended(self, end: End, cause: str, why: str = "") -> None:
        """The connection is gone; the first to say so counts."""
        if self._gone:
            return
        self._gone, self._cause = True, cause
        if why and not self._settled.is_set():
            self._refusal = ConnectFailed(why, kind="connection")
        self.on_end(end)
