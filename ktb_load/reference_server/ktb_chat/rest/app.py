"""The REST application: which call goes where, and how failures look."""

import time
from collections.abc import Awaitable, Callable
from functools import partial

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ktb_load.reference_server.ktb_chat.rest import auth, files, rooms, users
from ktb_load.reference_server.ktb_chat.rest.answers import BadBody, Json, Refused, failed
from ktb_load.reference_server.ktb_chat.rest.callers import caller
from ktb_load.reference_server.ktb_chat.shapes import iso
from ktb_load.reference_server.ktb_chat.world import World

Call = Callable[[World, Request], Awaitable[Response]]


async def _info(world: World, request: Request) -> Json:
    return Json({"name": "KTB Chat API", "version": "1.0.0", "description": "reference server"})


async def _health(world: World, request: Request) -> Json:
    now = iso(time.time_ns() // 1_000_000)
    return Json({"status": "ok", "timestamp": now, "env": "reference"})


CALLS: dict[str, Call] = {
    "GET /api": _info,
    "GET /api/health": _health,
    "GET /api/auth": auth.info,
    "POST /api/auth/register": auth.register,
    "POST /api/auth/login": auth.login,
    "POST /api/auth/logout": auth.logout,
    "POST /api/auth/verify-token": auth.verify,
    "POST /api/auth/refresh-token": auth.refresh,
    "GET /api/users/status": users.status,
    "GET /api/users/profile": users.profile,
    "PUT /api/users/profile": users.rename,
    "POST /api/users/profile-image": users.set_image,
    "DELETE /api/users/profile-image": users.remove_image,
    "DELETE /api/users/account": users.remove_account,
    "GET /api/rooms/health": rooms.health,
    "GET /api/rooms": rooms.show_all,
    "POST /api/rooms": rooms.create,
    "GET /api/rooms/{roomId}": rooms.show,
    "POST /api/rooms/{roomId}/join": rooms.join,
    "POST /api/files/upload": files.upload,
    "GET /api/files/download/{filename}": files.download,
    "GET /api/files/view/{filename}": files.view,
    "DELETE /api/files/{id}": files.remove,
    "DELETE /judge/rooms/{roomId}": rooms.remove,
}


def rest_app(world: World) -> Starlette:
    handlers = {
        Refused: _refused,
        BadBody: partial(_bad_body, world),
        HTTPException: partial(_unknown, world),
    }
    return Starlette(
        routes=[_route(world, action, call) for action, call in CALLS.items()],
        exception_handlers=handlers,  # type: ignore[arg-type]
    )


def _route(world: World, action: str, call: Call) -> Route:
    method, _, path = action.partition(" ")

    async def endpoint(request: Request) -> Response:
        return await call(world, request)

    return Route(path, endpoint, methods=[method])


async def _refused(request: Request, refusal: Refused) -> Response:
    if refusal.body is None:
        return Response(status_code=refusal.status, headers=refusal.headers)
    return Json(refusal.body, refusal.status, refusal.headers)


async def _unknown(world: World, request: Request, error: HTTPException) -> Response:
    """No such call, which is told only to those who are signed in."""
    try:
        caller(world, request)
    except Refused as refusal:
        return await _refused(request, refusal)
    return await _refused(request, failed(404, "요청한 리소스를 찾을 수 없습니다."))


async def _bad_body(world: World, request: Request, error: BadBody) -> Response:
    """The server's own failure on a deployment, and the caller's in the document."""
    status, code, message = 400, "BAD_REQUEST", str(error)
    if world.shapes.deployed:
        status, code, message = 500, "INTERNAL_SERVER_ERROR", "서버 내부 오류가 발생했습니다."
    body = {"success": False, "message": message, "code": code, "path": request.url.path}
    return Json(body, status)
