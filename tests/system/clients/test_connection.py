"""One connection after its end."""

import socket

import gevent
import pytest

from ktb_load.clients.failure import NetworkError
from ktb_load.wire.url import Origin

pytestmark = pytest.mark.system


@pytest.fixture
def connection(vu):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        origin = Origin("127.0.0.1", listener.getsockname()[1], secure=False)
        opened = vu.network.dialer.dial(origin, vu.recorder)
        yield opened
        opened.close()


def test_closed_connection_fails_whoever_uses_it(connection):
    connection.close()
    for use in (connection.receive, connection.receive_now, lambda: connection.send(b"late")):
        with pytest.raises(NetworkError):
            use()


def test_close_wakes_who_reads(connection):
    reading = gevent.spawn(connection.receive)
    gevent.sleep(0.01)
    connection.close()
    reading.join(1)
    assert isinstance(reading.exception, NetworkError)
