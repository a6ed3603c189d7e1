"""One HTTP/1.1 answer, read from a connection, and what a task sees of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from time import perf_counter
from typing import Any, NamedTuple

from ktb_load.clients import failure
from ktb_load.clients.connection import Connection
from ktb_load.clients.dialer import Phases
from ktb_load.clients.failure import Failure, NetworkError
from ktb_load.clients.http_head import read_head
from ktb_load.wire.content import json_of
from ktb_load.wire.content_encoding import Undecodable, decode
from ktb_load.wire.http1 import AnswerReader, Malformed, Truncated

_DECOMPRESSION = 1701


@dataclass(slots=True)
class Marks(Phases):
    """When the phases of one round trip ended, in seconds; 0 where they were not reached."""

    blocked_ms: float = 0.0
    writing: float = 0.0
    written: float = 0.0
    first_byte: float = 0.0
    done: float = 0.0

    def timings(self) -> Timings:
        done = self.done or perf_counter()
        written = self.written or (done if self.writing else 0.0)
        sending = written - self.writing
        waiting = (self.first_byte or done) - written if self.written else 0.0
        receiving = done - self.first_byte if self.first_byte else 0.0
        return Timings(
            (sending + waiting + receiving) * 1000,
            self.blocked_ms,
            self.connecting_ms,
            self.tls_ms,
            sending * 1000,
            waiting * 1000,
            receiving * 1000,
        )


class Timings(NamedTuple):
    """k6's phases of one round trip, in milliseconds."""

    duration: float = 0.0
    """sending + waiting + receiving."""
    blocked: float = 0.0
    connecting: float = 0.0
    tls_handshaking: float = 0.0
    sending: float = 0.0
    waiting: float = 0.0
    receiving: float = 0.0


@lru_cache(maxsize=1024)
def canonical(name: str) -> str:
    """``content-type`` -> ``Content-Type``, as Go and so k6 write header names."""
    return "-".join(part.capitalize() for part in name.split("-"))


class Headers(dict[str, str]):
    """Headers by their canonical name; looked up in any case. Repeated ones are joined by a
    comma.
    """

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        super().__init__()
        for name, value in pairs:
            key = canonical(name)
            dict.__setitem__(self, key, f"{self[key]}, {value}" if key in self else value)

    def __getitem__(self, name: str) -> str:
        return super().__getitem__(canonical(name))

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and super().__contains__(canonical(name))

    def get(self, name: str, default: Any = None) -> Any:
        return super().get(canonical(name), default)


class Response:
    """What came back. A request that failed on the network has status 0 and an ``error``."""

    error = ""
    body = b""
    timings = Timings()
    proto = ""
    pairs: Sequence[tuple[str, str]] = ()
    """The headers as they came."""
    set_cookies: Sequence[str] = ()

    def __init__(self, url: str, status: int = 0) -> None:
        self.url = url
        """Of the last hop."""
        self.status = status
        self.error_code = 1000 + status if status >= 400 else 0

    @cached_property
    def headers(self) -> Headers:
        return Headers(self.pairs)

    @property
    def text(self) -> str:
        """The body in the charset that its type names, else as UTF-8."""
        named = re.search(r"charset=\"?([\w-]+)", self.headers.get("Content-Type", ""))
        try:
            return self.body.decode(named[1] if named else "utf-8", "replace")
        except (LookupError, UnicodeError):  # some codecs are not for bytes
            return self.body.decode("utf-8", "replace")

    def json(self, path: str = "") -> Any:
        """The body as JSON, or what is at a dotted ``path`` in it (``user.name``, ``data.0._id``).

        None where the body is no JSON or has nothing there.
        """
        found = self._json
        for key in path.split(".") if path else ():
            if isinstance(found, Mapping):
                found = found.get(key)
            elif isinstance(found, list) and key.isdigit() and int(key) < len(found):
                found = found[int(key)]
            else:
                return None
        return found

    @cached_property
    def _json(self) -> Any:
        try:
            return json_of(self.body)
        except ValueError:
            return None

    def fail(self, reason: Failure) -> None:
        """Make it a failed one."""
        self.status, self.error, self.error_code = 0, reason.text, reason.code
        self.body, self.pairs, self.set_cookies = b"", (), ()
        self.proto = ""


Answer = tuple[Response, bool]
"""What one round trip read, and whether another may follow on the connection."""


class NothingCame(NetworkError):
    """The connection ended before the first byte of an answer."""


def read_answer(connection: Connection, method: str, url: str, marks: Marks) -> Answer:
    """Read one final answer.

    Raises:
        NothingCame: the other side hung up before it said anything.
        NetworkError: the connection broke, or what came is no HTTP.
    """
    try:
        data = connection.receive()
    except NetworkError as error:
        raise NothingCame(error.failure) from None
    if not data:
        raise NothingCame(failure.EOF)
    marks.first_byte = perf_counter()
    ordinary = None if method == "HEAD" else _ordinary(data, url)
    if ordinary is not None:
        marks.done = perf_counter()
        return ordinary
    reader = _read(AnswerReader(method), data, connection)
    marks.done = perf_counter()
    return _answer(reader, url)


def _ordinary(data: bytes, url: str) -> Answer | None:
    """The answer, if ``data`` is all of it and it is an ordinary one."""
    end = data.find(b"\r\n\r\n")
    head = read_head(data[:end]) if end > 0 else None
    body = head.body(data, end + 4) if head is not None else None
    if head is None or body is None:
        return None
    response = Response(url, head.status)
    response.pairs, response.set_cookies = head.pairs, head.set_cookies
    response.proto = "HTTP/1.1"
    response.body = body
    return (_decompressed(response) if head.encoded else response), True


def _read(reader: AnswerReader, data: bytes, connection: Connection) -> AnswerReader:
    """The reader, once it has the whole answer that begins with ``data``."""
    while not feed(reader, data):
        data = connection.receive()
    return reader


def feed(reader: AnswerReader, data: bytes) -> bool:
    """Read on; no data is the end of the connection. Whether the answer is whole.

    Raises:
        NetworkError: that is no HTTP, or ended too early.
    """
    try:
        if not data:
            reader.end()
        return reader.feed(data)
    except (Malformed, Truncated) as error:
        raise NetworkError(Failure(str(error), failure.GENERIC)) from None


def _answer(reader: AnswerReader, url: str) -> Answer:
    if reader.status == 101:  # nobody asked for another protocol
        what = f"unsupported response status: {reader.reason}"
        raise NetworkError(Failure(what, failure.GENERIC))
    response = Response(url, reader.status)
    response.pairs, response.proto, response.body = reader.pairs, reader.version, reader.body
    response.set_cookies = [v for name, v in response.pairs if name.lower() == "set-cookie"]
    return _decompressed(response), reader.keep_alive and not reader.rest


def _decompressed(response: Response) -> Response:
    encodings = [v for name, v in response.pairs if name.lower() == "content-encoding"]
    if not encodings or not response.body:
        return response
    try:
        response.body = decode(",".join(encodings), response.body)
    except EOFError:
        response.fail(failure.UNEXPECTED_EOF)
    except Undecodable as error:
        text = f"error decompressing response body ({error})"
        response.fail(Failure(text, _DECOMPRESSION))
    return response
