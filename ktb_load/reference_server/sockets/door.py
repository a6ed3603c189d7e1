"""The ASGI application in front of Engine.IO."""

from engineio import AsyncServer
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PATH = "/socket.io/"
_PACKET_TYPES = frozenset("0123456")


class Door:
    """Hands requests below ``/socket.io/`` to Engine.IO.

    Args:
        others: gets the other requests; without it there is nothing there.
    """

    def __init__(self, engine: AsyncServer, others: ASGIApp | None = None) -> None:
        self._engine = engine
        self._others = others or _nothing

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not is_below(scope):
            await self._others(scope, receive, send)
            return
        if scope["type"] == "websocket":
            receive = _well_formed(receive)
        await self._engine.handle_request(scope, receive, send)


def is_below(scope: Scope) -> bool:
    return f"{scope['path']}/".startswith(PATH)


async def _nothing(scope: Scope, receive: Receive, send: Send) -> None:
    await answer(scope, send, 404)


async def answer(scope: Scope, send: Send, status: int) -> None:
    """An empty answer; a WebSocket is refused."""
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
