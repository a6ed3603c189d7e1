"""One HTTP/1.1 answer, read from a connection, and what a task sees of it.

Parsing is llhttp's, by way of geventhttpclient.
"""

from __future__ import annotations

import json as json_module
import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from time import perf_counter
from typing import Any, NamedTuple

import orjson
from geventhttpclient.response import HTTPParseError, HTTPResponse

from ktb_load.clients import failure
from ktb_load.clients.connection import Connection
from ktb_load.clients.failure import Failure, NetworkError
from ktb_load.clients.http_head import read_head

_DECOMPRESSION = 1701
_BAD_CHUNK = Failure("invalid byte in chunk length", failure.GENERIC)


@dataclass(slots=True)
class Marks:
    """When the phases of one round trip ended, in seconds; 0 where they were not reached."""

    blocked_ms: float = 0.0
    connecting_ms: float = 0.0
    tls_ms: float = 0.0
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

    def __init__(self, url: str, status: int = 0) -> None:
        self.url = url
        """Of the last hop."""
        self.status = status
        self.error = ""
        self.error_code = 1000 + status if status >= 400 else 0
        self.body = b""
        self.timings = Timings()
        self.proto = ""
        self.pairs: list[tuple[str, str]] = []
        """The headers as they came."""
        self.set_cookies: list[str] = []

    @cached_property
    def headers(self) -> Headers:
        return Headers(self.pairs)

    @property
    def text(self) -> str:
        """The body in the charset that its type names, else as UTF-8."""
        named = re.search(r"charset=\"?([\w-]+)", self.headers.get("Content-Type", ""))
        try:
            return self.body.decode(named[1] if named else "utf-8", "replace")
        except LookupError:
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
            return orjson.loads(self.body)
        except orjson.JSONDecodeError:
            pass
        try:
            # JavaScript may split a surrogate pair in two escapes, which orjson refuses.
            return json_module.loads(self.body)
        except (ValueError, RecursionError):
            return None

    def fail(self, reason: Failure) -> None:
        """Make it a failed one."""
        self.status, self.error, self.error_code = 0, reason.text, reason.code
        self.body, self.pairs, self.set_cookies = b"", [], []
        self.proto = ""


class Answer(NamedTuple):
    """What one round trip read."""

    response: Response
    keep_alive: bool


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
    return _parsed(Parser(method), data, connection, url, marks)


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
    return Answer(_decompressed(response) if head.encoded else response, keep_alive=True)


def _parsed(parser: Parser, data: bytes, connection: Connection, url: str, marks: Marks) -> Answer:
    """The answer that begins with ``data``, whatever it looks like."""
    while True:
        feed(parser, data)
        if parser.final:
            break
        if not data:
            raise NetworkError(failure.UNEXPECTED_EOF)
        data = connection.receive()
    marks.done = perf_counter()
    response = Response(url, parser.final)
    response.pairs = [(name, value) for name, value in parser.items()]
    response.set_cookies = [v for name, v in response.pairs if name.lower() == "set-cookie"]
    response.proto = f"HTTP/{parser.get_http_version().removeprefix('HTTP/')}"
    response.body = bytes(parser._body_buffer)
    return Answer(_decompressed(response), not parser.should_close())


class Parser(HTTPResponse):
    """Stops behind the final answer, where the original goes on with what follows."""

    final = 0
    """The status of the final answer, once it is whole."""

    def _on_message_begin(self) -> None:
        if self.final:
            self._trailing_data_dropped = True  # the connection is not used again
            raise HTTPParseError("nobody asked for another answer")
        super()._on_message_begin()

    def _on_message_complete(self) -> None:
        super()._on_message_complete()
        status = self.get_code()
        if status >= 200 or status == 101:
            self.final = status


def feed(parser: Parser, data: bytes) -> None:
    """Read on.

    Raises:
        NetworkError: that is no HTTP.
    """
    try:
        parser.feed(data)
    except HTTPParseError:
        if parser.final:
            parser._trailing_data_dropped = True
            return
        if not data:
            raise NetworkError(failure.UNEXPECTED_EOF) from None
        if parser.headers_complete and parser.get_code() >= 200:
            raise NetworkError(_BAD_CHUNK) from None
        line = data.split(b"\r\n", 1)[0][:40].decode("latin-1")
        reason = Failure(f'malformed HTTP response "{line}"', failure.GENERIC)
        raise NetworkError(reason) from None


def _decompressed(response: Response) -> Response:
    """Undo ``Content-Encoding``, the last one first; an unknown one is left as it is."""
    encodings = [v for name, v in response.pairs if name.lower() == "content-encoding"]
    if not encodings or not response.body:
        return response
    for encoding in reversed(",".join(encodings).split(",")):
        try:
            response.body = _decode(encoding.strip().lower(), response.body)
        except EOFError:
            response.fail(failure.UNEXPECTED_EOF)
            break
        except Exception as error:
            text = f"error decompressing response body ({error})"
            response.fail(Failure(text, _DECOMPRESSION))
            break
    return response


def _decode(encoding: str, body: bytes) -> bytes:
    """Raises EOFError for a body that is cut, and the library's own errors."""
    if encoding == "gzip":
        return _inflate(body, zlib.MAX_WBITS | 16)
    if encoding == "deflate":
        return _inflate(body, zlib.MAX_WBITS)
    if encoding == "br":
        import brotli  # noqa: PLC0415  # comes with geventhttpclient; rarely needed

        decoder = brotli.Decompressor()
        decoded = bytes(decoder.process(body))
        if not decoder.is_finished():
            raise EOFError
        return decoded
    return body


def _inflate(body: bytes, window_bits: int) -> bytes:
    parts = []
    while body:
        decoder = zlib.decompressobj(window_bits)
        parts.append(decoder.decompress(body))
        if not decoder.eof:
            raise EOFError
        body = decoder.unused_data if window_bits > zlib.MAX_WBITS else b""  # gzip has members
    return b"".join(parts)
