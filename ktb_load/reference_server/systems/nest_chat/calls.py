"""The REST half: tokens, friends, rooms, messages. Failures look as NestJS writes them."""

import math
from http import HTTPStatus
from typing import Any

from starlette.requests import Request

from ktb_load.reference_server.rest.answers import Json, Refused, json_object, text
from ktb_load.reference_server.rest.gate import USER
from ktb_load.reference_server.rest.routes import Call
from ktb_load.reference_server.systems.nest_chat.store import DIRECT, ROOM_TYPES, Room
from ktb_load.reference_server.systems.nest_chat.world import Forbidden, Invalid, NotFound, World
from ktb_load.reference_server.tokens import bearer

_LARGEST_PAGE = 100


def failure(status: int, message: Any, code: str = "") -> dict[str, Any]:
    error = {"error": code or HTTPStatus(status).phrase} if status != 401 or code else {}
    return {"message": message, **error, "statusCode": status}


def failed(status: int, message: Any) -> Refused:
    return Refused(status, failure(status, message))


async def unknown(request: Request, error: Exception) -> Json:
    """No such call, or not with this method: that is one to NestJS."""
    return Json(failure(404, f"Cannot {request.method} {request.url.path}"), 404)


def _caller(world: World, request: Request) -> str:
    """
    Raises:
        Refused: 401, without a good token.
    """
    user_uuid = world.user_of(bearer(request))
    if not user_uuid:
        raise failed(401, "Unauthorized")
    request.scope[USER] = user_uuid
    return user_uuid


def _room(world: World, request: Request) -> tuple[Room, str]:
    """The room of the path, and the caller, who must be in it."""
    user_uuid = _caller(world, request)
    try:
        return world.room(request.path_params["roomUuid"], user_uuid), user_uuid
    except NotFound as error:
        raise failed(404, str(error)) from None
    except Forbidden as error:
        raise failed(403, str(error)) from None


async def dev_token(world: World, request: Request) -> Json:
    """For anybody: who is not known yet is made."""
    body = await json_object(request)
    user_uuid = text(body.get("userUuid"))
    if not user_uuid:
        raise failed(400, ["userUuid should not be empty"])
    request.scope[USER] = user_uuid
    nickname = world.store.add_person(user_uuid, text(body.get("nickname")))
    answer = {"accessToken": world.token(user_uuid, nickname), "userUuid": user_uuid}
    return Json({**answer, "nickname": nickname}, 201)


async def ask_friend(world: World, request: Request) -> Json:
    user_uuid = _caller(world, request)
    addressee = text((await json_object(request)).get("addresseeUuid"))
    if not addressee or addressee == user_uuid:
        raise failed(400, ["addresseeUuid should be another user"])
    world.store.ask(user_uuid, addressee)
    answer = {"requesterUuid": user_uuid, "addresseeUuid": addressee, "status": "PENDING"}
    return Json(answer, 201)


async def accept_friend(world: World, request: Request) -> Json:
    user_uuid, requester = _caller(world, request), request.path_params["requesterUuid"]
    if not world.store.accept(requester, user_uuid):
        raise failed(404, "친구 요청을 찾을 수 없습니다.")
    answer = {"requesterUuid": requester, "addresseeUuid": user_uuid, "status": "ACCEPTED"}
    return Json(answer)


async def create_room(world: World, request: Request) -> Json:
    """Whoever makes a room is in it; the others are notified."""
    user_uuid, body = _caller(world, request), await json_object(request)
    kind, others = body.get("type"), _uuids(body.get("participantUuids"))
    problems = []
    if kind not in ROOM_TYPES:
        problems.append(f"type must be one of the following values: {', '.join(ROOM_TYPES)}")
    if not others:
        problems.append("participantUuids should not be empty")
    if problems:
        raise failed(400, problems)
    participants = dict.fromkeys([user_uuid, *others])
    if kind == DIRECT:
        _check_friends(world, user_uuid, participants)
    name = text(body.get("name")) or _made_name(world, participants, user_uuid)
    room = Room(str(kind), name, participants, text(body.get("challengeUuid")) or None)
    world.store.add_room(room)
    for one in participants:
        if one != user_uuid:
            inviting = f"{world.store.nickname(user_uuid)}님이 채팅방에 초대했습니다."
            world.notify(one, "NEW_ROOM", room, inviting)
    return Json(world.room_shape(room, user_uuid), 201)


def _uuids(value: Any) -> list[str]:
    return [one for one in value if isinstance(one, str) and one] if isinstance(value, list) else []


def _check_friends(world: World, user_uuid: str, participants: dict[str, None]) -> None:
    other = next((one for one in participants if one != user_uuid), "")
    if len(participants) != 2:
        raise failed(400, ["a DIRECT room has one other participant"])
    if not world.store.are_friends(user_uuid, other):
        raise failed(403, "친구가 아닌 사용자와는 채팅할 수 없습니다.")


def _made_name(world: World, participants: dict[str, None], user_uuid: str) -> str:
    others = [world.store.nickname(one) for one in participants if one != user_uuid]
    return ", ".join(others) or world.store.nickname(user_uuid)


async def show_rooms(world: World, request: Request) -> Json:
    """The caller's rooms, those with the newest messages first."""
    user_uuid = _caller(world, request)
    kind = request.query_params.get("type")
    rooms = [room for room in world.store.rooms_of(user_uuid) if kind in (None, room.type)]
    rooms.sort(key=lambda room: room.last_message.created_at if room.last_message else 0)
    rooms.reverse()
    shown, page = _page(request, rooms, 20)
    return Json({"rooms": [world.room_shape(room, user_uuid) for room in shown], **page})


async def show_room(world: World, request: Request) -> Json:
    room, user_uuid = _room(world, request)
    return Json(world.room_shape(room, user_uuid))


async def send_message(world: World, request: Request) -> Json:
    """Kept, and pushed to nobody: that is what sockets are for."""
    room, user_uuid = _room(world, request)
    try:
        message = world.say(room, user_uuid, await json_object(request))
    except Invalid as error:
        raise failed(400, error.args[0]) from None
    return Json(world.message_shape(room, message, user_uuid), 201)


async def show_messages(world: World, request: Request) -> Json:
    """The newest first."""
    room, user_uuid = _room(world, request)
    shown, page = _page(request, room.messages[::-1], 50)
    messages = [world.message_shape(room, message, user_uuid) for message in shown]
    return Json({"messages": messages, **page})


def _page(request: Request, everything: list[Any], usual: int) -> tuple[list[Any], dict[str, Any]]:
    limit = min(_LARGEST_PAGE, _number(request, "limit", usual))
    page = _number(request, "page", 1)
    total = len(everything)
    counts = {"total": total, "page": page, "limit": limit, "totalPages": math.ceil(total / limit)}
    return everything[(page - 1) * limit : page * limit], counts


def _number(request: Request, name: str, usual: int) -> int:
    """
    Raises:
        Refused: 400, it is none.
    """
    value = request.query_params.get(name, str(usual))
    if not value.isascii() or not value.isdigit() or not 0 < int(value) < 2**31:
        raise failed(400, [f"{name} must not be less than 1"])
    return int(value)


async def mark_read(world: World, request: Request) -> Json:
    room, user_uuid = _room(world, request)
    world.read(room, user_uuid)
    return Json({"message": "메시지를 읽음 처리했습니다.", "roomUuid": room.uuid})


async def leave_room(world: World, request: Request) -> Json:
    """For good: those who stay are told."""
    room, user_uuid = _room(world, request)
    world.store.leave(room, user_uuid)
    for client in world.hub.members(room.uuid):
        if client.user_id == user_uuid:
            world.hub.leave(client, room.uuid)
    world.announce(room, f"{world.store.nickname(user_uuid)}님이 채팅방을 나갔습니다.")
    return Json({"message": "채팅방을 나갔습니다.", "roomUuid": room.uuid})


CALLS: dict[str, Call[World]] = {
    "POST /api/auth/dev-token": dev_token,
    "POST /api/friends/requests": ask_friend,
    "PATCH /api/friends/requests/{requesterUuid}/accept": accept_friend,
    "POST /api/chat/room": create_room,
    "POST /api/chat/rooms": create_room,
    "GET /api/chat/rooms": show_rooms,
    "GET /api/chat/room/{roomUuid}": show_room,
    "POST /api/chat/room/{roomUuid}/message": send_message,
    "POST /api/chat/rooms/{roomUuid}/messages": send_message,
    "GET /api/chat/room/{roomUuid}/messages": show_messages,
    "PATCH /api/chat/room/{roomUuid}/read": mark_read,
    "DELETE /api/chat/room/{roomUuid}/leave": leave_room,
}
"""Two names where the post and the collection disagree."""
