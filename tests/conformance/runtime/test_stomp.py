"""The runtime's STOMP client against Spring's simple broker and Artemis."""

import ast
import time

import pytest

pytestmark = [pytest.mark.k6, pytest.mark.xdist_group("java")]
NOT_FOR_TASKS = (
    "a task cannot give the header '{}': the client writes destination, id, receipt and"
    " content-length; transactions and ack modes are not supported"
)

EXPECTED = {
    "room": {"room": "1", "said": {"text": "안녕 👍", "n": [1, None, 2.5]}, "mark": "a:b\\c\nd"},
    "text": "ABC 가나다",
    "welcome": {"hello": "안녕"},
    "flood": True,
    "unsubscribed": ("TimedOut", "no /sub/room/1 within 0.2 s", "", ""),
    "no receipt": ("TimedOut", "no receipt of SEND /pub/room/1 within 0.1 s", "", ""),
    "transaction": ("ValueError", NOT_FOR_TASKS.format("transaction"), None, None),
    "ack": ("ValueError", NOT_FOR_TASKS.format("ack"), None, None),
    "closed": ("client", False),
    "bad cookie": ("ConnectFailed", "websocket: bad handshake", "connection", ""),
    "no STOMP": ("ConnectFailed", "websocket: bad handshake", "connection", ""),
    "a line break": ("ValueError", "the header 'a' cannot be in a CONNECT frame", None, None),
    "on_close": ("server", "STOMP_ERROR"),
    "still connected": True,
    "broker closed": ("client", False),
    "aborted": ("client", False),
    "left open": 1,
}


def test_every_step_of_a_conversation(run_script, spring):
    began = time.monotonic()
    outcome = run_script("stomp.k6.js", {"WS": spring.ws, "BROKER": spring.broker})
    assert outcome.exit_code == 0, outcome.log
    told = [(told["step"], ast.literal_eval(told["said"])) for told in outcome.told]
    delivered = [said for step, said in told if step == "delivered"]
    assert delivered == ["가 🙂\n", "a\0b", "", b"\x00\xff\x00", {"a": 1}]
    said = {step: what for step, what in told if step != "delivered"}
    refused, error, afterwards = (said.pop(s) for s in ("bad token", "an error", "afterwards"))
    assert (refused[0], refused[2:]) == ("ConnectFailed", ("auth", "REFUSED"))
    assert refused[1].startswith("the broker refused CONNECT: ")
    assert (error[0], error[2:]) == ("Disconnected", ("connection", "STOMP_ERROR"))
    assert error[1].startswith("the broker said ERROR: ")
    assert afterwards == error
    for step, expected in EXPECTED.items():
        assert (step, said.pop(step, None)) == (step, expected), outcome.log
    assert said == {}
    assert not [line for line in outcome.log if "was stopped" in line]  # no timer is left over
    assert time.monotonic() - began < 20
    beats = [tags for _, tags in outcome.of("ws_msgs_sent") if tags.get("name") == "beats"]
    assert len(beats) >= 6  # CONNECT, beats, DISCONNECT, close
    sessions = [tags for _, tags in outcome.of("ws_sessions") if tags.get("status") == "101"]
    assert len(outcome.of("ws_session_duration")) == len(sessions)
