"""What is written down about the clients of each system: every action with its mark and body."""

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import websocket

from tests.servers.erlang_people import chatters
from tests.servers.listeners import people
from tests.servers.meeting_people import members
from tests.servers.nest_people import soapfters

pytestmark = pytest.mark.system
MARK = {"x-ktb-iteration": "chat/7/3"}
HEADER = ["x-ktb-iteration: chat/7/3"]


@pytest.fixture
def traced(start_reference: Callable[..., Any], tmp_path: Path) -> Callable[..., Any]:
    """``traced(system, crowd, visit)``: the lines of a visit, as (action, body, status)."""

    def lines(system: str, crowd: Any, visit: Callable[[Any], None]) -> list[tuple[Any, ...]]:
        path = tmp_path / "trace.jsonl"
        with start_reference("--trace", str(path), system=system) as server:
            with crowd(server.rest) as arrive:
                visit(arrive)
            time.sleep(0.3)
            told = [json.loads(line) for line in path.read_text().splitlines()]
        marked = [line for line in told if line["vu"] == MARK["x-ktb-iteration"]]
        assert all(line["user"] for line in marked if line["action"] != "connect"), marked
        return [(line["action"], line["body"], line["status"]) for line in marked]

    return lines


def test_nest_chat(traced: Callable[..., Any]) -> None:
    said: dict[str, Any] = {}

    def visit(arrive: Any) -> None:
        someone = arrive()
        someone.http.headers.update(MARK)
        room = someone.create_room(someone, name="traced")
        auth = {"token": someone.token}
        events = someone.connect(auth=auth, headers=MARK)
        said.update(roomUuid=room, message={"type": "TEXT", "content": "hello"})
        events.emit("sendMessage", said)
        events.emit("noSuchEvent", 5)
        events.emit("joinRoom", {"roomUuid": room})
        events.wait_for("joinedRoom")
        said["auth"] = auth

    lines = traced("nest-chat", soapfters, visit)
    auth = said.pop("auth")
    assert lines[0][0] == "POST /api/chat/room"
    assert lines[1:-1] == [
        ("connect", auth, "ok"),
        ("sendMessage", said, "handled"),
        ("noSuchEvent", 5, "unknown"),
        ("joinRoom", {"roomUuid": said["roomUuid"]}, "handled"),
    ]
    assert lines[-1][0] == "disconnect"


def test_login_notify(traced: Callable[..., Any]) -> None:
    said = {"type": "NOTIFICATION", "message": "hello"}

    def visit(arrive: Any) -> None:
        someone = arrive()
        with pytest.raises(websocket.WebSocketBadStatusException):
            someone.dial("/elsewhere", header=HEADER)
        header = [f"Authorization: Bearer {someone.access_token}", *HEADER]
        socket = someone.listen(header=header)
        socket.send(json.dumps(said))
        socket.recv()
        socket.send("what?")
        socket.recv()
        socket.close()

    assert traced("login-notify", people, visit) == [
        ("connect", None, "404"),
        ("connect", None, "ok"),
        ("NOTIFICATION", said, "handled"),
        ("unknown", None, "refused"),
        ("disconnect", None, "1000"),
    ]


def test_erlang_chat(traced: Callable[..., Any]) -> None:
    def visit(arrive: Any) -> None:
        someone = arrive()
        someone.http.headers.update(MARK)
        room = someone.create_room(name="traced")
        socket = someone.dial(header=HEADER)
        someone.connect(room)
        socket.send("안녕")
        socket.recv()
        socket.close()

    lines = traced("erlang-chat", chatters, visit)
    assert [(action, status) for action, _, status in lines] == [
        ("POST /api/chatrooms", 201),
        ("connect", "ok"),
        ("POST /api/chatrooms/{roomId}/connect", 200),
        ("say", "handled"),
        ("disconnect", "1000"),
    ]
    assert (lines[0][1]["name"], lines[3][1]) == ("traced", "안녕")


def test_meeting(traced: Callable[..., Any]) -> None:
    def visit(arrive: Any) -> None:
        someone = arrive()
        someone.http.headers.update(MARK)
        image = ("a.png", b"x" * 7, "image/png")
        plan = {"title": "traced"}
        someone.send_form("POST", "/meetings", plan, thumbnail=image)
        listening = someone.listen()
        listening.event()
        stomp = someone.stomp(header=HEADER)
        stomp.connect(someone.token)
        stomp.say("SEND", {"userId": someone.id}, destination="/pub/chat/message", receipt="r")
        stomp.hear()
        stomp.socket.close()
        listening.answer.close()

    lines = traced("meeting", members, visit)
    assert [(action, status) for action, _, status in lines] == [
        ("POST /api/v1/meetings", 400),
        ("GET /api/v1/notifications/subscribe", 200),
        ("connect", "ok"),
        ("CONNECT", "handled"),
        ("SEND /pub/chat/message", "ERROR 유효하지 않은 요청"),
        ("disconnect", "1000"),
        ("disconnect", 200),
    ]
    assert lines[0][1] == {"request": {"title": "traced"}, "thumbnail": 7}
    headers = {"destination": "/pub/chat/message", "receipt": "r"}
    assert lines[4][1]["headers"] == headers
    assert list(lines[4][1]["body"]) == ["userId"]
