"""What holds for every system as a program: its line, port and end, and badly made clients."""

import json
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import requests
import websocket

from ktb_load.errors import ExitCode
from tests.servers.erlang_people import chatters
from tests.servers.listeners import people
from tests.servers.meeting_people import members
from tests.servers.nest_people import soapfters
from tests.servers.reference import MODULE, ROOT

pytestmark = pytest.mark.system
PORTS = {"nest-chat": 7777, "login-notify": 8003, "erlang-chat": 8080, "meeting": 8080}


@contextmanager
def started(*command: str) -> Iterator[tuple[Any, "subprocess.Popen[str]"]]:
    """A server whose error output is kept, and what its first line says."""
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [*MODULE, *command], cwd=ROOT, stdout=pipe, stderr=pipe, text=True
    ) as process:
        assert process.stdout is not None
        try:
            yield json.loads(process.stdout.readline()), process
        finally:
            process.terminate()


def listen_to_nest(origin: str, stack: Any) -> None:
    arrive = stack(soapfters(origin))
    arrive().enter()
    arrive().connect(transport="polling")


def listen_to_login_notify(origin: str, stack: Any) -> None:
    stack(people(origin))().listen()


def listen_to_erlang(origin: str, stack: Any) -> None:
    host = stack(chatters(origin))()
    host.enter(host.create_room())


def listen_to_meeting(origin: str, stack: Any) -> None:
    host = stack(members(origin))()
    host.enter(host.room_of(host.create_meeting()))
    host.listening = host.listen()
    host.listening.event()


LISTENING = {
    "nest-chat": listen_to_nest,
    "login-notify": listen_to_login_notify,
    "erlang-chat": listen_to_erlang,
    "meeting": listen_to_meeting,
}


@pytest.mark.parametrize("system", PORTS)
def test_it_ends_quietly_while_people_listen(system: str) -> None:
    kept = []

    def stack(crowd: Any) -> Any:
        kept.append(crowd)
        return crowd.__enter__()

    with started(system, "--free-ports", "--trace", "/dev/null") as (told, process):
        assert (told["system"], told["dialect"]) == (system, "documented")
        assert told["rest"] == told["socket"]
        assert told["pid"] == process.pid
        LISTENING[system](told["rest"], stack)
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=5)
    for crowd in kept:
        crowd.__exit__(None, None, None)
    assert (process.returncode, out, err) == (0, "", "")


@pytest.mark.parametrize(("system", "port"), PORTS.items())
def test_help_names_the_usual_port(system: str, port: int) -> None:
    command = [*MODULE, system, "--help"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=20, check=True)
    assert f"0: any free one ({port})" in " ".join(done.stdout.split())


@pytest.mark.parametrize("system", PORTS)
def test_taken_port_is_named_with_the_way_out(system: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        command = [*MODULE, system, "--port", str(port)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=20, check=False)
    assert done.returncode == ExitCode.GENERIC
    message = f"--port: port {port} is taken; choose another with --port, or 0 for any free one\n"
    assert (done.stdout, done.stderr.decode()) == (b"", message)


def test_unknown_system_and_options_of_others_are_refused() -> None:
    for words in (("klingon-chat",), ("nest-chat", "--dialect", "deployed")):
        command = [*MODULE, *words]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=20, check=False)
        assert done.returncode == 2
        assert words[-2 if len(words) > 1 else 0].encode() in done.stderr


ODD_PACKETS = (
    "42/chat,",
    "42/chat,[]",
    "42/chat,[5]",
    '42/chat,["sendMessage"]',
    '42/chat,["sendMessage",{"roomUuid":{},"message":[]}]',
    '42/chat,["joinRoom","\\ud800"]',
    '42/chat,["typing",7]',
    "41/chat,",
    "40/elsewhere,",
    "48",
    "x",
)
ODD_TEXTS = ("", "{", "[]", "null", '{"type":{}}', '"\\ud800"', "CONNECT", "\0", "\n" * 100)
PATHS = {"login-notify": "/ws", "erlang-chat": "/chat", "meeting": "/ws"}


def send(address: str, words: list[str], **options: Any) -> None:
    raw = websocket.create_connection(address.replace("http", "ws"), 0.1, **options)
    try:
        for word in words:
            raw.send(word)
        while raw.recv():
            pass
    except (websocket.WebSocketTimeoutException, websocket.WebSocketConnectionClosedException):
        pass
    finally:
        raw.shutdown()


def test_odd_packets_end_at_most_their_own_connection() -> None:
    with started("nest-chat", "--free-ports") as (told, process):
        with soapfters(told["rest"]) as arrive:
            someone = arrive()
            connect = f'40/chat,{{"token":"{someone.token}"}}'
            address = f"{told['socket']}/socket.io/?EIO=4&transport=websocket"
            for odd in ODD_PACKETS:
                send(address, [connect, odd])
            someone.enter()
        process.terminate()
        assert process.communicate(timeout=5) == ("", "")


@pytest.mark.parametrize(("system", "path"), PATHS.items())
def test_odd_texts_end_at_most_their_own_connection(system: str, path: str) -> None:
    with started(system, "--free-ports") as (told, process):
        options: dict[str, Any] = {}
        if system == "login-notify":
            account = {"userId": "user123", "password": "pass123!"}
            answer = requests.post(f"{told['rest']}/api/login", json=account, timeout=3).json()
            options["header"] = [f"Authorization: Bearer {answer['accessToken']}"]
        if system == "erlang-chat":
            with chatters(told["rest"]) as arrive:
                options["cookie"] = f"jwt_token={arrive().token}"
        for odd in ODD_TEXTS:
            send(told["socket"] + path, [odd, odd], **options)
        process.terminate()
        assert process.communicate(timeout=5) == ("", "")
