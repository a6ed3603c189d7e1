"""What every HTTP call passes on its way in: faults strike here, and the trace is kept."""

import asyncio
from typing import Any

import orjson
from starlette.applications import Starlette
from starlette.routing import BaseRoute, Match, Route
from starlette.types import Message, Receive, Scope, Send

from ktb_load.reference_server.faults import REST, Verdict
from ktb_load.reference_server.listening import Port
from ktb_load.reference_server.rest.answers import Failure, Json
from ktb_load.reference_server.serving import Order
from ktb_load.reference_server.trace import MARK_HEADER, Doing
from ktb_load.reference_server.turnstile import FAULT

USER = "reference_server.user"
"""Where the caller's id stands in the scope of a request."""
_MARK = MARK_HEADER.encode()
_LARGEST_BODY = 64 * 1024
"""The trace keeps no body above this size."""


class Watched:
    """The two ends of a call, remembering its body and its status."""

    def __init__(self, receive: Receive, send: Send) -> None:
        self._receive, self._send = receive, send
        self._parts: list[bytes] = []
        self.status: int | str | None = None

    async def receive(self) -> Message:
        message = await self._receive()
        if message["type"] == "http.request":
            self._parts.append(message.get("body", b""))
        return message

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
        await self._send(message)

    @property
    def body(self) -> Any:
        """What came as JSON; of anything else its size."""
        content = b"".join(self._parts)
        if not content:
            return None
        try:
            return orjson.loads(content) if len(content) <= _LARGEST_BODY else len(content)
        except orjson.JSONDecodeError:
            return len(content)


class Gate:
    """In front of an HTTP application."""

    def __init__(self, order: Order, port: Port, app: Starlette, failure: Failure) -> None:
        self._faults, self._trace = order.faults, order.trace
        self._port = port
        self._app = app
        self._failure = failure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not (self._trace.on or self._faults.specs):
            await self._app(scope, receive, send)
            return
        action = _action(self._app.routes, scope)
        client = "{}:{}".format(*(scope.get("client") or ("", 0)))
        doing = self._trace.arrived(REST, client, _mark(scope), action)
        watched = Watched(receive, send)
        try:
            await self._pass(scope, watched, doing)
        finally:
            user = scope.get(USER, "")
            self._trace.write(doing, watched.body, watched.status, user=user)

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


def _mark(scope: Scope) -> str | None:
    for name, value in scope["headers"]:
        if name == _MARK:
            return bytes(value).decode("latin-1")
    return None
