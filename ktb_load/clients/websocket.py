"""A WebSocket connection of one VU: handshake, frames, and k6's ``ws_*`` samples (k6 1.8.1
``internal/js/modules/k6/websockets``).

No greenlet reads. The gevent loop calls ``_readable`` when bytes have come, and that calls the
listener: what runs there must not block. Writing never blocks either; what the other side does not
take yet waits in a buffer.

    OPEN ── close() ──▶ CLOSING ── close frame, end of TCP, or CLOSE_TIMEOUT_S ──▶ ENDED
      └──────────── close frame, end of TCP, fault, abort() ─────────────────────────▶┘
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from time import perf_counter, time
from typing import Any, Protocol

import gevent
from gevent.event import Event

from ktb_load.clients.connection import Connection
from ktb_load.clients.failure import EOF, NetworkError
from ktb_load.clients.http_answer import Headers
from ktb_load.clients.network import Network
from ktb_load.errors import ConnectFailed, Disconnected
from ktb_load.wire import websocket as wire
from ktb_load.wire.url import Url, parse_url

CLOSE_TIMEOUT_S = 2.0
"""How long the other side has to answer a close frame before TCP is cut. k6 waits for ever."""
MAX_HEAD_BYTES = 65_536
_STATUS = re.compile("[0-9]{3}")
_WRITE_BYTES = 262_144
"""So much of what waits is offered to the network at a time."""

SERVER, CLIENT, TRANSPORT = "server", "client", "transport"


@dataclass(frozen=True)
class End:
    """How a connection ended."""

    cause: str
    """``server`` (a close frame), ``client`` (ours), ``transport`` (TCP ended or broke)."""
    code: int = wire.ABNORMAL
    reason: str = ""

    def __str__(self) -> str:
        words = {SERVER: "the server", CLIENT: "the client", TRANSPORT: "the network"}
        said = f": {self.reason}" if self.reason else ""
        return f"closed by {words.get(self.cause, self.cause)} ({self.code}{said})"


class Listener(Protocol):
    """Who is told what comes; runs in the loop and must not block."""

    def on_message(self, data: str | bytes, at: float) -> None:
        """One message; ``at`` is ``time.perf_counter()`` of its arrival."""

    def on_end(self, end: End) -> None:
        """The connection is gone. Called once."""


@dataclass(frozen=True)
class WebSocketOptions:
    """What a connection may be given beside its URL."""

    headers: Mapping[str, str] = field(default_factory=dict)
    subprotocols: tuple[str, ...] = ()
    name: str = ""
    """The tags ``name`` and ``url``; without it they are the URL."""
    tags: Mapping[str, str] = field(default_factory=dict)
    timeout_s: float = 60.0
    """For dial and handshake."""


class _TooLate(Exception):
    """No TimeoutError: that is an OSError, which a connection takes for a failure of its own."""


class WebSocket:
    """An open connection. ``connect`` makes one."""

    __slots__ = (
        "_backlog",
        "_began",
        "_between",
        "_closing",
        "_connection",
        "_ended",
        "_listener",
        "_ping_numbers",
        "_pings",
        "_reader",
        "_reading",
        "_received",
        "_recorder",
        "_sent",
        "_tags",
        "_unsent",
        "_writing",
        "subprotocol",
    )

    def __init__(self, opened: Opened, network: Network, listener: Listener) -> None:
        self._connection = opened.connection
        self.subprotocol = opened.subprotocol
        self._recorder = recorder = network.recorder
        self._backlog = network.backlog
        self._backlog.sockets += 1
        self._listener = listener
        self._began = opened.began
        self._tags = opened.tags
        self._received = recorder.series("ws_msgs_received", opened.tags)
        self._sent = recorder.series("ws_msgs_sent", opened.tags)
        self._reader = wire.Reader()
        self._between = True
        """Open, and the next byte begins a new message."""
        self._unsent = bytearray()
        self._closing = False
        self._ended = Event()
        self._pings: dict[bytes, float] | None = None
        self._ping_numbers = 0
        loop = gevent.get_hub().loop
        self._writing: Any = None
        self._reading = loop.io(self._connection.fileno(), 1)
        if opened.rest:
            loop.run_callback(self._take_rest, opened.rest)
        else:
            self._reading.start(self._readable)

    @classmethod
    def connect(
        cls, network: Network, url: str, listener: Listener, options: WebSocketOptions
    ) -> WebSocket:
        """Dial and shake hands.

        Raises:
            ConnectFailed: no connection came about; the code is k6's error code, or the HTTP status
            of a refusal.
            ValueError: not a ws:// or wss:// URL.
        """
        if network.driver is not None and cls is WebSocket:
            return network.driver.websocket.connect(network, url, listener, options)
        where = parse_url(url, ("ws", "wss"))
        if where.userinfo:
            raise ValueError(f"{where.shown!r} has credentials; send a header `Authorization`")
        name = options.name or where.shown
        tags = {"name": name, "url": name, **options.tags}
        began = perf_counter()
        try:
            with gevent.Timeout(options.timeout_s, _TooLate("handshake timed out")):
                opened = cls._open(network, where, options, tags)
        except _TooLate as error:
            raise ConnectFailed(str(error), kind="connection", code="TIMED_OUT") from None
        except (NetworkError, wire.WebSocketError) as error:
            answered = tags.get("status", "101")
            code = "" if answered == "101" else answered
            if isinstance(error, NetworkError):
                code = str(error.failure.code)
            raise ConnectFailed(str(error), kind="connection", code=code) from None
        finally:
            network.recorder.add("ws_sessions", 1, tags)
            network.recorder.add("ws_connecting", (perf_counter() - began) * 1000, tags)
        return cls(opened, network, listener)

    @classmethod
    def _open(
        cls, network: Network, url: Url, options: WebSocketOptions, tags: dict[str, str]
    ) -> Opened:
        return _shake_hands(network, url, options, tags)

    @property
    def open(self) -> bool:
        """Whether messages can be sent."""
        return not self._closing and not self._ended.is_set()

    def send(self, data: str | bytes) -> None:
        """Send one message.

        Raises:
            Disconnected: the connection is closed.
        """
        self._check_open()
        if isinstance(data, str):
            self._write(wire.encode(wire.TEXT, data.encode()))
        else:
            self._write(wire.encode(wire.BINARY, data))
        self._count_sent()

    def ping(self) -> None:
        """Send a ping; its pong is a sample of ``ws_ping``.

        Raises:
            Disconnected: the connection is closed.
        """
        self._check_open()
        if self._pings is None:
            self._pings = {}
        self._ping_numbers += 1
        payload = str(self._ping_numbers).encode()
        self._pings[payload] = perf_counter()
        self._write(wire.encode(wire.PING, payload))
        self._count_sent()

    def close(self, code: int = wire.NORMAL, reason: str = "") -> None:
        """Say goodbye and wait for the other side's; at most ``CLOSE_TIMEOUT_S``.

        In the loop nothing waits: the connection ends when the answer comes.
        """
        if self.open:
            self._closing, self._between = True, False
            self._write(wire.encode_close(code, reason))
            self._count_sent()
        if self._ended.is_set() or gevent.getcurrent() is gevent.get_hub():
            return
        try:
            self._ended.wait(CLOSE_TIMEOUT_S)
        finally:
            self._finish(End(CLIENT, code, reason))

    def abort(self) -> None:
        """Cut TCP without a word."""
        self._finish(End(CLIENT))

    def _check_open(self) -> None:
        if not self.open:
            raise Disconnected("the connection is closed", kind="connection")

    # In the loop.

    def _readable(self) -> None:
        """Read once, for others want their turn. If there is more the loop calls again; of what TLS
        holds back it knows nothing.
        """
        while not self._ended.is_set():
            try:
                data = self._connection.receive_now()
            except NetworkError as error:
                self._finish(End(TRANSPORT, reason=str(error)))
                return
            if data is None:
                return
            if not data:
                self._finish(End(TRANSPORT, reason=str(EOF.text)))
                return
            self._take(data)
            if not self._connection.tls_version or not self._connection.held_back:
                return

    def _take_rest(self, data: bytes) -> None:
        """What came right behind the handshake, unless it is all over already. Before that nothing
        is read: a busy loop looks at sockets before it has come to all of its callbacks.
        """
        if not self._ended.is_set():
            self._reading.start(self._readable)
            self._take(data)

    def _take(self, data: bytes) -> None:
        at = perf_counter()
        if self._between and (text := wire.whole_text(data)) is not None:
            if self._recorder.enabled:
                self._received.add(1.0)
            self._listener.on_message(text, at)
            return
        try:
            messages = self._reader.feed(data)
        except wire.WebSocketError as error:
            self._fail(error)
            return
        for opcode, content in messages:
            if self._ended.is_set():
                return
            if opcode in (wire.TEXT, wire.BINARY):
                if not self._closing:
                    if self._recorder.enabled:
                        self._received.add(1.0)
                    self._listener.on_message(content, at)
            elif isinstance(content, bytes):
                self._control(opcode, content, at)
        if self._reader.fault is not None:
            self._fail(self._reader.fault)
        self._between = self._reader.between and not self._closing

    def _fail(self, error: wire.WebSocketError) -> None:
        if not self._closing:
            self._write(wire.encode_close(error.code))
        self._finish(End(TRANSPORT, error.code, str(error)))

    def _control(self, opcode: int, payload: bytes, at: float) -> None:
        if opcode == wire.PING:
            self._write(wire.encode(wire.PONG, payload))
        elif opcode == wire.PONG:
            sent = self._pings.pop(payload, None) if self._pings else None
            if sent is not None:
                self._recorder.add("ws_ping", (at - sent) * 1000, self._tags)
        else:
            self._other_side_closes(payload)

    def _other_side_closes(self, payload: bytes) -> None:
        try:
            code, reason = wire.parse_close(payload)
        except wire.WebSocketError as error:
            self._fail(error)
            return
        if self._closing:
            self._finish(End(CLIENT, code, reason))
            return
        self._closing, self._between = True, False
        self._write(wire.encode(wire.CLOSE, payload[:2]))
        self._finish(End(SERVER, code, reason))

    def _write(self, data: bytes) -> None:
        if self._ended.is_set():
            return
        if self._unsent:
            self._hold(data)
            return
        try:
            sent = self._connection.send_now(data)
        except NetworkError as error:
            self._finish(End(TRANSPORT, reason=str(error)))
            return
        if sent < len(data):
            self._hold(data[sent:])
            self._writing = gevent.get_hub().loop.io(self._connection.fileno(), 2)
            self._writing.start(self._writable)

    def _hold(self, data: bytes) -> None:
        self._unsent += data
        self._backlog.grow(len(data))

    def _writable(self) -> None:
        try:
            sent = self._connection.send_now(bytes(self._unsent[:_WRITE_BYTES]))
        except NetworkError as error:
            self._finish(End(TRANSPORT, reason=str(error)))
            return
        del self._unsent[:sent]
        self._backlog.shrink(sent)
        if not self._unsent:
            self._writing.stop()
            self._writing.close()
            self._writing = None

    def _count_sent(self) -> None:
        if self._recorder.enabled:
            self._sent.add(1.0)

    def _finish(self, end: End) -> None:
        if self._ended.is_set():
            return
        self._ended.set()
        for watcher in (self._reading, self._writing):
            if watcher is not None:
                watcher.stop()
                watcher.close()
        self._connection.close()
        self._backlog.sockets -= 1
        self._backlog.shrink(len(self._unsent))
        duration_ms = (perf_counter() - self._began) * 1000
        self._recorder.add("ws_session_duration", duration_ms, self._tags)
        self._listener.on_end(end)


@dataclass(frozen=True)
class Opened:
    """What a handshake leaves behind."""

    connection: Connection
    began: float
    subprotocol: str
    tags: Mapping[str, str]
    rest: bytes
    """What came right behind the handshake."""


def _shake_hands(
    network: Network, url: Url, options: WebSocketOptions, tags: dict[str, str]
) -> Opened:
    """Puts what the handshake tells into ``tags``, as far as it goes."""
    began = perf_counter()
    connection = network.dialer.dial(url.origin, network.recorder)
    try:
        key = wire.new_key()
        offered = ", ".join(options.subprotocols)
        headers = handshake_headers(network, url, options, offered)
        connection.send(wire.handshake_request(url.target, url.host_header, key, headers.items()))
        status, answered, rest = _read_head(connection)
        tags["status"] = str(status)
        for cookie in (v for name, v in answered if name.lower() == "set-cookie"):
            network.cookies.store(url, cookie, time())
        subprotocol = wire.check_handshake(status, Headers(answered), key, offered)
    except BaseException:
        connection.close()
        raise
    tags["subproto"] = subprotocol
    return Opened(connection, began, subprotocol, tags, rest)


def handshake_headers(
    network: Network, url: Url, options: WebSocketOptions, offered: str
) -> dict[str, str]:
    """What a handshake says beside the protocol's own headers."""
    headers = {"User-Agent": network.user_agent, **network.marks}
    cookies = network.cookies.header(url, time())
    if cookies:
        headers["Cookie"] = cookies
    if offered:
        headers["Sec-WebSocket-Protocol"] = offered
    lowered = {name.lower() for name in options.headers}
    kept = {name: value for name, value in headers.items() if name.lower() not in lowered}
    return {**kept, **options.headers}


def _read_head(connection: Connection) -> tuple[int, list[tuple[str, str]], bytes]:
    """Status, headers, and what came behind them."""
    data = b""
    while b"\r\n\r\n" not in data:
        more = connection.receive()
        if not more or len(data) > MAX_HEAD_BYTES:
            raise NetworkError(EOF)
        data += more
    head, _, rest = data.partition(b"\r\n\r\n")
    return *parse_head(head), rest


def parse_head(head: bytes) -> tuple[int, list[tuple[str, str]]]:
    """Status and headers.

    Raises:
        WebSocketError: it is no HTTP.
    """
    first, *lines = head.decode("latin-1").split("\r\n")
    version, _, said = first.partition(" ")
    if not version.startswith("HTTP/1.") or not _STATUS.fullmatch(said[:3]):
        raise wire.WebSocketError(f"bad handshake: {first[:40]!r} is no HTTP")
    pairs = [line.partition(":") for line in lines]
    return int(said[:3]), [(name.strip(), value.strip()) for name, _, value in pairs]
