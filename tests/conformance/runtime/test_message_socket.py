"""The runtime's WebSocket for tasks against npm's ``ws``."""

import ast
import time
from pathlib import Path

import pytest

from tests.servers.node import install
from tests.servers.process import speaking
from tests.servers.tools import tool

pytestmark = [pytest.mark.k6, pytest.mark.node]

CLOSED = ("Disconnected", "the connection was closed by the server (4002: so long)", "connection")
CUT = ("Disconnected", "the connection was closed by the network (1006: unexpected EOF)")
EXPECTED = {
    "subprotocol": "chat.v2",
    "an object": ({"type": "chat", "n": 1},),
    "with a blank": ({"type": "chat"},),
    "the field is not the first": ({"n": 1, "type": "chat"},),
    "blanks around it": ({"type": "chat"},),
    "an escaped name": ({"type": "chat"},),
    "an escaped name that is not the first": ({"n": 1, "type": "chat"},),
    "a Korean name": ({"type": "채팅"},),
    "a number for a name": ({"type": 7},),
    "a float for a name": ({"type": 7.0},),
    "an inner field of that name": ({"a": {"type": "chat"}},),
    "no such field": ({"n": 1},),
    "a truth for a name": ({"type": True},),
    "null for a name": ({"type": None},),
    "text": ("hello 👍",),
    "nothing": ("",),
    "a list": ('["chat",1]',),
    "what begins like an object": ("{type: chat}",),
    "bytes": (b"\x00\xff",),
    "sent as JSON": ({"type": "chat", "a": ["가", 1.5, None]},),
    "the one that fits": ({"type": "n", "n": 2},),
    "no answer": ("TimedOut", "no never within 0.1 s", "", ""),
    "a handler that raises": ("KeyError", "'none'", None, None),
    "closed": ("client", "4001"),
    "afterwards": (
        "Disconnected", "the connection was closed by the client (4001: bye)", "connection", "4001",
    ),
    "hello": ({"type": "hello", "to": "안녕"},),
    "refused": ("ConnectFailed", "websocket: bad handshake", "connection", ""),
    "by the server": (*CLOSED, "4002"),
    "after by the server": (*CLOSED, "4002"),
    "on_close by the server": "server",
    "cut": (*CUT, "connection", "1006"),
    "after cut": (*CUT, "connection", "1006"),
    "on_close cut": "transport",
    "aborted": ("client", False),
    "left open": 1,
}  # fmt: skip


def test_every_step_of_a_conversation(run_script):
    folder = Path(__file__).parents[2] / "servers" / "protocols_node"
    install(folder)
    with speaking([tool("node"), "server.mjs"], folder) as server:
        began = time.monotonic()
        outcome = run_script("message_socket.k6.js", {"WS": server["ws"]})
    assert outcome.exit_code == 0, outcome.log
    said = {told["step"]: ast.literal_eval(told["said"]) for told in outcome.told}
    for step, expected in EXPECTED.items():
        assert (step, said.pop(step, None)) == (step, expected), outcome.log
    assert said == {}
    assert not [line for line in outcome.log if "was stopped" in line]  # no timer is left over
    assert time.monotonic() - began < 15
    named = [tags["status"] for _, tags in outcome.of("ws_sessions") if tags["name"] == "chat"]
    assert named == ["101"]
    statuses = [tags["status"] for _, tags in outcome.of("ws_sessions")]
    assert statuses.count("401") == 1  # which only the tag tells
