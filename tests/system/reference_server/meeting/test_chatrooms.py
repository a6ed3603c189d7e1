"""The chat room of a meeting by REST: who is in it, and who looks at it."""

from collections.abc import Callable
from typing import Any

import pytest
import requests

pytestmark = pytest.mark.system
Arrive = Callable[..., Any]
NO_ROOM = (404, "해당 채팅방이 없습니다.")
NOT_IN_IT = (403, "해당 채팅방에 참여 중이 아닙니다.")
HOST_ONLY = (401, "호스트만 이 작업을 수행할 수 있습니다.")


def said(answer: requests.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["message"]


def test_room_of_a_new_meeting(arrive: Arrive) -> None:
    host = arrive()
    meeting = host.create_meeting()
    room = host.room_of(meeting)
    shape = {
        "roomId": room,
        "meetingId": meeting,
        "meetingThumbnailUrl": "",
        "meetingTitle": "같이 먹어요",
        "lastMessage": "",
        "hostId": host.id,
        "readerId": [host.id],
        "unreadMessagesCount": None,
    }
    assert host.call("GET", f"/chatrooms/{room}").json() == shape
    assert host.call("GET", "/chatrooms").json() == [shape]


def test_joining_and_leaving(arrive: Arrive) -> None:
    host, guest = arrive(), arrive()
    room = host.room_of(host.create_meeting())
    path = f"/chatrooms/{room}"
    joined = guest.call("POST", f"{path}/join")
    assert (joined.status_code, joined.json()["readerId"]) == (200, [host.id, guest.id])
    assert said(guest.call("POST", f"{path}/join")) == (400, "이미 채팅방의 참여자입니다.")
    left = guest.call("POST", f"{path}/leave")
    assert (left.status_code, left.json()["readerId"]) == (200, [host.id])
    assert host.notices() == ["PARTICIPANT_LEFT"]
    assert said(guest.call("POST", f"{path}/leave")) == (400, "유효하지 않은 요청")
    refused = host.call("POST", f"{path}/leave")
    assert said(refused) == (401, "호스트는 이 작업을 수행할 수 없습니다.")


def test_to_leave_the_room_is_to_leave_the_meeting(arrive: Arrive) -> None:
    host, guest = arrive(), arrive()
    meeting = host.create_meeting()
    host.call("PATCH", f"/participations/{guest.apply(meeting)}/approve")
    guest.call("POST", f"/chatrooms/{guest.room_of(meeting)}/leave")
    (applied,) = guest.call("GET", "/participations").json()["appliedMeetings"]
    assert (applied["participationStatus"], applied["approvedCount"]) == ("CANCELED", 0)


def test_host_expels(arrive: Arrive) -> None:
    host, guest = arrive(), arrive()
    room = host.room_of(host.create_meeting())
    guest.call("POST", f"/chatrooms/{room}/join")
    path = f"/chatrooms/{room}/withdrawal"
    assert said(guest.call("POST", f"{path}/{host.id}")) == HOST_ONLY
    assert said(host.call("POST", f"{path}/{arrive().id}")) == (404, "사용자를 찾을 수 없습니다.")
    expelled = host.call("POST", f"{path}/{guest.id}")
    assert (expelled.status_code, expelled.json()["readerId"]) == (200, [host.id])
    assert guest.notices() == ["PARTICIPANT_KICKED"]
    assert said(guest.call("GET", f"/chatrooms/{room}")) == NOT_IN_IT


def test_host_removes_the_room_and_makes_another(arrive: Arrive) -> None:
    host, guest = arrive(), arrive()
    meeting = host.create_meeting()
    room = host.room_of(meeting)
    making = f"/chatrooms/{meeting}"
    assert said(host.call("POST", making)) == (400, "유효하지 않은 요청")
    assert said(guest.call("DELETE", f"/chatrooms/{room}")) == HOST_ONLY
    assert host.call("DELETE", f"/chatrooms/{room}").status_code == 204
    assert said(host.call("DELETE", f"/chatrooms/{room}")) == NO_ROOM
    assert said(guest.call("POST", making)) == (400, "유효하지 않은 요청")
    assert said(guest.call("POST", "/chatrooms/0")) == (404, "존재하지 않는 모임입니다.")
    made = host.call("POST", making)
    assert (made.status_code, made.json()["meetingThumbnail"]) == (201, "")
    assert made.json()["roomId"] != room


def test_history_comes_with_looking_and_nothing_is_unread_then(arrive: Arrive) -> None:
    host, guest = arrive(), arrive()
    room = host.room_of(host.create_meeting())
    guest.call("POST", f"/chatrooms/{room}/join")
    path = f"/chatrooms/{room}"
    stomp = host.enter(room)
    host.speak(stomp, room, "hi")
    stomp.hear()
    refused = guest.call("POST", f"{path}/out")
    assert said(refused) == (404, "읽기 상태 정보가 없습니다.")
    (line,) = guest.call("POST", f"{path}/in").json()
    assert line == {
        "userId": host.id,
        "userNickname": host.nickname,
        "userProfileImageUrl": "",
        "message": "hi",
        "createdAt": line["createdAt"],
        "updatedAt": line["createdAt"],
    }
    host.speak(stomp, room, "hi2")
    stomp.hear()
    (out,) = guest.call("POST", f"{path}/out").json()
    assert (out["unreadMessagesCount"], out["lastMessage"]) == (0, "hi2")
    host.speak(stomp, room, "hi3")
    stomp.hear()
    assert guest.call("GET", path).json()["unreadMessagesCount"] == 1


def test_people_of_a_room(arrive: Arrive) -> None:
    host = arrive()
    room = host.room_of(host.create_meeting())
    listed = host.call("GET", f"/chatrooms/{room}/participants").json()
    assert listed == [{"userId": host.id, "nickname": host.nickname, "profileImageUrl": ""}]


@pytest.mark.parametrize(("method", "what"), [("POST", "in"), ("GET", "participants")])
def test_some_calls_need_a_profile(arrive: Arrive, method: str, what: str) -> None:
    host = arrive(with_profile=False)
    room = host.room_of(host.create_meeting())
    answer = host.call(method, f"/chatrooms/{room}/{what}")
    assert said(answer) == (403, "프로필 생성을 완료해 주세요.")


@pytest.mark.parametrize(
    ("method", "what", "is_for_members"),
    [
        ("GET", "", True),
        ("DELETE", "", False),
        ("POST", "/join", False),
        ("POST", "/leave", False),
        ("POST", "/in", True),
        ("POST", "/out", True),
        ("GET", "/participants", True),
        ("POST", "/withdrawal/1", False),
    ],
)
def test_calls_need_a_room_and_some_to_be_in_it(
    arrive: Arrive, method: str, what: str, is_for_members: bool
) -> None:
    someone = arrive()
    assert said(someone.call(method, f"/chatrooms/0{what}")) == NO_ROOM
    assert someone.call(method, f"/chatrooms/x{what}").status_code == 400
    if is_for_members:
        host = arrive()
        room = host.room_of(host.create_meeting())
        assert said(someone.call(method, f"/chatrooms/{room}{what}")) == NOT_IN_IT
