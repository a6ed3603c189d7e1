"""/api/rooms: list, create, look at, join."""

import asyncio
import math
from typing import Any

from starlette.requests import Request

from ktb_load.reference_server.ids import iso, now_ms
from ktb_load.reference_server.rest.answers import Json, Refused, json_object, text
from ktb_load.reference_server.systems.ktb_chat.rest.callers import caller
from ktb_load.reference_server.systems.ktb_chat.rest.failures import failed
from ktb_load.reference_server.systems.ktb_chat.storage.messages import FOREVER
from ktb_load.reference_server.systems.ktb_chat.storage.rooms import SORT_FIELDS, Room, Wanted
from ktb_load.reference_server.systems.ktb_chat.world import World

_LARGEST_PAGE = 50
_PAST = 30
_READ_TO_WRITE_S = (0.0, 0.002)
_MAX_OFFSET = 2**31


async def health(world: World, request: Request) -> Json:
    now = iso(now_ms())
    services = {"database": {"connected": True, "latency": 0}}
    return Json({"success": True, "timestamp": now, "services": services, "lastActivity": now})


async def show_all(world: World, request: Request) -> Json:
    caller(world, request)
    headers = _count(world, request)
    wanted = _wanted(request)
    total, rooms = world.store.rooms.list(wanted)
    pages = math.ceil(total / wanted.size)
    metadata = {
        "total": total,
        "page": wanted.page,
        "pageSize": wanted.size,
        "totalPages": pages,
        "hasMore": wanted.page + 1 < pages,
        "currentCount": len(rooms),
        "sort": {"field": wanted.field, "order": wanted.order},
    }
    data = [world.shapes.room(room) for room in rooms]
    return Json({"success": True, "data": data, "metadata": metadata}, headers=headers)


def _count(world: World, request: Request) -> dict[str, str]:
    """The headers of the limit.

    Raises:
        Refused: 429, this address has asked too often.
    """
    limit = world.list_limit
    turn = limit.take(request.client.host if request.client else "")
    headers = {}
    if world.shapes.deployed:
        headers = {
            "X-RateLimit-Limit": str(limit.limit),
            "X-RateLimit-Remaining": str(turn.remaining),
            "X-RateLimit-Reset": str(math.ceil(turn.ends_at)),
            "X-RateLimit-Window": f"{limit.window_s:g}",
        }
    if turn.allowed:
        return headers
    refusal = failed(429, "요청 한도를 초과했습니다.", "RATE_LIMIT_EXCEEDED")
    raise Refused(429, refusal.body, {**headers, "Retry-After": str(turn.retry_after_s)})


def _wanted(request: Request) -> Wanted:
    query = request.query_params
    field = query.get("sortField", "")
    return Wanted(
        search=query.get("search", ""),
        field=field if field in SORT_FIELDS else "createdAt",
        order="asc" if query.get("sortOrder") == "asc" else "desc",
        page=_number(query.get("page", ""), 0),
        size=min(_LARGEST_PAGE, max(1, _number(query.get("pageSize", ""), 10))),
    )


def _number(value: str, otherwise: int) -> int:
    return min(int(value), _MAX_OFFSET) if value.isascii() and value.isdigit() else otherwise


async def create(world: World, request: Request) -> Json:
    person = caller(world, request)
    body = await json_object(request)
    name = text(body.get("name")).strip()
    if not name:
        raise failed(400, "방 이름은 필수입니다.")
    room = world.store.rooms.add(name, person.id, text(body.get("password")))
    shape = world.shapes.room(room)
    world.hub.emit_to_all("roomCreated", shape)
    return Json(world.shapes.answer(shape), 201)


async def show(world: World, request: Request) -> Json:
    caller(world, request)
    return Json(world.shapes.answer(world.shapes.room(_asked_for(world, request))))


def _asked_for(world: World, request: Request) -> Room:
    room = world.store.rooms.get(request.path_params["roomId"])
    if room is None:
        raise failed(404, "채팅방을 찾을 수 없습니다.")
    return room


async def join(world: World, request: Request) -> Json:
    """Deployed servers cannot join without a JSON body, be it ``{}``; the document makes the
    password optional.
    """
    person = caller(world, request)
    body = await json_object(request, needed=world.shapes.deployed)
    room = _asked_for(world, request)
    if not room.opens_to(text(body.get("password"))):
        raise failed(401, "비밀번호가 일치하지 않습니다.")
    if world.settings.lossy_joins:
        await _lossy_join(world, room.id, person.id)
    else:
        world.store.rooms.add_member(room.id, person.id)
    joined = world.shapes.room(room)
    world.hub.emit(room.id, "roomUpdated", joined)
    if world.shapes.deployed:
        return Json(world.shapes.answer(joined))
    return Json(_documented_join(world, room.id, joined["participants"]))


async def _lossy_join(world: World, room_id: str, user_id: str) -> None:
    """Read the members, add one, write them back: whoever came in between is lost."""
    members = world.store.rooms.member_ids(room_id)
    await asyncio.sleep(world.random.uniform(*_READ_TO_WRITE_S))
    world.store.rooms.replace_members(room_id, [*members, user_id])


def _documented_join(world: World, room_id: str, participants: Any) -> dict[str, Any]:
    messages, has_more = world.store.messages.page(room_id, _PAST, FOREVER)
    return {
        "roomId": room_id,
        "participants": participants,
        "messages": [world.shapes.past_message(message) for message in messages],
        "hasMore": has_more,
        "activeStreams": world.assistants.streams(room_id),
    }


async def remove(world: World, request: Request) -> Json:
    """No call of the contract deletes a room; this one does, so that a client can be shown
    ``roomDeleted``.
    """
    room_id = _asked_for(world, request).id
    world.store.rooms.remove(room_id)
    world.hub.emit_to_all("roomDeleted", room_id)
    return Json({"success": True})
