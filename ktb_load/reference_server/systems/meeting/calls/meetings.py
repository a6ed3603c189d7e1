"""/api/v1/meetings: plan one, look for one, and what its author decides."""

from collections.abc import Iterable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from ktb_load.reference_server.rest.answers import Json, Refused
from ktb_load.reference_server.rest.uploads import Upload
from ktb_load.reference_server.systems.meeting.answers import caller, failed, page, place
from ktb_load.reference_server.systems.meeting.forms import read_fields
from ktb_load.reference_server.systems.meeting.meetings import (
    APPROVED,
    CLOSED,
    PENDING,
    Meeting,
    Plan,
)
from ktb_load.reference_server.systems.meeting.notifications import MEETING_CLOSED
from ktb_load.reference_server.systems.meeting.people import User
from ktb_load.reference_server.systems.meeting.plans import plan_problems, read_plan
from ktb_load.reference_server.systems.meeting.search import Cursor, Query, found
from ktb_load.reference_server.systems.meeting.world import World

_NOT_AUTHOR = "해당 모임의 작성자가 아닙니다."
NO_MEETING = "존재하지 않는 모임입니다."


def meeting_of(world: World, request: Request) -> Meeting:
    """The meeting of the path.

    Raises:
        Refused: 404.
    """
    meeting = world.meetings.get(place(request, "meetingId"))
    if meeting is None:
        raise failed(404, NO_MEETING)
    return meeting


def _own(world: World, request: Request, refusal: str = _NOT_AUTHOR) -> tuple[Meeting, User]:
    user, meeting = caller(world, request), meeting_of(world, request)
    if meeting.author_id != user.id:
        raise failed(403, refusal)
    return meeting, user


async def create(world: World, request: Request) -> Json:
    """Its chat room comes with it."""
    user = caller(world, request)
    plan = await _plan(world, request, "thumbnail")
    if not world.posts.take(str(user.id)).allowed:
        raise failed(429, "하루 포스팅 개수 제한을 초과하였습니다.")
    meeting = world.meetings.add(user.id, plan)
    world.chatrooms.add(meeting)
    return Json(meeting.shape, 201, {"Location": f"/api/meetings/{meeting.id}"})


async def _plan(world: World, request: Request, image: str) -> Plan:
    """
    Raises:
        Refused: 400, with all that is wrong.
    """
    fields, upload = await read_fields(request, image)
    problems = plan_problems(fields)
    if upload is not None and not upload.is_image:
        problems.append(_problem(image, upload))
    if problems:
        body = {"status": 400, "message": "올바르지 않은 값이 있습니다.", "errors": problems}
        raise Refused(400, body)
    return read_plan(fields, world.keep_image(upload) if upload else "")


def _problem(image: str, upload: Upload) -> dict[str, Any]:
    message = "지원하지 않는 이미지 형식입니다."
    return {"field": image, "message": message, "rejectedValue": upload.originalname}


async def change(world: World, request: Request) -> Json:
    meeting, _ = _own(world, request)
    world.meetings.change(meeting, await _plan(world, request, "newThumbnail"))
    return Json(meeting.shape)


async def remove(world: World, request: Request) -> Response:
    meeting, _ = _own(world, request)
    _tell_all(world, meeting, "모임이 취소되었습니다.")
    world.remove_meeting(meeting)
    return Response(status_code=204)


async def complete(world: World, request: Request) -> Response:
    """Nobody can apply any more, and who waited need not wait on."""
    meeting, _ = _own(world, request, "작성자만 상태를 변경할 수 있습니다.")
    _tell_all(world, meeting, "모임 모집이 완료되었습니다.")
    meeting.status = CLOSED
    for one in meeting.participations.values():
        if one.status == PENDING:
            one.status = CLOSED
    return Response(status_code=200)


def _tell_all(world: World, meeting: Meeting, what: str) -> None:
    for one in meeting.participations.values():
        if one.status in (PENDING, APPROVED):
            content = f"[{meeting.plan.title}] {what}"
            world.notifications.tell(one.user_id, MEETING_CLOSED, content)


async def participants(world: World, request: Request) -> Json:
    meeting, _ = _own(world, request)
    shapes = []
    for one in meeting.participations.values():
        user = world.people.get(one.user_id)
        shapes.append(
            {
                "userId": one.user_id,
                "participationId": one.id,
                "nickname": user.nickname if user else "",
                "profileImage": user.image_url if user else "",
                "participationStatus": one.status,
            }
        )
    return Json({"participants": shapes})


async def show_created(world: World, request: Request) -> Json:
    user = caller(world, request)
    last, size = page(request)
    later = [one for one in world.meetings.created_by(user.id) if one.id > last]
    shapes = [_created_shape(one) for one in later[:size]]
    last_id = shapes[-1]["meetingId"] if shapes else None
    answer = {"createdMeetingDtos": shapes, "lastId": last_id, "hasNext": len(later) > size}
    return Json(answer)


def _created_shape(meeting: Meeting) -> dict[str, Any]:
    shape = meeting.shape
    return {"userId": meeting.author_id, "meetingId": shape.pop("id"), **shape}


async def show_all(world: World, request: Request) -> Json:
    """Those that look for people; anybody may ask."""
    return _listed(world.meetings.by_time(), Query.of(request))


async def search(world: World, request: Request) -> Json:
    query = Query.of(request)
    return _listed(filter(query.fits, world.meetings.by_time()), query)


def _listed(meetings: Iterable[Meeting], query: Query) -> Json:
    shown, has_next = found(meetings, query)
    shapes = []
    for cursor, meeting in shown:
        shape = {**meeting.shape, "authorId": meeting.author_id}
        shapes.append({**shape, "distance": cursor.distance} if query.here else shape)
    last = shown[-1][0] if shown else Cursor(None, None, None)
    return Json({"meetings": shapes, "hasNext": has_next, "cursor": last.shape})
