"""A GET whose answer has no end: its head is waited for, its body is handed over bit by bit.

No greenlet reads the body: the gevent loop calls ``_readable`` when bytes have come. A round trip
is sampled like those of ``http``, when its head has come.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from time import perf_counter
from typing import Any

import gevent

from ktb_load.clients.connection import Connection
from ktb_load.clients.failure import (
    EOF,
    GENERIC,
    TIMED_OUT,
    Failure,
    NetworkError,
)
from ktb_load.clients.http import TooLate
from ktb_load.clients.http_answer import Headers, Marks, Response, feed
from ktb_load.clients.http_redirect import following
from ktb_load.clients.http_request import Request
from ktb_load.clients.http_samples import Shown, emit
from ktb_load.clients.network import Network
from ktb_load.wire.http1 import AnswerReader

_MOST_REDIRECTS = 10

OnBody = Callable[[bytes, float], None]
"""Some of the body, and ``time.perf_counter()`` of its arrival."""
OnEnd = Callable[[Failure | None], None]
"""There is nothing more; why, if it should not have ended here."""


class HttpStream:
    """An answer that goes on. ``open_stream`` makes one."""

    def __init__(self, connection: Connection, reader: AnswerReader) -> None:
        self._connection = connection
        self._reader = reader
        self._reading: Any = None
        self.status = reader.status
        self.headers = Headers(reader.pairs)

    def listen(self, on_body: OnBody, on_end: OnEnd) -> None:
        """Hand over what has come already and what comes, in the loop; neither may block."""
        self._on_body, self._on_end = on_body, on_end
        loop = gevent.get_hub().loop
        self._reading = loop.io(self._connection.fileno(), 1)
        self._reading.start(self._readable)
        loop.run_callback(self._hand_over)

    def close(self) -> None:
        """Cut TCP; nothing is handed over any more."""
        if self._reading is not None:
            self._reading.stop()
            self._reading.close()
            self._reading = None
        self._connection.close()

    def _readable(self) -> None:
        """Read once, for others want their turn. If there is more the loop calls again; of what TLS
        holds back it knows nothing.
        """
        while self._reading is not None:
            try:
                data = self._connection.receive_now()
                if data is None:
                    return
                _read_on(self._reader, data)
            except NetworkError as error:
                self._hand_over()  # what came before the fault
                self._end(error.failure)
                return
            self._hand_over()
            if not self._connection.held_back:
                return

    def _hand_over(self) -> None:
        body, at = self._reader.take(), perf_counter()
        if body and self._reading is not None:
            self._on_body(body, at)
        if self._reader.whole:
            self._end(None)

    def _end(self, why: Failure | None) -> None:
        if self._reading is not None:
            self.close()
            self._on_end(why)


def open_stream(network: Network, request: Request, shown: Shown, timeout_s: float) -> HttpStream:
    """Send a request, follow where it leads, and wait for the head of the answer.

    Raises:
        NetworkError: none came.
    """
    with gevent.Timeout(timeout_s, TooLate("request timeout")):
        for _ in range(1 + _MOST_REDIRECTS):
            stream = _round_trip(network, request, shown)
            try:
                hop = following(request, stream.status, stream.headers.get("Location", ""))
            except NetworkError:
                stream.close()
                raise
            if hop is None:
                return stream
            stream.close()
            request = hop
    raise NetworkError(Failure(f"stopped after {_MOST_REDIRECTS} redirects", GENERIC))


def _round_trip(network: Network, request: Request, shown: Shown) -> HttpStream:
    marks, response, tls_version = Marks(), Response(request.url.shown), ""
    try:
        connection, began = None, perf_counter()
        connection = network.dialer.dial(request.url.origin, network.recorder, marks, forward=True)
        marks.blocked_ms = (perf_counter() - began) * 1000
        tls_version = connection.tls_version
        reader = _exchange(network, request, connection, marks)
    except BaseException as error:
        if connection is not None:
            connection.close()
        failed = NetworkError(TIMED_OUT) if isinstance(error, TooLate) else error
        if not isinstance(failed, NetworkError):
            raise
        response.fail(failed.failure)
        raise failed from None
    else:
        response.status = reader.status
        response.error_code = 1000 + response.status if response.status >= 400 else 0
        response.proto = reader.version
        for cookie in (value for name, value in reader.pairs if name.lower() == "set-cookie"):
            network.cookies.store(request.url, cookie, time.time())
        return HttpStream(connection, reader)
    finally:
        response.timings = marks.timings()
        emit(network.recorder, shown, request.method, response, tls_version)


def _exchange(
    network: Network, request: Request, connection: Connection, marks: Marks
) -> AnswerReader:
    """Send the request and read up to the end of the head."""
    cookies = network.cookies.header(request.url, time.time())
    marks.writing = perf_counter()
    forwarder = connection.forwarder
    connection.send(request.encode(network.user_agent, cookies, close=False, forwarder=forwarder))
    marks.written = perf_counter()
    reader = AnswerReader(request.method)
    while not reader.in_body:
        _read_on(reader, connection.receive())
        marks.first_byte = marks.first_byte or perf_counter()
    marks.done = perf_counter()
    return reader


def _read_on(reader: AnswerReader, data: bytes) -> None:
    """
    Raises:
        NetworkError: that is no HTTP, or the end of the connection in the middle of it.
    """
    if not data and not reader.begun:
        raise NetworkError(EOF)
    feed(reader, data)
