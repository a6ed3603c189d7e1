"""Meetings and taking part in them, by requests."""

from collections.abc import Callable
from typing import Any

import pytest
import requests

from tests.servers.meeting_people import PLAN

pytestmark = pytest.mark.system
Arrive = Callable[..., Any]
PNG = ("a.png", b"not really a picture", "image/png")
FORBIDDEN = (403, "해당 모임의 작성자가 아닙니다.")
NO_MEETING = (404, "존재하지 않는 모임입니다.")


def said(answer: requests.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["message"]


# Meetings


def test_meeting_is_made_with_its_chat_room(arrive: Arrive) -> None:
    host = arrive()
    answer = host.send_form("POST", "/meetings", PLAN, "params", thumbnail=PNG)
    made = answer.json()
    assert answer.status_code == 201
    assert answer.headers["location"] == f"/api/meetings/{made['id']}"
    assert made == {
        **PLAN,
        "id": made["id"],
        "thumbnail": made["thumbnail"],
        "approvedCount": 0,
        "meetingStatus": "RECRUITING",
    }
    assert made["thumbnail"].endswith(".png")
    assert host.room_of(made["id"])


@pytest.mark.parametrize("category", ['["한식", "분식"]', "한식, 분식"])
def test_meeting_may_come_as_plain_fields(arrive: Arrive, category: str) -> None:
    plan = {name: (None, str(value)) for name, value in PLAN.items()}
    plan["locatinoId"] = plan.pop("locationId")
    answer = arrive().call("POST", "/meetings", files={**plan, "category": (None, category)})
    assert answer.status_code == 201
    made = answer.json()
    assert {name: made[name] for name in PLAN} == PLAN


def test_everything_that_is_wrong_is_told_at_once(arrive: Arrive) -> None:
    wrong = {**PLAN, "title": " ", "maxCount": 0, "meetingDateTime": "soon", "category": []}
    text = ("a.txt", b"x", "text/plain")
    answer = arrive().send_form("POST", "/meetings", wrong, thumbnail=text)
    body = answer.json()
    assert (answer.status_code, body["status"]) == (400, 400)
    assert body["message"] == "올바르지 않은 값이 있습니다."
    rejected = {one["field"]: one["rejectedValue"] for one in body["errors"]}
    assert rejected == {
        "title": " ",
        "maxCount": 0,
        "meetingDateTime": "soon",
        "category": [],
        "thumbnail": "a.txt",
    }


def test_meeting_is_changed_by_its_author(arrive: Arrive) -> None:
    host, guest = arrive(), arrive()
    made = host.send_form("POST", "/meetings", PLAN, thumbnail=PNG).json()
    path = f"/meetings/{made['id']}"
    new = {**PLAN, "title": "새 제목"}
    assert said(guest.send_form("PUT", path, new)) == FORBIDDEN
    assert said(host.send_form("PUT", "/meetings/0", new)) == NO_MEETING
    assert host.send_form("PUT", path, {}).status_code == 400
    changed = host.send_form("PUT", path, new).json()
    assert (changed["title"], changed["thumbnail"]) == ("새 제목", made["thumbnail"])
    another = host.send_form("PUT", path, new, newThumbnail=PNG).json()
    assert another["thumbnail"] != made["thumbnail"]


def test_meeting_is_deleted_by_its_author(arrive: Arrive) -> None:
    host, guest = arrive(), arrive()
    meeting = host.create_meeting()
    guest.apply(meeting)
    path = f"/meetings/{meeting}"
    assert said(guest.call("DELETE", path)) == FORBIDDEN
    assert host.call("DELETE", path).status_code == 204
    assert said(host.call("DELETE", path)) == NO_MEETING
    assert host.call("GET", "/chatrooms").json() == []
    assert guest.notices() == ["PARTICIPANT_MEETING_CLOSED"]
    (kept,) = guest.call("GET", "/participations").json()["appliedMeetings"]
    assert kept["participationStatus"] == "CANCELED"


def test_author_has_so_many_meetings_a_day(serve: Callable[..., Any]) -> None:
    host = serve("--daily-posts", "1")()
    host.create_meeting()
    answer = host.send_form("POST", "/meetings", PLAN)
    assert said(answer) == (429, "하루 포스팅 개수 제한을 초과하였습니다.")


def test_completed_meeting_takes_nobody(arrive: Arrive) -> None:
    host, guest, late = arrive(), arrive(), arrive()
    meeting = host.create_meeting()
    participation = guest.apply(meeting)
    path = f"/meetings/{meeting}/complete"
    refused = guest.call("PATCH", path)
    assert said(refused) == (403, "작성자만 상태를 변경할 수 있습니다.")
    assert said(host.call("PATCH", "/meetings/0/complete")) == NO_MEETING
    done = host.call("PATCH", path)
    assert (done.status_code, done.content) == (200, b"")
    assert said(late.call("POST", f"/participations/{meeting}")) == (
        400,
        "신청할 수 없는 모임 상태입니다.",
    )
    assert guest.notices() == ["PARTICIPANT_MEETING_CLOSED"]
    (applied,) = guest.call("GET", "/participations").json()["appliedMeetings"]
    assert applied["participationStatus"] == "CLOSED"
    decided = host.call("PATCH", f"/participations/{participation}/approve")
    assert said(decided) == (400, "유효하지 않은 참여 상태입니다.")
    (created,) = host.call("GET", "/meetings/created").json()["createdMeetingDtos"]
    assert (created["userId"], created["meetingStatus"]) == (host.id, "CLOSED")


# Lists


def titles(answer: requests.Response) -> list[str]:
    return [one["title"] for one in answer.json()["meetings"]]


def test_next_meetings_come_first_page_by_page(serve: Callable[..., Any]) -> None:
    host = serve()()
    for day in (3, 1, 2, 1):
        host.create_meeting(title=str(day), meetingDateTime=f"2030-01-0{day}T10:00:00")
    first = host.call("GET", "/meetings", params={"pageSize": 3})
    assert (titles(first), first.json()["hasNext"]) == (["1", "1", "2"], True)
    cursor = first.json()["cursor"]
    assert cursor == {"id": 3, "distance": None, "meetingDateTime": "2030-01-02T10:00:00"}
    assert "distance" not in first.json()["meetings"][0]
    after = {"lastId": cursor["id"], "lastMeetingDateTime": cursor["meetingDateTime"]}
    second = host.call("GET", "/meetings", params={**after, "pageSize": 3})
    assert (titles(second), second.json()["hasNext"]) == (["3"], False)
    empty = host.call("GET", "/meetings", params={**after, "lastMeetingDateTime": "2031"}).json()
    assert empty["cursor"] == {"id": None, "distance": None, "meetingDateTime": None}


def test_near_meetings_come_first_page_by_page(serve: Callable[..., Any]) -> None:
    host = serve()()
    for latitude in (38.0, 37.0, 37.5):
        host.create_meeting(title=str(latitude), latitude=latitude)
    here = {"latitude": 37.0, "longitude": PLAN["longitude"], "pageSize": 2}
    first = host.call("GET", "/meetings", params=here)
    assert titles(first) == ["37.0", "37.5"]
    distances = [one["distance"] for one in first.json()["meetings"]]
    assert distances == [0, pytest.approx(55.6, rel=0.01)]
    cursor = first.json()["cursor"]
    after = {"lastId": cursor["id"], "lastDistance": cursor["distance"]}
    second = host.call("GET", "/meetings", params={**here, **after})
    assert (titles(second), second.json()["hasNext"]) == (["38.0"], False)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"keyword": "KIMBAP"}, ["Kimbap"]),
        ({"keyword": "busan", "searchType": "ADDRESS"}, ["Ramen"]),
        ({"keyword": "late", "searchType": "CONTENT"}, ["Kimbap"]),
        ({"foodCategory": "일식"}, ["Ramen"]),
        ({"keyword": "nothing"}, []),
        ({}, ["Kimbap", "Ramen"]),
    ],
)
def test_meetings_are_found(serve: Callable[..., Any], query: Any, expected: list[str]) -> None:
    host = serve()()
    host.create_meeting(title="Kimbap", content="Late at night")
    host.create_meeting(title="Ramen", address="Busan", category=["일식"])
    assert titles(host.call("GET", "/meetings/search", params=query)) == expected


@pytest.mark.parametrize(
    "query", ["pageSize=many", "latitude=x&longitude=1", "lastId=1e99", "searchType=SMELL"]
)
def test_odd_numbers_are_the_servers_failure(arrive: Arrive, query: str) -> None:
    answer = arrive().call("GET", f"/meetings/search?{query}")
    assert said(answer) == (500, "내부 서버 오류")
    assert answer.json()["code"] == "INTERNAL_SERVER_ERROR"


def test_own_meetings_come_page_by_page(arrive: Arrive) -> None:
    host = arrive()
    ids = [host.create_meeting() for _ in range(3)]
    first = host.call("GET", "/meetings/created?pageSize=2").json()
    assert [one["meetingId"] for one in first["createdMeetingDtos"]] == ids[:2]
    assert (first["lastId"], first["hasNext"]) == (ids[1], True)
    second = host.call("GET", f"/meetings/created?pageSize=2&lastId={ids[1]}").json()
    assert [one["meetingId"] for one in second["createdMeetingDtos"]] == ids[2:]
    assert second["hasNext"] is False
    assert host.call("GET", "/meetings/created?lastId=x").status_code == 400


# Taking part


def test_participation_is_asked_for_and_approved(arrive: Arrive) -> None:
    host, guest = arrive(), arrive()
    meeting = host.create_meeting()
    participation = guest.apply(meeting)
    assert host.notices() == ["NEW_PARTICIPATION_REQUEST"]
    listed = host.call("GET", f"/meetings/{meeting}/participants").json()["participants"]
    assert listed == [
        {
            "userId": guest.id,
            "participationId": participation,
            "nickname": guest.nickname,
            "profileImage": "",
            "participationStatus": "PENDING",
        }
    ]
    done = host.call("PATCH", f"/participations/{participation}/approve")
    assert (done.status_code, done.content) == (200, b"")
    assert guest.notices() == ["PARTICIPANT_APPROVED"]
    (applied,) = guest.call("GET", "/participations").json()["appliedMeetings"]
    assert (applied["participationStatus"], applied["approvedCount"]) == ("APPROVED", 1)
    assert (applied["id"], applied["authorId"]) == (participation, host.id)
    assert guest.room_of(meeting) == host.room_of(meeting)
    again = host.call("PATCH", f"/participations/{participation}/approve")
    assert said(again) == (400, "유효하지 않은 참여 상태입니다.")


def test_rejected_guest_is_told_and_may_delete_it(arrive: Arrive) -> None:
    host, guest = arrive(), arrive()
    participation = guest.apply(host.create_meeting())
    path = f"/participations/{participation}"
    assert said(guest.call("PATCH", f"{path}/reject")) == FORBIDDEN
    assert host.call("PATCH", f"{path}/reject").status_code == 200
    assert guest.notices() == ["PARTICIPANT_REJECTED"]
    refused = host.call("DELETE", path)
    assert said(refused) == (403, "해당 참여 신청의 신청자가 아닙니다.")
    assert guest.call("DELETE", path).status_code == 204
    assert said(guest.call("DELETE", path)) == (404, "신청을 찾을 수 없습니다.")
    assert guest.call("GET", "/participations").json()["appliedMeetings"] == []


def test_applying_has_its_rules(arrive: Arrive) -> None:
    host, guest = arrive(), arrive()
    meeting = host.create_meeting()
    path = f"/participations/{meeting}"
    assert said(host.call("POST", path)) == (
        403,
        "본인이 개설한 모임에는 참여 신청을 할 수 없습니다.",
    )
    assert said(guest.call("POST", "/participations/0")) == NO_MEETING
    assert guest.call("POST", path).status_code == 201
    assert said(guest.call("POST", path)) == (409, "이미 참여 신청한 모임입니다.")
    assert guest.call("POST", "/participations/x").status_code == 400


def test_full_meeting_takes_nobody(arrive: Arrive) -> None:
    host = arrive()
    meeting = host.create_meeting(maxCount=1)
    first, second = (arrive().apply(meeting) for _ in range(2))
    assert host.call("PATCH", f"/participations/{first}/approve").status_code == 200
    full = host.call("PATCH", f"/participations/{second}/approve")
    assert said(full) == (409, "모임 인원이 가득 찼습니다.")


@pytest.mark.parametrize("decision", ["approve", "reject"])
def test_only_the_author_decides(arrive: Arrive, decision: str) -> None:
    guest = arrive()
    participation = guest.apply(arrive().create_meeting())
    assert said(guest.call("PATCH", f"/participations/{participation}/{decision}")) == FORBIDDEN
    unknown = guest.call("PATCH", f"/participations/0/{decision}")
    assert said(unknown) == (404, "신청을 찾을 수 없습니다.")


def test_approved_guest_cannot_delete_the_participation(arrive: Arrive) -> None:
    host, guest = arrive(), arrive()
    participation = guest.apply(host.create_meeting())
    host.call("PATCH", f"/participations/{participation}/approve")
    refused = guest.call("DELETE", f"/participations/{participation}")
    assert said(refused) == (400, "유효하지 않은 참여 상태입니다.")
