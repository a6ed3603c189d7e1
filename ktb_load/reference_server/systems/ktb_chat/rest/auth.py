"""/api/auth: register, log in and out, check and renew a token."""

import re
from typing import Any

from starlette.requests import Request

from ktb_load.reference_server.rest.answers import Json, Refused, json_object, text
from ktb_load.reference_server.rest.gate import USER
from ktb_load.reference_server.systems.ktb_chat.rest.callers import caller, token_of
from ktb_load.reference_server.systems.ktb_chat.rest.failures import failed, invalid
from ktb_load.reference_server.systems.ktb_chat.shapes import account
from ktb_load.reference_server.systems.ktb_chat.storage.people import Person
from ktb_load.reference_server.systems.ktb_chat.world import World

_PLAIN_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_MISSING = "토큰 또는 세션 ID가 필요합니다."
_CALLS = ("register", "login", "logout", "verify-token", "refresh-token")


async def info(world: World, request: Request) -> Json:
    routes = {f"/{call}": "POST" for call in _CALLS}
    return Json({"status": "active", "routes": routes})


def name_problems(name: object) -> list[dict[str, str]]:
    if len(text(name).strip()) >= 2:
        return []
    return [{"field": "name", "message": "이름은 2자 이상이어야 합니다."}]


def _account_problems(body: dict[str, Any]) -> list[dict[str, str]]:
    problems = []
    if not _PLAIN_EMAIL.fullmatch(text(body.get("email"))):
        problems.append({"field": "email", "message": "올바른 이메일 형식이 아닙니다."})
    if len(text(body.get("password"))) < 6:
        problems.append({"field": "password", "message": "비밀번호는 6자 이상이어야 합니다."})
    return problems


async def register(world: World, request: Request) -> Json:
    body = await json_object(request)
    problems = name_problems(body.get("name")) + _account_problems(body)
    if problems:
        raise invalid(problems)
    email = body["email"].lower()
    await world.passwords.pay()
    if world.store.people.by_email(email):
        raise failed(409, "이미 등록된 이메일입니다.")
    person = world.store.people.add(body["name"].strip(), email, body["password"])
    request.scope[USER] = person.id
    session: dict[str, str | None] = {"token": None, "sessionId": None}
    shown: dict[str, Any] = {**account(person), "profileImage": None}
    if not world.shapes.deployed:
        session, shown = {**_new_session(world, person)}, account(person)
    message = "회원가입이 완료되었습니다."
    return Json({"success": True, **session, "user": shown, "message": message}, 201)


def _new_session(world: World, person: Person) -> dict[str, str]:
    session_id = world.sessions.open(person.id)
    return {"token": world.tokens.issue(person, session_id), "sessionId": session_id}


async def login(world: World, request: Request) -> Json:
    body = await json_object(request)
    if problems := _account_problems(body):
        raise invalid(problems)
    person = world.store.people.by_email(body["email"].lower())
    if person is None or not await world.passwords.fits(person, body["password"]):
        raise failed(401, "이메일 또는 비밀번호가 올바르지 않습니다.")
    request.scope[USER] = person.id
    session = _new_session(world, person)
    message = "로그인이 완료되었습니다."
    answer = Json({"success": True, **session, "user": account(person), "message": message})
    if world.shapes.deployed:
        answer.headers["Authorization"] = f"Bearer {session['token']}"
        answer.headers["x-session-id"] = session["sessionId"]
    return answer


async def logout(world: World, request: Request) -> Json:
    person = caller(world, request)
    if not request.headers.get("x-session-id"):
        raise failed(400, "x-session-id 헤더가 필요합니다.")
    world.sessions.end(person.id)
    world.presence.end_session(person.id, "logout", "로그아웃되었습니다.")
    return Json({"success": True, "message": "로그아웃이 완료되었습니다."})


async def verify(world: World, request: Request) -> Json:
    token, session_id = token_of(request), request.headers.get("x-session-id", "")
    if not token or not session_id:
        raise Refused(400, {"valid": False, "message": _MISSING})
    claims = world.tokens.read(token)
    person = world.store.people.get(claims.user_id) if claims else None
    if person is None:
        raise Refused(401, {"valid": False, "message": "유효하지 않은 토큰입니다."})
    if not world.sessions.lives(person.id, session_id):
        raise Refused(401, {"valid": False, "message": "만료된 세션입니다."})
    request.scope[USER] = person.id
    return Json({"success": True, "message": "토큰이 유효합니다.", "user": account(person)})


async def refresh(world: World, request: Request) -> Json:
    token, session_id = token_of(request), request.headers.get("x-session-id", "")
    if not token or not session_id:
        raise failed(400, _MISSING)
    claims = world.tokens.read(token, even_expired=True)
    person = world.store.people.get(claims.user_id) if claims else None
    if person is None:
        raise failed(401, "사용자를 찾을 수 없습니다.")
    if not world.sessions.lives(person.id, session_id):
        raise failed(401, "만료된 세션입니다.")
    request.scope[USER] = person.id
    message = "토큰이 갱신되었습니다."
    return Json({"success": True, "message": message, **_new_session(world, person)})
