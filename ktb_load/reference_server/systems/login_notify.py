"""A log-in service that tells its users by WebSocket when they were logged in elsewhere, and other
news.

The contract is a short document; what it leaves open, and what was made of it, is in the docs,
"login-notify".
"""

import re
import secrets
from functools import partial
from typing import Any

from starlette.requests import Request

from ktb_load import fast_json
from ktb_load.reference_server.faults import Verdict
from ktb_load.reference_server.ids import now_ms
from ktb_load.reference_server.one_port import serve_calls
from ktb_load.reference_server.options import seconds
from ktb_load.reference_server.rest.answers import Json, Refused, json_object, text
from ktb_load.reference_server.rest.gate import USER
from ktb_load.reference_server.rest.routes import Call
from ktb_load.reference_server.serving import Order
from ktb_load.reference_server.sockets.hub import Hub
from ktb_load.reference_server.sockets.websocket import (
    CONNECT,
    Visit,
    Wire,
    add_ping_options,
    json_frame,
)
from ktb_load.reference_server.system import System
from ktb_load.reference_server.tokens import Tokens, bearer
from ktb_load.reference_server.turnstile import FAULT

LOGOUT, NOTIFICATION, ERROR = "LOGOUT", "NOTIFICATION", "ERROR"
_REFRESH_LIFETIME_S = 14 * 24 * 3600
_LONGEST_MESSAGE = 200
_EVERYBODY = "*"
_USER_ID = re.compile(r"[a-z0-9]{3,20}")
_PASSWORD = re.compile(r"(?=.*[A-Za-z])(?=.*[0-9])(?=.*[^A-Za-z0-9])[!-~]{6,30}")

_NO_ACCOUNT = "유효하지 않은 아이디 또는 비밀번호입니다!"
_LOGGED_OUT = "새로운 로그인이 확인되었습니다. 자동으로 로그아웃됩니다!"
_BAD_ACCESS = "유효하지 않은 접근 토큰입니다."
_BAD_REFRESH = "유효하지 않은 갱신 토큰입니다."


def failure(status: int, message: str, code: str = "") -> dict[str, Any]:
    body = {"success": False, "message": message}
    return {**body, "code": code} if code else body


def failed(status: int, message: str) -> Refused:
    return Refused(status, failure(status, message))


class World:
    """Accounts, the one session of each, and who listens."""

    def __init__(self, order: Order) -> None:
        self.passwords = {"user123": "pass123!"}
        self.hub: Hub[Listener] = Hub(order.faults, _typed)
        self._sessions: dict[str, str] = {}
        self._tokens = Tokens()
        self._access_lifetime_s: float = order.arguments.access_lifetime

    def log_in(self, user_id: str) -> dict[str, str]:
        """Both tokens of a new session; the one before it ends."""
        for listener in self.hub.members(user_id):
            self.hub.tell(listener, LOGOUT, _LOGGED_OUT)
            self.hub.remove(listener)
        self._sessions[user_id] = secrets.token_hex(16)
        refresh = self._token(user_id, "refresh", _REFRESH_LIFETIME_S)
        return {"accessToken": self.access_token(user_id), "refreshToken": refresh}

    def access_token(self, user_id: str) -> str:
        return self._token(user_id, "access", self._access_lifetime_s)

    def _token(self, user_id: str, kind: str, lifetime_s: float) -> str:
        claims = {"sub": user_id, "kind": kind, "session": self._sessions[user_id]}
        return self._tokens.issue(claims, lifetime_s)

    def holder(self, token: object, kind: str) -> str:
        """Whose token of the session that goes on it is; empty if it is not a good one."""
        claims = self._tokens.read(token) if isinstance(token, str) else None
        if not claims or claims["kind"] != kind:
            return ""
        user_id = str(claims["sub"])
        return user_id if self._sessions[user_id] == claims["session"] else ""

    def notify(self, sender_id: str, wanted: dict[str, Any]) -> str:
        """Tell one user, or without ``userId`` all; what was wrong, if anything was."""
        user_id, message = wanted.get("userId", _EVERYBODY), wanted.get("message")
        if not isinstance(message, str) or not 0 < len(message) <= _LONGEST_MESSAGE:
            return "메시지는 1자 이상 200자 이하여야 합니다."
        if user_id != _EVERYBODY and user_id not in self.passwords:
            return "사용자를 찾을 수 없습니다."
        self.hub.deliver(user_id, sender_id, NOTIFICATION, message)
        return ""


def _typed(kind: str, message: str) -> bytes:
    return json_frame({"type": kind, "message": message, "timestamp": now_ms()})


def _account(body: dict[str, Any]) -> tuple[str, str]:
    """
    Raises:
        Refused: 400, the form of one of them is wrong.
    """
    user_id, password = str(body.get("userId")), str(body.get("password"))
    if not _USER_ID.fullmatch(user_id) or not _PASSWORD.fullmatch(password):
        raise failed(400, _NO_ACCOUNT)
    return user_id, password


async def register(world: World, request: Request) -> Json:
    user_id, password = _account(await json_object(request))
    if user_id in world.passwords:
        raise failed(409, "이미 사용 중인 아이디입니다.")
    request.scope[USER] = user_id
    world.passwords[user_id] = password
    return Json({"success": True, "message": "회원가입 성공"}, 201)


async def login(world: World, request: Request) -> Json:
    user_id, password = _account(await json_object(request))
    if world.passwords.get(user_id) != password:
        raise failed(401, _NO_ACCOUNT)
    request.scope[USER] = user_id
    return Json({"success": True, "message": "로그인 성공", **world.log_in(user_id)})


async def refresh(world: World, request: Request) -> Json:
    user_id = world.holder((await json_object(request)).get("refreshToken"), "refresh")
    if not user_id:
        raise failed(401, _BAD_REFRESH)
    request.scope[USER] = user_id
    token = world.access_token(user_id)
    return Json({"success": True, "message": "토큰 갱신 성공", "accessToken": token})


async def notify(world: World, request: Request) -> Json:
    user_id = world.holder(bearer(request), "access")
    if not user_id:
        raise failed(401, _BAD_ACCESS)
    request.scope[USER] = user_id
    if problem := world.notify(user_id, await json_object(request)):
        raise failed(400, problem)
    return Json({"success": True, "message": "알림 전송 성공"}, 201)


CALLS: dict[str, Call[World]] = {
    "POST /api/register": register,
    "POST /api/login": login,
    "POST /api/token/refresh": refresh,
    "POST /api/notifications": notify,
}


class Listener(Visit):
    """One WebSocket: hears what is for its user, and may notify others."""

    def __init__(self, world: World, wire: Wire) -> None:
        super().__init__(wire)
        self._world = world

    def admit(self) -> None:
        _, _, header = self.peer.headers.get("authorization", "").partition(" ")
        self.user_id = self._world.holder(header or self.wire.query.get("token"), "access")
        if not self.user_id:
            raise failed(401, _BAD_ACCESS)

    def opened(self) -> None:
        for channel in (self.user_id, _EVERYBODY):
            self._world.hub.join(self, channel)

    def received(self, said: str | bytes) -> None:
        try:
            message = fast_json.loads(said)
        except fast_json.JSONDecodeError:
            message = None
        body = message if isinstance(message, dict) else {}
        kind = text(body.get("type")) or "unknown"
        known = kind == NOTIFICATION
        self.arrive(kind, message, partial(self._act, body, known), known)

    def _act(self, body: dict[str, Any], known: bool) -> str:
        problem = (
            self._world.notify(self.user_id, body) if known else "알 수 없는 메시지 타입입니다."
        )
        if problem:
            self._world.hub.tell(self, ERROR, problem)
        return "refused" if problem else "handled"

    def refuse(self, action: str, verdict: Verdict) -> None:
        self._world.hub.tell(self, ERROR, verdict.code or FAULT)

    def gone(self) -> None:
        self._world.hub.remove(self)


def add_options(group: Any) -> None:
    group.add_argument(
        "--access-lifetime",
        type=seconds,
        default=3600.0,
        metavar="SECONDS",
        help="of an access token (3600)",
    )
    add_ping_options(group)


async def serve(order: Order) -> None:
    world = World(order)
    await serve_calls(order, world, CALLS, failure, {"/ws": partial(Listener, world)})


SYSTEM = System(
    ports={"": 8003},
    actions=(*CALLS, CONNECT, NOTIFICATION),
    pushes=(LOGOUT, NOTIFICATION, ERROR),
    serve=serve,
    add_options=add_options,
)
