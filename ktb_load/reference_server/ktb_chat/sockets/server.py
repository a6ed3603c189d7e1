"""Socket.IO over python-engineio: who is let in, and the way of an event to its handler.

python-socketio's own server cannot tell ``40`` from ``40{}``, and encodes and schedules each
delivery on its own; only its packets are used.
"""

import asyncio
import secrets
from functools import partial
from typing import Any

import engineio
import orjson
from engineio import packet as engine_packet
from engineio.payload import Payload
from socketio import packet

from ktb_load.reference_server.faults import Verdict
from ktb_load.reference_server.ktb_chat.sockets import pulse
from ktb_load.reference_server.ktb_chat.sockets.events import EVENTS, REFUSAL_CODES
from ktb_load.reference_server.ktb_chat.sockets.hub import Client, Peer
from ktb_load.reference_server.ktb_chat.sockets.presence import EXPIRED
from ktb_load.reference_server.ktb_chat.world import World
from ktb_load.reference_server.listening import Port
from ktb_load.reference_server.trace import MARK_HEADER, Doing

CONNECT = "connect"
LARGEST_FRAME = 65_536
_MARK = "HTTP_" + MARK_HEADER.upper().replace("-", "_")
_MOST_PACKETS = 10_000  # of one polling payload
_FAULT = {"message": "injected fault"}


class Refused(Exception):
    """A CONNECT that is not taken; the argument is what CONNECT_ERROR carries."""


class SocketServer:
    """The Socket.IO server of a world."""

    def __init__(self, world: World, port: Port) -> None:
        settings = world.settings
        Payload.max_decode_packets = _MOST_PACKETS
        self.engine = engineio.AsyncServer(
            async_mode="asgi",
            async_handlers=False,
            cors_allowed_origins="*",
            http_compression=False,
            logger=False,
            max_http_buffer_size=LARGEST_FRAME,
            ping_interval=settings.ping_interval_s,
            ping_timeout=settings.ping_timeout_s,
        )
        self.engine.on("connect", self._opened)
        self.engine.on("message", self._received)
        self.engine.on("disconnect", self._closed)
        self._world = world
        self._port = port
        self._peers: dict[str, Peer] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def _opened(self, sid: str, environ: dict[str, Any]) -> None:
        address = tuple(environ["asgi.scope"].get("client") or ("", 0))
        silences = pulse.disturb(self.engine.sockets[sid], self._world.faults)
        self._peers[sid] = Peer(
            (address[0], address[1]),
            environ.get("HTTP_USER_AGENT", ""),
            environ.get(_MARK),
            silences,
        )

    def _received(self, sid: str, data: str | bytes) -> None:
        try:
            received = packet.Packet(encoded_packet=data)
        except (ValueError, TypeError, IndexError):
            self._later(self.engine.disconnect(sid))
            return
        client = self._world.hub.clients.get(sid)
        kind = received.packet_type
        if kind == packet.CONNECT and client is None:
            self._asked_to_connect(sid, received)
        elif client is None or client.peer.silent:
            return
        elif kind == packet.EVENT and isinstance(received.data, list) and received.data:
            self._event(client, received.data, received.id)
        elif kind == packet.DISCONNECT:
            self._gone(client, "client disconnect")

    def _closed(self, sid: str, reason: str) -> None:
        client = self._world.hub.clients.get(sid)
        if client is not None:
            self._gone(client, reason)
        self._peers.pop(sid, None)
        socket = self.engine.sockets.get(sid)
        if socket is not None and not socket.upgraded:  # python-engineio lets a last poll wait
            socket.queue.put_nowait(engine_packet.Packet(engine_packet.NOOP))

    def _gone(self, client: Client, reason: str) -> None:
        doing = self._arrived(client.peer, "disconnect")
        self._world.hub.remove(client)
        self._world.presence.disconnected(client)
        self._world.trace.write(doing, None, reason, user=client.user_id)

    # Connecting

    def _asked_to_connect(self, sid: str, asked: packet.Packet) -> None:
        peer = self._peers[sid]
        doing = self._arrived(peer, CONNECT)
        verdict = self._world.faults.decide("socket", CONNECT)
        if verdict is None:
            self._connect(sid, asked, doing)
        else:
            doom = partial(self._doomed_connect, sid, asked, doing, verdict)
            asyncio.get_running_loop().call_later(verdict.delay_s, doom)

    def _doomed_connect(
        self, sid: str, asked: packet.Packet, doing: Doing, verdict: Verdict
    ) -> None:
        if not verdict.outcome:
            self._connect(sid, asked, doing)
            return
        if verdict.outcome == "drop":
            self._drop(sid)
        elif verdict.outcome == "error":
            self._connect_error(sid, {"message": verdict.code or _FAULT["message"]})
        self._world.trace.write(doing, asked.data, verdict.outcome)

    def _connect(self, sid: str, asked: packet.Packet, doing: Doing) -> None:
        peer, socket = self._peers.get(sid), self.engine.sockets.get(sid)
        if peer is None or socket is None or sid in self._world.hub.clients:
            return
        client = Client(sid, peer, socket.queue)
        try:
            if asked.namespace not in (None, "/"):
                raise Refused({"message": "Invalid namespace"})
            self._admit(client, asked.data)
        except Refused as refusal:
            self._connect_error(sid, refusal.args[0], asked.namespace)
            self._world.trace.write(doing, asked.data, _said(refusal.args[0]))
            return
        self._send(sid, "0" + orjson.dumps({"sid": secrets.token_urlsafe(15)}).decode())
        self._world.hub.add(client)
        if client.user_id:
            self._world.presence.connected(client)
        self._world.trace.write(doing, asked.data, "ok", user=client.user_id)

    def _admit(self, client: Client, auth: Any) -> None:
        """Without any auth payload one gets in, as nobody; else it takes a good token and a live
        session.
        """
        world = self._world
        if auth is None:
            return
        token, session_id = (
            (auth.get("token"), auth.get("sessionId")) if isinstance(auth, dict) else (None, None)
        )
        if not isinstance(token, str) or not isinstance(session_id, str):
            raise Refused("Authentication error")
        claims = world.tokens.read(token)
        if claims is None:
            raise Refused({"message": "Invalid token"})
        if world.store.people.get(claims.user_id) is None:
            raise Refused({"message": "User not found"})
        if not world.sessions.lives(claims.user_id, session_id):
            raise Refused({"message": "Invalid session"})
        client.user_id, client.session_id = claims.user_id, session_id

    def _connect_error(self, sid: str, data: Any, namespace: str | None = None) -> None:
        where = f"{namespace}," if namespace not in (None, "/") else ""
        self._send(sid, f"4{where}{orjson.dumps(data).decode()}")

    # Events

    def _event(self, client: Client, data: list[Any], number: int | None) -> None:
        name, payload = str(data[0]), data[1] if len(data) > 1 else None
        doing = self._arrived(client.peer, name)
        verdict = self._world.faults.decide("socket", name) if name in EVENTS else None
        if verdict is None:
            self._handle(client, doing, payload, number)
            return
        doom = partial(self._doomed_event, client, doing, payload, number, verdict)
        asyncio.get_running_loop().call_later(verdict.delay_s, doom)

    def _doomed_event(  # one parameter for each thing an event is made of
        self, client: Client, doing: Doing, payload: Any, number: int | None, verdict: Verdict
    ) -> None:
        if client.sid not in self._world.hub.clients:
            return
        if not verdict.outcome:
            self._handle(client, doing, payload, number)
            return
        if verdict.outcome == "drop":
            self._drop(client.sid)
        elif verdict.outcome == "error":
            code = verdict.code or REFUSAL_CODES.get(doing.action, "")
            refusal = {**_FAULT, "code": code} if code else _FAULT
            client.emit("joinRoomError" if doing.action == "joinRoom" else "error", refusal)
            self._acknowledge(client, number)
        self._world.trace.write(doing, payload, verdict.outcome, user=client.user_id)

    def _handle(self, client: Client, doing: Doing, payload: Any, number: int | None) -> None:
        """Known events are acknowledged with ``[]`` whatever came of them; unknown ones never."""
        handle = EVENTS.get(doing.action)
        if handle is not None:
            if _may_act(client, doing.action):
                try:
                    handle(self._world, client, payload)
                except UnicodeEncodeError:  # half of a surrogate pair, which JSON lets through
                    client.emit("error", {"message": "no Unicode text", "code": "MESSAGE_ERROR"})
            self._acknowledge(client, number)
        status = "handled" if handle else "unknown"
        self._world.trace.write(doing, payload, status, user=client.user_id)

    def _acknowledge(self, client: Client, number: int | None) -> None:
        if number is not None:
            client.send(engine_packet.Packet(engine_packet.MESSAGE, f"3{number}[]"))

    # Ways out

    def _send(self, sid: str, text: str) -> None:
        socket = self.engine.sockets.get(sid)
        if socket is not None:
            socket.queue.put_nowait(engine_packet.Packet(engine_packet.MESSAGE, text))

    def _drop(self, sid: str) -> None:
        peer = self._peers.get(sid)
        if peer is not None:
            self._port.abort(peer.address)
        self._later(self.engine.disconnect(sid))

    def _later(self, coroutine: Any) -> None:
        task = asyncio.ensure_future(coroutine)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _arrived(self, peer: Peer, action: str) -> Doing:
        return self._world.trace.arrived("socket", peer.name, peer.vu, action)


def _may_act(client: Client, event: str) -> bool:
    if client.zombie:
        client.emit("error", EXPIRED)
        return False
    if client.user_id:
        return True
    answer = "joinRoomError" if event == "joinRoom" else "error"
    client.emit(answer, {"message": "인증이 필요합니다.", "code": "UNAUTHORIZED"})
    return False


def _said(refusal: Any) -> str:
    return str(refusal["message"] if isinstance(refusal, dict) else refusal)
