"""Each kind of fault on a plain WebSocket."""

import json
import time
from collections.abc import Callable
from typing import Any

import pytest
import requests
import websocket
from websocket import ABNF

from tests.servers.listeners import hear

pytestmark = pytest.mark.system
Serve = Callable[..., Any]
SAID = json.dumps({"type": "NOTIFICATION", "message": "hello"})


def faulty(serve: Serve, *faults: str, options: tuple[str, ...] = ()) -> Any:
    """Somebody in front of a server with faults."""
    return serve(*[word for fault in faults for word in ("--fault", fault)], *options)()


def says_nothing(socket: websocket.WebSocket, for_s: float = 0.5) -> None:
    socket.settimeout(for_s)
    with pytest.raises(websocket.WebSocketTimeoutException):
        socket.recv_data(control_frame=True)


# The handshake


def test_handshake_is_refused_with_a_status(serve: Serve) -> None:
    someone = faulty(serve, "connect:error=1,status=503,code=BUSY")
    with pytest.raises(websocket.WebSocketBadStatusException) as refused:
        someone.listen()
    assert refused.value.status_code == 503
    assert json.loads(refused.value.resp_body)["code"] == "BUSY"


def test_handshake_is_delayed(serve: Serve) -> None:
    someone = faulty(serve, "connect:delay=300ms")
    began = time.perf_counter()
    someone.listen()
    assert time.perf_counter() - began >= 0.3


def test_handshake_is_never_answered(serve: Serve) -> None:
    someone = faulty(serve, "connect:never")
    with pytest.raises(websocket.WebSocketTimeoutException):
        someone.dial("/ws", timeout=0.3)


def test_handshake_is_dropped(serve: Serve) -> None:
    someone = faulty(serve, "connect:drop")
    with pytest.raises((ConnectionError, websocket.WebSocketConnectionClosedException)):
        someone.listen()


# Messages


def test_message_is_answered_with_an_error(serve: Serve) -> None:
    socket = faulty(serve, "NOTIFICATION:error=1,code=BUSY").listen()
    socket.send(SAID)
    heard = hear(socket)
    assert (heard["type"], heard["message"]) == ("ERROR", "BUSY")


def test_message_is_delayed(serve: Serve) -> None:
    socket = faulty(serve, "socket:delay=200ms").listen()
    began = time.perf_counter()
    socket.send(SAID)
    assert hear(socket)["message"] == "hello"
    assert time.perf_counter() - began >= 0.2


def test_message_is_never_answered(serve: Serve) -> None:
    socket = faulty(serve, "NOTIFICATION:never").listen()
    socket.send(SAID)
    says_nothing(socket)


def test_message_ends_the_connection(serve: Serve) -> None:
    socket = faulty(serve, "NOTIFICATION:drop").listen()
    socket.send(SAID)
    with pytest.raises((ConnectionError, websocket.WebSocketConnectionClosedException)):
        socket.recv()


# Pushes


def test_push_is_lost(serve: Serve) -> None:
    someone = faulty(serve, "push NOTIFICATION:lose")
    socket = someone.listen()
    someone.notify(message="lost")
    someone.log_in()
    assert hear(socket)["type"] == "LOGOUT"


def test_push_comes_twice(serve: Serve) -> None:
    someone = faulty(serve, "push NOTIFICATION:duplicate")
    socket = someone.listen()
    someone.notify(message="twice")
    assert [hear(socket)["message"] for _ in range(2)] == ["twice"] * 2


def test_push_is_delayed(serve: Serve) -> None:
    someone = faulty(serve, "push LOGOUT:delay=300ms")
    socket = someone.listen()
    began = time.perf_counter()
    someone.log_in()
    assert time.perf_counter() - began < 0.3
    assert hear(socket)["type"] == "LOGOUT"
    assert time.perf_counter() - began >= 0.3


def test_push_ends_the_connection_instead(serve: Serve) -> None:
    someone = faulty(serve, "push NOTIFICATION:drop")
    socket = someone.listen()
    someone.notify(message="never seen")
    with pytest.raises((ConnectionError, websocket.WebSocketConnectionClosedException)):
        socket.recv()


def test_messages_to_others_are_lost(serve: Serve) -> None:
    arrive = serve("--fault", "message:lose")
    speaking, listening = arrive(), arrive()
    own, other = speaking.listen(), listening.listen()
    speaking.notify(message="hello")
    assert hear(own)["message"] == "hello"
    says_nothing(other)


# Pings


def test_server_answers_no_pings(serve: Serve) -> None:
    someone = faulty(serve, "socket:no-pong,for=2s")
    socket = someone.listen()
    socket.ping("anybody?")
    says_nothing(socket)
    someone.notify(message="it hears")
    assert hear(socket)["message"] == "it hears"
    time.sleep(2)
    socket.ping("now?")
    assert socket.recv_data(control_frame=True) == (ABNF.OPCODE_PONG, b"now?")


def test_server_hears_no_pongs(serve: Serve) -> None:
    options = ("--ping-interval", "0.1", "--ping-timeout", "0.3")
    socket = faulty(serve, "socket:no-pong", options=options).listen()
    assert socket.recv_data(control_frame=True)[0] == ABNF.OPCODE_PING
    opcode, content = socket.recv_data()
    assert (opcode, int.from_bytes(content[:2], "big")) == (ABNF.OPCODE_CLOSE, 1011)


def test_server_sends_no_pings(serve: Serve) -> None:
    options = ("--ping-interval", "0.1", "--ping-timeout", "0.1")
    socket = faulty(serve, "socket:no-ping,for=1s", options=options).listen()
    says_nothing(socket)
    socket.settimeout(3)
    assert socket.recv_data(control_frame=True)[0] == ABNF.OPCODE_PING


def test_half_open_connection_is_silent_but_stays(serve: Serve) -> None:
    someone = faulty(serve, "socket:half-open,after=1s,for=2s")
    socket = someone.listen()
    someone.notify(message="still here")
    assert hear(socket)["message"] == "still here"
    time.sleep(1)
    socket.ping("anybody?")
    socket.send(SAID)
    someone.notify(message="unheard")
    says_nothing(socket, 0.8)
    time.sleep(1.5)
    someone.notify(message="again")
    socket.settimeout(3)
    assert hear(socket)["message"] == "again"


# The port and the calls


def test_one_port_is_both_rest_and_socket_to_faults(serve: Serve) -> None:
    arrive = serve("--fault", "socket:refuse=1,after=500ms")
    someone = arrive()
    time.sleep(0.8)
    with pytest.raises(ConnectionRefusedError):
        someone.listen()


def test_port_takes_connections_slowly(serve: Serve) -> None:
    someone = faulty(serve, "rest:slow-accept=300ms,after=500ms")
    time.sleep(0.6)
    began = time.perf_counter()
    someone.listen()
    assert time.perf_counter() - began >= 0.3


def test_call_fails_in_the_words_of_the_system(serve: Serve) -> None:
    someone = serve("--fault", "POST /api/token/refresh:error=1,status=503,code=BUSY")()
    answer: requests.Response = someone.post("/api/token/refresh", {})
    told = {"success": False, "message": "injected fault", "code": "BUSY"}
    assert (answer.status_code, answer.json()) == (503, told)
