"""Our client of server-sent events against Spring's SseEmitter and servers that break the rules."""

import time

import gevent
import pytest

from ktb_load.clients.sse import SseClient, SseOptions
from ktb_load.errors import ConnectFailed, Disconnected, TimedOut

pytestmark = [pytest.mark.system, pytest.mark.xdist_group("java")]
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
UNTIL_CLOSE = HEAD + b"\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
GOOD = {"Authorization": "Bearer good"}


@pytest.fixture
def connect(vu):
    opened = []

    def make(url, **options):
        opened.append(SseClient.connect(vu.network, url, SseOptions(**options)))
        return opened[-1]

    yield make
    for one in opened:
        one.close()


@pytest.fixture
def stream(connect, server):
    """``stream(b"...", 0.1, ...)``: a stream of what a scripted server says."""

    def start(*script, **options):
        server.also["/events"] = list(script)
        return connect(f"{server.url}/events", **{"reconnect": False, **options})

    return start


def heard(client, *events):
    """A list that fills with type, data and id of what comes."""
    came = []
    for event in events:
        client.on(event, lambda data, id_, event=event: came.append((event, data, id_)))
    return came


def wait_for_end(client, timeout_s=5):
    with pytest.raises(Disconnected) as caught:
        client.first_of([client.expect("never")], timeout_s)
    return caught.value


def chunk(data):
    return b"%x\r\n%b\r\n" % (len(data), data)


# Spring.


def test_spring_stream_is_read_to_its_end(connect, spring):
    client = connect(f"{spring.http}/events?count=2", headers=GOOD, reconnect=False)
    came = heard(client, "connect", "notice", "message")
    wait_for_end(client)
    lines = "first line\nsecond line"
    notices = [{"number": n, "text": "알림\n둘째 줄"} for n in (0, 1)]
    assert came == [
        ("connect", "EventStream [-1]", ""),
        ("notice", notices[0], "0"),
        ("message", lines, "0"),
        ("notice", notices[1], "1"),
        ("message", lines, "1"),
    ]
    assert client.last_event_id == "1"
    assert (client.close_cause, client.connected) == ("server", False)


def test_spring_stream_goes_on_where_it_ended(connect, spring):
    client = connect(f"{spring.http}/events?count=2", headers=GOOD)
    came = heard(client, "connect")
    expected = client.expect("notice", lambda data, _: data["number"] == 5)
    assert client.first_of([expected], 5)[1][1] == "5"
    assert [data for _, data, _ in came] == [f"EventStream [{last}]" for last in (-1, 1, 3)]
    assert client.reconnections == 2


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer bad"}])
def test_spring_refuses_a_stream_without_a_token(connect, spring, vu, headers):
    with pytest.raises(ConnectFailed, match="the server answered HTTP 401") as caught:
        connect(f"{spring.http}/events", headers=headers, name="events")
    assert (caught.value.kind, caught.value.code) == ("connection", "401")
    [(failed, tags)] = vu.of("http_req_failed")
    assert (failed, tags["name"], tags["status"], tags["error_code"]) == (
        1,
        "events",
        "401",
        "1401",
    )


# What the request says, what is sampled.


def test_request_asks_for_a_stream_with_cookies_and_marks(connect, server, vu):
    server.also["/first"] = [
        b"HTTP/1.1 200 OK\r\nSet-Cookie: a=1; Path=/\r\nContent-Length: 0\r\n\r\n"
    ]
    with pytest.raises(ConnectFailed):
        connect(f"{server.url}/first")
    server.also["/events"] = [UNTIL_CLOSE, "hang"]
    vu.network.mark = "chat/1/2"
    connect(f"{server.url}/events?x=1", headers={"X-My": "1", "cache-control": "max-age=0"})
    [_, request] = server.received
    assert (request.method, request.target) == ("GET", "/events?x=1")
    wanted = {
        "accept": "text/event-stream",
        "cache-control": "max-age=0",
        "cookie": "a=1",
        "x-my": "1",
        "x-ktb-iteration": "chat/1/2",
        "last-event-id": None,
    }
    assert {name: request.header(name) for name in wanted} == wanted


def test_one_sample_when_the_head_is_there(stream, vu):
    stream(UNTIL_CLOSE, 0.3, b"data: x\n\n", "hang", name="events")
    assert vu.counts()["http_reqs"] == 1
    [(failed, tags)] = vu.of("http_req_failed")
    assert (failed, tags["name"], tags["url"], tags["status"]) == (0, "events", "events", "200")
    assert vu.values("http_req_duration")[0] < 250
    assert vu.values("http_req_waiting")[0] > 0


def test_bytes_of_the_stream_are_counted(stream, vu):
    body = b"data: x\n\n" * 10
    client = stream(UNTIL_CLOSE, body, "close")
    wait_for_end(client)
    assert vu.recorder.data_received == len(UNTIL_CLOSE) + len(body)


def test_redirection_is_followed_and_every_hop_is_a_sample(connect, server, vu):
    server.also["/events"] = [UNTIL_CLOSE, b"data: x\n\n", "hang"]
    server.also["/from"] = [b"HTTP/1.1 307 Go\r\nLocation: /events\r\nContent-Length: 0\r\n\r\n"]
    client = connect(f"{server.url}/from")
    assert client.first_of([client.expect("message")], 5)[1] == ("x", "")
    assert [tags["status"] for _, tags in vu.of("http_reqs")] == ["307", "200"]


# Bodies.


@pytest.mark.parametrize(
    ("case", "script"),
    [
        ("until it closes", [UNTIL_CLOSE, b"data: x\n\ndata: y\n\n", "close"]),
        ("with the head", [UNTIL_CLOSE + b"data: x\n\ndata: y\n\n", "close"]),
        ("in pieces", [UNTIL_CLOSE, b"da", 0.05, b"ta: x\n", 0.05, b"\ndata: y\n\n", "close"]),
        ("a length", [HEAD + b"Content-Length: 18\r\n\r\n", b"data: x\n\ndata: y\n\n"]),
        ("chunks", [CHUNKED, chunk(b"data: x\n\n"), chunk(b"data: y\n\n"), b"0\r\n\r\n"]),
        (
            "chunks that cut events",
            [CHUNKED, chunk(b"data: x\n\ndat"), 0.05, chunk(b"a: y\n"), chunk(b"\n"), b"0\r\n\r\n"],
        ),
        (
            "chunks that are cut",
            [CHUNKED, b"1", 0.05, b"2\r\ndata: x\n", 0.05, b"\ndata: y\n\n\r\n0\r\n\r\n"],
        ),
        ("an interim answer first", [b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n",
         UNTIL_CLOSE, b"data: x\n\ndata: y\n\n", "close"]),
        ("HTTP/1.0", [UNTIL_CLOSE.replace(b"1.1", b"1.0"), b"data: x\n\ndata: y\n\n", "close"]),
        ("a charset", [UNTIL_CLOSE.replace(b"stream", b"stream; charset=utf-8"),
         b"data: x\n\ndata: y\n\n", "close"]),
        ("capitals", [UNTIL_CLOSE.replace(b"text/event-stream", b"Text/Event-Stream"),
         b"data: x\n\ndata: y\n\n", "close"]),
    ],
)  # fmt: skip
def test_body_may_be_delimited_in_any_way(stream, case, script):
    client = stream(*script)
    came = heard(client, "message")
    assert wait_for_end(client).code == "", case
    assert client.close_cause == "server", case
    assert came == [("message", "x", ""), ("message", "y", "")], case


@pytest.mark.parametrize(
    ("case", "script", "said"),
    [
        ("no last chunk", [CHUNKED, chunk(b"data: x\n\n"), "close"], "unexpected EOF"),
        ("half a chunk", [CHUNKED, b"99\r\ndata: x\n\n", "close"], "unexpected EOF"),
        ("no chunk", [CHUNKED, 0.1, chunk(b"data: x\n\n") + b"zz\r\n"], "invalid byte in chunk"),
        ("a reset", [CHUNKED, chunk(b"data: x\n\n"), 0.1, "reset"], "connection reset by peer"),
    ],
)
def test_stream_that_breaks_says_how(stream, case, script, said):
    client = stream(*script)
    came = heard(client, "message")
    assert said in str(wait_for_end(client)), case
    assert client.close_cause == "transport", case
    assert came == [("message", "x", "")], case


@pytest.mark.parametrize(
    ("case", "head", "code", "said"),
    [
        ("no content", b"HTTP/1.1 204 No Content\r\n\r\n", "204", "HTTP 204"),
        ("not found", b"HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n", "404", "HTTP 404"),
        ("unavailable", b"HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n", "503", "HTTP 503"),
        (
            "another type",
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 0\r\n\r\n",
            "NO_STREAM",
            "'text/html'",
        ),
        ("no type", b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "NO_STREAM", "''"),
        (
            "compressed",
            HEAD + b"Content-Encoding: gzip\r\n\r\n",
            "NO_STREAM",
            "the stream is compressed: gzip",
        ),
        ("a loop", b"HTTP/1.1 302 On\r\nLocation: /events\r\nContent-Length: 0\r\n\r\n", "1000",
         "stopped after 10 redirects"),
        ("no way", b"HTTP/1.1 302 On\r\nLocation: ftp://x/\r\nContent-Length: 0\r\n\r\n", "1000",
         "failed to parse Location"),
        ("no HTTP", b"hello\r\n\r\n", "1000", "malformed"),
    ],
)  # fmt: skip
def test_what_is_no_stream_is_refused(stream, case, head, code, said):
    with pytest.raises(ConnectFailed, match=said) as caught:
        stream(head)
    assert (caught.value.kind, caught.value.code) == ("connection", code), case


@pytest.mark.parametrize(
    ("case", "script", "code"),
    [
        ("nothing", ["close"], "1000"),
        ("half a head", [HEAD, "close"], "1000"),
        ("a reset", ["reset"], "1220"),
        ("no answer", ["hang"], "1050"),
        ("half a head and no more", [HEAD, "hang"], "1050"),
    ],
)
def test_answer_that_does_not_come_is_a_failed_sample(stream, vu, case, script, code):
    with pytest.raises(ConnectFailed) as caught:
        stream(*script, timeout_s=0.3)
    assert caught.value.code == code, case
    [(failed, tags)] = vu.of("http_req_failed")
    assert (failed, tags["status"], tags["error_code"]) == (1, "0", code), case


def test_nobody_there_has_k6s_code(connect, closed_port, vu):
    with pytest.raises(ConnectFailed, match="connection refused") as caught:
        connect(f"http://127.0.0.1:{closed_port}/")
    assert caught.value.code == "1212"
    assert vu.values("http_req_failed") == [1]


@pytest.mark.parametrize("url", ["ws://x/", "/events", "http://"])
def test_what_is_no_url_is_the_authors_fault(connect, url):
    with pytest.raises(ValueError):
        connect(url)


# Losing a stream and opening it again.


def test_lost_stream_is_opened_again_with_the_last_id(stream, server):
    body = b"id: 7\nretry: 50\ndata: x\n\n"
    client = stream(UNTIL_CLOSE, body, 0.1, "close", reconnect=True)
    came = heard(client, "message")
    closed = []
    client.on_close = lambda: closed.append(client.close_cause)
    gevent.sleep(0.7)
    ids = [request.header("last-event-id") for request in server.received]
    assert ids[0] is None
    assert ids[1:3] == ["7", "7"]
    assert len(came) >= 3
    assert client.connected
    assert closed == []
    client.close()
    assert closed == ["client"]


def test_server_that_comes_back_is_found_again(stream, server):
    client = stream(UNTIL_CLOSE, b"retry: 30\ndata: x\n\n", 0.05, "close", reconnect=True)
    expected = client.expect("message", lambda data, _: data == "back")
    server.also["/events"] = ["reset"]
    gevent.sleep(0.4)
    assert client.connected
    assert len(server.received) >= 3
    server.also["/events"] = [UNTIL_CLOSE, b"data: back\n\n", "hang"]
    assert client.first_of([expected], 5)[1] == ("back", "")
    assert client.reconnections == 1


def test_refusal_ends_a_stream_that_was_lost(stream, server):
    client = stream(UNTIL_CLOSE, b"retry: 20\ndata: x\n\n", 0.1, "close", reconnect=True)
    server.also["/events"] = [b"HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n"]
    assert wait_for_end(client).code == "401"
    assert (client.close_cause, client.close_code, client.connected) == ("server", "401", False)


def test_silence_is_a_loss(stream):
    client = stream(UNTIL_CLOSE, b"data: x\n\n", "hang", idle_timeout_s=0.2)
    assert "nothing came for 0.2 s" in str(wait_for_end(client))
    assert client.close_cause == "ping_timeout"


def test_comments_are_no_silence(stream):
    beats = [step for _ in range(8) for step in (b":\n\n", 0.1)]
    client = stream(UNTIL_CLOSE, *beats, b"data: x\n\n", "hang", idle_timeout_s=0.4)
    assert client.first_of([client.expect("message")], 5)[1] == ("x", "")


def test_close_ends_the_wait_and_the_attempts(stream, server):
    client = stream(UNTIL_CLOSE, b"retry: 50\n", 0.05, "close", reconnect=True)
    gevent.sleep(0.12)
    client.close()
    client.close()
    asked = len(server.received)
    gevent.sleep(0.2)
    assert len(server.received) == asked
    assert (client.close_cause, client.connected) == ("client", False)
    assert wait_for_end(client).kind == "connection"


def test_handler_may_close_and_hears_no_more(stream):
    client = stream(UNTIL_CLOSE, b"data: x\n\ndata: y\n\n", "hang")
    came = []
    client.on("message", lambda data, _: (came.append(data), client.close()))
    wait_for_end(client)
    assert came == ["x"]


def test_what_a_handler_raises_ends_the_wait(stream):
    client = stream(UNTIL_CLOSE, 0.1, b'data: {"a":1}\n\n', "hang")
    client.on("message", lambda data, _: data["none"])
    with pytest.raises(KeyError, match="none"):
        client.first_of([client.expect("never")], 5)


def test_what_does_not_come_is_over_in_time(stream):
    client = stream(UNTIL_CLOSE, "hang")
    began = time.perf_counter()
    with pytest.raises(TimedOut, match=r"no never within 0\.1 s"):
        client.first_of([client.expect("never")], 0.1)
    assert time.perf_counter() - began < 1


def test_streams_go_over_tls(connect, start_server, tls, trusted):
    secure = start_server(tls=tls("localhost"), host="localhost")
    secure.also["/events"] = [UNTIL_CLOSE, b"data: x\n\n", 0.1, b"data: y\n\n", "hang"]
    client = connect(f"{secure.url}/events")
    expected = client.expect("message", lambda data, _: data == "y")
    assert client.first_of([expected], 5)[1] == ("y", "")
