"""What badly made clients send: the server stays up, and says nothing on its error output."""

import json
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest
import websocket

from tests.servers.reference import COMMAND, FREE_PORTS, ROOT
from tests.servers.visitor import Visitor

pytestmark = pytest.mark.system
ADDRESS = "/socket.io/?EIO=4&transport=websocket"
ODD = [
    "42",
    "42[]",
    "42{}",
    "42[5]",
    '42["chatMessage"]',
    '42["chatMessage",7]',
    '42["chatMessage",{"room":["x"],"type":{},"content":5}]',
    '42["fetchPreviousMessages",{"roomId":5,"limit":-1,"before":"x"}]',
    '42["markMessagesAsRead",{"roomId":"x","messageIds":[1e400,{}]}]',
    '42["messageReaction",{"messageId":{},"reaction":null}]',
    '42["leaveRoom",{}]',
    '42["joinRoom","\\ud800"]',
    "40/admin,",
    "48",
    "4",
    "x",
]


def test_last_poll_is_answered_when_its_session_ends(visit: Callable[..., Any]) -> None:
    events = visit().connect(transport="polling")
    began = time.perf_counter()
    events.leave()
    events.client.wait()
    assert time.perf_counter() - began < 3


def test_odd_packets_end_at_most_their_own_connection() -> None:
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [*COMMAND, *FREE_PORTS], cwd=ROOT, stdout=pipe, stderr=pipe, text=True
    ) as process:
        assert process.stdout is not None
        told = json.loads(process.stdout.readline())
        with closing(Visitor(told["rest"], told["socket"])) as visitor:
            visitor.register()
            visitor.log_in()
            auth = json.dumps({"token": visitor.token, "sessionId": visitor.session_id})
            for odd in ODD:
                send(told["socket"], [f"40{auth}", odd])
            room = visitor.create_room()
            assert visitor.say(visitor.enter(room), room, "all well")["content"] == "all well"
        process.terminate()
        _, err = process.communicate(timeout=5)
    assert (process.returncode, err) == (0, "")


def send(origin: str, packets: list[str]) -> None:
    raw = websocket.create_connection(origin.replace("http", "ws") + ADDRESS, timeout=0.1)
    try:
        for packet in packets:
            raw.send(packet)
        while raw.recv():
            pass
    except (websocket.WebSocketTimeoutException, websocket.WebSocketConnectionClosedException):
        pass
    finally:
        raw.shutdown()
