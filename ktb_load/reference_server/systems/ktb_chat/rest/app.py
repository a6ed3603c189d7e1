"""The REST application: which call goes where, and how failures look."""

from functools import partial

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from ktb_load.reference_server.ids import iso, now_ms
from ktb_load.reference_server.rest.answers import BadBody, Json, Refused
from ktb_load.reference_server.rest.routes import Call, application, refused
from ktb_load.reference_server.systems.ktb_chat.rest import auth, files, rooms, users
from ktb_load.reference_server.systems.ktb_chat.rest.callers import caller
from ktb_load.reference_server.systems.ktb_chat.rest.failures import failed
from ktb_load.reference_server.systems.ktb_chat.world import World


async def _info(world: World, request: Request) -> Json:
    return Json({"name": "KTB Chat API", "version": "1.0.0", "description": "reference server"})


async def _health(world: World, request: Request) -> Json:
    now = iso(now_ms())
    return Json({"status": "ok", "timestamp": now, "env": "reference"})


CALLS: dict[str, Call[World]] = {
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
    handlers = {BadBody: partial(_bad_body, world), HTTPException: partial(_unknown, world)}
    return application(world, CALLS, handlers)


async def _unknown(world: World, request: Request, error: HTTPException) -> Response:
    """No such call, which is told only to those who are signed in."""
    try:
        caller(world, request)
    except Refused as refusal:
        return await refused(request, refusal)
    return await refused(request, failed(404, "요청한 리소스를 찾을 수 없습니다."))


async def _bad_body(world: World, request: Request, error: BadBody) -> Response:
    """The server's own failure on a deployment, and the caller's in the document."""
    status, code, message = 400, "BAD_REQUEST", str(error)
    if world.shapes.deployed:
        status, code, message = 500, "INTERNAL_SERVER_ERROR", "서버 내부 오류가 발생했습니다."
    body = {"success": False, "message": message, "code": code, "path": request.url.path}
    return Json(body, status)
