"""What seldom happens: a busy loop, a machine that gives no socket, a break between two writes.

The lean clients only; their loop and their connections are what it is about.
"""

import errno
import socket
import struct
import threading
import time

import gevent
import pytest
from gevent import socket as gevent_socket

from ktb_load.clients.connection import Connection
from ktb_load.clients.dialer import _connect
from ktb_load.clients.failure import Failure, NetworkError
from ktb_load.clients.http import HttpClient, HttpOptions
from ktb_load.clients.socketio import SocketIOClient, SocketIOOptions
from ktb_load.clients.websocket import WebSocket, WebSocketOptions
from ktb_load.errors import ConnectFailed
from tests.servers.websocket_script import WebSocketScript
from tests.system.clients.ear import Ear

pytestmark = pytest.mark.system
OPEN = '0{{"sid":"s","upgrades":[],"pingInterval":{0},"pingTimeout":{0}}}'
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"


def text(message):
    data = message.encode()
    return b"\x81" + bytes([len(data)]) + data


@pytest.fixture
def network(new_vu):
    return new_vu().network


@pytest.fixture
def no_sockets(monkeypatch):
    """``socket()`` fails, always or for some families."""

    def fail(code, family=None):
        real = gevent_socket.socket

        def make(asked, *how, **more):
            if family in (None, asked):
                raise OSError(code, "no socket")
            return real(asked, *how, **more)

        monkeypatch.setattr(gevent_socket, "socket", make)

    return fail


def busy():
    until = time.perf_counter() + 0.0005
    while time.perf_counter() < until:
        pass


@pytest.mark.parametrize("second", [b"\x81\x06second", b"\x81\x03sec\x81\x03ond"])
def test_what_came_behind_the_handshake_is_first_in_a_busy_loop(network, monkeypatch, second):
    """The loop looks at sockets before it has come to the last of many callbacks."""
    ear, begin = Ear(), WebSocket.__init__

    def begin_late(*how):
        time.sleep(0.05)  # the second part is there already
        for _ in range(300):
            gevent.get_hub().loop.run_callback(busy)
        begin(*how)

    monkeypatch.setattr(WebSocket, "__init__", begin_late)
    with WebSocketScript(b"\x81\x05fi", 0.02, b"rst" + second, "hang", joined=True) as server:
        one = WebSocket.connect(network, server.url, ear, WebSocketOptions())
        count = 1 + second.count(b"\x81")
        assert "".join(ear.wait_for(count)) == "firstsecond"
        one.abort()
        gevent.sleep()


def test_machine_without_free_sockets_is_a_failed_sample(network, no_sockets):
    no_sockets(errno.EMFILE)
    response = HttpClient(network, "http://127.0.0.1:9", HttpOptions()).get("/")
    assert (response.status, response.error_code) == (0, 1213)
    with pytest.raises(ConnectFailed) as refused:
        WebSocket.connect(network, "ws://127.0.0.1:9/", Ear(), WebSocketOptions())
    assert refused.value.code == "1213"


def test_address_of_a_family_that_the_machine_has_not_is_passed_over(no_sockets):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        no_sockets(errno.EAFNOSUPPORT, socket.AF_INET6)
        addresses = [(socket.AF_INET6, "::1", port), (socket.AF_INET, "127.0.0.1", port)]
        _connect(addresses).close()


def test_second_open_packet_changes_nothing(network):
    script = [text(OPEN.format(100)), text("40"), text(OPEN.format(100)), *[0.05, text("2")] * 12]
    with WebSocketScript(*script, "hang") as server:
        origin = server.url.replace("ws", "http")
        client = SocketIOClient.connect(network, origin, SocketIOOptions())
        gevent.sleep(0.5)
        assert (client.close_cause, client.connected) == ("", True)
        client.abort()
        gevent.sleep()


def test_acknowledgement_that_cannot_go_out_ends_the_connection(network, monkeypatch, capfd):
    def broken(connection, data):
        raise NetworkError(Failure("write: broken pipe", 1201))

    script = [text(OPEN.format(9000)), text("40"), 0.2, text('421["q"]'), "hang"]
    with WebSocketScript(*script) as server:
        origin = server.url.replace("ws", "http")
        client = SocketIOClient.connect(network, origin, SocketIOOptions())
        client.on("q", lambda: b"an attachment, which goes out behind the text")
        monkeypatch.setattr(Connection, "send_now", broken)
        with gevent.Timeout(5):
            while not client.close_cause:
                gevent.sleep(0.01)
    assert client.close_cause == "transport"
    assert "Traceback" not in capfd.readouterr().err


def test_time_limit_of_a_request_outlives_the_iteration_that_another_greenlet_ends(network):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        client = HttpClient(network, url, HttpOptions(no_vu_connection_reuse=True))
        asking = gevent.spawn(client.get, "/", timeout_s=0.3)
        gevent.sleep(0.05)
        client.end_iteration()
        assert asking.get(timeout=5).error_code == 1050
        client.close()


def test_kept_connection_that_is_reset_at_the_last_moment_is_replaced(network, monkeypatch):
    accepted = []

    def answer(server):
        for _ in range(2):
            one, _ = server.accept()
            accepted.append(one)
            one.recv(9999)
            one.sendall(ANSWER)

    def idle(connection):
        """Look, and lose the connection right behind."""
        one = accepted[0]
        one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        one.close()
        time.sleep(0.02)
        return True

    with socket.create_server(("127.0.0.1", 0)) as server:
        serving = threading.Thread(target=answer, args=(server,))
        serving.start()
        url = f"http://127.0.0.1:{server.getsockname()[1]}"
        client = HttpClient(network, url, HttpOptions())
        assert client.get("/").status == 200
        monkeypatch.setattr(Connection, "idle", property(idle))
        assert client.get("/", timeout_s=5).status == 200
        serving.join(5)
        client.close()
        for one in accepted:
            one.close()
