"""/api/v1/users: sign up, log in and out, go, change the password. Mail is kept, and can be read
at /dev/mail.
"""

import re
from typing import Any

from starlette.requests import Request

from ktb_load.reference_server.rest.answers import Json, Refused, json_object, text
from ktb_load.reference_server.rest.gate import USER
from ktb_load.reference_server.systems.meeting.answers import AUTH_ERROR, caller, failed
from ktb_load.reference_server.systems.meeting.people import User
from ktb_load.reference_server.systems.meeting.world import REFRESH_LIFETIME_S, World

REFRESH_COOKIE = "refreshToken"
_COOKIE_PATH = "/api/v1/auth"
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_SIGN_UP, _PASSWORD = "signup", "password"
_FORMS = {
    "email": (_EMAIL, "올바른 이메일 형식이 아닙니다."),
    "password": (re.compile(r".{8,}"), "비밀번호는 8자 이상이어야 합니다."),
    "nickname": (re.compile(r"\S.{0,29}"), "닉네임을 입력해주세요."),
    "phoneNumber": (re.compile(r"[0-9-]{9,15}"), "올바른 전화번호 형식이 아닙니다."),
}


async def sign_up(world: World, request: Request) -> Json:
    """The code that verifies the address goes out by mail."""
    body = await json_object(request)
    given = {**body, "phoneNumber": body.get("phoneNumber", body.get("phone"))}
    fields = {name: text(given.get(name)) for name in _FORMS}
    problems = [
        {"field": name, "message": message}
        for name, (form, message) in _FORMS.items()
        if not form.fullmatch(fields[name])
    ]
    if problems:
        wrong = {"message": "잘못된 요청입니다", "code": "VALIDATION_ERROR", "details": problems}
        raise Refused(400, wrong)
    _check_free(world, fields)
    email, nickname, phone = fields["email"], fields["nickname"], fields["phoneNumber"]
    user = world.people.add(email, nickname, phone, fields["password"])
    request.scope[USER] = str(user.id)
    world.send_code(user, _SIGN_UP)
    return Json({"message": "입력하신 이메일로 인증 코드가 발송되었습니다."}, 201)


def _check_free(world: World, fields: dict[str, str]) -> None:
    """
    Raises:
        Refused: 409, one of them is taken.
    """
    for field in ("email", "nickname", "phoneNumber"):
        if world.people.by(field, fields[field]):
            message = f"이미 사용 중인 {field}입니다"
            taken = {"message": message, "code": "DUPLICATE_ERROR", "field": field}
            raise Refused(409, taken)


async def mail(world: World, request: Request) -> Json:
    """What an address got: the mailbox of a development server."""
    address = request.query_params.get("email", "")
    return Json({"messages": world.mail.get(address, [])})


async def verify(world: World, request: Request) -> Json:
    user = world.redeem(request.query_params.get("code", ""), _SIGN_UP)
    if user is None:
        raise failed(400, "유효하지않은 토큰입니다.", "INVALID_TOKEN")
    request.scope[USER] = str(user.id)
    user.is_verified = True
    return Json({"message": "이메일 인증이 완료되었습니다."})


async def log_in(world: World, request: Request) -> Json:
    body = await json_object(request)
    user = world.people.by("email", text(body.get("email")))
    if user is None:
        raise failed(404, "등록되지 않은 사용자입니다", "USER_NOT_FOUND")
    if user.password is None or user.password != body.get("password"):
        raise failed(401, "인증에 실패했습니다.", AUTH_ERROR)
    if not user.is_verified:
        raise failed(403, "이메일 인증이 필요합니다.", "EMAIL_NOT_VERIFIED")
    return signed_in(world, request, user)


def signed_in(world: World, request: Request, user: User) -> Json:
    """Both tokens; the refresh token as a cookie, too."""
    request.scope[USER] = str(user.id)
    tokens: dict[str, Any] = world.log_in(user)
    answer = Json(tokens)
    answer.set_cookie(
        REFRESH_COOKIE,
        tokens["refreshToken"],
        max_age=REFRESH_LIFETIME_S,
        path=_COOKIE_PATH,
        httponly=True,
    )
    return answer


async def log_out(world: World, request: Request) -> Json:
    world.log_out(caller(world, request))
    answer = Json({"message": "로그아웃되었습니다"})
    answer.delete_cookie(REFRESH_COOKIE, _COOKIE_PATH)
    return answer


async def remove(world: World, request: Request) -> Json:
    """Their meetings go with them, and they leave all others."""
    user = caller(world, request)
    world.remove_user(user)
    return Json({"message": "회원 탈퇴가 완료되었습니다"})


async def send_link(world: World, request: Request) -> Json:
    user = world.people.by("email", text((await json_object(request)).get("email")))
    if user is None:
        raise failed(404, "사용자를 찾을 수 없습니다", "USER_NOT_FOUND")
    world.send_code(user, _PASSWORD)
    return Json({"message": "비밀번호 변경 링크를 이메일로 전송하였습니다."})


async def change_password(world: World, request: Request) -> Json:
    body = await json_object(request)
    form, message = _FORMS["password"]
    if not form.fullmatch(text(body.get("newPassword"))):
        raise failed(400, message, "VALIDATION_ERROR")
    user = world.redeem(text(body.get("token")), _PASSWORD)
    if user is None:
        raise failed(400, "유효하지 않은 토큰입니다.", "INVALID_TOKEN")
    user.password = body["newPassword"]
    return Json({"message": "비밀번호가 변경되었습니다."})
