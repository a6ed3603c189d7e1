"""Faults in the namespace ``/chat``."""

import time
from collections.abc import Callable
from typing import Any

import pytest
import socketio

pytestmark = pytest.mark.system
Serve = Callable[..., Any]


def faulty(serve: Serve, *faults: str, options: tuple[str, ...] = ()) -> Any:
    """``arrive`` to a server with faults."""
    return serve(*[word for fault in faults for word in ("--fault", fault)], *options)


def message(room: str, content: str) -> dict[str, Any]:
    return {"roomUuid": room, "message": {"type": "TEXT", "content": content}}


def test_connect_is_refused(serve: Serve) -> None:
    someone = faulty(serve, "connect:error=1,code=Try later")()
    with pytest.raises(socketio.exceptions.ConnectionError):
        someone.connect()
    assert someone.last_refusal() == {"message": "Try later"}


def test_event_is_refused(serve: Serve) -> None:
    arrive = faulty(serve, "sendMessage:error=1,code=BUSY")
    someone = arrive()
    events = someone.enter()
    events.emit("sendMessage", message(someone.create_room(arrive()), "hello"))
    assert events.wait_for("error") == {"message": "injected fault", "code": "BUSY"}


def test_event_is_delayed(serve: Serve) -> None:
    arrive = faulty(serve, "joinRoom:delay=300ms")
    someone = arrive()
    events = someone.enter()
    began = time.perf_counter()
    events.emit("joinRoom", {"roomUuid": someone.create_room(arrive())})
    events.wait_for("joinedRoom")
    assert time.perf_counter() - began >= 0.3


def test_event_is_never_answered(serve: Serve) -> None:
    arrive = faulty(serve, "markAsRead:never")
    someone = arrive()
    events = someone.enter()
    room = someone.create_room(arrive())
    events.emit("joinRoom", {"roomUuid": room})
    events.wait_for("joinedRoom")
    events.emit("markAsRead", {"roomUuid": room})
    events.emit("leaveRoom", {"roomUuid": room})
    events.wait_for("leftRoom")
    assert not events.all("messagesRead")


def test_event_ends_the_connection(serve: Serve) -> None:
    events = faulty(serve, "typing:drop")().enter()
    events.emit("typing", {})
    events.client.wait()
    assert not events.client.connected


def test_pushes_are_lost_doubled_and_delayed_by_name(serve: Serve) -> None:
    faults = ("push systemMessage:lose", "push newMessage:duplicate", "push userTyping:delay=1s")
    arrive = faulty(serve, *faults)
    host, guest = arrive(), arrive()
    room = host.create_room(guest)
    watching, speaking = guest.enter(), host.enter()
    speaking.emit("typing", {"roomUuid": room, "isTyping": True})
    speaking.emit("sendMessage", message(room, "twice"))
    began = time.perf_counter()
    watching.wait_for("newMessage", count=2)
    watching.wait_for("userTyping")
    assert time.perf_counter() - began >= 0.9
    host.call("DELETE", f"/api/chat/room/{room}/leave")
    watching.emit("joinRoom", {"roomUuid": room})
    watching.wait_for("joinedRoom")
    assert not watching.all("systemMessage")


def test_pings_do_not_come(serve: Serve) -> None:
    pings = ("--ping-interval", "0.2", "--ping-timeout", "0.2")
    events = faulty(serve, "socket:no-ping", options=pings)().enter()
    events.client.wait()
    assert not events.client.connected


def test_half_open_connection_is_silent(serve: Serve) -> None:
    arrive = faulty(serve, "socket:half-open,after=1500ms")
    someone = arrive()
    events = someone.enter()
    time.sleep(1.5)
    events.emit("joinRoom", {"roomUuid": someone.create_room(arrive())})
    time.sleep(0.5)
    assert events.names() == ["connected"]
    assert events.client.connected


def test_call_fails_as_nestjs_words_it(serve: Serve) -> None:
    someone = faulty(serve, "GET /api/chat/rooms:error=1,status=503")()
    answer = someone.call("GET", "/api/chat/rooms")
    told = {"message": "injected fault", "error": "Service Unavailable", "statusCode": 503}
    assert (answer.status_code, answer.json()) == (503, told)
