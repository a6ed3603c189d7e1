"""The reference server as a program: its ready line, its end, its complaints, its database."""

import json
import re
import signal
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ktb_load.errors import ExitCode
from tests.servers.reference import COMMAND, FREE_PORTS, ROOT

pytestmark = pytest.mark.system
Command = Callable[..., subprocess.CompletedProcess[str]]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_says_one_line_and_ends_quietly_even_with_open_connections(
    number: signal.Signals,
) -> None:
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [*COMMAND, *FREE_PORTS], cwd=ROOT, stdout=pipe, stderr=pipe, text=True
    ) as process:
        assert process.stdout is not None
        told = json.loads(process.stdout.readline())
        assert (told["system"], told["dialect"]) == ("ktb-chat", "deployed")
        assert told["pid"] == process.pid
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+", told["rest"])
        ports = [int(told[name].rsplit(":", 1)[1]) for name in ("rest", "socket")]
        with (
            socket.create_connection(("127.0.0.1", ports[0]), 2) as rest,
            socket.create_connection(("127.0.0.1", ports[1]), 2),
        ):
            rest.sendall(b"GET /api HTTP/1.1\r\nHost: x\r\n\r\n")
            assert rest.recv(12) == b"HTTP/1.1 200"
            process.send_signal(number)
            out, err = process.communicate(timeout=5)
    assert (process.returncode, out, err) == (0, "", "")


def test_sockets_in_a_room_do_not_disturb_the_end(
    start_reference: Callable[..., Any], visit: Callable[..., Any]
) -> None:
    with start_reference() as server:
        visitor = visit(server)
        events = visitor.enter(visitor.create_room())
    events.client.wait()
    assert not events.client.connected


@pytest.mark.parametrize("name", ["rest", "socket"])
def test_taken_port_is_named_with_the_way_out(command: Command, name: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = command(f"--{name}-port", str(port))
    assert done.returncode == ExitCode.GENERIC
    message = f"port {port} is taken; choose another with --{name}-port, or 0 for any free one"
    assert message in done.stderr
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""


def test_every_wrong_fault_is_explained_on_a_line(command: Command) -> None:
    wrong = ["chatMesage:delay=1s", "rest:dely=1s", "message:lose=2"]
    done = command(*[word for text in wrong for word in ("--fault", text)])
    assert done.returncode == ExitCode.INVALID_CONFIG
    lines = done.stderr.splitlines()
    assert [line.partition(": ")[0] for line in lines] == [f"--fault {text}" for text in wrong]
    assert "did you mean chatMessage?" in lines[0]
    assert "did you mean delay?" in lines[1]


@pytest.mark.parametrize(
    "options", [("--dialect", "klingon"), ("--takeover", "-1"), ("--rest-port", "70000")]
)
def test_wrong_option_is_refused_by_name(command: Command, options: tuple[str, str]) -> None:
    done = command(*options)
    assert done.returncode == 2
    assert options[0] in done.stderr


def test_database_that_cannot_be_opened_is_named(command: Command, tmp_path: Path) -> None:
    done = command("--database", str(tmp_path / "missing" / "a.sqlite3"))
    assert done.returncode == ExitCode.INVALID_CONFIG
    assert done.stderr.startswith("--database: cannot open")


def test_file_database_outlives_a_crash(
    serve: Callable[..., Any], visit: Callable[..., Any], tmp_path: Path
) -> None:
    database = ("--database", str(tmp_path / "chat.sqlite3"))
    first = serve(*database)
    before = visit(first)
    room = before.create_room("lasting")
    events = before.enter(room)
    before.say(events, room, "do you remember?")
    events.leave()
    first.kill()
    after = visit(serve(*database), signed_in=False)
    after.email = before.email
    after.log_in()
    success = after.enter(room).wait_for("joinRoomSuccess")
    assert "do you remember?" in [message["content"] for message in success["messages"]]
