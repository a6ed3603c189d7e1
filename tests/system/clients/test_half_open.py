"""Peers that are half there: they accept and say nothing, fall silent, stop reading, or stop.

Whoever talks gives every wait a time limit, so what comes of it is a failure with a code, in time,
and not a word on stderr.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager

import gevent
import pytest

from ktb_load.clients.socketio import SocketIOClient
from ktb_load.clients.websocket import CLOSE_TIMEOUT_S, WebSocket, WebSocketOptions
from ktb_load.errors import ConnectFailed, Disconnected, TimedOut
from tests.servers.websocket_script import WebSocketScript
from tests.system.clients.ear import Ear
from tests.system.clients.speakers import OVER_WEBSOCKET

pytestmark = pytest.mark.system
OPEN = b'0{"sid":"s","upgrades":[],"pingInterval":200,"pingTimeout":200,"maxPayload":1000000}'


def text(data):
    return b"\x81" + bytes([len(data)]) + data


@pytest.fixture
def vu(speaking_vu):
    return speaking_vu


@pytest.fixture(autouse=True)
def says_nothing(capfd):
    """No traceback, from no greenlet."""
    yield
    gevent.sleep(0.01)
    assert capfd.readouterr().err == ""


@contextmanager
def at_most(seconds):
    began = time.perf_counter()
    yield
    assert time.perf_counter() - began < seconds


@pytest.fixture
def accepting():
    """The address of somebody who accepts and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield f"127.0.0.1:{listener.getsockname()[1]}"


@pytest.fixture
def stopping(tests_folder):
    """The origin of a Socket.IO server that pings all 0.1 s, and what stops its process."""
    command = [sys.executable, str(tests_folder / "servers" / "socketio_script.py"), "0.1", "0.2"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as process:
        port = process.stdout.readline().strip()
        yield f"http://127.0.0.1:{port}", lambda: os.kill(process.pid, signal.SIGSTOP)
        process.kill()


def test_peer_that_accepts_and_says_nothing_is_given_up(vu, options_of, accepting):
    with at_most(1.5), pytest.raises(ConnectFailed) as caught:
        SocketIOClient.connect(vu.network, f"http://{accepting}", options_of(timeout_s=0.3))
    assert (caught.value.kind, caught.value.code) == ("connection", "TIMED_OUT")


@pytest.mark.parametrize("speaker", OVER_WEBSOCKET)
def test_handshake_that_nobody_answers_is_given_up(vu, accepting):
    with at_most(1.5), pytest.raises(ConnectFailed, match="handshake timed out") as caught:
        options = WebSocketOptions(timeout_s=0.3)
        WebSocket.connect(vu.network, f"ws://{accepting}/", Ear(), options)
    assert (caught.value.kind, caught.value.code) == ("connection", "TIMED_OUT")
    assert vu.counts() == {"ws_sessions": 1, "ws_connecting": 1}


@pytest.mark.parametrize("speaker", OVER_WEBSOCKET)
@pytest.mark.parametrize(
    ("case", "said"),
    [
        ("nothing", []),
        ("half a frame", [b"\x81\x05he"]),
        ("the handshake of Engine.IO alone", [text(OPEN.replace(b"200", b"9000"))]),
    ],
)
def test_silence_behind_the_handshake_is_given_up(vu, options_of, case, said):
    with (
        WebSocketScript(*said, "hang") as server,
        at_most(1.5),
        pytest.raises(ConnectFailed) as caught,
    ):
        origin = server.url.replace("ws", "http")
        SocketIOClient.connect(vu.network, origin, options_of(timeout_s=0.3))
    assert (caught.value.kind, caught.value.code) == ("connection", "TIMED_OUT"), case
    assert vu.counts()["ws_session_duration"] == 1


@pytest.mark.parametrize("speaker", OVER_WEBSOCKET)
def test_silence_after_connecting_ends_the_connection_in_time(vu, options_of):
    with WebSocketScript(text(OPEN), text(b"40"), "hang") as server, at_most(2):
        client = SocketIOClient.connect(vu.network, server.url.replace("ws", "http"), options_of())
        with pytest.raises(Disconnected):
            client.first_of([client.expect("never")], 5)
    assert client.close_cause == "ping_timeout"


def test_process_that_stops_fails_what_waits_and_what_is_said_to_it(vu, options_of, stopping):
    origin, stop = stopping
    client = SocketIOClient.connect(vu.network, origin, options_of())
    assert client.call("answer", 1) == (1,)
    stop()
    with at_most(1.5), pytest.raises((Disconnected, TimedOut)):
        client.call("answer", 2, timeout_s=1)
    with at_most(CLOSE_TIMEOUT_S + 1):
        client.close()
    assert not client.connected
    with pytest.raises(Disconnected):
        client.emit("late")


@pytest.mark.parametrize("speaker", OVER_WEBSOCKET)
def test_peer_that_does_not_read_holds_nobody_up(vu):
    ear = Ear()
    with WebSocketScript("hang", deaf=True) as server:
        connection = WebSocket.connect(vu.network, server.url, ear, WebSocketOptions())
        with at_most(CLOSE_TIMEOUT_S + 2):
            for _ in range(20):
                connection.send(b"x" * 1_000_000)
            connection.ping()
            connection.close()
        gevent.sleep()
    assert [end.cause for end in ear.ends] == ["client"]
    assert vu.network.backlog.take_most() > 1_000_000
    assert vu.network.backlog.take_most() == 0
