"""The HTTP application of a system: a table of calls, and how failures look."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeVar

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ktb_load.reference_server.rest.answers import BadBody, Failure, Json, Refused

W = TypeVar("W")
Call = Callable[[W, Request], Awaitable[Response]]
"""What a call does, given what the whole server shares."""
Handlers = Mapping[type[Exception], Callable[[Request, Any], Awaitable[Response]]]


def application(world: W, calls: Mapping[str, Call[W]], handlers: Handlers) -> Starlette:
    """
    Args:
        calls: ``POST /api/login`` -> the call.
        handlers: an exception -> its answer; refusals answer for themselves.
    """
    return Starlette(
        routes=[_route(world, action, call) for action, call in calls.items()],
        exception_handlers={Refused: refused, **handlers},  # type: ignore[dict-item]
    )


def usual_handlers(failure: Failure) -> Handlers:
    """No such call: 404 or 405; a body that cannot be read: 400."""

    async def unknown(request: Request, error: HTTPException) -> Response:
        return Json(failure(error.status_code, error.detail, ""), error.status_code, error.headers)

    async def bad_body(request: Request, error: BadBody) -> Response:
        return Json(failure(400, str(error), ""), 400)

    return {HTTPException: unknown, BadBody: bad_body}


async def refused(request: Request, refusal: Refused) -> Response:
    if refusal.body is None:
        return Response(status_code=refusal.status, headers=refusal.headers)
    return Json(refusal.body, refusal.status, refusal.headers)


def _route(world: W, action: str, call: Call[W]) -> Route:
    method, _, path = action.partition(" ")

    async def endpoint(request: Request) -> Response:
        return await call(world, request)

    return Route(path, endpoint, methods=[method])
