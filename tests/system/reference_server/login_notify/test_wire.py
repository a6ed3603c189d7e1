"""WebSocket as the protocol has it (RFC 6455): frames in all sizes and pieces, pings, the end."""

import json
import struct
import time
from collections.abc import Callable
from typing import Any

import pytest
import websocket
from websocket import ABNF

from tests.servers.listeners import hear

pytestmark = pytest.mark.system
Arrive = Callable[..., Any]


def ended_with(socket: websocket.WebSocket) -> int:
    opcode, content = socket.recv_data()
    assert opcode == ABNF.OPCODE_CLOSE
    return int.from_bytes(content[:2], "big")


def send_raw(socket: websocket.WebSocket, first: int, content: bytes, masked: bool = True) -> None:
    """A frame with a first byte of one's own."""
    mask = b"\0\0\0\0" if masked else b""
    size = struct.pack("!BH", (0x80 if masked else 0) | 126, len(content))
    socket.sock.sendall(bytes((first,)) + size + mask + content)


def test_message_may_come_in_fragments_with_a_ping_between(arrive: Arrive) -> None:
    socket = arrive().listen()
    said = json.dumps({"type": "NOTIFICATION", "message": "조각"}, ensure_ascii=False).encode()
    send_raw(socket, 0x01, said[:37])
    send_raw(socket, 0x89, b"in between")
    send_raw(socket, 0x00, said[37:38])
    send_raw(socket, 0x80, said[38:])
    assert socket.recv_data(control_frame=True) == (ABNF.OPCODE_PONG, b"in between")
    assert hear(socket)["message"] == "조각"


@pytest.mark.parametrize("size", [1, 60, 110, 200])
def test_pushes_have_all_sizes(arrive: Arrive, size: int) -> None:
    someone = arrive()
    socket = someone.listen()
    someone.notify(userId=someone.user_id, message="말" * size)
    assert hear(socket)["message"] == "말" * size


@pytest.mark.parametrize(
    ("first", "content", "masked", "code"),
    [
        (0x81, b"\xff\xfe", True, 1007),
        (0x81, b"{}", False, 1002),
        (0x83, b"", True, 1002),
        (0xC1, b"", True, 1002),
        (0x80, b"nothing to go on", True, 1002),
        (0x81, b"x" * 65_535, True, 0),
    ],
    ids=["no UTF-8", "no mask", "opcode 3", "reserved bit", "continuation", "largest"],
)
def test_broken_frame_ends_the_connection(
    arrive: Arrive, first: int, content: bytes, masked: bool, code: int
) -> None:
    socket = arrive().listen()
    send_raw(socket, first, content, masked)
    if code:
        assert ended_with(socket) == code
    else:
        assert hear(socket)["type"] == "ERROR"


def test_too_large_a_message_ends_the_connection(arrive: Arrive) -> None:
    socket = arrive().listen()
    socket.send("x" * 70_000)
    assert ended_with(socket) == 1009


def test_close_is_answered_with_the_same_code(arrive: Arrive) -> None:
    socket = arrive().listen()
    socket.send_close(4000, b"bye")
    assert ended_with(socket) == 4000
    assert socket.sock.recv(1) == b""


def test_what_was_said_just_before_the_farewell_counts(arrive: Arrive) -> None:
    speaking, listening = arrive(), arrive()
    socket, other = speaking.listen(), listening.listen()
    said = json.dumps({"type": "NOTIFICATION", "message": "last words"}).encode()
    frames = (ABNF.create_frame(said, ABNF.OPCODE_TEXT), ABNF.create_frame(b"", ABNF.OPCODE_CLOSE))
    socket.sock.sendall(b"".join(frame.format() for frame in frames))
    assert hear(other)["message"] == "last words"


def test_connection_without_a_farewell_is_over(arrive: Arrive) -> None:
    someone = arrive()
    socket = someone.listen()
    socket.shutdown()
    second = someone.listen()
    someone.notify(userId=someone.user_id, message="still here")
    assert hear(second)["message"] == "still here"


def test_server_pings_and_a_pong_keeps_the_connection(serve: Callable[..., Any]) -> None:
    socket = serve("--ping-interval", "0.2", "--ping-timeout", "0.3")().listen()
    for _ in range(3):
        assert socket.recv_data(control_frame=True)[0] == ABNF.OPCODE_PING
    began = time.monotonic()
    raw = socket.sock
    raw.settimeout(3)
    heard = raw.recv(2)
    assert heard[0] == 0x89
    assert raw.recv(100)[0] == 0x88  # nobody answers: it ends
    assert time.monotonic() - began >= 0.3


def test_plain_request_is_no_handshake(arrive: Arrive) -> None:
    someone = arrive()
    answer = someone.http.get(f"{someone.origin}/ws", timeout=3)
    assert (answer.status_code, answer.json()["success"]) == (404, False)
