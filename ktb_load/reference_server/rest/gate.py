"""What every HTTP call passes on its way in: faults strike here, and the trace is kept."""

import asyncio
import email
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from starlette.applications import Starlette
from starlette.routing import BaseRoute, Match, Route
from starlette.types import Message, Receive, Scope, Send

from ktb_load import fast_json
from ktb_load.reference_server.faults import REST, Verdict
from ktb_load.reference_server.listening import Port
from ktb_load.reference_server.rest.answers import Failure, Json
from ktb_load.reference_server.serving import Order
from ktb_load.reference_server.trace import MARK_HEADER, Doing
from ktb_load.reference_server.turnstile import FAULT

USER = "reference_server.user"
"""Where the caller's id stands in the scope of a request."""
PORT = "reference_server.port"
"""Where the port through which a request came stands in its scope."""
STREAM = "stream"
"""The transport of answers that go on: told when they begin, and when they end."""
_STREAM = (b"content-type", b"text/event-stream")
_MARK = MARK_HEADER.encode()
_LARGEST_BODY = 64 * 1024
"""The trace keeps no body above this size."""


class Watched:
    """The two ends of a call, remembering its body and its status."""

    def __init__(
        self, content_type: bytes, receive: Receive, send: Send, streaming: Callable[[], None]
    ) -> None:
        self._content_type = content_type
        self._receive, self._send = receive, send
        self._streaming = streaming
        self._parts: list[bytes] = []
        self.status: int | str | None = None
        self.streams = False

    async def receive(self) -> Message:
        message = await self._receive()
        if message["type"] == "http.request":
            self._parts.append(message.get("body", b""))
        return message

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            if _STREAM in message["headers"]:
                self.streams = True
                self._streaming()
        await self._send(message)

    @property
    def body(self) -> Any:
        """What came as JSON or as a form; of anything else its size."""
        content = b"".join(self._parts)
        if not content:
            return None
        if len(content) > _LARGEST_BODY:
            return len(content)
        if self._content_type.startswith(b"multipart/form-data"):
            return _form(self._content_type, content)
        return _json(content)


class Gate:
    """In front of an HTTP application."""

    def __init__(self, order: Order, port: Port, app: Starlette, failure: Failure) -> None:
        self._faults, self._trace = order.faults, order.trace
        self._port = port
        self._app = app
        self._failure = failure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope[PORT] = self._port
        if scope["type"] != "http" or not (self._trace.on or self._faults.specs):
            await self._app(scope, receive, send)
            return
        action = _action(self._app.routes, scope)
        client = "{}:{}".format(*(scope.get("client") or ("", 0)))
        mark = _header(scope, _MARK).decode("latin-1") or None
        doing = self._trace.arrived(REST, client, mark, action)
        content_type = _header(scope, b"content-type")
        streaming = replace(doing, transport=STREAM)
        noting = partial(self._note, scope, streaming)
        watched = Watched(content_type, receive, send, lambda: noting(watched))
        try:
            await self._pass(scope, watched, doing)
        finally:
            if watched.streams:
                doing = self._trace.arrived(STREAM, client, doing.vu, "disconnect")
            self._note(scope, doing, watched)

    def _note(self, scope: Scope, doing: Doing, watched: Watched) -> None:
        self._trace.write(doing, watched.body, watched.status, user=scope.get(USER, ""))

    async def _pass(self, scope: Scope, watched: Watched, doing: Doing) -> None:
        verdict = self._faults.decide(REST, doing.action)
        if verdict is not None:
            await asyncio.sleep(verdict.delay_s)
            if verdict.outcome:
                await self._doom(scope, watched, verdict)
                return
        await self._app(scope, watched.receive, watched.send)

    async def _doom(self, scope: Scope, watched: Watched, verdict: Verdict) -> None:
        while (await watched.receive()).get("more_body"):
            pass
        if verdict.outcome == "error":
            body = self._failure(verdict.status, FAULT, verdict.code)
            await Json(body, verdict.status)(scope, watched.receive, watched.send)
            return
        watched.status = verdict.outcome
        if verdict.outcome == "drop":
            self._port.abort(tuple(scope["client"]))
        while (await watched.receive())["type"] != "http.disconnect":
            pass


def _action(routes: list[BaseRoute], scope: Scope) -> str:
    """The call by its route; by its path where there is no such route."""
    for route in routes:
        if isinstance(route, Route) and route.matches(scope)[0] is Match.FULL:
            return f"{scope['method']} {route.path}"
    return f"{scope['method']} {scope['path']}"


def _header(scope: Scope, wanted: bytes) -> bytes:
    return next((bytes(value) for name, value in scope["headers"] if name == wanted), b"")


def _json(content: bytes) -> Any:
    try:
        return fast_json.loads(content)
    except fast_json.JSONDecodeError:
        return len(content)


def _form(content_type: bytes, content: bytes) -> Any:
    """The fields of a form, which may be JSON themselves, and the sizes of its files."""
    message = email.message_from_bytes(b"Content-Type: " + content_type + b"\r\n\r\n" + content)
    fields: dict[str, Any] = {}
    for part in message.walk():
        name = part.get_param("name", header="content-disposition")
        if isinstance(name, str):
            payload: Any = part.get_payload(decode=True)
            fields[name] = len(payload) if part.get_filename() else _json_or_text(payload)
    return fields


def _json_or_text(content: bytes) -> Any:
    try:
        return fast_json.loads(content)
    except fast_json.JSONDecodeError:
        return content.decode(errors="replace")
