"""The REST half: the auth server, chat rooms, participants, and connecting."""

from typing import Any

from starlette.requests import Request

from ktb_load.reference_server.rest.answers import Json, json_object, text
from ktb_load.reference_server.rest.gate import USER
from ktb_load.reference_server.rest.routes import Call
from ktb_load.reference_server.systems.erlang_chat import messages
from ktb_load.reference_server.systems.erlang_chat.callers import (
    caller,
    room_of,
    speaker,
    token_of,
)
from ktb_load.reference_server.systems.erlang_chat.chatrooms import (
    ADMIN,
    MEMBER,
    ROLES,
    SUB_ADMIN,
    Chatroom,
)
from ktb_load.reference_server.systems.erlang_chat.rooms import Closing
from ktb_load.reference_server.systems.erlang_chat.socket import ChatSocket
from ktb_load.reference_server.systems.erlang_chat.world import (
    COOKIE,
    World,
    failed,
    user_channel,
)

# The auth server


async def register(world: World, request: Request) -> Json:
    body = await json_object(request)
    user_id, password = text(body.get("userId")), text(body.get("password"))
    if not user_id or not password:
        raise failed(400, "invalid_request", "userId and password are required")
    request.scope[USER] = user_id
    if not world.accounts.add(user_id, password):
        raise failed(409, "user_exists", "userId is taken")
    world.names[user_id] = text(body.get("name")) or user_id
    return Json({"userId": user_id, "name": world.names[user_id]}, 201)


async def login(world: World, request: Request) -> Json:
    """The token comes in the body, and as a cookie."""
    body = await json_object(request)
    user_id = body.get("userId")
    if not world.accounts.fits(user_id, body.get("password")):
        raise failed(401, "invalid_credentials", "userId or password is wrong")
    request.scope[USER] = user_id
    token = world.log_in(str(user_id))
    answer = Json({"userId": user_id, "token": token})
    answer.set_cookie(COOKIE, token, max_age=int(world.token_lifetime_s), httponly=True)
    return answer


async def logout(world: World, request: Request) -> Json:
    user_id = caller(world, request)
    world.log_out(token_of(request), "logout")
    answer = Json({"userId": user_id})
    answer.delete_cookie(COOKIE)
    return answer


# Chat rooms


async def create(world: World, request: Request) -> Json:
    body = await json_object(request)
    user_id = speaker(world, request, body, "creatorId")
    others, name = body.get("targetUserIds"), text(body.get("name"))
    if not isinstance(others, list) or not all(isinstance(one, str) and one for one in others):
        raise failed(400, "invalid_request", "targetUserIds is a list of user ids")
    if not name:
        raise failed(400, "invalid_request", "name is required")
    room = world.chatrooms.add(user_id, others, name, text(body.get("createdAt")))
    return Json(world.chatrooms.shape(room), 201)


async def show_all(world: World, request: Request) -> Json:
    rooms = world.chatrooms.of(caller(world, request))
    return Json({"chatrooms": [_with_state(world, room) for room in rooms]})


async def show(world: World, request: Request) -> Json:
    return Json(_with_state(world, room_of(world, request)[0]))


def _with_state(world: World, room: Chatroom) -> dict[str, Any]:
    return {**world.chatrooms.shape(room), "state": world.rooms.state(room.id)}


async def rename(world: World, request: Request) -> Json:
    room, _ = room_of(world, request)
    name = text((await json_object(request)).get("name"))
    if not name:
        raise failed(400, "invalid_request", "name is required")
    room.name = name
    world.broadcast(room, "room_renamed", {"name": name})
    return Json({"roomId": room.id, "name": name})


async def remove(world: World, request: Request) -> Json:
    room, user_id = room_of(world, request)
    _check_role(room, user_id, ADMIN)
    world.delete(room)
    return Json({"roomId": room.id})


def _check_role(room: Chatroom, user_id: str, *roles: str) -> None:
    """
    Raises:
        Refused: 403; in a room without an admin everybody may do everything.
    """
    if room.has_admin and room.participants[user_id].role not in roles:
        raise failed(403, "forbidden", f"role {' or '.join(roles)} is required")


# Participants


async def add_participant(world: World, request: Request) -> Json:
    room, _ = room_of(world, request)
    body = await json_object(request)
    user_id, role = text(body.get("userId")), body.get("role", MEMBER)
    if not user_id or role not in ROLES:
        raise failed(400, "invalid_request", f"userId and a role of {', '.join(ROLES)}")
    if user_id in room.participants:
        raise failed(409, "already_participant", "user is in the room")
    world.chatrooms.enter(room, user_id, role)
    told = world.chatrooms.participant_shape(room, user_id)
    world.broadcast(room, "participant_added", told)
    return Json({"roomId": room.id, **told}, 201)


def _participant(world: World, request: Request) -> tuple[Chatroom, str, str]:
    """The room and the participant of the path, and the caller."""
    room, caller_id = room_of(world, request)
    user_id = request.path_params["userId"]
    if user_id not in room.participants:
        raise failed(404, "participant_not_found", "user is not in the room")
    return room, user_id, caller_id


async def remove_participant(world: World, request: Request) -> Json:
    """Oneself, or another if one's role allows it."""
    room, user_id, caller_id = _participant(world, request)
    if user_id != caller_id:
        _check_role(room, caller_id, ADMIN, SUB_ADMIN)
    world.broadcast(room, "participant_removed", {"userId": user_id})
    world.expel(room, user_id)
    world.chatrooms.leave(room, user_id)
    return Json({"roomId": room.id, "userId": user_id})


async def change_role(world: World, request: Request) -> Json:
    room, user_id, caller_id = _participant(world, request)
    role = (await json_object(request)).get("role")
    if role not in ROLES:
        raise failed(400, "invalid_request", f"role is one of {', '.join(ROLES)}")
    _check_role(room, caller_id, ADMIN)
    room.participants[user_id].role = str(role)
    return _changed(world, room, user_id, "role_changed")


async def change_name(world: World, request: Request) -> Json:
    """An empty name is that of the account again."""
    room, user_id, caller_id = _participant(world, request)
    name = (await json_object(request)).get("edited_name")
    if not isinstance(name, str):
        raise failed(400, "invalid_request", "edited_name is required")
    if user_id != caller_id:
        _check_role(room, caller_id, ADMIN, SUB_ADMIN)
    room.participants[user_id].edited_name = name
    return _changed(world, room, user_id, "participant_renamed")


def _changed(world: World, room: Chatroom, user_id: str, push: str) -> Json:
    told = world.chatrooms.participant_shape(room, user_id)
    world.broadcast(room, push, told)
    return Json({"roomId": room.id, **told})


# Connecting


async def connect(world: World, request: Request) -> Json:
    """All sockets of the caller hear the room from now on."""
    room, _ = room_of(world, request)
    user_id = speaker(world, request, await json_object(request), "userId")
    if world.hub.members(user_channel(user_id)):
        try:
            await world.rooms.connect(room.id, user_id)
        except Closing:
            raise failed(409, "room_closing", "room is closing") from None
    sockets = world.hub.members(user_channel(user_id))
    if not sockets:
        world.rooms.leave(room.id, user_id)
        raise failed(409, "no_websocket", "connect to /chat first")
    if not any(one.user_id == user_id for one in world.hub.members(room.id)):
        world.broadcast(room, "user_joined", {"userId": user_id})
    for visit in sockets:
        if isinstance(visit, ChatSocket):
            visit.enter(room.id)
    connected = {"state": world.rooms.state(room.id), "userIds": world.rooms.user_ids(room.id)}
    return Json({"chatroomId": room.id, **connected, "messages": room.recent()})


_ROOM = "/api/chatrooms/{roomId}"
_PERSON = f"{_ROOM}/participants/{{userId}}"
_MESSAGE = f"{_ROOM}/messages/{{messageId}}"
CALLS: dict[str, Call[World]] = {
    "POST /api/auth/register": register,
    "POST /api/auth/login": login,
    "POST /api/auth/logout": logout,
    "POST /api/chatrooms": create,
    "GET /api/chatrooms": show_all,
    f"GET {_ROOM}": show,
    f"PATCH {_ROOM}/name": rename,
    f"DELETE {_ROOM}": remove,
    f"POST {_ROOM}/participants": add_participant,
    f"DELETE {_PERSON}": remove_participant,
    f"PATCH {_PERSON}/role": change_role,
    f"PATCH {_PERSON}/name": change_name,
    f"POST {_ROOM}/connect": connect,
    f"POST {_ROOM}/messages": messages.send,
    f"GET {_ROOM}/messages": messages.show,
    f"DELETE {_MESSAGE}": messages.remove,
    f"PATCH {_MESSAGE}": messages.edit,
    f"POST {_MESSAGE}/read": messages.read,
    f"POST {_MESSAGE}/reactions": messages.react,
}
