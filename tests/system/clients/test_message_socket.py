"""Our WebSocket for tasks against npm's ``ws`` and PyPI's ``websockets``."""

import time

import gevent
import pytest

from ktb_load.clients.message_socket import MessageSocket, MessageSocketOptions
from ktb_load.errors import ConnectFailed, Disconnected, TimedOut
from tests.servers.node import install
from tests.servers.process import speaking
from tests.servers.tools import tool

pytestmark = [pytest.mark.system, pytest.mark.node]


@pytest.fixture(scope="module")
def ws(tests_folder):
    """The origin of a server of ``ws``."""
    folder = tests_folder / "servers" / "protocols_node"
    install(folder)
    with speaking([tool("node"), "server.mjs"], folder) as told:
        yield told["ws"]


@pytest.fixture
def connect(vu):
    opened = []

    def make(url, **options):
        opened.append(MessageSocket.connect(vu.network, url, MessageSocketOptions(**options)))
        return opened[-1]

    yield make
    for one in opened:
        one.abort()


@pytest.fixture
def echo(connect, ws):
    return connect(f"{ws}/echo")


def answer_to(socket, event, send, *args, timeout_s=5):
    expected = socket.expect(event)
    send(*args)
    return socket.first_of([expected], timeout_s)[1]


@pytest.mark.parametrize(
    ("case", "verb", "sent", "event"),
    [
        ("an object", "send_json", {"type": "chat", "text": "안녕 👍", "n": [1, None]}, "chat"),
        ("an object without a type", "send_json", {"n": 1}, "json"),
        ("an object whose type is the last", "send_json", {"n": 1, "type": "chat"}, "chat"),
        ("text", "send_text", "안녕 👍", "text"),
        ("no text", "send_text", "", "text"),
        ("much text", "send_text", "가" * 100_000, "text"),
        ("bytes", "send_bytes", b"\x00\xff", "binary"),
        ("no bytes", "send_bytes", b"", "binary"),
    ],
)
def test_messages_go_both_ways(echo, case, verb, sent, event):
    assert answer_to(echo, event, getattr(echo, verb), sent) == (sent,), case


def test_list_is_text_that_a_task_can_read(echo):
    assert answer_to(echo, "text", echo.send_json, [1, "두"]) == ('[1,"두"]',)


def test_number_for_a_key_is_a_text_in_json(echo):
    assert answer_to(echo, "json", echo.send_json, {1: 2}) == ({"1": 2},)


def test_what_json_does_not_know_is_the_authors_fault(echo):
    with pytest.raises(TypeError):
        echo.send_json({"a": object()})


def test_first_of_several_wins_and_knows_when(echo):
    one, other = echo.expect("one"), echo.expect("other", lambda message: message["n"] == 2)
    for number in (1, 2):
        echo.send_json({"type": "other", "n": number})
    won, args = echo.first_of([one, other], 5)
    assert (won, args) == (other, ({"type": "other", "n": 2},))
    assert 0 <= time.perf_counter() - won.arrived_at < 5


def test_what_does_not_come_is_over_in_time(echo):
    with pytest.raises(TimedOut, match=r"no never within 0\.1 s"):
        echo.first_of([echo.expect("never")], 0.1)


def test_cookie_lets_in(connect, ws):
    socket = connect(f"{ws}/private", headers={"Cookie": "jwt_token=good"})
    assert answer_to(socket, "text", socket.send_text, "hi") == ("hi",)


@pytest.mark.parametrize("headers", [{}, {"Cookie": "jwt_token=bad"}])
def test_refused_handshake_tells_its_status(connect, ws, vu, headers):
    with pytest.raises(ConnectFailed, match="bad handshake: HTTP 401") as caught:
        connect(f"{ws}/private", headers=headers, name="chat")
    assert (caught.value.kind, caught.value.code) == ("connection", "401")
    [(_, tags)] = vu.of("ws_sessions")
    assert (tags["name"], tags["status"]) == ("chat", "401")


def test_nobody_there_has_k6s_code(connect, closed_port):
    with pytest.raises(ConnectFailed, match="connection refused") as caught:
        connect(f"ws://127.0.0.1:{closed_port}/")
    assert (caught.value.kind, caught.value.code) == ("connection", "1212")


def test_subprotocol_is_the_one_that_both_know(connect, ws):
    assert connect(f"{ws}/echo", subprotocols=("chat.v1", "chat.v2")).subprotocol == "chat.v2"
    assert connect(f"{ws}/echo").subprotocol == ""


def test_message_right_behind_the_handshake_is_not_lost(connect, ws):
    socket = connect(f"{ws}/hello")
    assert socket.first_of([socket.expect("hello")], 5)[1] == ({"type": "hello", "to": "안녕"},)


def test_close_is_told_once_and_answered(echo, vu):
    closed = []
    echo.on_close = lambda: closed.append((echo.close_cause, echo.close_code, echo.connected))
    echo.close(4001, "bye")
    echo.close()
    assert closed == [("client", "4001", False)]
    with pytest.raises(Disconnected, match=r"closed by the client \(4001: bye\)"):
        echo.send_text("x")
    assert vu.counts()["ws_session_duration"] == 1


@pytest.mark.parametrize(
    ("said", "cause", "code"),
    [("close 4002 so long", "server", "4002"), ("terminate", "transport", "1006")],
)
def test_end_by_the_other_side_is_told_to_those_who_wait(echo, said, cause, code):
    closed = []
    echo.on_close = lambda: closed.append(echo.close_cause)
    with pytest.raises(Disconnected) as caught:
        answer_to(echo, "never", echo.send_text, said)
    assert (caught.value.code, echo.close_code, closed) == (code, code, [cause])
    for send, what in ((echo.send_text, "x"), (echo.send_bytes, b"x"), (echo.send_json, {})):
        with pytest.raises(Disconnected) as caught:
            send(what)
        assert caught.value.code == code


def test_abort_says_nothing(echo, vu):
    closed = []
    echo.on_close = lambda: closed.append(echo.close_cause)
    echo.abort()
    assert closed == ["client"]
    assert vu.counts()["ws_msgs_sent"] == 0


def test_what_a_handler_raises_ends_the_wait_and_the_connection_goes_on(echo):
    echo.on("chat", lambda message: message["none"])
    with pytest.raises(KeyError, match="none"):
        answer_to(echo, "never", echo.send_json, {"type": "chat"})
    assert answer_to(echo, "text", echo.send_text, "on") == ("on",)


def test_handlers_hear_all_and_may_answer(echo):
    def double(message):
        if message["n"] < 50:
            echo.send_json({"type": "n", "n": 2 * message["n"]})
        else:
            echo.send_json({"type": "done", "n": message["n"]})

    echo.on("n", double)
    assert answer_to(echo, "done", echo.send_json, {"type": "n", "n": 1}) == (
        {"type": "done", "n": 64},
    )


def test_samples_are_k6s(connect, ws, vu):
    socket = connect(f"{ws}/echo", name="chat")
    for _ in range(3):
        answer_to(socket, "text", socket.send_text, "hi")
    socket.close()
    counts = vu.counts()
    assert counts["ws_sessions"] == counts["ws_connecting"] == counts["ws_session_duration"] == 1
    assert counts["ws_msgs_received"] == 3
    assert counts["ws_msgs_sent"] == 4  # k6 counts the close frame, too
    assert {tags["name"] for _, tags in vu.of("ws_msgs_sent")} == {"chat"}


def test_messages_of_websockets_are_read(connect, serving_script):
    origin = serving_script('{"type": "a", "n": 1}', "plain", "[1]").replace("http", "ws")
    socket = connect(origin)
    events = [socket.expect(event) for event in ("a", "text", "text")]
    gevent.sleep(0.1)
    assert [event.args for event in events] == [({"type": "a", "n": 1},), ("plain",), ("plain",)]
    socket.abort()  # the server waits for it
