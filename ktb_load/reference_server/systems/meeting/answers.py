"""How refusals are worded, who calls, and numbers in paths and queries."""

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request

from ktb_load.reference_server.rest.answers import Refused
from ktb_load.reference_server.rest.gate import USER
from ktb_load.reference_server.systems.meeting.people import User
from ktb_load.reference_server.systems.meeting.world import World
from ktb_load.reference_server.tokens import bearer

AUTH_ERROR = "AUTH_ERROR"
BAD_REQUEST = "유효하지 않은 요청"
_LARGEST = 2**53


def failure(status: int, message: str, code: str = "") -> dict[str, Any]:
    return {"message": message, "code": code} if code else {"message": message}


def failed(status: int, message: str, code: str = "") -> Refused:
    return Refused(status, failure(status, message, code))


def server_error() -> Refused:
    return failed(500, "내부 서버 오류", "INTERNAL_SERVER_ERROR")


def caller(world: World, request: Request) -> User:
    """
    Raises:
        Refused: 401.
    """
    token = bearer(request)
    user = world.user_of(token)
    if user is None:
        raise failed(401, _why_not(world, token), AUTH_ERROR)
    request.scope[USER] = str(user.id)
    return user


def _why_not(world: World, token: str) -> str:
    if not token:
        return "인증에 실패했습니다."
    return "Expired JWT token" if world.has_expired(token) else "Invalid JWT token"


def place(request: Request, name: str) -> int:
    """A number in the path.

    Raises:
        Refused: 400, it is none.
    """
    text = str(request.path_params[name])
    if not text.isascii() or not text.isdigit():
        raise failed(400, BAD_REQUEST)
    return min(int(text), _LARGEST)


def page(request: Request, usual: int = 20) -> tuple[int, int]:
    """``lastId`` and ``pageSize`` of a query.

    Raises:
        Refused: 400, one of them is no number.
    """
    return _number(request.query_params, "lastId", 0), max(
        1, min(100, _number(request.query_params, "pageSize", usual))
    )


def _number(query: Mapping[str, str], name: str, usual: int) -> int:
    text = query.get(name) or str(usual)
    if not text.isascii() or not text.isdigit():
        raise failed(400, BAD_REQUEST)
    return min(int(text), _LARGEST)
