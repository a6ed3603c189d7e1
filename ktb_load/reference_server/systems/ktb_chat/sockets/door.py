"""What a deployment's polling transport does its own way.

The query ``b64=1`` switches to the old framing, where a length stands before each packet; and an
unknown session is the server's failure.
"""

from collections.abc import Container
from typing import Any
from urllib.parse import parse_qs

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ktb_load.reference_server.sockets.door import answer, is_below

_SEPARATOR = "\x1e"


class DeployedDoor:
    """In front of the door that all systems have."""

    def __init__(self, door: ASGIApp, sessions: Container[str]) -> None:
        self._door = door
        self._sessions = sessions

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        query = parse_qs(scope.get("query_string", b"").decode("latin-1"))
        if is_below(scope) and "sid" in query and query["sid"][0] not in self._sessions:
            await answer(scope, send, 500)
            return
        if scope["type"] == "http" and query.get("b64") == ["1"]:
            send = _length_prefixed(send)
        await self._door(scope, receive, send)


def _length_prefixed(send: Send) -> Send:
    async def send_prefixed(message: Message) -> None:
        if message["type"] == "http.response.body":
            packets = bytes(message["body"]).decode().split(_SEPARATOR)
            framed: Any = "".join(f"{len(packet)}:{packet}" for packet in packets)
            message = {**message, "body": framed.encode()}
        await send(message)

    return send_prefixed
