"""The runtime's STOMP client against Spring's simple broker, Artemis, and brokers that go deaf."""

import ast
import re
import socket
import time
from contextlib import contextmanager
from threading import Thread

import pytest
from websockets.frames import Frame, Opcode
from websockets.utils import accept_key

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
    assert time.monotonic() - began < 40
    beats = [tags for _, tags in outcome.of("ws_msgs_sent") if tags.get("name") == "beats"]
    assert len(beats) >= 7  # CONNECT, beats, DISCONNECT, close
    sessions = [tags for _, tags in outcome.of("ws_sessions") if tags.get("status") == "101"]
    assert len(outcome.of("ws_session_duration")) == len(sessions)


@contextmanager
def deaf_after(connected):
    """A broker that shakes hands, answers what comes first by this frame, and never anything else:
    no close frame either. Its URL.
    """

    def serve_one(connection):
        head = b""
        while b"\r\n\r\n" not in head:
            head += connection.recv(4096)
        key = re.search(rb"(?i)sec-websocket-key: (\S+)", head)[1].decode()
        answer = ["HTTP/1.1 101 Switching", "Upgrade: websocket", "Connection: Upgrade"]
        answer += [f"Sec-WebSocket-Accept: {accept_key(key)}", "", ""]
        connection.sendall("\r\n".join(answer).encode())
        connection.recv(4096)
        connection.sendall(Frame(Opcode.TEXT, connected).serialize(mask=False))
        while connection.recv(4096):
            pass
        connection.close()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = Thread(target=lambda: serve_one(listener.accept()[0]))
        thread.start()
        yield f"ws://127.0.0.1:{listener.getsockname()[1]}/"
        thread.join(5)


def test_brokers_that_go_deaf_do_not_hold_the_test(run_script):
    promised = b"CONNECTED\nversion:1.2\nheart-beat:100,0\n\n\0"
    began = time.monotonic()
    with deaf_after(promised) as silent, deaf_after(b"CONNECTED\nversion:1.2\n\n\0") as deaf:
        outcome = run_script("stomp_deaf.k6.js", {"SILENT": silent, "DEAF": deaf})
    assert outcome.exit_code == 0, outcome.log
    said = {told["step"]: ast.literal_eval(told["said"]) for told in outcome.told}
    assert said == {
        "silence": ("Disconnected", "no heart-beat came", "NO_HEART_BEAT", "ping_timeout"),
        "closed": ("client", False, True),
        "left open": 0,
    }
    assert time.monotonic() - began < 20
