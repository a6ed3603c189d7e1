"""Socket.IO, by both drivers, against the servers of python-socketio and of npm's socket.io.

The reference driver speaks over each transport that it has. ``DIFFERENT`` says where somebody does
otherwise by nature; everything else holds for all.
"""

import os
import signal
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager

import gevent
import pytest
from engineio import base_client
from gevent.event import Event

from ktb_load.clients.socketio import SocketIOClient, SocketIOOptions
from ktb_load.errors import ConnectFailed, Disconnected, TimedOut
from ktb_load.wire import socketio as wire
from tests.servers.node import node_command
from tests.system.clients.speakers import OVER_WEBSOCKET, SPEAKERS

pytestmark = pytest.mark.system
OPEN = '0{"sid":"s","upgrades":[],"pingInterval":9000,"pingTimeout":9000,"maxPayload":1000000}'

AT_ONCE = ("lean", "reference", "upgraded")
"""Who has a connection whose end the other side notices."""

DIFFERENT = {
    ("reference", "no handshake"): (
        "not an Engine.IO 4 handshake",
        "python-engineio wants the handshake first, and does not wait for one",
    ),
}
"""What somebody says otherwise: speaker and case -> what, and why."""


@contextmanager
def running(command):
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=os.environ) as process:
        try:
            port = process.stdout.readline().strip()
            assert port, "the server did not start"
            yield f"http://127.0.0.1:{port}"
        finally:
            process.stdin.close()
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()


@pytest.fixture(
    scope="module", params=["python-socketio", pytest.param("npm", marks=pytest.mark.node)]
)
def start(request, tests_folder):
    """Start one of the two servers; its origin."""
    servers = tests_folder / "servers"
    if request.param == "npm":
        command = node_command(servers / "ktb_chat_node", "socketio_script.mjs")
    else:
        command = [sys.executable, str(servers / "socketio_script.py")]
    with ExitStack() as stack:
        yield lambda *options: stack.enter_context(running([*command, *map(str, options)]))


@pytest.fixture(scope="module")
def origin(start):
    return start()


@pytest.fixture
def vu(speaking_vu):
    return speaking_vu


@pytest.fixture
def connect(vu, origin, options_of):
    opened = []

    def make(where=origin, **options):
        one = SocketIOClient.connect(vu.network, where, options_of(**options))
        opened.append(one)
        return one

    yield make
    for one in opened:
        one.abort()
    gevent.sleep()  # a socket that somebody reads is closed by the loop


def ask(client, event, *args, answer="echo", timeout_s=3):
    """Emit and wait for an answer; its arguments."""
    expected = client.expect(answer)
    client.emit(event, *args)
    return client.first_of([expected], timeout_s)[1]


# Connecting.


def test_auth_arrives(connect):
    client = connect(auth={"token": "good", "이름": "값"})
    assert client.connected
    [log] = client.call("tell_log")
    assert log[-1] == 'connect {"token":"good","이름":"값"}'


@pytest.mark.parametrize("token", ["bad", "bad with data"])
def test_refusal_says_what_the_server_said(connect, token, vu, speaker):
    with pytest.raises(ConnectFailed, match="refused CONNECT: bad token") as caught:
        connect(auth={"token": token})
    assert (caught.value.kind, caught.value.code) == ("auth", "REFUSED")
    assert vu.counts()["ws_session_duration"] == (SPEAKERS[speaker][1] != ("polling",))


@pytest.mark.parametrize("speaker", OVER_WEBSOCKET)
def test_refusal_may_be_bare_text(vu, serving_script):
    origin = serving_script(OPEN, '44"go away"')
    with pytest.raises(ConnectFailed, match="refused CONNECT: go away") as caught:
        SocketIOClient.connect(vu.network, origin, SocketIOOptions())
    assert caught.value.kind == "auth"


@pytest.mark.parametrize(
    ("case", "messages", "said"),
    [
        ("no handshake", ["hello"], "no answer to CONNECT"),
        ("a handshake that is none", ["0{}"], "not an Engine.IO 4 handshake"),
        ("no Socket.IO", [OPEN, "4x"], "not a Socket"),
        ("Engine.IO closes", [OPEN, "1"], "closed"),
        ("a farewell", [OPEN, "41"], "disconnected"),
    ],
)
@pytest.mark.parametrize("speaker", OVER_WEBSOCKET)
def test_connection_that_does_not_come_about_says_why(
    vu, speaker, serving_script, case, messages, said
):
    said, _ = DIFFERENT.get((speaker, case), (said, ""))
    with pytest.raises(ConnectFailed, match=said) as caught:
        SocketIOClient.connect(
            vu.network, serving_script(*messages), SocketIOOptions(timeout_s=0.3)
        )
    assert caught.value.kind == "connection", case


def test_server_that_does_not_answer_is_given_up(connect):
    began = time.perf_counter()
    with pytest.raises(ConnectFailed, match="no answer to CONNECT") as caught:
        connect(auth={"token": "slow"}, timeout_s=0.3)
    assert (caught.value.kind, caught.value.code) == ("connection", "TIMED_OUT")
    assert time.perf_counter() - began < 1


def test_a_welcome_is_waited_for(connect):
    client = connect(auth={"token": "greeted"}, welcome="welcome")
    assert client.connected
    assert ask(client, "echo", 1) == (1,)


@pytest.mark.parametrize("speaker", OVER_WEBSOCKET)
def test_a_welcome_behind_the_answer_to_connect_is_not_missed(vu, serving_script):
    origin = serving_script(OPEN, "40", '42["welcome"]')
    for _ in range(20):
        client = SocketIOClient.connect(vu.network, origin, SocketIOOptions(welcome="welcome"))
        client.abort()


@pytest.mark.parametrize(
    ("token", "said", "kind", "code"),
    [
        ("sent away", "without welcome", "auth", "REFUSED"),
        ("good", "no welcome after CONNECT", "connection", "TIMED_OUT"),
        ("bad", "refused CONNECT: bad token", "auth", "REFUSED"),
    ],
)
def test_without_its_welcome_no_connection_has_come_about(connect, token, said, kind, code):
    with pytest.raises(ConnectFailed, match=said) as caught:
        connect(auth={"token": token}, welcome="welcome", timeout_s=0.3)
    assert (caught.value.kind, caught.value.code) == (kind, code)


def test_nobody_there_is_a_failed_connection(connect, closed_port):
    with pytest.raises(ConnectFailed) as caught:
        connect(f"http://127.0.0.1:{closed_port}")
    assert (caught.value.kind, caught.value.code) == ("connection", "1212")


def test_other_path_is_another_server(connect):
    with pytest.raises(ConnectFailed, match=r"bad handshake: HTTP|EOF"):
        connect(path="/elsewhere/")


# Events.

ARGUMENTS = [
    ("none", ()),
    ("several", (1, "two", None, True, 2.5)),
    ("nested", ({"a": [{"b": "가 🙂"}]}, [[]])),
    ("binary", (b"\x00\xff",)),
    ("binary inside of other things", ({"a": [b"x", b""]}, b"y" * 100_000)),
    ("text that needs escapes", ('"quoted" \\ \n\u2028',)),
]


@pytest.mark.parametrize(("case", "args"), ARGUMENTS)
def test_events_go_both_ways(connect, case, args):
    assert ask(connect(), "echo", *args) == args, case


@pytest.mark.parametrize(("case", "args"), ARGUMENTS)
def test_call_brings_the_acknowledgement(connect, case, args):
    assert connect().call("answer", *args) == args, case


def test_acknowledgements_find_their_calls(connect):
    client = connect()
    numbers = range(10)  # python-socketio's server takes at most 16 packets in one request
    calls = [gevent.spawn(client.call, "answer", number) for number in numbers]
    gevent.joinall(calls, raise_error=True, timeout=3)
    assert [call.value for call in calls] == [(number,) for number in numbers]


def test_acknowledgement_may_be_empty(connect):
    assert connect().call("nothing") == ()


def test_call_without_an_answer_is_over_in_time(connect):
    client = connect()
    with pytest.raises(TimedOut, match=r"no acknowledgement of silent within 0\.1 s"):
        client.call("silent", timeout_s=0.1)
    assert client.call("answer", 1) == (1,)


@pytest.mark.parametrize(("case", "args"), ARGUMENTS)
def test_server_gets_the_acknowledgement_that_it_asks_for(connect, case, args):
    client = connect()
    heard = []
    client.on("question", lambda *args: (heard.append(args), *args, None)[1])
    assert ask(client, "ask", "question", *args, answer="acknowledged") == (list(args[:1]),), case
    assert heard == [args], case


def test_handler_without_a_result_acknowledges_without_arguments(connect):
    client = connect()
    client.on("question", lambda: None)
    assert ask(client, "ask", "question", answer="acknowledged") == ([],)


def test_burst_of_events_comes_whole_and_in_order(connect):
    client = connect()
    heard, last = [], client.expect("echo", lambda number: number == 299)
    client.on("echo", heard.append)
    client.emit("burst", 300)
    client.first_of([last], 5)
    assert heard == list(range(300))


def test_nobody_acknowledges_what_has_no_handler(connect):
    client = connect()
    expected = client.expect("question")
    client.expect("question", lambda *_: False)
    assert ask(client, "ask", "question", answer="acknowledged") == ("no acknowledgement",)
    assert expected.arrived_at is not None


def test_namespace_has_events_of_its_own(connect):
    client = connect(namespace="/chat")
    assert client.call("answer", 1, b"x") == (1, b"x")
    assert ask(client, "echo", b"bin") in (("chat", b"bin"), ("from /chat",))
    client.close()
    assert client.close_cause == "client"


def test_unknown_namespace_is_refused(connect):
    with pytest.raises(ConnectFailed) as caught:
        connect(namespace="/none")
    assert caught.value.kind == "auth"


@pytest.mark.parametrize("speaker", ["lean"])  # python-socketio decodes everything
def test_event_that_nobody_waits_for_is_not_decoded(connect, monkeypatch):
    client = connect()
    decoded = []
    real = wire.decode_event
    monkeypatch.setattr(wire, "decode_event", lambda *args: decoded.append(args[0]) or real(*args))
    client.emit("echo", "unwanted")
    client.call("answer")
    assert decoded == []
    ask(client, "echo", "wanted")
    assert decoded == ['["echo","wanted"]']


# Faults of the author.


def test_what_a_handler_raises_is_raised_in_the_task(connect, capfd):
    client = connect()
    client.on("echo", lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        ask(client, "echo", answer="never")
    assert client.call("answer", 1) == (1,)
    assert capfd.readouterr().err == ""


def test_handler_that_raises_where_an_answer_is_due_is_raised_in_the_task_as_well(connect, capfd):
    client = connect()
    client.on("question", lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        ask(client, "ask", "question", answer="never")
    assert capfd.readouterr().err == ""


def test_answer_that_json_does_not_know_is_the_authors_fault(connect, capfd):
    client = connect()
    client.on("question", object)
    with pytest.raises(TypeError):
        ask(client, "ask", "question", answer="never")
    assert capfd.readouterr().err == ""


def test_handler_may_emit(connect):
    client = connect()
    client.on("echo", lambda word: client.emit("ask", "question", word))
    client.on("question", lambda word: word.upper())
    assert ask(client, "echo", "word", answer="acknowledged") == (["WORD"],)


# The end.


def test_own_close_leaves_the_namespace_first(connect):
    client = connect()
    called = Event()
    client.on_close = called.set
    client.close()
    assert (client.close_cause, client.connected, called.is_set()) == ("client", False, True)
    [log] = connect().call("tell_log")
    assert "disconnect client" in log[-2]
    for act in (lambda: client.emit("late"), lambda: client.call("late")):
        with pytest.raises(Disconnected):
            act()
    client.close()
    client.abort()


@pytest.mark.parametrize("speaker", AT_ONCE)
def test_own_abort_says_nothing(connect):
    client = connect()
    client.abort()
    assert client.close_cause == "client"
    gevent.sleep(0.1)
    [log] = connect().call("tell_log")
    assert "disconnect transport" in log[-2]


def test_server_that_disconnects_ends_all_waiting(connect):
    client = connect()
    called = []
    client.on_close = lambda: called.append(client.close_cause)
    with pytest.raises(Disconnected):
        ask(client, "leave", answer="never")
    assert called == ["server"]


def test_pings_keep_the_connection(start, connect):
    client = connect(start(0.1, 0.2))
    gevent.sleep(0.8)
    assert client.call("answer", 1) == (1,)


@pytest.mark.parametrize("speaker", AT_ONCE)  # a poll waits for at least five seconds
def test_server_that_stops_its_pings_is_dead(start, connect):
    client = connect(start(0.1, 0.2))
    began = time.perf_counter()
    with pytest.raises(Disconnected):
        ask(client, "freeze", 1.5, answer="never")
    assert client.close_cause == "ping_timeout"
    assert 0.15 < time.perf_counter() - began < 1


@pytest.mark.parametrize("speaker", OVER_WEBSOCKET)
def test_samples_are_those_of_the_websocket_below(connect, vu):
    client = connect(name="socket")
    assert client.call("answer", 1) == (1,)
    client.close()
    assert vu.counts()["ws_sessions"] == 1
    assert sum(vu.values("ws_msgs_sent")) == 4  # CONNECT, the event, DISCONNECT, the closing frame
    assert sum(vu.values("ws_msgs_received")) >= 3  # OPEN, CONNECT, the acknowledgement
    [(_, tags)] = vu.of("ws_session_duration")
    assert tags == {"name": "socket", "url": "socket", "status": "101", "subproto": ""}


@pytest.mark.parametrize(("speaker", "sessions"), [("polling", 0), ("upgraded", 1)])
def test_polls_are_no_samples_but_bytes(connect, vu, sessions):
    client = connect()
    assert client.call("answer", 1) == (1,)
    client.close()
    assert (vu.counts()["ws_sessions"], vu.counts()["http_reqs"]) == (sessions, 0)
    assert vu.recorder.data_sent > 0
    assert vu.recorder.data_received > 0


@pytest.mark.parametrize("speaker", ["reference", "polling", "upgraded"])
def test_nothing_is_kept_for_the_whole_process(connect):
    handler = signal.getsignal(signal.SIGINT)
    one, other = connect(), connect()
    one.close()
    other.abort()
    assert base_client.connected_clients == []
    assert signal.getsignal(signal.SIGINT) is handler


def test_lean_driver_does_not_poll(new_vu):
    options = SocketIOOptions(transports=("polling", "websocket"))
    with pytest.raises(ValueError, match="no long polling; run with --driver reference"):
        SocketIOClient.connect(new_vu().network, "http://nowhere.invalid", options)


def test_auth_that_json_does_not_know_is_the_authors_fault(connect):
    with pytest.raises(TypeError):
        connect(auth={"token": object()})


# The second judge.


@pytest.mark.node
def test_node_server_refuses_and_lets_in(connect, node_server):
    with pytest.raises(ConnectFailed, match="refused CONNECT: Invalid token") as caught:
        connect(node_server.socket, auth={"token": "nonsense", "sessionId": "none"})
    assert caught.value.kind == "auth"
    with pytest.raises(ConnectFailed, match="Authentication error"):
        connect(node_server.socket, auth={})
    client = connect(node_server.socket)
    [error, *_] = ask(client, "chatMessage", {}, answer="error")
    assert error["code"] == "UNAUTHORIZED"
    client.close()
    assert client.close_cause == "client"
