"""Our STOMP client against Spring's simple broker, Artemis, and servers that break the rules."""

import time
from contextlib import ExitStack
from threading import Thread

import gevent
import pytest
from websockets.sync.server import serve

from ktb_load.clients.stomp import StompClient, StompOptions
from ktb_load.errors import ConnectFailed, Disconnected, TimedOut

GOOD = {"Authorization": "Bearer good"}
CONNECTED = "CONNECTED\nversion:1.2\n\n\0"
pytestmark = [pytest.mark.system, pytest.mark.xdist_group("java")]


@pytest.fixture
def connect(vu, saying):
    """Connect; cut at the end, before servers wait for farewells."""
    opened = []

    def make(url, **options):
        one = StompClient.connect(vu.network, url, StompOptions(**options))
        opened.append(one)
        return one

    yield make
    for one in opened:
        one.abort()


@pytest.fixture
def chat(connect, spring):
    return connect(f"{spring.ws}/ws", connect_headers=GOOD)


@pytest.fixture
def broker(connect, spring):
    """Artemis."""
    return connect(spring.broker)


def answer_to(client, destination, send, *args, match=None, timeout_s=5, **kwargs):
    """Do something and wait for a message; its body and headers."""
    expected = client.expect(destination, match)
    send(*args, **kwargs)
    return client.first_of([expected], timeout_s)[1]


# Spring's simple broker.


def test_json_goes_to_a_room_and_comes_back(chat):
    chat.subscribe("/sub/room/1")
    said = {"text": "안녕 👍", "n": [1, None, 2.5]}
    body, headers = answer_to(
        chat, "/sub/room/1", chat.send, "/pub/room/1", said, {"mark": "a:b\\c\nd"}
    )
    assert body == {"room": "1", "said": said, "mark": "a:b\\c\nd"}
    assert headers["destination"] == "/sub/room/1"
    assert headers["subscription"] == "sub-0"
    assert headers["content-type"] == "application/json"


def test_text_stays_text(chat):
    chat.subscribe("/sub/text")
    body, headers = answer_to(chat, "/sub/text", chat.send, "/pub/text", "abc 가나다")
    assert body == "ABC 가나다"
    assert headers["content-type"].startswith("text/plain")


def test_message_to_the_broker_itself_reaches_other_subscribers(chat, connect, spring):
    other = connect(f"{spring.ws}/ws", connect_headers=GOOD)
    other.subscribe("/sub/direct")
    gevent.sleep(0.2)
    args = answer_to(other, "/sub/direct", chat.send, "/sub/direct", [1, "두"])
    assert args[0] == [1, "두"]


def test_answer_to_a_subscription_is_awaited_before_it(chat):
    body, _ = answer_to(chat, "/pub/welcome", chat.subscribe, "/pub/welcome")
    assert body == {"hello": "안녕"}


def test_what_is_unsubscribed_comes_no_more_and_can_come_again(chat):
    chat.subscribe("/sub/room/2")
    chat.subscribe("/sub/room/2")
    chat.subscribe("/sub/room/3")
    came = []
    chat.on(
        "/sub/room/2", lambda body, headers: came.append((body["mark"], headers["subscription"]))
    )

    def say(mark):
        for room in (2, 3):
            send = chat.send
            send(f"/pub/room/{room}", {}, {"mark": mark})

    answer_to(chat, "/sub/room/3", say, "first")
    chat.unsubscribe("/sub/room/2")
    answer_to(chat, "/sub/room/3", say, "second")
    chat.subscribe("/sub/room/2")
    answer_to(chat, "/sub/room/3", say, "third")
    assert came == [("first", "sub-0"), ("third", "sub-2")]


def test_many_and_large_messages_come_in_order(chat):
    chat.subscribe("/sub/flood")
    numbers = []
    chat.on("/sub/flood", lambda body, _: numbers.append((body["number"], len(body["text"]))))
    answer_to(
        chat,
        "/sub/flood",
        chat.send,
        "/pub/flood",
        {"count": 200, "size": 500},
        match=lambda body, _: body["number"] == 199,
        timeout_s=20,
    )
    assert numbers == [(number, 500) for number in range(200)]


def test_behind_sockjs_it_is_at_websocket(connect, spring):
    client = connect(f"{spring.ws}/sockjs/websocket", connect_headers=GOOD)
    client.subscribe("/sub/room/4")
    assert answer_to(client, "/sub/room/4", client.send, "/pub/room/4", {})[0]["room"] == "4"


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer bad"}])
def test_connect_without_a_good_token_is_refused(connect, spring, vu, headers):
    with pytest.raises(ConnectFailed, match="the broker refused CONNECT: ") as caught:
        connect(f"{spring.ws}/ws", connect_headers=headers)
    assert (caught.value.kind, caught.value.code) == ("auth", "REFUSED")
    assert vu.counts()["ws_session_duration"] == 1


def test_refused_handshake_tells_its_status(connect, spring):
    with pytest.raises(ConnectFailed, match="bad handshake: HTTP 401") as caught:
        connect(f"{spring.ws}/ws", headers={"Cookie": "jwt_token=bad"})
    assert (caught.value.kind, caught.value.code) == ("connection", "401")


def test_error_ends_the_connection_with_a_code(chat):
    closed = []
    chat.on_close = lambda: closed.append((chat.close_cause, chat.close_code, chat.connected))
    with pytest.raises(Disconnected, match="the broker said ERROR: ") as caught:
        answer_to(chat, "/sub/forbidden", chat.subscribe, "/sub/forbidden")
    assert (caught.value.kind, caught.value.code) == ("connection", "STOMP_ERROR")
    assert closed == [("server", "STOMP_ERROR", False)]
    with pytest.raises(Disconnected, match="the broker said ERROR: "):
        chat.send("/pub/room/1", {})


def test_heart_beats_keep_a_silent_connection_open(connect, spring, vu):
    client = connect(f"{spring.ws}/ws", connect_headers=GOOD, heart_beat_ms=(500, 500))
    gevent.sleep(2.6)
    assert client.connected
    counts = vu.counts()
    assert counts["ws_msgs_sent"] >= 4
    assert counts["ws_msgs_received"] >= 3


def test_spring_ends_a_connection_whose_heart_beats_stop(connect, spring):
    client = connect(f"{spring.ws}/ws", connect_headers=GOOD, heart_beat_ms=(500, 0))
    client._timers.pop().close()
    with pytest.raises(Disconnected):
        client.first_of([client.expect("/never")], 20)
    assert client.close_cause == "server"


def test_close_is_a_farewell_that_spring_answers(chat, vu):
    closed = []
    chat.on_close = lambda: closed.append((chat.close_cause, chat.close_code))
    began = time.perf_counter()
    chat.close()
    assert time.perf_counter() - began < 1.5
    assert closed == [("client", "1000")]
    assert not chat.connected
    chat.close()
    assert vu.counts()["ws_session_duration"] == 1


def test_spring_gives_no_receipts(chat):
    with pytest.raises(TimedOut, match=r"no receipt of SEND /pub/room/1 within 0\.2 s"):
        chat.call("/pub/room/1", {}, timeout_s=0.2)
    assert chat.connected


def test_samples_are_named(connect, spring, vu):
    connect(f"{spring.ws}/ws", connect_headers=GOOD, name="chat").close()
    [(_, tags)] = vu.of("ws_sessions")
    assert (tags["name"], tags["url"], tags["status"]) == ("chat", "chat", "101")
    assert tags["subproto"] == "v12.stomp"


# Artemis.


@pytest.mark.parametrize(
    ("case", "sent", "came"),
    [
        ("an object", {"a": ["가", 1]}, {"a": ["가", 1]}),
        ("text", "가 🙂\n", "가 🙂\n"),
        ("nothing", "", ""),
        ("bytes", b"\x00\xff\x00", b"\x00\xff\x00"),
        ("text with a NUL", "a\0b", "a\0b"),
        ("much", "가" * 20_000, "가" * 20_000),
    ],
)
def test_broker_with_receipts_delivers(broker, case, sent, came):
    broker.subscribe("topic.a", receipt_timeout_s=5)
    expected = broker.expect("topic.a")
    broker.call("topic.a", sent, timeout_s=5)
    assert broker.first_of([expected], 5)[1][0] == came, case


def test_headers_of_a_task_travel(broker):
    broker.subscribe("topic.b", receipt_timeout_s=5)
    _, headers = answer_to(broker, "topic.b", broker.call, "topic.b", "x", {"my": "가:\\\n"})
    assert headers["my"] == "가:\\\n"


def test_receipts_find_their_frames(broker):
    calls = [gevent.spawn(broker.call, "topic.c", str(n), None, 5) for n in range(20)]
    gevent.joinall(calls, raise_error=True, timeout=10)


def test_close_has_its_receipt(broker):
    broker.close()
    assert (broker.close_cause, broker.connected) == ("client", False)


# The author's faults.


@pytest.mark.parametrize(
    "name", ["transaction", "ack", "receipt", "id", "destination", "content-length", "Receipt"]
)
def test_header_that_is_not_for_tasks_is_refused(broker, name):
    for say in (broker.send, broker.call, broker.subscribe):
        with pytest.raises(ValueError, match=f"cannot give the header '{name.lower()}'"):
            say("topic.d", headers={name: "x"})


def test_header_of_connect_with_a_line_break_is_refused(connect, spring):
    with pytest.raises(ValueError, match="cannot be in a CONNECT frame"):
        connect(spring.broker, connect_headers={"token": "a\nb"})


# Servers that behave oddly.


@pytest.fixture
def saying():
    """``saying("CONNECTED...", ...)``: a server that answers a first message by these, and is then
    silent; its URL. Numbers are seconds to wait, None closes.
    """
    with ExitStack() as stack:

        def start(*messages):
            def say(connection):
                connection.recv()
                for message in messages:
                    if message is None:
                        connection.close(1011, "gone")
                    elif isinstance(message, float):
                        time.sleep(message)
                    else:
                        connection.send(message)
                for _ in connection:
                    pass

            server = stack.enter_context(serve(say, "127.0.0.1", 0))
            thread = Thread(target=server.serve_forever)
            thread.start()
            stack.callback(thread.join, 5)
            stack.callback(server.shutdown)
            return f"ws://127.0.0.1:{server.socket.getsockname()[1]}"

        yield start


@pytest.mark.parametrize(
    ("case", "messages", "said", "kind", "code"),
    [
        ("nothing", [], "no answer to CONNECT", "connection", "TIMED_OUT"),
        ("beats only", ["\n", "\r\n"], "no answer to CONNECT", "connection", "TIMED_OUT"),
        ("half a frame", [CONNECTED[:-1]], "no answer to CONNECT", "connection", "TIMED_OUT"),
        (
            "another version",
            ["CONNECTED\nversion:1.1\n\n\0"],
            r"the server speaks STOMP 1\.1",
            "connection",
            "BROKEN_FRAME",
        ),
        (
            "no version",
            ["CONNECTED\n\n\0"],
            r"the server speaks STOMP 1\.0",
            "connection",
            "BROKEN_FRAME",
        ),
        (
            "wrong beats",
            ["CONNECTED\nversion:1.2\nheart-beat:x\n\n\0"],
            "not a heart-beat",
            "connection",
            "BROKEN_FRAME",
        ),
        (
            "a client's frame",
            ["SEND\n\n\0"],
            "not a frame that may come now",
            "connection",
            "BROKEN_FRAME",
        ),
        (
            "an error that says why in its body",
            ["ERROR\ncontent-type:text/plain\n\ngo away\0"],
            "refused CONNECT: go away",
            "auth",
            "REFUSED",
        ),
        ("a close frame", [None], r"closed by the server \(1011: gone\)", "connection", "1011"),
    ],
)
def test_connection_that_does_not_come_about_says_why(
    connect, saying, case, messages, said, kind, code
):
    with pytest.raises(ConnectFailed, match=said) as caught:
        connect(saying(*messages), timeout_s=0.5)
    assert (caught.value.kind, caught.value.code) == (kind, code), case


def test_frames_may_be_cut_and_joined_by_messages(connect, saying):
    message = "MESSAGE\nsubscription:sub-0\ndestination:/a\ncontent-length:4\n\na\0bc\0"
    pieces = [(message + "\n" + message)[start:][:3] for start in range(0, 2 * len(message) + 1, 3)]
    client = connect(saying(CONNECTED, 0.2, *pieces, message + message, message.encode()))
    came = []
    client.on("/a", lambda body, _: came.append(body))
    client.subscribe("/a")
    answer_to(client, "/a", lambda: None, match=lambda *_: len(came) == 4)
    gevent.sleep(0.05)
    assert came == ["a\0bc"] * 5


def test_message_without_subscription_is_known_by_its_destination(connect, saying):
    client = connect(saying(CONNECTED, 0.2, "MESSAGE\ndestination:/a\n\nx\0"))
    assert answer_to(client, "/a", lambda: None)[0] == "x"


def test_subscription_counts_where_the_destination_is_another(connect, saying):
    message = "MESSAGE\nsubscription:sub-0\ndestination:/a/1\n\nx\0"
    client = connect(saying(CONNECTED, 0.2, message))
    body, headers = answer_to(client, "/a/*", client.subscribe, "/a/*")
    assert (body, headers["destination"]) == ("x", "/a/1")


@pytest.mark.parametrize(
    ("case", "message", "cause", "code"),
    [
        ("no STOMP", "MESSAGE\ncontent-length:1\n\nxxx\0", "transport", "BROKEN_FRAME"),
        ("an error", "ERROR\nmessage:over\n\nits body\0", "server", "STOMP_ERROR"),
        ("more behind an error", f"ERROR\n\nover\0{CONNECTED}", "server", "STOMP_ERROR"),
        ("a second welcome", CONNECTED, "transport", "BROKEN_FRAME"),
        ("a close frame", None, "server", "1011"),
    ],
)
def test_end_is_told_to_those_who_wait(connect, saying, case, message, cause, code):
    client = connect(saying(CONNECTED, 0.2, message))
    with pytest.raises(Disconnected) as caught:
        client.first_of([client.expect("/a")], 5)
    assert (client.close_cause, client.close_code, caught.value.code) == (cause, code, code), case
    assert not client.connected, case


def test_silence_ends_a_connection_that_promised_heart_beats(connect, saying):
    connected = "CONNECTED\nversion:1.2\nheart-beat:100,0\n\n\0"
    client = connect(saying(connected), heart_beat_ms=(0, 100))
    with pytest.raises(Disconnected, match="no heart-beat came") as caught:
        client.first_of([client.expect("/a")], 5)
    assert caught.value.code == "NO_HEART_BEAT"
    assert client.close_cause == "ping_timeout"


def test_close_waits_no_longer_than_that_for_a_receipt(connect, saying):
    client = connect(saying(CONNECTED))
    began = time.perf_counter()
    client.close()
    assert 1.5 < time.perf_counter() - began < 4.5
    assert client.close_cause == "client"


def test_what_a_handler_raises_ends_the_wait(connect, saying):
    client = connect(saying(CONNECTED, 0.2, "MESSAGE\ndestination:/a\n\nx\0"))
    client.on("/a", lambda body, headers: headers["none"])
    with pytest.raises(KeyError, match="none"):
        client.first_of([client.expect("/never")], 5)
