"""WebSockets: the handshake, messages both ways, pings, and the end (RFC 6455).

The frames are read by the ``websockets`` package without its sockets. What is sent is a frame that
was encoded once, however many get it: a server does not mask.
"""

import asyncio
import struct
from collections.abc import Callable, Mapping
from functools import partial
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from websockets.datastructures import Headers
from websockets.frames import Frame, Opcode
from websockets.http11 import Request, Response
from websockets.protocol import SEND_EOF, State
from websockets.server import ServerProtocol

from ktb_load import fast_json
from ktb_load.reference_server.faults import Verdict
from ktb_load.reference_server.options import seconds
from ktb_load.reference_server.peer import Peer, draw_silences
from ktb_load.reference_server.rest.answers import Failure, Refused
from ktb_load.reference_server.serving import LARGEST_FRAME, Order
from ktb_load.reference_server.turnstile import FAULT, Arrival, Turnstile

CONNECT = "connect"
_TEXT, _PONG = 0x81, 0x8A
_DATA = (Opcode.TEXT, Opcode.BINARY, Opcode.CONT)
_CLOSE_WITHIN_S = 10.0


def text_frame(content: bytes) -> bytes:
    """A whole text message, as a server sends it."""
    size = len(content)
    if size < 126:
        return bytes((_TEXT, size)) + content
    if size < 65_536:
        return struct.pack("!BBH", _TEXT, 126, size) + content
    return struct.pack("!BBQ", _TEXT, 127, size) + content


def json_frame(value: Any) -> bytes:
    return text_frame(fast_json.dumps(value))


class Visit:
    """One WebSocket connection as a system sees it: derive from it.

    It can be in channels of a hub; what the hub encodes must be frames. Without more it takes
    everybody, and does nothing.
    """

    subprotocols: tuple[str, ...] = ()
    """Those that the endpoint speaks; a client that offers none is taken all the same."""

    def __init__(self, wire: "Wire") -> None:
        self.wire = wire
        self.peer = wire.peer
        self.user_id = ""
        self.channels: set[str] = set()

    @property
    def alive(self) -> bool:
        return not self.wire.closed

    def send(self, frame: bytes) -> None:
        self.wire.send(frame)

    def close(self, code: int = 1000, reason: str = "") -> None:
        self.wire.close(code, reason)

    def cut(self) -> None:
        """End the connection without another word."""
        self.wire.cut()

    def admit(self) -> None:
        """Who is it? Sets ``user_id``.

        Raises:
            Refused: the handshake is answered with this.
        """

    def opened(self) -> None:
        """It is connected."""

    def received(self, said: str | bytes) -> None:
        """A message came; what it is about passes ``arrive``."""

    def refuse(self, action: str, verdict: Verdict) -> None:
        """Answer that something failed, because a fault wants it."""

    def gone(self) -> None:
        """It is not connected any more."""

    def arrive(
        self, action: str, body: Any, act: Callable[[], str | None], known: bool = True
    ) -> None:
        """Let something that came through the turnstile, which then calls ``act``."""
        refuse = partial(self.refuse, action)
        self.wire.turnstile.enter(Arrival(self, action, body, act, refuse), known)


class _Nowhere(Visit):
    """What stands behind all other paths."""

    def admit(self) -> None:
        raise Refused(404, self.wire.failure(404, HTTPStatus(404).phrase, ""))


NewVisit = Callable[["Wire"], Visit]


def add_ping_options(group: Any) -> None:
    """What ``WebSockets`` looks for."""
    for what, default, text in (
        ("interval", 0.0, "between WebSocket pings of the server (0: it sends none)"),
        ("timeout", 20.0, "until a missing pong ends the connection (20)"),
    ):
        option = f"--ping-{what}"
        group.add_argument(option, type=seconds, default=default, metavar="SECONDS", help=text)


class WebSockets:
    """The WebSocket endpoints of a system.

    Args:
        paths: where a visit begins, and what makes one.
        failure: how the system words the failure of a handshake.
    """

    def __init__(self, order: Order, paths: Mapping[str, NewVisit], failure: Failure) -> None:
        self.faults = order.faults
        self.turnstile = Turnstile(order.faults, order.trace)
        self.paths = paths
        self.failure = failure
        self.ping_interval_s: float = getattr(order.arguments, "ping_interval", 0.0)
        self.ping_timeout_s: float = getattr(order.arguments, "ping_timeout", 0.0)

    def __call__(self, config: Any, server_state: Any, app_state: Any) -> "Wire":
        """What uvicorn hands a connection to that asks to be a WebSocket."""
        return Wire(self, server_state.connections)


class Wire(asyncio.Protocol):
    """One connection, from the handshake on."""

    peer: Peer
    path: str
    query: Mapping[str, str]

    def __init__(self, shared: WebSockets, connections: set[Any]) -> None:
        self.turnstile = shared.turnstile
        self.failure = shared.failure
        self.closed = False
        self._is_ending = False
        self._shared = shared
        self._connections = connections
        self._protocol = ServerProtocol(
            max_size=LARGEST_FRAME,
            select_subprotocol=lambda _protocol, offered: self._chosen(offered),
        )
        self._parts: list[bytes] = []
        self._is_text = True
        self._visit: Visit | None = None
        self._timer: asyncio.TimerHandle | None = None

    # What a visit may do

    def send(self, frame: bytes) -> None:
        transport = self.transport
        if self._protocol.state is not State.OPEN or transport.is_closing():
            return
        if not self.peer.silences.half_open:
            transport.write(frame)

    def close(self, code: int, reason: str) -> None:
        if self._protocol.state is State.OPEN:
            self._protocol.send_close(code, reason)
            self._end()

    def cut(self) -> None:
        self.transport.abort()

    # What asyncio says

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        self.client = tuple(transport.get_extra_info("peername")[:2])
        self.peer = Peer(self.client, {})
        self._connections.add(self)

    def data_received(self, data: bytes) -> None:
        self._protocol.receive_data(data)
        self._flush()  # pongs go before what the messages lead to
        for event in self._protocol.events_received():
            if isinstance(event, Request):
                self._asked(event)
            elif isinstance(event, Frame) and not self.peer.silences.half_open:
                self._take(event)
        self._flush()

    def connection_lost(self, error: Exception | None) -> None:
        self.closed = True
        self._connections.discard(self)
        if self._timer is not None:
            self._timer.cancel()
        self._protocol.receive_eof()
        if self._visit is not None:
            self.turnstile.note(self._visit, "disconnect", str(self._protocol.close_code))
            self._visit.gone()

    # The handshake

    def _asked(self, request: Request) -> None:
        split = urlsplit(request.path)
        self.path, self.query = split.path, dict(parse_qsl(split.query))
        headers = {name.lower(): value for name, value in request.headers.raw_items()}
        self.peer = Peer(self.client, headers, draw_silences(self._shared.faults))
        visit = self._shared.paths.get(self.path, _Nowhere)(self)
        act = partial(self._admit, visit, request)
        self.turnstile.enter(Arrival(visit, CONNECT, None, act, self._refuse_as_told))

    def _refuse_as_told(self, verdict: Verdict) -> None:
        self._refuse(verdict.status, self.failure(verdict.status, FAULT, verdict.code))

    def _admit(self, visit: Visit, request: Request) -> str:
        try:
            visit.admit()
        except Refused as refusal:
            self._refuse(refusal.status, refusal.body)
            return str(refusal.status)
        self._visit = visit
        response = self._protocol.accept(request)
        self._protocol.send_response(response)
        self._flush()
        if response.status_code != HTTPStatus.SWITCHING_PROTOCOLS:
            self._visit = None
            return str(response.status_code)
        if self._shared.ping_interval_s:
            self._ping_later()
        visit.opened()
        return "ok"

    def _chosen(self, offered: Any) -> Any:
        known = self._visit.subprotocols if self._visit else ()
        return next((one for one in known if one in offered), None)

    def _refuse(self, status: int, body: Any) -> None:
        content = fast_json.dumps(body)
        headers = Headers(
            {
                "Connection": "close",
                "Content-Length": str(len(content)),
                "Content-Type": "application/json",
            }
        )
        phrase = HTTPStatus(status).phrase
        self._protocol.send_response(Response(status, phrase, headers, content))
        self._flush()

    # Messages

    def _take(self, frame: Frame) -> None:
        if self._is_ending:
            return
        if frame.opcode is Opcode.PONG and not self.peer.silences.deaf:
            self._heard()
        if frame.opcode not in _DATA:
            return
        if frame.opcode is not Opcode.CONT:
            self._is_text = frame.opcode is Opcode.TEXT
        self._parts.append(bytes(frame.data))
        if not frame.fin:
            return
        content, self._parts = b"".join(self._parts), []
        try:
            said: str | bytes = content.decode() if self._is_text else content
        except UnicodeDecodeError:
            self._protocol.fail(1007)
            self._end()
            return
        if self._visit is not None:
            self._visit.received(said)

    def _end(self) -> None:
        """The server is ending it: what still comes is passed over."""
        self._is_ending = True
        self._flush()

    def _flush(self) -> None:
        """Let out what the protocol wants to say."""
        outgoing, silences = self._protocol.data_to_send(), self.peer.silences
        if silences.half_open:
            return
        for data in outgoing:
            if data is SEND_EOF:
                self.transport.write_eof()
            elif not (silences.deaf and data[0] == _PONG):
                self.transport.write(data)
        if self._protocol.close_expected():
            self._set_timer(_CLOSE_WITHIN_S, self.cut)

    # Pings

    def _set_timer(self, delay_s: float, then: Callable[[], None]) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(delay_s, then)

    def _ping_later(self) -> None:
        self._set_timer(self._shared.ping_interval_s, self._ping)

    def _ping(self) -> None:
        if self.peer.silences.mute:
            self._ping_later()
            return
        self._protocol.send_ping(b"")
        self._flush()
        self._set_timer(self._shared.ping_timeout_s, self._unheard)

    def _heard(self) -> None:
        if self._shared.ping_interval_s:
            self._ping_later()

    def _unheard(self) -> None:
        self._protocol.fail(1011, "no pong")
        self._end()
