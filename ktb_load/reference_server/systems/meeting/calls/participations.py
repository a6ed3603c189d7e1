"""/api/v1/participations: apply, be approved or rejected, take it back."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from ktb_load.reference_server.rest.answers import Json
from ktb_load.reference_server.systems.meeting import notifications
from ktb_load.reference_server.systems.meeting.answers import caller, failed, page, place
from ktb_load.reference_server.systems.meeting.calls.meetings import meeting_of
from ktb_load.reference_server.systems.meeting.meetings import (
    APPROVED,
    PENDING,
    RECRUITING,
    REJECTED,
    Participation,
)
from ktb_load.reference_server.systems.meeting.people import User
from ktb_load.reference_server.systems.meeting.world import World

_BAD_STATUS = "유효하지 않은 참여 상태입니다."


async def apply(world: World, request: Request) -> Response:
    """The author is told."""
    user, meeting = caller(world, request), meeting_of(world, request)
    if meeting.author_id == user.id:
        raise failed(403, "본인이 개설한 모임에는 참여 신청을 할 수 없습니다.")
    if user.id in meeting.participations:
        raise failed(409, "이미 참여 신청한 모임입니다.")
    if meeting.status != RECRUITING:
        raise failed(400, "신청할 수 없는 모임 상태입니다.")
    world.meetings.apply(meeting, user.id)
    content = f"{user.nickname}님이 [{meeting.plan.title}] 모임에 참여를 신청했습니다."
    world.notifications.tell(meeting.author_id, notifications.REQUESTED, content)
    return Response(status_code=201)


async def show_all(world: World, request: Request) -> Json:
    """In the order in which the caller applied."""
    user = caller(world, request)
    last, size = page(request)
    later = [one for one in world.meetings.applied_by(user.id) if one.id > last]
    shapes = [_shape(one) for one in later[:size]]
    last_id = shapes[-1]["id"] if shapes else None
    answer = {"appliedMeetings": shapes, "lastId": last_id, "hasNext": len(later) > size}
    return Json(answer)


def _shape(participation: Participation) -> dict[str, Any]:
    """One table of the document says ``id``, another ``participantId``."""
    meeting = participation.meeting
    return {
        "id": participation.id,
        "participantId": participation.id,
        "meetingId": meeting.id,
        "authorId": meeting.author_id,
        "participationStatus": participation.status,
        **meeting.plan.shape,
        "approvedCount": meeting.approved_count,
    }


def _wanted(world: World, request: Request) -> tuple[Participation, User]:
    """The participation of the path, and the caller.

    Raises:
        Refused: 401 or 404.
    """
    user = caller(world, request)
    participation = world.meetings.participation(place(request, "participationId"))
    if participation is None:
        raise failed(404, "신청을 찾을 수 없습니다.")
    return participation, user


def _to_decide(world: World, request: Request) -> Participation:
    """
    Raises:
        Refused: 400 or 403, it is not pending, or not the caller's to decide.
    """
    participation, user = _wanted(world, request)
    if participation.meeting.author_id != user.id:
        raise failed(403, "해당 모임의 작성자가 아닙니다.")
    if participation.status != PENDING:
        raise failed(400, _BAD_STATUS)
    return participation


async def approve(world: World, request: Request) -> Response:
    """Who is approved is in the chat room."""
    participation = _to_decide(world, request)
    meeting = participation.meeting
    if meeting.approved_count >= meeting.plan.max_count:
        raise failed(409, "모임 인원이 가득 찼습니다.")
    participation.status = APPROVED
    room = world.chatrooms.of_meeting(meeting)
    if room is not None:
        world.chatrooms.enter(room, participation.user_id)
    _tell(world, participation, notifications.APPROVED, "참여가 승인되었습니다.")
    return Response(status_code=200)


async def reject(world: World, request: Request) -> Response:
    participation = _to_decide(world, request)
    participation.status = REJECTED
    _tell(world, participation, notifications.REJECTED, "참여가 거절되었습니다.")
    return Response(status_code=200)


def _tell(world: World, participation: Participation, kind: str, what: str) -> None:
    content = f"[{participation.meeting.plan.title}] {what}"
    world.notifications.tell(participation.user_id, kind, content)


async def remove(world: World, request: Request) -> Response:
    """Who was approved leaves by the chat room instead."""
    participation, user = _wanted(world, request)
    if participation.user_id != user.id:
        raise failed(403, "해당 참여 신청의 신청자가 아닙니다.")
    if participation.status == APPROVED:
        raise failed(400, _BAD_STATUS)
    world.meetings.withdraw(participation)
    return Response(status_code=204)
