"""WebSocket, by both drivers: against ``websockets``, and against servers that break every rule.

``DIFFERENT`` says where websocket-client does otherwise by its nature; everything else holds for
both.
"""

import socket
import subprocess
import sys
import threading
import time
from contextlib import ExitStack

import gevent
import pytest
from websockets.sync.server import serve

from ktb_load.clients import reference_websocket, websocket
from ktb_load.clients.drivers import REFERENCE
from ktb_load.clients.tls import TlsOptions
from ktb_load.clients.websocket import End, WebSocket, WebSocketOptions
from ktb_load.errors import ConnectFailed, Disconnected
from tests.servers.websocket_script import WebSocketScript
from tests.system.clients.ear import WITHIN_S, Ear

pytestmark = pytest.mark.system


def echo(connection):
    for message in connection:
        connection.send(message)


DIFFERENT = {
    "another accept": ("Invalid WebSocket Header", "websocket-client names no header"),
    "garbage": ("Invalid status line", "it reads the status first"),
}
"""What websocket-client says otherwise than the lean driver, by case, and why."""


@pytest.fixture
def vu(new_vu, driver):
    return new_vu(driver)


@pytest.fixture
def ear():
    return Ear()


@pytest.fixture
def serving():
    """Start a server of ``websockets`` with a handler; its origin."""
    with ExitStack() as stack:

        def start(handler=echo, **how):
            server = stack.enter_context(
                serve(handler, "127.0.0.1", 0, max_size=None, compression=None, **how)
            )
            thread = threading.Thread(target=server.serve_forever)
            thread.start()
            stack.callback(thread.join, 5)
            stack.callback(server.shutdown)
            scheme = "wss" if "ssl" in how else "ws"
            return f"{scheme}://127.0.0.1:{server.socket.getsockname()[1]}"

        yield start


@pytest.fixture
def connect(vu, ear):
    """Connect the VU's ear; cut at the end."""
    opened = []

    def make(url, network=None, **options):
        one = WebSocket.connect(network or vu.network, url, ear, WebSocketOptions(**options))
        opened.append(one)
        return one

    yield make
    for one in opened:
        one.abort()
    gevent.sleep()  # a socket that somebody reads is closed by the loop


# Messages.


def test_messages_of_any_length_come_back(serving, connect, ear):
    connection = connect(serving())
    lengths = (0, 1, 125, 126, 127, 65_535, 65_536, 1_000_000)
    sent = ["가" * (n // 3) for n in lengths] + [b"\xff" * n for n in lengths]
    for message in sent:
        connection.send(message)
    assert ear.wait_for(len(sent)) == sent


def test_what_the_other_side_does_not_take_yet_waits_and_blocks_nobody(vu, serving, connect, ear):
    go_on = threading.Event()

    def slow(connection):
        go_on.wait(WITHIN_S)
        for _ in range(20):
            connection.send(str(len(connection.recv())))

    connection = connect(serving(slow, max_queue=1))
    began = time.perf_counter()
    for _ in range(20):
        connection.send(b"x" * 1_000_000)
    assert time.perf_counter() - began < 3
    assert ear.messages == []
    waited = vu.network.backlog.take_most()
    assert 0 < waited < 20 * 1_000_100
    go_on.set()
    assert ear.wait_for(20) == ["1000000"] * 20
    assert [vu.network.backlog.take_most(), vu.network.backlog.take_most()] == [waited, 0]


def test_what_waited_is_gone_with_its_socket(vu, serving, connect):
    go_home = threading.Event()
    connection = connect(serving(lambda _: go_home.wait(WITHIN_S), max_queue=1))
    assert vu.network.backlog.sockets == 1
    for _ in range(10):
        connection.send(b"x" * 5_000_000)
    connection.abort()
    go_home.set()
    assert vu.network.backlog.take_most() > 0
    assert (vu.network.backlog.take_most(), vu.network.backlog.sockets) == (0, 0)


@pytest.mark.parametrize("secure", [False, True])
def test_server_that_never_stops_talking_leaves_others_their_turn(
    new_vu, driver, tests_folder, authority, tmp_path, secure
):
    certificate = tmp_path / "certificate.pem"
    authority.issue_cert("localhost").private_key_and_cert_chain_pem.write_to_path(certificate)
    script = str(tests_folder / "servers" / "flood.py")
    command = [sys.executable, script, *([str(certificate)] if secure else [])]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        url = f"{'wss' if secure else 'ws'}://localhost:{process.stdout.readline().strip()}/"
        ear = Ear()
        network = new_vu(driver, tls=TlsOptions(insecure_skip_verify=True)).network
        try:
            flooded = WebSocket.connect(network, url, ear, WebSocketOptions())
            with gevent.Timeout(2 * WITHIN_S):
                for _ in range(50):
                    gevent.sleep(0.001)
            flooded.abort()
            gevent.sleep()
        finally:
            process.kill()
    assert len(ear.messages) > 1_000
    assert [end.cause for end in ear.ends] == ["client"]


def test_message_in_fragments_is_one(serving, connect, ear):
    connect(serving(lambda connection: connection.send(iter(["a", "", "b", "c"]))))
    assert ear.wait_for(1) == ["abc"]


def test_messages_right_behind_the_handshake_are_not_lost(connect, ear):
    with WebSocketScript(b"\x81\x05first\x81\x06second", "hang", joined=True) as server:
        connect(server.url)
        assert ear.wait_for(2) == ["first", "second"]


def test_ping_of_the_server_is_answered(serving, connect, ear):
    def pinging(connection):
        connection.send("answered" if connection.ping().wait(WITHIN_S) else "not")

    connect(serving(pinging))
    assert ear.wait_for(1) == ["answered"]


def test_own_ping_is_measured_and_counted(serving, connect, ear, vu):
    connection = connect(serving())
    for count in (1, 2):
        connection.ping()
        connection.ping()
        connection.send("behind")
        ear.wait_for(count)
    assert len(vu.values("ws_ping")) == 4
    assert all(0 < ms < 1000 for ms in vu.values("ws_ping"))
    assert sum(vu.values("ws_msgs_sent")) == 6


def test_subprotocol_is_offered_and_chosen(serving, connect, vu):
    connection = connect(serving(subprotocols=["chat"]), subprotocols=("other", "chat"))
    assert connection.subprotocol == "chat"
    connection.close()
    assert [tags["subproto"] for _, tags in vu.of("ws_session_duration")] == ["chat"]


def test_headers_cookies_and_user_agent_go_along(serving, connect, ear, vu):
    def telling(connection):
        asked = connection.request.headers
        connection.send(" ".join(asked.get(n, "-") for n in ("User-Agent", "X-Own", "Cookie")))

    url = serving(telling)
    from ktb_load.wire.url import parse_url

    vu.network.cookies.store(parse_url(url, ("ws",)), "a=1", time.time())
    connect(url, headers={"X-Own": "1"})
    connect(url, headers={"user-agent": "mine"})
    assert sorted(ear.wait_for(2)) == ["ktb-load 1 a=1", "mine - a=1"]


def test_cookies_of_a_handshake_belong_to_one_vu(serving, connect, ear, new_vu, driver):
    def baking(_, __, response):
        response.headers["Set-Cookie"] = "a=1; Domain=localhost; Path=/"

    def telling(connection):
        connection.send(connection.request.headers.get("Cookie", "none"))

    url = serving(telling, process_response=baking).replace("127.0.0.1", "localhost")
    for number, network in enumerate([None, None, new_vu(driver).network], 1):
        connect(url, network)
        ear.wait_for(number)
    assert ear.messages == ["none", "a=1", "none"]


# The end.


def test_server_that_closes_says_how(serving, connect, ear):
    connection = connect(serving(lambda connection: connection.close(4001, "안녕")))
    assert ear.wait_for_end() == End("server", 4001, "안녕")
    assert not connection.open
    with pytest.raises(Disconnected):
        connection.send("late")
    with pytest.raises(Disconnected):
        connection.ping()


def test_own_close_is_answered(serving, connect, ear):
    codes = []
    connection = connect(serving(lambda server: codes.append(_code_at_the_end(server))))
    connection.close(4002, "bye")
    assert ear.ends == [End("client", 4002, "bye")]
    connection.close()
    connection.abort()
    assert len(ear.ends) == 1
    with gevent.Timeout(WITHIN_S):
        while not codes:
            gevent.sleep(0.01)
    assert codes == [4002]


def test_own_abort_says_nothing(serving, connect, ear):
    codes = []
    connection = connect(serving(lambda server: codes.append(_code_at_the_end(server))))
    connection.abort()
    assert ear.ends == [End("client")]
    with gevent.Timeout(WITHIN_S):
        while not codes:
            gevent.sleep(0.01)
    assert codes == [1006]


def _code_at_the_end(connection):
    try:
        connection.recv()
    except Exception:
        return connection.close_code
    return 0


def test_server_that_never_answers_our_close_is_left(connect, ear, monkeypatch):
    for module in (websocket, reference_websocket):
        monkeypatch.setattr(module, "CLOSE_TIMEOUT_S", 0.2)
    with WebSocketScript("hang") as server:
        connection = connect(server.url)
        began = time.perf_counter()
        connection.close(1000, "bye")
        assert 0.15 < time.perf_counter() - began < 1
        assert ear.ends == [End("client", 1000, "bye")]


@pytest.mark.parametrize(
    ("case", "steps", "cause", "code"),
    [
        ("the end of TCP", ["close"], "transport", 1006),
        ("a reset", [0.1, "reset"], "transport", 1006),
        ("a frame that is cut", [b"\x81\x05he", "close"], "transport", 1006),
        ("a broken frame", [b"\x83\x00", "hang"], "transport", 1002),
        ("text that is no UTF-8", [b"\x81\x01\xff", "hang"], "transport", 1007),
        ("a close frame without a code", [b"\x88\x00", "hang"], "server", 1005),
        ("a close frame with half a code", [b"\x88\x01\x03", "hang"], "transport", 1002),
        ("a frame behind the close frame", [b"\x88\x02\x03\xe8\xff\xff", "hang"], "server", 1000),
    ],
)
def test_every_end_is_told_once(connect, ear, vu, case, steps, cause, code):
    with WebSocketScript(b"\x81\x02hi", *steps) as server:
        connect(server.url)
        end = ear.wait_for_end()
    assert (end.cause, end.code) == (cause, code), case
    assert ear.messages == ["hi"], case
    gevent.sleep(0.01)
    assert len(ear.ends) == 1
    assert len(vu.values("ws_session_duration")) == 1


def test_nothing_is_heard_after_an_abort(vu):
    class Deaf(Ear):
        def on_message(self, data, at):
            super().on_message(data, at)
            connection.abort()

    ear = Deaf()
    with WebSocketScript(0.05, b"\x81\x01a\x81\x01b\x81\x01c", "hang") as server:
        connection = WebSocket.connect(vu.network, server.url, ear, WebSocketOptions())
        ear.wait_for_end()
        gevent.sleep(0.05)
    assert (ear.messages, len(ear.ends)) == (["a"], 1)


# Handshakes that fail.

REFUSALS = [
    ("refused", [b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"], "HTTP 403", "403", "403"),
    ("an ordinary page", [b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"],
     "HTTP 200", "200", "200"),
    ("another accept", [b"HTTP/1.1 101 S\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        b"Sec-WebSocket-Accept: x\r\n\r\n"],
     "Sec-WebSocket-Accept", "", "101"),
    ("garbage", [b"no HTTP\r\n\r\n", "close"], "is no HTTP", "", None),
    ("nothing", ["close"], "EOF", "1000", None),
    ("half a head", [b"HTTP/1.1 101 S\r\nUpg", "close"], "EOF", "1000", None),
    ("a reset", ["reset"], "connection reset by peer", "1220", None),
    ("silence", ["hang"], "handshake timed out", "TIMED_OUT", None),
]  # fmt: skip


@pytest.mark.parametrize(("case", "steps", "said", "code", "status"), REFUSALS)
def test_failed_handshake_says_why(
    server, connect, ear, vu, driver, case, steps, said, code, status
):
    if driver == REFERENCE:
        said, _ = DIFFERENT.get(case, (said, ""))
    server.also["/"] = steps
    with pytest.raises(ConnectFailed, match=said) as caught:
        connect(server.url.replace("http", "ws"), timeout_s=0.3)
    assert (caught.value.kind, caught.value.code) == ("connection", code), case
    assert vu.values("ws_sessions") == [1]
    [(_, tags)] = vu.of("ws_connecting")
    assert tags.get("status") == status
    assert vu.counts() == {"ws_sessions": 1, "ws_connecting": 1}
    assert ear.ends == []


@pytest.mark.parametrize(
    ("case", "url", "code"),
    [
        ("nobody listens", "ws://127.0.0.1:{port}/", "1212"),
        ("no such host", "ws://nowhere.invalid/", "1101"),
    ],
)
def test_failed_dial_has_the_code_of_k6(connect, vu, closed_port, case, url, code):
    url = url.format(port=closed_port)
    with pytest.raises(ConnectFailed) as caught:
        connect(url)
    assert caught.value.code == code, case
    assert [tags for _, tags in vu.of("ws_sessions")] == [{"name": url, "url": url}]


def test_anything_but_a_websocket_url_is_the_authors_fault(connect):
    with pytest.raises(ValueError, match="wss://"):
        connect("http://h/")
    with pytest.raises(ValueError, match=r"credentials; send a header `Authorization`"):
        connect("ws://user:password@h/")


def test_dial_that_takes_too_long_is_over_when_the_handshake_would_be(connect):
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full, ExitStack() as stack:
        for _ in range(3):  # the queue is full, what comes now gets no answer
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(full.getsockname())
        with pytest.raises(ConnectFailed, match="handshake timed out"):
            connect(f"ws://127.0.0.1:{full.getsockname()[1]}/", timeout_s=0.1)


# Samples.


@pytest.mark.parametrize(("name", "shown"), [("", "{url}/a?b"), ("my name", "my name")])
def test_samples_have_the_tags_of_k6(serving, connect, ear, vu, name, shown):
    url = serving()
    connection = connect(f"{url}/a?b", name=name, tags={"own": "1"})
    connection.send("one")
    connection.send(b"two")
    ear.wait_for(2)
    connection.close()
    expected = shown.format(url=url)
    tags = {"name": expected, "url": expected, "status": "101", "subproto": "", "own": "1"}
    assert all(dict(found) == tags for _, _, found in vu.samples)
    assert vu.counts() == {
        "ws_sessions": 1,
        "ws_connecting": 1,
        "ws_msgs_sent": 3,  # the closing frame is one
        "ws_msgs_received": 2,
        "ws_session_duration": 1,
    }
    [connecting], [duration] = vu.values("ws_connecting"), vu.values("ws_session_duration")
    assert 0 < connecting < duration < 5000


def test_bytes_are_counted_for_the_vu(serving, connect, ear, vu):
    connection = connect(serving())
    before = vu.recorder.data_sent, vu.recorder.data_received
    connection.send("x" * 100)
    ear.wait_for(1)
    assert vu.recorder.data_sent - before[0] == 106
    assert vu.recorder.data_received - before[1] == 102


# TLS.


def test_wss_works_both_ways(serving, connect, ear, vu, tls, trusted):
    url = serving(ssl=tls("localhost")).replace("127.0.0.1", "localhost")
    connection = connect(url)
    sent = ["hello", b"\0" * 1_000_000, "x" * 1_000_000]
    for message in sent:
        connection.send(message)
    assert ear.wait_for(3) == sent
    connection.close()
    assert ear.ends == [End("client", 1000)]


def test_wss_of_an_unknown_authority_is_refused_unless_told_otherwise(
    serving, connect, new_vu, driver, foreign_tls
):
    url = serving(ssl=foreign_tls("localhost")).replace("127.0.0.1", "localhost")
    with pytest.raises(ConnectFailed, match="unknown authority") as caught:
        connect(url)
    assert caught.value.code == "1310"
    assert connect(url, new_vu(driver, tls=TlsOptions(insecure_skip_verify=True)).network).open


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
@pytest.mark.parametrize("careless", [False, True], ids=["verified", "insecure"])
def test_server_is_told_the_name(serving, connect, new_vu, driver, tls, trusted, host, careless):
    context, told = tls("localhost", "127.0.0.1"), []
    context.sni_callback = lambda sock, name, ours: told.append(name)
    url = serving(ssl=context).replace("127.0.0.1", host)
    network = new_vu(driver, tls=TlsOptions(insecure_skip_verify=careless)).network
    assert connect(url, network).open
    assert told == [host if host == "localhost" else None], "an address is no name (RFC 6066)"
