"""Socket.IO over python-engineio: CONNECT, events and farewells, on their way to what a system
makes of them.

python-socketio's own server cannot tell ``40`` from ``40{}``, and encodes and schedules each
delivery on its own; only its packets are used.
"""

import asyncio
import secrets
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Generic, TypeVar

import engineio
from engineio import packet as engine_packet
from engineio.payload import Payload
from socketio import packet

from ktb_load import fast_json
from ktb_load.reference_server.faults import Verdict
from ktb_load.reference_server.listening import Port
from ktb_load.reference_server.options import seconds
from ktb_load.reference_server.peer import Peer, draw_silences
from ktb_load.reference_server.serving import LARGEST_FRAME, Order
from ktb_load.reference_server.sockets import pulse
from ktb_load.reference_server.sockets.hub import Hub
from ktb_load.reference_server.turnstile import FAULT, Arrival, Turnstile

CONNECT = "connect"
_MOST_PACKETS = 10_000  # of one polling payload
_ROOT = (None, "/")


class Refused(Exception):
    """A CONNECT that is not taken; the argument is what CONNECT_ERROR carries."""


@dataclass(eq=False)
class Client:
    """One Socket.IO connection, as a system knows it."""

    sid: str
    peer: Peer
    queue: "asyncio.Queue[engine_packet.Packet | None]"
    server: "SocketIo[Any]"
    user_id: str = ""
    channels: set[str] = field(default_factory=set)

    @property
    def alive(self) -> bool:
        return self.server.knows(self.sid)

    def cut(self) -> None:
        self.server.drop(self.sid)

    def disconnect(self) -> None:
        """Tell it that it is disconnected; the connection below stays until it ends that."""
        self.server.disconnect(self)

    def send(self, encoded: engine_packet.Packet) -> None:
        if not self.peer.silences.half_open:
            self.queue.put_nowait(encoded)


C = TypeVar("C", bound=Client)


class Contract(ABC, Generic[C]):
    """What a system says on its Socket.IO port."""

    namespace = "/"
    events: Collection[str] = ()
    """What a client may send."""
    acknowledges = False
    """Whether a known event that asks for it is acknowledged, with ``[]``, whatever came of it."""
    new_client: Callable[..., C]

    def __init__(self, hub: Hub[C]) -> None:
        self.hub = hub

    @abstractmethod
    def admit(self, client: C, auth: Any) -> None:
        """
        Raises:
            Refused: nothing further happens.
        """

    @abstractmethod
    def welcome(self, client: C) -> None:
        """The client was told that it is connected."""

    @abstractmethod
    def handle(self, client: C, event: str, payload: Any) -> None:
        """A known event."""

    @abstractmethod
    def refuse(self, client: C, event: str, message: str, code: str = "") -> None:
        """Answer that a known event failed."""

    @abstractmethod
    def gone(self, client: C) -> None:
        """It is disconnected, and in no channel any more."""


def encode(namespace: str, event: str, *payload: Any) -> engine_packet.Packet:
    """An EVENT packet that any number of clients can be sent."""
    return _message(f"2{_where(namespace)}{fast_json.dumps([event, *payload]).decode()}")


def _message(text: str) -> engine_packet.Packet:
    return engine_packet.Packet(engine_packet.MESSAGE, text)


def _where(namespace: str | None) -> str:
    return "" if namespace in _ROOT else f"{namespace},"


def add_ping_options(group: Any) -> None:
    """What ``SocketIo`` looks for."""
    for what, default in (("interval", 25.0), ("timeout", 60.0)):
        text = f"of Engine.IO's pings ({default:g})"
        option = f"--ping-{what}"
        group.add_argument(option, type=seconds, default=default, metavar="SECONDS", help=text)


class SocketIo(Generic[C]):
    """The Socket.IO server of a system; ``engine`` is the Engine.IO server below it."""

    def __init__(self, order: Order, contract: Contract[C], port: Port) -> None:
        Payload.max_decode_packets = _MOST_PACKETS
        self.engine = engineio.AsyncServer(
            async_mode="asgi",
            async_handlers=False,
            cors_allowed_origins="*",
            http_compression=False,
            logger=False,
            max_http_buffer_size=LARGEST_FRAME,
            ping_interval=order.arguments.ping_interval,
            ping_timeout=order.arguments.ping_timeout,
        )
        self.engine.on("connect", self._opened)
        self.engine.on("message", self._received)
        self.engine.on("disconnect", self._closed)
        self._faults = order.faults
        self._turnstile = Turnstile(order.faults, order.trace)
        self._contract = contract
        self._port = port
        self._peers: dict[str, Peer] = {}
        self._clients: dict[str, C] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def knows(self, sid: str) -> bool:
        """Whether that connection is still there, admitted or not."""
        return sid in self._peers

    def disconnect(self, client: C) -> None:
        client.send(_message(f"1{_where(self._contract.namespace)}"))
        self._gone(client, "server disconnect")

    def drop(self, sid: str) -> None:
        """End a connection without another word."""
        peer = self._peers.get(sid)
        if peer is not None:
            self._port.abort(peer.address)
        self._later(self._forget(sid))

    async def _forget(self, sid: str) -> None:
        """Let a poll that waits find nothing, and the next one no session."""
        socket = self.engine.sockets.get(sid)
        if socket is not None:
            await socket.close(wait=False, abort=True)
            self.engine.sockets.pop(sid, None)

    def _opened(self, sid: str, environ: dict[str, Any]) -> None:
        address = tuple(environ["asgi.scope"].get("client") or ("", 0))
        silences = draw_silences(self._faults)
        pulse.disturb(self.engine.sockets[sid], silences)
        self._peers[sid] = Peer((address[0], address[1]), _headers(environ), silences)

    def _received(self, sid: str, data: str | bytes) -> None:
        try:
            received = packet.Packet(encoded_packet=data)
        except (ValueError, TypeError, IndexError):
            self._later(self.engine.disconnect(sid))
            return
        client = self._clients.get(sid)
        kind = received.packet_type
        if kind == packet.CONNECT and client is None:
            self._asked_to_connect(sid, received)
        elif client is None or client.peer.silences.half_open:
            return
        elif kind == packet.EVENT and isinstance(received.data, list) and received.data:
            self._event(client, received.data, received.id)
        elif kind == packet.DISCONNECT:
            self._gone(client, "client disconnect")

    def _closed(self, sid: str, reason: str) -> None:
        client = self._clients.get(sid)
        if client is not None:
            self._gone(client, reason)
        self._peers.pop(sid, None)
        socket = self.engine.sockets.get(sid)
        if socket is not None and not socket.upgraded:  # python-engineio lets a last poll wait
            socket.queue.put_nowait(engine_packet.Packet(engine_packet.NOOP))

    def _gone(self, client: C, reason: str) -> None:
        self._clients.pop(client.sid, None)
        self._turnstile.note(client, "disconnect", reason)
        self._contract.hub.remove(client)
        self._contract.gone(client)

    # Connecting

    def _asked_to_connect(self, sid: str, asked: packet.Packet) -> None:
        queue = self.engine.sockets[sid].queue
        client = self._contract.new_client(sid, self._peers[sid], queue, self)
        act = partial(self._connect, client, asked)
        self._turnstile.enter(
            Arrival(client, CONNECT, asked.data, act, partial(self._refuse_connect, client))
        )

    def _refuse_connect(self, client: C, verdict: Verdict) -> None:
        message = {"message": verdict.code or FAULT}
        self._connect_error(client, message, self._contract.namespace)

    def _connect(self, client: C, asked: packet.Packet) -> str | None:
        if client.sid in self._clients:
            return None
        try:
            if (asked.namespace or "/") != self._contract.namespace:
                raise Refused({"message": "Invalid namespace"})
            self._contract.admit(client, asked.data)
        except Refused as refusal:
            self._connect_error(client, refusal.args[0], asked.namespace)
            return _said(refusal.args[0])
        where = _where(self._contract.namespace)
        session = fast_json.dumps({"sid": secrets.token_urlsafe(15)}).decode()
        client.queue.put_nowait(_message(f"0{where}{session}"))
        self._clients[client.sid] = client
        self._contract.hub.add(client)
        self._contract.welcome(client)
        return "ok"

    def _connect_error(self, client: C, data: Any, namespace: str | None) -> None:
        client.queue.put_nowait(_message(f"4{_where(namespace)}{fast_json.dumps(data).decode()}"))

    # Events

    def _event(self, client: C, data: list[Any], number: int | None) -> None:
        name, payload = str(data[0]), data[1] if len(data) > 1 else None
        known = name in self._contract.events
        act = partial(self._handle, client, name, payload, number if known else None)
        refuse = partial(self._refuse, client, name, number)
        self._turnstile.enter(Arrival(client, name, payload, act, refuse), known)

    def _handle(self, client: C, name: str, payload: Any, number: int | None) -> str | None:
        """Unknown events are never acknowledged."""
        if client.sid not in self._clients:
            return None
        if name not in self._contract.events:
            return "unknown"
        try:
            self._contract.handle(client, name, payload)
        except (UnicodeEncodeError, fast_json.JSONEncodeError):  # half of a surrogate pair
            self._contract.refuse(client, name, "no Unicode text")
        self._acknowledge(client, number)
        return "handled"

    def _refuse(self, client: C, name: str, number: int | None, verdict: Verdict) -> None:
        if client.sid in self._clients:
            self._contract.refuse(client, name, FAULT, verdict.code)
            self._acknowledge(client, number)

    def _acknowledge(self, client: C, number: int | None) -> None:
        if number is not None and self._contract.acknowledges:
            client.send(_message(f"3{_where(self._contract.namespace)}{number}[]"))

    def _later(self, coroutine: Any) -> None:
        task = asyncio.ensure_future(coroutine)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _headers(environ: dict[str, Any]) -> dict[str, str]:
    named = (name for name in environ if name.startswith("HTTP_"))
    return {name[5:].lower().replace("_", "-"): environ[name] for name in named}


def _said(refusal: Any) -> str:
    return str(refusal["message"] if isinstance(refusal, dict) else refusal)
