"""/api/v1/chatrooms: who is in a room, and who looks at it."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from ktb_load.reference_server.rest.answers import Json
from ktb_load.reference_server.systems.meeting import notifications
from ktb_load.reference_server.systems.meeting.answers import BAD_REQUEST, caller, failed, place
from ktb_load.reference_server.systems.meeting.calls.meetings import meeting_of
from ktb_load.reference_server.systems.meeting.chatrooms import Chatroom, Line
from ktb_load.reference_server.systems.meeting.people import User
from ktb_load.reference_server.systems.meeting.world import World

_HOST_ONLY = "호스트만 이 작업을 수행할 수 있습니다."


def _wanted(world: World, request: Request) -> tuple[Chatroom, User]:
    """The room of the path, and the caller.

    Raises:
        Refused: 401 or 404.
    """
    user = caller(world, request)
    room = world.chatrooms.get(place(request, "roomId"))
    if room is None:
        raise failed(404, "해당 채팅방이 없습니다.")
    return room, user


def _as_member(world: World, request: Request) -> tuple[Chatroom, User]:
    room, user = _wanted(world, request)
    if user.id not in room.member_ids:
        raise failed(403, "해당 채팅방에 참여 중이 아닙니다.")
    return room, user


def _as_host(world: World, request: Request) -> tuple[Chatroom, User]:
    room, user = _wanted(world, request)
    if user.id != room.host_id:
        raise failed(401, _HOST_ONLY)
    return room, user


def _check_profile(user: User) -> None:
    if user.profile is None:
        raise failed(403, "프로필 생성을 완료해 주세요.")


async def create(world: World, request: Request) -> Json:
    """Only if the one that came with the meeting was removed."""
    user, meeting = caller(world, request), meeting_of(world, request)
    if meeting.author_id != user.id or world.chatrooms.of_meeting(meeting):
        raise failed(400, BAD_REQUEST)
    shape = world.chatrooms.add(meeting).shape(user.id)
    return Json({"meetingThumbnail": shape.pop("meetingThumbnailUrl"), **shape}, 201)


async def show_all(world: World, request: Request) -> Json:
    return Json(_list(world, caller(world, request)))


def _list(world: World, user: User) -> list[dict[str, Any]]:
    return [room.shape(user.id) for room in world.chatrooms.of_user(user.id)]


async def show(world: World, request: Request) -> Json:
    room, user = _as_member(world, request)
    return Json(room.shape(user.id))


async def remove(world: World, request: Request) -> Response:
    room, _ = _as_host(world, request)
    world.remove_room(room)
    return Response(status_code=204)


async def join(world: World, request: Request) -> Json:
    room, user = _wanted(world, request)
    if user.id in room.member_ids:
        raise failed(400, "이미 채팅방의 참여자입니다.")
    world.chatrooms.enter(room, user.id)
    return Json(room.shape(user.id))


async def leave(world: World, request: Request) -> Json:
    """The host is told."""
    room, user = _wanted(world, request)
    if user.id == room.host_id:
        raise failed(401, "호스트는 이 작업을 수행할 수 없습니다.")
    if user.id not in room.member_ids:
        raise failed(400, BAD_REQUEST)
    world.leave_room(room, user.id)
    content = f"{user.nickname}님이 [{room.meeting.plan.title}] 모임을 나갔습니다."
    world.notifications.tell(room.host_id, notifications.LEFT, content)
    return Json(room.shape(user.id))


async def look(world: World, request: Request) -> Json:
    """What was said; from now on nothing is unread."""
    room, user = _as_member(world, request)
    _check_profile(user)
    room.look(user.id)
    return Json([_line(world, line) for line in room.lines])


def _line(world: World, line: Line) -> dict[str, Any]:
    user = world.people.get(line.user_id)
    return {
        "userId": line.user_id,
        "userNickname": user.nickname if user else "",
        "userProfileImageUrl": user.image_url if user else "",
        "message": line.message,
        "createdAt": line.at,
        "updatedAt": line.at,
    }


async def look_away(world: World, request: Request) -> Json:
    """Back to the list of rooms."""
    room, user = _as_member(world, request)
    if not room.look_away(user.id):
        raise failed(404, "읽기 상태 정보가 없습니다.")
    return Json(_list(world, user))


async def participants(world: World, request: Request) -> Json:
    room, user = _as_member(world, request)
    _check_profile(user)
    shapes = []
    for user_id in room.member_ids:
        if (one := world.people.get(user_id)) is not None:
            shapes.append(
                {"userId": one.id, "nickname": one.nickname, "profileImageUrl": one.image_url}
            )
    return Json(shapes)


async def expel(world: World, request: Request) -> Json:
    """Who was expelled is told."""
    room, host = _as_host(world, request)
    user_id = place(request, "userId")
    if user_id not in room.member_ids or user_id == host.id:
        raise failed(404, "사용자를 찾을 수 없습니다.")
    world.leave_room(room, user_id)
    content = f"[{room.meeting.plan.title}] 모임에서 강퇴되었습니다."
    world.notifications.tell(user_id, notifications.KICKED, content)
    return Json(room.shape(host.id))
