"""Who calls, for whom, and about which room."""

from typing import Any

from starlette.requests import Request

from ktb_load.reference_server.rest.gate import USER
from ktb_load.reference_server.systems.erlang_chat.chatrooms import Chatroom
from ktb_load.reference_server.systems.erlang_chat.world import (
    COOKIE,
    World,
    failed,
    unknown_token,
)
from ktb_load.reference_server.tokens import bearer


def token_of(request: Request) -> str:
    """The cookie, or else ``Authorization: Bearer``."""
    return request.cookies.get(COOKIE) or bearer(request)


def caller(world: World, request: Request) -> str:
    """
    Raises:
        Refused: 401.
    """
    user_id = world.holder(token_of(request))
    if not user_id:
        raise unknown_token()
    request.scope[USER] = user_id
    return user_id


def speaker(world: World, request: Request, body: dict[str, Any], field: str) -> str:
    """Who speaks, by the body, which must be who calls.

    Raises:
        Refused: 401 or 403.
    """
    user_id = caller(world, request)
    if body.get(field, user_id) != user_id:
        raise failed(403, "forbidden", f"{field} is another user")
    return user_id


def room_of(world: World, request: Request) -> tuple[Chatroom, str]:
    """The room of the path, and the caller, who must be in it.

    Raises:
        Refused: 401, 403 or 404.
    """
    user_id = caller(world, request)
    room = world.chatrooms.get(request.path_params["roomId"])
    if room is None:
        raise failed(404, "room_not_found", "there is no such room")
    if user_id not in room.participants:
        raise failed(403, "not_participant", "user is not in the room")
    return room, user_id
