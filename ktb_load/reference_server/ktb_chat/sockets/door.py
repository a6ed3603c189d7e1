"""The ASGI application in front of Engine.IO: what a deployment's polling transport does its own
way.

The query ``b64=1`` switches to the old framing, where a length stands before each packet; and an
unknown session is the server's failure.
"""

from typing import Any
from urllib.parse import parse_qs

from starlette.types import Message, Receive, Scope, Send

from ktb_load.reference_server.ktb_chat.sockets.server import SocketServer

_PATH = "/socket.io/"
_SEPARATOR = "\x1e"
_PACKET_TYPES = frozenset("0123456")


class Door:
    """Hands requests to Engine.IO."""

    def __init__(self, server: SocketServer, deployed: bool) -> None:
        self._engine = server.engine
        self._deployed = deployed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not f"{scope['path']}/".startswith(_PATH):
            await _answer(scope, send, 404)
            return
        query = parse_qs(scope.get("query_string", b"").decode("latin-1"))
        if self._deployed and "sid" in query and query["sid"][0] not in self._engine.sockets:
            await _answer(scope, send, 500)
            return
        if self._deployed and scope["type"] == "http" and query.get("b64") == ["1"]:
            send = _length_prefixed(send)
        if scope["type"] == "websocket":
            receive = _well_formed(receive)
        await self._engine.handle_request(scope, receive, send)


async def _answer(scope: Scope, send: Send, status: int) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close"})
        return
    await send({"type": "http.response.start", "status": status, "headers": []})
    await send({"type": "http.response.body", "body": b""})


def _well_formed(receive: Receive) -> Receive:
    """A text frame that is no Engine.IO packet ends the connection."""

    async def receive_packet() -> Message:
        message = await receive()
        text = message.get("text")
        if text is not None and text[:1] not in _PACKET_TYPES:
            return {"type": "websocket.disconnect", "code": 1002}
        return message

    return receive_packet


def _length_prefixed(send: Send) -> Send:
    async def send_prefixed(message: Message) -> None:
        if message["type"] == "http.response.body":
            packets = bytes(message["body"]).decode().split(_SEPARATOR)
            framed: Any = "".join(f"{len(packet)}:{packet}" for packet in packets)
            message = {**message, "body": framed.encode()}
        await send(message)

    return send_prefixed
