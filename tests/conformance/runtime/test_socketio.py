"""The runtime's Socket.IO client against python-socketio, and the Python half beside it."""

import ast
import socket
import time

import pytest

from ktb_load.clients.network import Network
from ktb_load.clients.socketio import SocketIOClient, SocketIOOptions
from ktb_load.clock import RealClock
from ktb_load.errors import ExchangeFailed
from ktb_load.metrics.recorder import Recorder
from ktb_load.metrics.store import Store

pytestmark = pytest.mark.k6

EXPECTED = {
    "event": (1, "둘 👍", {"a": [None, 2.5]}),
    "binary event": (b"\x00\xff", {"deep": [b"\x07"]}),
    "acknowledged": (1, {"b": True}),
    "acknowledged with bytes": (b"\x01\x02",),
    "acknowledged with nothing": (),
    "no acknowledgement": ("TimedOut", "no acknowledgement of silent within 0.1 s", "", ""),
    "no event": ("TimedOut", "no never or ever within 0.1 s", "", ""),
    "asked: question": ([[42, b"\t"]],),
    "asked: quiet": ([],),
    "asked: nobody": ("no acknowledgement",),
    "the one that fits": (True, ({"n": 2},), True),
    "a handler that raises": ("ValueError", "the handler broke", None, None),
    "once": ("go on",),
    "a match that raises": ("ValueError", "the match broke", None, None),
    "closed": ("client", False),
    "namespace": ("chat", 5),
    "namespace acknowledged": (8,),
    "refused": ("ConnectFailed", "the server refused CONNECT: bad token", "auth", "REFUSED"),
    "refused with data": (
        "ConnectFailed", "the server refused CONNECT: bad token", "auth", "REFUSED",
    ),
    "no such namespace": (
        "ConnectFailed", "the server refused CONNECT: Unable to connect", "auth", "REFUSED",
    ),
    "too slow": ("ConnectFailed", "no answer to CONNECT", "connection", "TIMED_OUT"),
    "no connection": ("ConnectFailed", "dial: connection refused", "connection", "1212"),
    "no Socket.IO": ("ConnectFailed", "websocket: bad handshake", "connection", ""),
    "greeted": "client",
    "not greeted": ("ConnectFailed", "no welcome after CONNECT", "connection", "TIMED_OUT"),
    "sent away instead": (
        "ConnectFailed", "the connection was closed by the client (1006), without welcome",
        "auth", "REFUSED",
    ),
    "on_close": "server",
    "sent away": (
        "Disconnected", "the connection was closed by the client (1006)", "connection", "1006",
    ),
    "afterwards": ("Disconnected", "the connection is closed", "connection", ""),
    "silence": (
        "Disconnected", "the connection was closed by the client (1006)", "connection", "1006",
    ),
    "cause of silence": "ping_timeout",
    "aborted": ("client", False),
    "left open": 1,
}  # fmt: skip


@pytest.fixture
def closed_origin():
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{unused.getsockname()[1]}"


@pytest.fixture
def conversation(run_script, start_socketio, closed_origin):
    with start_socketio("0.3", "0.5") as origin:
        began = time.monotonic()
        outcome = run_script("socketio.k6.js", {"ORIGIN": origin, "CLOSED": closed_origin})
        assert outcome.exit_code == 0, outcome.log
        yield outcome, time.monotonic() - began


def test_every_step_of_a_conversation(conversation):
    outcome, took_s = conversation
    said = {told["step"]: ast.literal_eval(told["said"]) for told in outcome.told}
    log = said.pop("log")
    for step, expected in EXPECTED.items():
        assert (step, said.pop(step, None)) == (step, expected), outcome.log
    assert said == {}
    assert log[0] == 'connect {"token":"good"}'
    assert log[1] == "disconnect client disconnect"
    assert not [line for line in outcome.log if "was stopped" in line]  # no timer is left over
    assert took_s < 15


def test_the_samples_of_sockets_are_named(conversation):
    outcome, _ = conversation
    named = [tags for value, tags in outcome.of("ws_sessions") if tags["name"] == "chat"]
    assert [(tags["url"], tags["status"]) for tags in named] == [("chat", "101")]
    sessions = len([tags for _, tags in outcome.of("ws_sessions") if tags.get("status") == "101"])
    # All have ended, even that whose server was frozen.
    assert len(outcome.of("ws_session_duration")) == sessions


def test_a_connection_counts_the_messages_that_the_python_half_counts(run_script, start_socketio):
    with start_socketio() as origin:
        outcome = run_script("messages.k6.js", {"ORIGIN": origin})
        assert outcome.exit_code == 0, outcome.log
        samples = []
        store = Store(RealClock())
        store.subscribe(lambda metric, value, tags, _: samples.append((metric, dict(tags))))
        network = Network(Recorder(store))
        options = SocketIOOptions(auth={"token": "good"}, name="chat")
        client = SocketIOClient.connect(network, origin, options)
        assert client.call("answer", 1, b"2") == (1, b"2")
        client.close()
        with pytest.raises(ExchangeFailed):
            SocketIOClient.connect(network, origin, SocketIOOptions(auth={"token": "bad"}))
    ours = [(metric, tags) for metric, tags in samples if tags.get("name") == "chat"]
    theirs = [(p["metric"], p["tags"]) for p in outcome.points if p["tags"].get("name") == "chat"]
    own = ("group", "scenario")
    theirs = [(metric, {k: v for k, v in tags.items() if k not in own}) for metric, tags in theirs]
    assert sorted(map(repr, theirs)) == sorted(map(repr, ours))
