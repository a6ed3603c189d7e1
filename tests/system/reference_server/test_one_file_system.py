"""A system of one file: found by its name, and served with everything that the others have."""

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import requests
import websocket

from tests.servers.process import running
from tests.servers.reference import ROOT

pytestmark = pytest.mark.system
FOLDER = ROOT / "tests" / "servers" / "one_file_system"
MAIN = f"""
import sys
from ktb_load.reference_server import __main__, systems
systems.__path__.append({str(FOLDER)!r})
sys.exit(__main__.main())
"""
ACCOUNT = {"name": "one", "password": "secret"}


@pytest.fixture
def serve() -> Iterator[Callable[..., Any]]:
    with ExitStack() as stack:

        def start(*options: str) -> Any:
            command = (sys.executable, "-c", MAIN, "echo-rooms", "--free-ports", *options)
            return stack.enter_context(running(command, ROOT))

        yield start


def post(server: Any, path: str, body: Any) -> requests.Response:
    mark = {"x-ktb-iteration": "chat/1/0"}
    return requests.post(server.rest + path, json=body, headers=mark, timeout=3)


def enter(server: Any, stack: ExitStack) -> websocket.WebSocket:
    token = post(server, "/login", ACCOUNT).json()["token"]
    address = f"{server.socket.replace('http', 'ws')}/ws?room=tea&token={token}"
    mark = ["x-ktb-iteration: chat/1/0"]
    socket = websocket.create_connection(address, 3, header=mark)
    stack.callback(socket.shutdown)
    return socket


def test_it_is_served_traced_and_faulty(serve: Callable[..., Any], tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    faults = ("say:error=1,code=BUSY,after=1h", "push said:duplicate")
    server = serve("--trace", str(trace), *[word for one in faults for word in ("--fault", one)])
    assert server.rest == server.socket
    assert post(server, "/register", ACCOUNT).status_code == 201
    assert post(server, "/register", ACCOUNT).json() == {"error": "taken", "code": ""}
    with ExitStack() as stack:
        speaking, listening = enter(server, stack), enter(server, stack)
        speaking.send("hello")
        heard = [json.loads(listening.recv()) for _ in range(2)]
        assert heard == [{"by": "one", "text": "hello"}] * 2
        speaking.close()
    time.sleep(0.3)
    lines = [json.loads(line) for line in trace.read_text().splitlines()]
    assert {line["vu"] for line in lines} == {"chat/1/0"}
    actions = [line["action"] for line in lines]
    assert actions[:6] == [
        "POST /register",
        "POST /register",
        "POST /login",
        "connect",
        "POST /login",
        "connect",
    ]
    assert actions[6] == "say"
    assert actions[7:] == ["disconnect"] * 2


def test_it_fails_on_demand(serve: Callable[..., Any]) -> None:
    server = serve("--fault", "say:error=1,code=BUSY", "--fault", "POST /login:error=0")
    post(server, "/register", ACCOUNT)
    with ExitStack() as stack:
        speaking = enter(server, stack)
        speaking.send("hello")
        assert json.loads(speaking.recv()) == {"error": "injected fault", "code": "BUSY"}
