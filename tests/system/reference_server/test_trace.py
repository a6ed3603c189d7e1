"""What the server writes down about its clients."""

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.system
KEYS = {"at", "client", "transport", "vu", "action", "body", "status", "n", "user"}


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


@pytest.fixture
def lines(
    start_reference: Callable[..., Any], visit: Callable[..., Any], tmp_path: Path
) -> list[dict[str, Any]]:
    """The trace of a short visit."""
    path = tmp_path / "trace.jsonl"
    with start_reference("--trace", str(path)) as server:
        visitor = visit(server)
        room = visitor.create_room("traced")
        visitor.call("GET", f"/api/rooms/{room}", headers={"x-ktb-iteration": "chat/7/3"})
        visitor.call("GET", "/api/nowhere")
        events = visitor.enter(room)
        visitor.say(events, room, "hello")
        events.emit("noSuchEvent", 5)
        events.settle()
        events.leave()
        time.sleep(0.3)
        flushed = read(path)
    assert flushed == read(path)
    return flushed


def test_every_action_has_its_line(lines: list[dict[str, Any]]) -> None:
    assert all(line.keys() == KEYS for line in lines)
    assert [(line["transport"], line["action"], line["status"]) for line in lines] == [
        ("rest", "POST /api/auth/register", 201),
        ("rest", "POST /api/auth/login", 200),
        ("rest", "POST /api/rooms", 201),
        ("rest", "GET /api/rooms/{roomId}", 200),
        ("rest", "GET /api/nowhere", 404),
        ("socket", "connect", "ok"),
        ("socket", "joinRoom", "handled"),
        ("socket", "chatMessage", "handled"),
        ("socket", "noSuchEvent", "unknown"),
        ("socket", "leaveRoom", "handled"),
        ("socket", "disconnect", lines[-1]["status"]),
    ]
    assert lines[-1]["status"] in {"client disconnect", "transport close"}
    assert [line["n"] for line in lines] == list(range(1, len(lines) + 1))


def test_lines_say_who_did_what_and_when(lines: list[dict[str, Any]]) -> None:
    by_action = {line["action"]: line for line in lines}
    assert by_action["POST /api/rooms"]["body"] == {"name": "traced"}
    assert by_action["chatMessage"]["body"]["content"] == "hello"
    assert by_action["GET /api/rooms/{roomId}"]["vu"] == "chat/7/3"
    assert by_action["POST /api/rooms"]["vu"] is None
    assert {line["user"] for line in lines if line["action"] != "GET /api/nowhere"} == {
        by_action["chatMessage"]["user"]
    }
    assert by_action["connect"]["client"] == by_action["chatMessage"]["client"]
    assert abs(lines[0]["at"] / 1000 - time.time()) < 60


def test_faults_are_traced_as_what_they_were(
    start_reference: Callable[..., Any], visit: Callable[..., Any], tmp_path: Path
) -> None:
    path = tmp_path / "trace.jsonl"
    faults = ("--fault", "joinRoom:never", "--fault", "GET /api/rooms:error=1,status=503")
    with start_reference("--trace", str(path), *faults) as server:
        visitor = visit(server)
        visitor.call("GET", "/api/rooms")
        events = visitor.connect()
        events.emit("joinRoom", "x")
        events.settle()
    statuses = {line["action"]: line["status"] for line in read(path)}
    assert (statuses["GET /api/rooms"], statuses["joinRoom"]) == (503, "never")
