"""Server-sent events: how they are written, and the answer that goes on (WHATWG HTML, 9.2)."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from ktb_load.reference_server.faults import Faults
from ktb_load.reference_server.peer import Peer, draw_silences
from ktb_load.reference_server.rest.gate import PORT

_MEDIA_TYPE = "text/event-stream"
_KEEP_ALIVE = b": keep-alive\n\n"


def encode(event: str, data: str, id: str = "", retry_ms: int | None = None) -> bytes:
    """One event."""
    fields = [f"event: {event}"] if event else []
    fields += [f"id: {id}"] if id else []
    fields += [f"retry: {retry_ms}"] if retry_ms is not None else []
    fields += [f"data: {line}" for line in data.split("\n")]
    return "\n".join([*fields, "", ""]).encode()


class Stream:
    """One client that listens; can be in channels of a hub, whose pushes must be events.

    A stream is a socket to faults of heart-beats: ``socket:no-ping`` keeps back the comments that
    keep it alive, ``socket:half-open`` all.
    """

    def __init__(self, request: Request, user_id: str, faults: Faults) -> None:
        address = tuple(request.scope.get("client") or ("", 0))
        self.peer = Peer((address[0], address[1]), dict(request.headers), draw_silences(faults))
        self.user_id = user_id
        self.channels: set[str] = set()
        self.cut = partial(request.scope[PORT].abort, self.peer.address)
        self.waiting: asyncio.Queue[bytes | None] = asyncio.Queue()

    def send(self, event: bytes) -> None:
        self.waiting.put_nowait(event)

    def end(self) -> None:
        """The answer is complete."""
        self.waiting.put_nowait(None)


class EventStream(Response):
    """The answer that goes on until the client or the stream ends it.

    Args:
        keep_alive_s: of silence, until a comment is sent.
        gone: called when it is over.
    """

    media_type = _MEDIA_TYPE

    def __init__(self, stream: Stream, keep_alive_s: float, gone: Callable[[Stream], None]) -> None:
        self._stream = stream
        self._keep_alive_s = keep_alive_s
        self._gone = gone
        headers = {"Cache-Control": "no-cache", "Content-Type": _MEDIA_TYPE}
        super().__init__(headers=headers)
        del self.headers["content-length"]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        start: Any = {"type": "http.response.start", "status": 200, "headers": self.raw_headers}
        watching = asyncio.ensure_future(self._watch(receive))
        try:
            await send(start)
            while (chunk := await self._next()) is not None:
                if not self._stream.peer.silences.half_open:
                    await send({"type": "http.response.body", "body": chunk, "more_body": True})
            await send({"type": "http.response.body", "body": b""})
        finally:
            watching.cancel()
            self._gone(self._stream)

    async def _watch(self, receive: Receive) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        self._stream.end()

    async def _next(self) -> bytes | None:
        while True:
            try:
                async with asyncio.timeout(self._keep_alive_s or None):
                    return await self._stream.waiting.get()
            except TimeoutError:
                if not self._stream.peer.silences.mute:
                    return _KEEP_ALIVE
