"""The raw WebSocket ``/chat``, and the life of rooms."""

import json
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import websocket

from tests.servers.erlang_people import hear

pytestmark = pytest.mark.system
Arrive = Callable[..., Any]
Serve = Callable[..., Any]


# The handshake


@pytest.mark.parametrize("cookie", ["", "jwt_token=nonsense", "other=1"])
def test_handshake_needs_the_cookie(arrive: Arrive, cookie: str) -> None:
    with pytest.raises(websocket.WebSocketBadStatusException) as refused:
        arrive().dial(cookie=cookie)
    assert refused.value.status_code == 401
    told = {"error": "invalid_token", "message": "JWT token is invalid"}
    assert json.loads(refused.value.resp_body) == told


def test_other_cookies_do_not_disturb(arrive: Arrive) -> None:
    someone = arrive()
    assert someone.dial(cookie=f"a=1; jwt_token={someone.token}; b=2").connected


def test_logout_ends_the_connections_of_that_token(arrive: Arrive) -> None:
    someone = arrive()
    socket = someone.dial()
    someone.call("POST", "/api/auth/logout")
    assert hear(socket, "session_ended")["reason"] == "logout"
    assert socket.recv_data()[0] == websocket.ABNF.OPCODE_CLOSE


def test_connection_ends_with_its_token(serve: Serve) -> None:
    socket = serve("--token-lifetime", "1")().dial()
    assert hear(socket, "session_ended")["reason"] == "token_expired"
    code, content = socket.recv_data()
    assert (code, int.from_bytes(content[:2], "big")) == (websocket.ABNF.OPCODE_CLOSE, 4001)


# Saying something


def test_text_is_said_in_the_room_connected_to_last(arrive: Arrive) -> None:
    host, guest = arrive(), arrive()
    first, second = host.create_room(guest), host.create_room(guest)
    watching, speaking = guest.dial(), host.dial()
    for room in (first, second):
        assert guest.connect(room).status_code == host.connect(room).status_code == 200
    speaking.send("안녕하세요")
    heard = hear(watching, "message")
    assert (heard["roomId"], heard["userId"]) == (second, host.user_id)
    assert heard["content"] == "안녕하세요"
    assert hear(speaking, "message") == heard


def test_bytes_are_as_good_as_text(arrive: Arrive) -> None:
    host = arrive()
    socket = host.enter(host.create_room())
    socket.send_binary("반갑습니다".encode())
    assert hear(socket, "message")["content"] == "반갑습니다"
    socket.send_binary(b"\xff\xfe")
    assert hear(socket, "error")["error"] == "invalid_utf8"


def test_a_room_may_be_named(arrive: Arrive) -> None:
    host = arrive()
    first, second = host.create_room(), host.create_room()
    socket = host.dial()
    host.connect(first)
    host.connect(second)
    socket.send(json.dumps({"roomId": first, "content": "over here"}))
    heard = hear(socket, "message")
    assert (heard["roomId"], heard["content"]) == (first, "over here")


@pytest.mark.parametrize("text", ["{", "{}", '{"roomId": 5, "content": "x"}'])
def test_what_only_looks_like_json_is_a_text(arrive: Arrive, text: str) -> None:
    host = arrive()
    socket = host.enter(host.create_room())
    socket.send(text)
    assert hear(socket, "message")["content"] == text


def test_speaking_without_a_room_is_an_error(arrive: Arrive) -> None:
    host = arrive()
    socket = host.dial()
    socket.send("anybody?")
    assert hear(socket, "error")["error"] == "not_connected"
    room = arrive().create_room(host)
    socket.send(json.dumps({"roomId": room, "content": "not connected to it"}))
    assert hear(socket, "error")["error"] == "not_connected"
    host.connect(room)
    socket.send("")
    assert hear(socket, "error")["error"] == "invalid_request"


# Connecting


def test_connecting_shows_who_is_there_and_what_was_said(arrive: Arrive) -> None:
    host, guest = arrive(), arrive()
    room = host.create_room(guest)
    host.say(room, "before")
    socket = host.enter(room)
    guest.dial()
    told = guest.connect(room).json()
    assert told == {
        "chatroomId": room,
        "state": "active",
        "userIds": [host.user_id, guest.user_id],
        "messages": told["messages"],
    }
    assert [one["content"] for one in told["messages"]] == ["before"]
    assert hear(socket, "user_joined")["userId"] == guest.user_id


def test_connecting_needs_a_socket(arrive: Arrive) -> None:
    host = arrive()
    room = host.create_room()
    answer = host.connect(room)
    assert (answer.status_code, answer.json()["error"]) == (409, "no_websocket")
    assert host.state(room) == "closed"


def test_leaving_is_told_when_the_last_socket_is_gone(arrive: Arrive) -> None:
    host, guest = arrive(), arrive()
    room = host.create_room(guest)
    watching, first = host.enter(room), guest.enter(room)
    second = guest.enter(room)
    first.close()
    second.send("still here")
    assert hear(watching, "message")["content"] == "still here"
    second.close()
    assert json.loads(watching.recv())["type"] == "user_left"


# Changes of an active room


def test_changes_are_broadcast(arrive: Arrive) -> None:
    host, guest, third = arrive(), arrive(), arrive()
    room = host.create_room(guest, third)
    socket = host.enter(room)
    path = f"/api/chatrooms/{room}"
    person = f"{path}/participants/{guest.user_id}"
    host.call("PATCH", f"{path}/name", json={"name": "New"})
    host.call("PATCH", f"{person}/role", json={"role": "sub-admin"})
    host.call("PATCH", f"{person}/name", json={"edited_name": "둘"})
    host.call("DELETE", person)
    host.call("POST", f"{path}/participants", json={"userId": guest.user_id})
    host.call("DELETE", path)
    heard = [json.loads(socket.recv()) for _ in range(6)]
    assert {one["roomId"] for one in heard} == {room}
    assert [one["type"] for one in heard] == [
        "room_renamed",
        "role_changed",
        "participant_renamed",
        "participant_removed",
        "participant_added",
        "room_deleted",
    ]


def test_who_was_removed_hears_no_more(arrive: Arrive) -> None:
    host, guest = arrive(), arrive()
    room = host.create_room(guest)
    socket, other = guest.enter(room), host.enter(room)
    host.call("DELETE", f"/api/chatrooms/{room}/participants/{guest.user_id}")
    assert hear(socket, "participant_removed")["userId"] == guest.user_id
    other.send("alone")
    assert hear(other, "message")["content"] == "alone"
    socket.settimeout(0.2)
    with pytest.raises(websocket.WebSocketTimeoutException):
        socket.recv()


# The life of a room


def test_room_lives_from_creating_to_closed(serve: Serve) -> None:
    arrive = serve("--creating", "0.3", "--idle", "0.3", "--closing", "0.3")
    host, watcher = arrive(), arrive()
    room = host.create_room(watcher)
    assert watcher.state(room) == "closed"
    socket = host.dial()
    began = time.perf_counter()
    host.connect(room)
    assert time.perf_counter() - began >= 0.3
    assert watcher.state(room) == "active"
    socket.close()
    for state in ("idle", "closing"):
        watcher.wait_for_state(room, state)
    watcher.dial()
    answer = watcher.connect(room)
    assert (answer.status_code, answer.json()["error"]) == (409, "room_closing")
    watcher.wait_for_state(room, "closed")
    assert watcher.connect(room).status_code == 200


def test_room_that_is_being_made_may_lose_its_only_user(serve: Serve) -> None:
    arrive = serve("--creating", "0.6", "--idle", "0.2", "--closing", "0")
    host, watcher = arrive(), arrive()
    room = host.create_room(watcher)
    socket = host.dial()
    with ThreadPoolExecutor() as pool:
        connecting = pool.submit(host.connect, room)
        watcher.wait_for_state(room, "creating")
        socket.close()
        answer = connecting.result()
    assert (answer.status_code, answer.json()["error"]) == (409, "no_websocket")
    watcher.wait_for_state(room, "closed")


def test_room_that_is_being_made_may_be_deleted(serve: Serve) -> None:
    arrive = serve("--creating", "0.6")
    host, other = arrive(), arrive()
    room = host.create_room(other)
    host.dial()
    with ThreadPoolExecutor() as pool:
        connecting = pool.submit(host.connect, room)
        other.wait_for_state(room, "creating")
        other.call("DELETE", f"/api/chatrooms/{room}")
        answer = connecting.result()
    assert (answer.status_code, answer.json()["error"]) == (409, "room_closing")


def test_who_comes_back_in_time_finds_the_room_active(serve: Serve) -> None:
    arrive = serve("--idle", "0.5", "--closing", "10")
    host, watcher = arrive(), arrive()
    room = host.create_room(watcher)
    host.enter(room).close()
    watcher.wait_for_state(room, "idle")
    host.enter(room)
    time.sleep(0.6)
    assert watcher.state(room) == "active"


def test_idle_room_broadcasts_nothing(serve: Serve) -> None:
    arrive = serve()
    host = arrive()
    room = host.create_room()
    socket = host.enter(room)
    socket.close()
    host.wait_for_state(room, "idle")
    assert host.say(room, "to nobody")["content"] == "to nobody"
    second = host.dial()
    told = host.connect(room).json()
    assert [one["content"] for one in told["messages"]] == ["to nobody"]
    second.send("now")
    assert hear(second, "message")["content"] == "now"
