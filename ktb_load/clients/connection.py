"""One TCP or TLS connection: its bytes in and out. ``dialer`` makes it.

It counts them for the VU that it belongs to. Under TLS the plain bytes are counted, where k6 counts
the encrypted ones.
"""

from __future__ import annotations

import select
import socket as plain_socket
import ssl
from collections.abc import Callable
from typing import Any

import gevent
from gevent.monkey import get_original

from ktb_load.clients import failure
from ktb_load.clients.failure import NetworkError
from ktb_load.clients.proxies import Proxy
from ktb_load.metrics.recorder import Recorder
from ktb_load.wire.url import Origin

_READ_BYTES = 65_536
_RECORD_BYTES = 16_384
_poll = get_original("select", "poll")
"""gevent's own would go through the loop."""
_WOULD_BLOCK = (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError)


class Connection:
    """One open connection of one VU.

    ``send`` and ``receive`` block the greenlet; ``send_now`` and ``receive_now`` never do, for use
    in the loop itself.
    """

    __slots__ = (
        *("_hub", "_peek", "_pending", "_poll", "_readable", "_receive_now", "_recorder"),
        *("_send_now", "_socket", "forwarder", "route", "tls_version"),
    )

    def __init__(self, sock: Any, recorder: Recorder, route: Origin) -> None:
        self._socket = sock
        self._recorder = recorder
        self.route = route
        """What it leads to. Connections of equal routes are interchangeable."""
        self.forwarder: Proxy | None = None
        """The proxy at the other end, which takes whole requests to others."""
        self.tls_version = ""
        """``tls1.3``, empty without TLS."""
        tls = getattr(sock, "_sslobj", None)
        raw = sock._sock  # gevent keeps the non-blocking socket there
        self._send_now = _by_records(tls.write) if tls else raw.send
        self._receive_now = tls.read if tls else raw.recv
        self._pending = tls.pending if tls else None
        self._hub = gevent.get_hub()
        self._readable = None if tls else sock._read_event
        self._peek = raw.recv
        self._poll: Any = None

    def fileno(self) -> int:
        return int(self._socket.fileno())

    def send(self, data: bytes) -> None:
        """Write everything; blocks while the other side does not read.

        Raises:
            NetworkError: the connection broke.
        """
        sent = self.send_now(data)
        if sent == len(data):
            return
        try:
            self._socket.sendall(memoryview(data)[sent:])
        except OSError as error:
            raise NetworkError(failure.of_transfer(error, "write")) from None
        self._recorder.data_sent += len(data) - sent

    def receive(self) -> bytes:
        """What there is, at least one byte; empty at the end.

        Raises:
            NetworkError: the connection broke.
        """
        try:
            if self._readable is None:
                data = bytes(self._socket.recv(_READ_BYTES))
            else:  # an answer is never there yet: do not ask in vain
                data = self._wait_and_receive()
        except ssl.SSLEOFError:
            return b""
        except OSError as error:
            raise NetworkError(failure.of_transfer(error, "read")) from None
        self._recorder.data_received += len(data)
        return data

    def _wait_and_receive(self) -> bytes:
        while True:
            self._hub.wait(self._readable)
            try:
                return bytes(self._receive_now(_READ_BYTES))
            except BlockingIOError:
                continue

    def send_now(self, data: bytes) -> int:
        """Write what fits; how many bytes that was.

        Raises:
            NetworkError: the connection broke.
        """
        try:
            sent = int(self._send_now(data))
        except _WOULD_BLOCK:
            return 0
        except OSError as error:
            raise NetworkError(failure.of_transfer(error, "write")) from None
        self._recorder.data_sent += sent
        return sent

    def receive_now(self) -> bytes | None:
        """What there is, None if there is nothing now; empty at the end. TLS may hold back more:
        see ``held_back``.

        Raises:
            NetworkError: the connection broke.
        """
        try:
            data: bytes = self._receive_now(_READ_BYTES)
        except _WOULD_BLOCK:
            return None
        except (ssl.SSLEOFError, ssl.SSLZeroReturnError):
            return b""
        except OSError as error:
            raise NetworkError(failure.of_transfer(error, "read")) from None
        self._recorder.data_received += len(data)
        return data

    @property
    def held_back(self) -> bool:
        """Whether TLS has read more than it gave, which no watcher tells."""
        return self._pending is not None and self._pending() > 0

    @property
    def idle(self) -> bool:
        """Whether an answered connection can take another request: open, and nothing to read."""
        if self._poll is None:  # asks at a third of the cost of a read that finds nothing
            self._poll = _poll()
            self._poll.register(self.fileno(), select.POLLIN)
        if not self._poll.poll(0):
            return True
        try:
            waiting = self._peek(1, plain_socket.MSG_PEEK)
        except OSError:
            return False
        return bool(waiting) and bool(self.tls_version) and self._says_nothing()

    def _says_nothing(self) -> bool:
        """Whether what is waiting under TLS are session tickets and no farewell."""
        try:
            return self.receive_now() is None
        except NetworkError:
            return False

    def close(self) -> None:
        self._readable = None  # whoever waited for it now would end the process
        self._socket.close()


def _by_records(write: Callable[[bytes], int]) -> Callable[[bytes], int]:
    """OpenSSL must be offered again at least what it could not write, and gevent's ``sendall``
    offers a large buffer in parts; one record is never more than such a part.
    """
    return lambda data: write(data[:_RECORD_BYTES])
