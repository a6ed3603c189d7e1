"""Logging in by way of Kakao, which nobody asks here, and renewing the access token.

A code ``dev-NAME`` stands for somebody whom Kakao knows as ``NAME``; whoever is not known yet is
made.
"""

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse

from ktb_load.reference_server.rest.answers import Json, json_object, text
from ktb_load.reference_server.systems.meeting.answers import failed
from ktb_load.reference_server.systems.meeting.calls.users import REFRESH_COOKIE, signed_in
from ktb_load.reference_server.systems.meeting.world import World

_CODE = "dev-"
_PAGE = "/oauth/kakao"


async def redirected(world: World, request: Request) -> RedirectResponse:
    """The browser comes back from Kakao, and is sent on to the page that completes the login."""
    return RedirectResponse(f"{_PAGE}?{urlencode(dict(request.query_params))}", 302)


async def log_in(world: World, request: Request) -> Json:
    code = text((await json_object(request)).get("code"))
    name = code.removeprefix(_CODE)
    if not name or name == code:
        raise failed(400, "잘못된 인증코드입니다", "INVALID_VERIFICATION_CODE")
    email = f"{name}@kakao.dev"
    user = world.people.by("email", email)
    if user is None:
        if world.people.by("nickname", name):
            raise failed(409, "이미 사용 중인 nickname입니다", "DUPLICATE_ERROR")
        user = world.people.add(email, name, "", None)
    return signed_in(world, request, user)


async def reissue(world: World, request: Request) -> Json:
    token = world.refreshed(request.cookies.get(REFRESH_COOKIE, ""))
    if not token:
        raise failed(401, "리프레시 토큰이 유효하지 않습니다", "INVALID_REFRESH_TOKEN")
    return Json({"accessToken": token})
