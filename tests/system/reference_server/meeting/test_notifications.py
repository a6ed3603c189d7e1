"""Notifications: listed, deleted, and heard on an event stream."""

import time
from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.system
Arrive = Callable[..., Any]


def test_notification_is_heard_when_it_comes_about(arrive: Arrive) -> None:
    host, guest = arrive(), arrive()
    meeting = host.create_meeting()
    listening = host.listen()
    assert listening.answer.headers["content-type"] == "text/event-stream"
    assert listening.answer.headers["cache-control"] == "no-cache"
    first = {"event": "connect", "retry": "3000", "data": "connected"}
    assert listening.event() == first
    guest.apply(meeting)
    heard = listening.event()
    (listed,) = host.call("GET", "/notifications").json()
    assert listed["notificationType"] == "NEW_PARTICIPATION_REQUEST"
    assert guest.nickname in listed["content"]
    assert (heard["event"], heard["id"]) == ("notification", str(listed["id"]))
    assert guest.nickname in heard["data"]


def test_all_streams_of_a_user_hear_it_and_no_others(arrive: Arrive) -> None:
    host, guest = arrive(), arrive()
    meeting = host.create_meeting()
    streams = [host.listen(), host.listen(), guest.listen()]
    for one in streams:
        one.event()
    participation = guest.apply(meeting)
    for one in streams[:2]:
        assert "NEW_PARTICIPATION_REQUEST" in one.event()["data"]
    host.call("PATCH", f"/participations/{participation}/approve")
    assert "PARTICIPANT_APPROVED" in streams[2].event()["data"]


def test_who_comes_back_gets_what_was_missed(arrive: Arrive) -> None:
    host = arrive()
    meeting = host.create_meeting()
    for _ in range(4):
        arrive().apply(meeting)
    ids = [str(one["id"]) for one in host.call("GET", "/notifications").json()]
    host.call("DELETE", f"/notifications/{ids[2]}")
    listening = host.listen(last_event_id=ids[0])
    assert listening.event()["event"] == "connect"
    assert [listening.event()["id"] for _ in range(2)] == [ids[1], ids[3]]
    arrive().apply(meeting)
    assert int(listening.event()["id"]) > int(ids[3])


@pytest.mark.parametrize("last", ["", "nonsense", "-1"])
def test_without_a_good_last_event_id_nothing_is_repeated(arrive: Arrive, last: str) -> None:
    host = arrive()
    meeting = host.create_meeting()
    arrive().apply(meeting)
    listening = host.listen(last_event_id=last)
    listening.event()
    arrive().apply(meeting)
    ids = [str(one["id"]) for one in host.call("GET", "/notifications").json()]
    assert listening.event()["id"] == ids[1]


def test_comments_keep_the_stream_alive(serve: Callable[..., Any]) -> None:
    listening = serve("--keep-alive", "0.2", "--retry-ms", "10")().listen()
    assert listening.event()["retry"] == "10"
    began = time.perf_counter()
    assert [listening.block() for _ in range(2)] == [[": keep-alive"]] * 2
    assert time.perf_counter() - began >= 0.2


def test_notifications_are_deleted_one_by_one_or_all(arrive: Arrive) -> None:
    host = arrive()
    meeting = host.create_meeting()
    for _ in range(3):
        arrive().apply(meeting)
    ids = [one["id"] for one in host.call("GET", "/notifications").json()]
    assert host.call("DELETE", f"/notifications/{ids[1]}").status_code == 204
    left = [one["id"] for one in host.call("GET", "/notifications").json()]
    assert left == [ids[0], ids[2]]
    for wrong in (ids[1], 0):
        answer = host.call("DELETE", f"/notifications/{wrong}")
        assert (answer.status_code, answer.json()["message"]) == (404, "알림을 찾을 수 없습니다.")
    other = arrive().call("DELETE", f"/notifications/{ids[0]}")
    assert other.status_code == 404
    assert host.call("DELETE", "/notifications").status_code == 204
    assert host.call("GET", "/notifications").json() == []


def test_stream_ends_with_the_account(arrive: Arrive) -> None:
    someone = arrive()
    listening = someone.listen()
    listening.event()
    someone.call("DELETE", "/users")
    with pytest.raises(StopIteration):
        listening.block()
