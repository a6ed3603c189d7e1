"""Each kind of fault, seen from outside."""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
import socketio
import websocket

pytestmark = pytest.mark.system
Visit = Callable[..., Any]
Serve = Callable[..., Any]
QUICK_PINGS = ("--ping-interval", "0.2", "--ping-timeout", "0.4")


def faulty(serve: Serve, *faults: str, options: tuple[str, ...] = ()) -> Any:
    return serve(*[word for fault in faults for word in ("--fault", fault)], *options)


@contextmanager
def quiet_socket(server: Any) -> Iterator[websocket.WebSocket]:
    """A connected Engine.IO client that answers nothing by itself."""
    address = server.socket.replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket"
    raw = websocket.create_connection(address, timeout=3)
    try:
        assert str(raw.recv()).startswith('0{"sid"')
        raw.send("40")
        assert str(raw.recv()).startswith('40{"sid"')
        yield raw
    finally:
        raw.shutdown()


def connect(server: Any) -> socket.socket:
    address = urlsplit(server.rest)
    return socket.create_connection((address.hostname, address.port), 3)


# REST


def test_call_is_delayed(visit: Visit, serve: Serve) -> None:
    visitor = visit(faulty(serve, "GET /api/users/profile:delay=200ms"))
    began = time.perf_counter()
    assert visitor.call("GET", "/api/users/profile").status_code == 200
    assert time.perf_counter() - began >= 0.2


def test_route_with_a_place_in_it_fails_with_a_status_and_a_code(
    visit: Visit, serve: Serve
) -> None:
    fault = "POST /api/rooms/{id}/join:error=1,status=503,code=BUSY"
    visitor = visit(faulty(serve, fault))
    answer = visitor.join_by_rest(visitor.create_room())
    assert (answer.status_code, answer.json()["code"]) == (503, "BUSY")
    assert visitor.call("GET", "/api/rooms").status_code == 200


def test_half_of_the_calls_fail_the_same_way_for_the_same_seed(serve: Serve) -> None:
    def statuses(seed: str) -> list[int]:
        server = faulty(serve, "GET /api:error=0.5", options=("--seed", seed))
        with requests.Session() as session:
            return [session.get(f"{server.rest}/api", timeout=3).status_code for _ in range(40)]

    first = statuses("one")
    assert 5 < first.count(500) < 35
    assert statuses("one") == first
    assert statuses("two") != first


def test_dropped_call_ends_its_connection_without_an_answer(visit: Visit, serve: Serve) -> None:
    visitor = visit(faulty(serve, "GET /api/rooms:drop"))
    with pytest.raises(requests.ConnectionError):
        visitor.call("GET", "/api/rooms")
    assert visitor.call("GET", "/api/users/profile").status_code == 200


def test_call_that_is_never_answered(serve: Serve) -> None:
    server = faulty(serve, "GET /api:never")
    with pytest.raises(requests.ReadTimeout):
        requests.get(f"{server.rest}/api", timeout=0.3)
    assert requests.get(f"{server.rest}/api/health", timeout=3).status_code == 200


def test_fault_has_a_window(serve: Serve) -> None:
    server = faulty(serve, "GET /api:error,after=1s,for=1s")

    def status() -> int:
        return requests.get(f"{server.rest}/api", timeout=3).status_code

    assert status() == 200
    time.sleep(1.2)
    assert status() == 500
    time.sleep(1)
    assert status() == 200


# Events


def test_event_is_refused_though_it_is_acknowledged(visit: Visit, serve: Serve) -> None:
    visitor = visit(faulty(serve, "chatMessage:error", "joinRoom:error=0"))
    room = visitor.create_room()
    events = visitor.enter(room)
    payload = {"room": room, "type": "text", "content": "hello"}
    assert events.call("chatMessage", payload) == []
    assert events.wait_for("error")["code"] == "MESSAGE_ERROR"
    assert not events.all("message", lambda got: got["type"] == "text")


def test_join_is_refused_by_its_own_event(visit: Visit, serve: Serve) -> None:
    visitor = visit(faulty(serve, "joinRoom:error=1,code=FULL"))
    events = visitor.connect()
    events.emit("joinRoom", visitor.create_room())
    assert events.wait_for("joinRoomError")["code"] == "FULL"


def test_event_is_delayed(visit: Visit, serve: Serve) -> None:
    visitor = visit(faulty(serve, "chatMessage:delay=200ms"))
    room = visitor.create_room()
    events = visitor.enter(room)
    began = time.perf_counter()
    visitor.say(events, room, "slow")
    assert time.perf_counter() - began >= 0.2


def test_event_that_is_never_answered(visit: Visit, serve: Serve) -> None:
    visitor = visit(faulty(serve, "chatMessage:never"))
    room = visitor.create_room()
    events = visitor.enter(room)
    events.wait_for("participantsUpdate")
    before = events.names()
    events.emit("chatMessage", {"room": room, "type": "text", "content": "hello?"})
    events.settle()
    assert events.names() == before


@pytest.mark.parametrize("transport", ["websocket", "polling"])
def test_dropped_event_ends_the_connection(visit: Visit, serve: Serve, transport: str) -> None:
    visitor = visit(faulty(serve, "chatMessage:drop"))
    room = visitor.create_room()
    events = visitor.enter(room, transport=transport)
    events.emit("chatMessage", {"room": room, "type": "text", "content": "bye"})
    events.client.wait()
    assert not events.client.connected


def test_connect_is_refused(visit: Visit, serve: Serve) -> None:
    visitor = visit(faulty(serve, "connect:error=1,code=Try later"))
    with pytest.raises(socketio.exceptions.ConnectionError):
        visitor.connect()
    assert visitor.refusals() == [{"message": "Try later"}]


def test_connect_is_never_answered(serve: Serve) -> None:
    server = faulty(serve, "connect:never")
    address = server.socket.replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket"
    with closing(websocket.create_connection(address, timeout=0.3)) as raw:
        raw.recv()
        raw.send("40")
        with pytest.raises(websocket.WebSocketTimeoutException):
            raw.recv()


# Deliveries


def test_lost_messages_reach_their_sender_alone(visit: Visit, serve: Serve) -> None:
    server = faulty(serve, "message:lose")
    host, guest = visit(server), visit(server)
    room = host.create_room()
    watching, speaking = host.enter(room), guest.enter(room)
    guest.say(speaking, room, "can you hear me?")
    watching.settle()
    assert not watching.all("message", lambda got: got["type"] == "text")
    assert watching.all("message", lambda got: got["type"] == "system")


def test_duplicated_messages_reach_others_twice(visit: Visit, serve: Serve) -> None:
    server = faulty(serve, "message:duplicate")
    host, guest = visit(server), visit(server)
    room = host.create_room()
    watching, speaking = host.enter(room), guest.enter(room)
    guest.say(speaking, room, "once")
    copies = [watching.wait_for("message", lambda got: got["content"] == "once", n) for n in (1, 2)]
    assert copies[0] == copies[1]
    speaking.settle()
    assert len(speaking.all("message", lambda got: got["content"] == "once")) == 1


# Listeners


def test_port_refuses_everybody_for_a_while(serve: Serve) -> None:
    server = faulty(serve, "rest:refuse,for=1s")
    with pytest.raises(ConnectionRefusedError):
        connect(server)
    time.sleep(1.2)
    connect(server).close()


def test_port_refuses_everybody_from_some_time_on(serve: Serve) -> None:
    server = faulty(serve, "rest:refuse,after=1s")
    with closing(connect(server)) as kept:
        time.sleep(1.2)
        with pytest.raises(ConnectionRefusedError):
            connect(server)
        kept.sendall(b"GET /api HTTP/1.1\r\nHost: x\r\n\r\n")
        assert kept.recv(12) == b"HTTP/1.1 200"


def test_some_connections_are_reset(serve: Serve) -> None:
    server = faulty(serve, "rest:refuse=0.5")
    came = []
    for _ in range(40):
        try:
            came.append(requests.get(f"{server.rest}/api", timeout=3).status_code)
        except requests.ConnectionError:
            came.append(0)
    assert 5 < came.count(0) < 35
    assert set(came) == {0, 200}


def test_connections_are_taken_slowly(serve: Serve) -> None:
    server = faulty(serve, "rest:slow-accept=300ms")
    began = time.perf_counter()
    assert requests.get(f"{server.rest}/api", timeout=3).status_code == 200
    assert time.perf_counter() - began >= 0.3


# Heartbeats


def test_pings_come_and_a_missing_pong_ends_the_connection(serve: Serve) -> None:
    with quiet_socket(serve(*QUICK_PINGS)) as raw:
        assert raw.recv() == "2"
        raw.send("3")
        assert raw.recv() == "2"
        assert raw.recv() in {"1", ""}


def test_no_pings_come(serve: Serve) -> None:
    with quiet_socket(faulty(serve, "socket:no-ping", options=QUICK_PINGS)) as raw:
        raw.settimeout(1)
        with pytest.raises(websocket.WebSocketTimeoutException):
            raw.recv()
        raw.send('42["joinRoom","x"]')
        assert str(raw.recv()).startswith('42["joinRoomError"')


def test_pings_come_again_after_the_window(serve: Serve) -> None:
    with quiet_socket(faulty(serve, "socket:no-ping,for=1s", options=QUICK_PINGS)) as raw:
        began = time.perf_counter()
        assert raw.recv() == "2"
        assert time.perf_counter() - began > 0.4


def test_unheard_pongs_end_the_connection(serve: Serve) -> None:
    with quiet_socket(faulty(serve, "socket:no-pong", options=QUICK_PINGS)) as raw:
        assert raw.recv() == "2"
        raw.send("3")
        assert raw.recv() in {"1", ""}


def test_half_open_connection_is_silent_but_stays(visit: Visit, serve: Serve) -> None:
    visitor = visit(faulty(serve, "socket:half-open,after=2s"))
    room = visitor.create_room()
    events = visitor.enter(room)
    visitor.say(events, room, "still here")
    time.sleep(2)
    before = events.names()
    events.emit("chatMessage", {"room": room, "type": "text", "content": "and now?"})
    visitor.create_room()
    time.sleep(0.5)
    assert events.names() == before
    assert events.client.connected
