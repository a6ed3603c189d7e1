"""One request out, one answer in: the answer may begin, and end, while a large request is still
going out, and it counts even where the other side then hangs up (as in Go's ``net/http``).
"""

from __future__ import annotations

from time import perf_counter

import gevent

from ktb_load.clients.connection import Connection
from ktb_load.clients.failure import ALERT, RESET, NetworkError
from ktb_load.clients.http_answer import Answer, Marks, NothingCame, read_answer

_PATIENCE_S = 0.05
"""How long a request may go on behind its answer (Go: ``maxWriteWaitBeforeConnReuse``)."""


def exchange(connection: Connection, data: bytes, method: str, url: str, marks: Marks) -> Answer:
    """Send ``data`` and read the answer.

    Raises:
        NothingCame: the other side hung up before it said anything.
        NetworkError: the connection broke, or what came is no HTTP.
    """
    marks.writing = perf_counter()
    try:
        sent = connection.send_now(data)
    except NetworkError as broken:
        return _what_was_said(connection, method, url, marks, broken)
    if sent == len(data):
        marks.written = perf_counter()
        return read_answer(connection, method, url, marks)
    return _read_meanwhile(connection, data[sent:], method, url, marks)


def _read_meanwhile(
    connection: Connection, rest: bytes, method: str, url: str, marks: Marks
) -> Answer:
    sender = gevent.spawn(_send, connection, rest)
    try:
        answer = read_answer(connection, method, url, marks)
        sender.join(_PATIENCE_S)
    except NetworkError as error:
        if marks.first_byte:
            raise
        sender.join(_PATIENCE_S)
        raise _clearer(error, sender.value) from None
    finally:
        if isinstance(sender.value, float):
            marks.written = min(sender.value, marks.first_byte or sender.value)
        elif marks.first_byte:
            marks.written = marks.first_byte
        sender.kill(block=False)
    whole = isinstance(sender.value, float)
    return answer if whole else (answer[0], False)


def _send(connection: Connection, data: bytes) -> float | NetworkError:
    """When everything was written, or why it was not."""
    try:
        connection.send(data)  # in one piece: what TLS has begun to write must be offered again
    except NetworkError as error:
        return error
    return perf_counter()


def _what_was_said(
    connection: Connection, method: str, url: str, marks: Marks, broken: NetworkError
) -> Answer:
    """The answer on a connection that takes no more."""
    try:
        return read_answer(connection, method, url, marks)[0], False
    except NothingCame as error:
        raise NothingCame(_clearer(error, broken).failure) from None
    except NetworkError as error:
        raise _clearer(error, broken) from None


def _clearer(reading: NetworkError, writing: object) -> NetworkError:
    """Which of two faults says more."""
    if isinstance(writing, NetworkError) and reading.failure.code not in (ALERT, RESET):
        return writing
    return reading
