"""The ends of a WebSocket, against servers that behave and servers that do not."""

import re
import socket
import threading
import time
from contextlib import contextmanager

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.server import serve
from websockets.utils import accept_key

pytestmark = pytest.mark.k6


@contextmanager
def server(handler):
    """A server of the websockets library; its URL."""
    with serve(handler, "127.0.0.1", 0) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        try:
            yield f"ws://127.0.0.1:{running.socket.getsockname()[1]}/"
        finally:
            running.shutdown()
            thread.join(5)


@contextmanager
def deaf_server(received):
    """Shakes hands, and answers nothing that comes after: no close frame either."""

    def serve_one(connection):
        head = b""
        while b"\r\n\r\n" not in head:
            head += connection.recv(4096)
        key = re.search(rb"(?i)sec-websocket-key: (\S+)", head)[1].decode()
        answer = ["HTTP/1.1 101 Switching", "Upgrade: websocket", "Connection: Upgrade"]
        answer += [f"Sec-WebSocket-Accept: {accept_key(key)}", "", ""]
        connection.sendall("\r\n".join(answer).encode())
        while data := connection.recv(4096):
            received.append(data)
        received.append(b"")
        connection.close()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=lambda: serve_one(listener.accept()[0]))
        thread.start()
        yield f"ws://127.0.0.1:{listener.getsockname()[1]}/"
        thread.join(5)


def talk(received):
    def handler(connection):
        received["headers"] = connection.request.headers
        messages = received["messages"] = []
        try:
            for message in connection:
                messages.append(message)
                connection.send(message)
        except ConnectionClosed:
            pass
        received["close"] = (connection.close_code, connection.close_reason)

    return handler


def told(outcome, key):
    return [told for told in outcome.told if key in told]


def test_a_conversation_and_its_close(run_script):
    received = {}
    with server(talk(received)) as url:
        outcome = run_script("websocket.k6.js", {"URL": url, "ENDING": "close"})
    assert received["messages"] == ["text", b"\x00\xff"]
    assert received["close"] == (4001, "enough")
    assert (received["headers"]["User-Agent"], received["headers"]["X-A"]) == ("judge", "1")
    assert [one["came"] for one in told(outcome, "came")] == ["text", [0, 255]]
    assert told(outcome, "ended") == [{"ended": "client", "code": 4001, "reason": "enough"}]
    assert told(outcome, "open") == [{"open": False, "known": 0}]
    assert told(outcome, "raised") == [
        {"raised": "Disconnected", "said": "the connection is closed"}
    ]
    assert len(outcome.of("ws_ping")) == 1
    assert len(outcome.of("ws_msgs_sent")) == 4  # two messages, a ping, a close frame
    assert {tags["url"] for _, tags in outcome.of("ws_msgs_received")} == {"raw"}


def test_an_abort_ends_at_once(run_script):
    received = {}
    with server(talk(received)) as url:
        outcome = run_script("websocket.k6.js", {"URL": url, "ENDING": "abort"})
    assert told(outcome, "ended") == [{"ended": "client", "code": 1006, "reason": ""}]
    assert received["close"] == (1000, "")


DEAF = {
    "it has long been silent": {"ENDING": "close", "PAUSE_S": "2.1"},
    "the task gives it up": {"ENDING": "abort"},
    "somebody knows that it is": {"ENDING": "close", "KTB_LOAD_CUT_SOCKETS": "true"},
    "the iteration leaves it": {"ENDING": "forsake", "PAUSE_S": "2.1"},
}


@pytest.mark.parametrize("env", DEAF.values(), ids=DEAF)
def test_a_server_that_never_answers_a_close_frame_does_not_hold_the_test(run_script, env):
    received = []
    began = time.monotonic()
    with deaf_server(received) as url:
        outcome = run_script("websocket.k6.js", {"URL": url, **env})
    assert outcome.exit_code == 0
    assert time.monotonic() - began < 5
    assert len(outcome.of("iterations")) == len(outcome.of("ws_session_duration")) == 1
    assert received[-1] == b""
    assert "does not answer" not in "\n".join(outcome.log)


@pytest.mark.parametrize("code", [1000, 1001, 4005])
def test_the_server_closes(run_script, code):
    with server(lambda connection: connection.close(code, "bye")) as url:
        outcome = run_script("websocket.k6.js", {"URL": url, "ENDING": "wait"})
    assert told(outcome, "ended") == [{"ended": "server", "code": code, "reason": "bye"}]


def test_the_network_ends_it(run_script):
    def hang_up(connection):
        connection.recv()
        connection.socket.shutdown(socket.SHUT_RDWR)

    with server(hang_up) as url:
        outcome = run_script("websocket.k6.js", {"URL": url, "ENDING": "wait"})
    (end,) = told(outcome, "ended")
    assert (end["ended"], end["code"]) == ("transport", 1006)


def test_a_handshake_that_takes_too_long(run_script):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"ws://127.0.0.1:{listener.getsockname()[1]}/"
        hang_up = threading.Timer(2.5, listener.close)
        accepting = threading.Thread(target=lambda: accept_and_drop(listener, 1.5))
        accepting.start()
        try:
            outcome = run_script(
                "websocket.k6.js", {"URL": url, "ENDING": "wait", "TIMEOUT_S": "0.3"}
            )
        finally:
            hang_up.cancel()
            accepting.join()
    (raised,) = told(outcome, "raised")
    assert raised == {"raised": "ConnectFailed", "said": "handshake timed out", "code": "TIMED_OUT"}
    assert told(outcome, "took_ms")[0]["took_ms"] < 1000
    assert outcome.exit_code == 0


def accept_and_drop(listener, after_s):
    connection, _ = listener.accept()
    time.sleep(after_s)
    connection.close()
