"""A Socket.IO client (protocol 5 over Engine.IO 4, WebSocket only): one namespace, one connection.
Long polling is the reference driver's.

An event that nobody waits for is not decoded: its name is read off the front of the message, and
that is all. Answers are other events or acknowledgements; ``expect`` and ``first_of`` wait for
them, ``call`` does it for acknowledgements.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

import gevent
from gevent.event import Event

from ktb_load.clients.drivers import INSTEAD_OF_POLLING, NO_POLLING
from ktb_load.clients.inbox import Expectation, Handler, Inbox, Match
from ktb_load.clients.network import Network
from ktb_load.clients.websocket import SERVER, TRANSPORT, End, WebSocket, WebSocketOptions
from ktb_load.errors import ConnectFailed, Disconnected, ExchangeFailed, TimedOut
from ktb_load.wire import engineio
from ktb_load.wire import socketio as wire

PING_TIMEOUT = "ping_timeout"
_ACK = "an acknowledgement"
_WEBSOCKET = {"http": "ws", "https": "wss"}


@dataclass(frozen=True)
class SocketIOOptions:
    """What a connection may be given beside its origin."""

    auth: Any = None
    """The payload of CONNECT; None sends none."""
    name: str = ""
    """The tags ``name`` and ``url`` of the ``ws_*`` samples; without it they are the URL."""
    namespace: str = "/"
    path: str = "/socket.io/"
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    timeout_s: float = 20.0
    """From the dial to the answer to CONNECT; socket.io-client's own default."""
    welcome: str = ""
    """An event that the server sends by itself when it has let us in; connecting waits for it."""
    transports: tuple[str, ...] = (engineio.WEBSOCKET,)
    """Engine.IO's transports, the first to begin with. Anything but the default needs the reference
    driver.
    """

    def __post_init__(self) -> None:
        engineio.check_transports(self.transports)


class SocketIOClient:
    """An open connection. ``connect`` makes one."""

    __slots__ = (
        *("_acks", "_cause", "_hello", "_inbox", "_next_id", "_options", "_partial", "_prefix"),
        *("_refusal", "_settled", "_silence", "_socket"),
        *("close_cause", "connected", "on_close"),
    )

    def __init__(self, options: SocketIOOptions) -> None:
        self._options = options
        self._inbox = Inbox()
        self._hello = wire.connect(options.namespace, options.auth).decode()
        self._prefix = wire.event_head(options.namespace).decode() + '["'
        self._settled = Event()
        self._refusal: ExchangeFailed | None = None
        self._partial: tuple[wire.Packet, list[bytes]] | None = None
        self._acks: dict[int, Expectation] = {}
        self._next_id = 0
        self._silence: Any = None
        self._cause = ""
        self._socket: WebSocket
        self.connected = False
        self.close_cause = ""
        """``server``, ``client``, ``ping_timeout`` or ``transport``; empty while it is open."""
        self.on_close: Callable[[], None] | None = None
        """Called once, in the loop, when the connection has ended."""

    @classmethod
    def connect(cls, network: Network, origin: str, options: SocketIOOptions) -> SocketIOClient:
        """Connect to ``http(s)://host:port`` and enter the namespace.

        Raises:
            ConnectFailed: kind ``connection`` if no connection came about, ``auth`` if the server
            refused to let us in, or ended the connection before its welcome.
            ValueError: there is no such URL, or the lean driver is asked to poll.
        """
        if network.driver is not None:
            return network.driver.socketio.connect(network, origin, options)
        if engineio.POLLING in options.transports:
            raise ValueError(f"{NO_POLLING}; {INSTEAD_OF_POLLING}")
        self = cls(options)
        due = perf_counter() + options.timeout_s
        url = websocket_url(origin, options)
        details = WebSocketOptions(
            headers=options.headers, name=options.name, timeout_s=options.timeout_s
        )
        welcome = self.expect(options.welcome) if options.welcome else None
        self._socket = WebSocket.connect(network, url, self, details)
        try:
            if not self._settled.wait(max(0.0, due - perf_counter())):
                raise ConnectFailed("no answer to CONNECT", kind="connection", code="TIMED_OUT")
            if self._refusal is not None:
                raise self._refusal
            if welcome is not None:
                self._wait_for(welcome, max(0.0, due - perf_counter()))
        except BaseException:
            self._socket.abort()
            raise
        return self

    def _wait_for(self, welcome: Expectation, timeout_s: float) -> None:
        try:
            self.first_of((welcome,), timeout_s)
        except TimedOut:
            what = f"no {welcome.event} after CONNECT"
            raise ConnectFailed(what, kind="connection", code="TIMED_OUT") from None
        except Disconnected as error:
            refused = self.close_cause == SERVER
            kind, code = ("auth", "REFUSED") if refused else ("connection", error.code)
            raise ConnectFailed(f"{error}, without {welcome.event}", kind=kind, code=code) from None

    # What a task says.

    def emit(self, event: str, *args: Any) -> None:
        """Send an event.

        Raises:
            Disconnected: the connection is closed.
        """
        self._send(wire.pack_event(self._options.namespace, [event, *args]))

    def call(self, event: str, *args: Any, timeout_s: float = 10.0) -> tuple[Any, ...]:
        """Send an event and wait for its acknowledgement; the acknowledgement's arguments.

        Raises:
            TimedOut, Disconnected: none came.
        """
        number, self._next_id = self._next_id, self._next_id + 1
        awaited = self._acks[number] = self._inbox.expect(_ACK, lambda id_, *_: id_ == number)
        try:
            self._send(wire.pack_event(self._options.namespace, [event, *args], number))
            return self._inbox.first_of((awaited,), timeout_s)[1][1:]
        except TimedOut:
            raise TimedOut(f"no acknowledgement of {event} within {timeout_s:g} s") from None
        finally:
            self._acks.pop(number).cancel()

    def on(self, event: str, handler: Handler) -> None:
        """Call ``handler`` with each such event; it must not block. What it returns is the
        acknowledgement, where the server asks for one.
        """
        self._inbox.on(event, handler)

    def expect(self, event: str, match: Match | None = None) -> Expectation:
        """Wait from now on for the next such event for which ``match(*args)`` is true."""
        return self._inbox.expect(event, match)

    def first_of(
        self, expectations: Sequence[Expectation], timeout_s: float
    ) -> tuple[Expectation, tuple[Any, ...]]:
        """Wait for the first of them; which it was, and the arguments of the event.

        Raises:
            TimedOut: none came in time.
            Disconnected: the connection ended first.
        """
        return self._inbox.first_of(expectations, timeout_s)

    def close(self) -> None:
        """Leave the namespace, then close."""
        if self._socket.open:
            self._socket.send(wire.disconnect(self._options.namespace).decode())
        self._socket.close()
        self._inbox.raise_fault()

    def abort(self) -> None:
        """Cut TCP without a word."""
        self._socket.abort()

    # In the loop.

    def on_message(self, data: str | bytes, at: float) -> None:
        try:
            if isinstance(data, bytes):
                self._attachment(data, at)
            elif data.startswith(self._prefix):
                begin = len(self._prefix)
                name = data[begin : data.find('"', begin)]
                if "\\" in name:
                    self._packet(wire.parse(data), at)
                elif self._inbox.wants(name):
                    event, args = wire.decode_event(data[begin - 2 :])
                    self._inbox.deliver(event, args, at)
            elif data[:1] == engineio.MESSAGE:
                self._packet(wire.parse(data), at)
            else:
                self._engine(data)
        except (wire.SocketIOError, engineio.EngineIOError) as error:
            self._end(TRANSPORT, str(error))

    def on_end(self, end: End) -> None:
        self.connected = False
        self.close_cause = self._cause or end.cause
        if self._silence is not None:
            self._silence.stop()
            self._silence.close()
        self._inbox.end(
            Disconnected(f"the connection was {end}", kind="connection", code=str(end.code))
        )
        if not self._settled.is_set():
            refusal = ConnectFailed(f"the connection was {end}", kind="connection")
            self._refusal = self._refusal or refusal
            self._settled.set()
        elif self._refusal is None and self.on_close is not None:
            self.on_close()

    def _engine(self, data: str) -> None:
        kind = data[:1]
        if kind == engineio.PING:
            if self._socket.open:
                self._socket.send(engineio.PONG + data[1:])
            if self._silence is not None:
                self._silence.again(self._went_silent)
        elif kind == engineio.OPEN and self._silence is None:
            opened = engineio.parse_open(data)
            loop = gevent.get_hub().loop
            self._silence = loop.timer(opened.silence_s, opened.silence_s)
            self._silence.start(self._went_silent)
            hello, self._hello = self._hello, ""
            if self._socket.open:
                self._socket.send(hello)
        elif kind == engineio.CLOSE:
            self._end(SERVER, "the server closed the Engine.IO session")

    def _packet(self, packet: wire.Packet, at: float) -> None:
        if packet.namespace != self._options.namespace:
            return
        if packet.attachments:
            self._partial = (packet, [])
        elif packet.type == wire.CONNECT:
            self.connected = True
            self._settled.set()
        elif packet.type == wire.CONNECT_ERROR:
            self._refusal = refusal(wire.decode(packet.body))
            self._settled.set()
        elif packet.type == wire.DISCONNECT:
            self._end(SERVER, "the server disconnected the socket")
        else:
            self._deliver(packet, (), at)

    def _attachment(self, data: bytes, at: float) -> None:
        if self._partial is None:
            return
        packet, attachments = self._partial
        attachments.append(data)
        if len(attachments) == packet.attachments:
            self._partial = None
            self._deliver(packet, attachments, at)

    def _deliver(self, packet: wire.Packet, attachments: Sequence[bytes], at: float) -> None:
        if packet.type == wire.ACK:
            args = wire.decode_ack(packet.body, attachments)
            self._inbox.deliver(_ACK, (packet.id, *args), at)
            return
        event, args = wire.decode_event(packet.body, attachments)
        answer = self._inbox.deliver(event, args, at)
        if packet.id is not None and self._inbox.handles(event) and self._socket.open:
            self._acknowledge(packet.id, answer)

    def _acknowledge(self, id_: int, answer: Any) -> None:
        reply = [] if answer is None else [answer]
        try:
            messages = wire.pack_ack(self._options.namespace, reply, id_)
        except TypeError as error:
            self._inbox.fail(error)  # the handler's fault, as if it had raised
            return
        for message in messages:
            if self._socket.open:  # the one before may have found it broken
                self._socket.send(message)

    def _send(self, messages: Sequence[wire.Message]) -> None:
        self._inbox.raise_fault()
        if not self.connected:
            raise Disconnected("the connection is closed", kind="connection")
        for message in messages:
            self._socket.send(message)

    def _went_silent(self) -> None:
        self._end(PING_TIMEOUT, "no ping came")

    def _end(self, cause: str, why: str) -> None:
        self._cause = cause
        if not self._settled.is_set():
            self._refusal = ConnectFailed(why, kind="connection")
        self._socket.abort()


def websocket_url(origin: str, options: SocketIOOptions) -> str:
    """The URL of the handshake."""
    scheme, _, rest = origin.partition("://")
    target = engineio.websocket_target(options.path, options.query)
    return f"{_WEBSOCKET.get(scheme, scheme)}://{rest.rstrip('/')}{target}"


def refusal(said: Any) -> ConnectFailed:
    """What a CONNECT_ERROR means."""
    message = said.get("message", "") if isinstance(said, Mapping) else said
    return ConnectFailed(f"the server refused CONNECT: {message}", kind="auth", code="REFUSED")
