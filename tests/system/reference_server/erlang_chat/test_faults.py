"""Faults on what is said to erlang-chat; the WebSocket below has them tested elsewhere."""

import time
from collections.abc import Callable
from typing import Any

import pytest
import websocket

from tests.servers.erlang_people import hear

pytestmark = pytest.mark.system
Serve = Callable[..., Any]


def faulty(serve: Serve, *faults: str) -> tuple[Any, websocket.WebSocket]:
    """Somebody connected to a room of a server with faults."""
    host = serve(*[word for fault in faults for word in ("--fault", fault)])()
    return host, host.enter(host.create_room())


def test_text_is_answered_with_an_error(serve: Serve) -> None:
    _, socket = faulty(serve, "say:error=1,code=BUSY")
    socket.send("hello")
    told = {"type": "error", "error": "BUSY", "message": "injected fault"}
    assert hear(socket, "error") == told


def test_text_is_delayed(serve: Serve) -> None:
    _, socket = faulty(serve, "say:delay=300ms")
    began = time.perf_counter()
    socket.send("slow")
    assert hear(socket, "message")["content"] == "slow"
    assert time.perf_counter() - began >= 0.3


def test_messages_come_twice(serve: Serve) -> None:
    _, socket = faulty(serve, "push message:duplicate")
    socket.send("twice")
    assert hear(socket, "message") == hear(socket, "message")


def test_handshake_fails_in_the_words_of_the_system(serve: Serve) -> None:
    host = serve("--fault", "connect:error=1,status=500")()
    with pytest.raises(websocket.WebSocketBadStatusException) as refused:
        host.dial()
    told = b'{"error":"internal_error","message":"injected fault"}'
    assert refused.value.resp_body == told


def test_connecting_to_a_room_fails(serve: Serve) -> None:
    host = serve("--fault", "POST /api/chatrooms/{id}/connect:error=1,status=503,code=BUSY")()
    room = host.create_room()
    host.dial()
    answer = host.connect(room)
    assert (answer.status_code, answer.json()["error"]) == (503, "BUSY")
