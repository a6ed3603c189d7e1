"""HTTP/1 answers (RFC 9112): bytes in, one answer out.

k6 stands on Go's ``net/http``, so what that reads is read here and what it refuses is refused: a
server that bends the rules fails the same requests on both sides. Taken although the grammar has
none of it: any version ``HTTP/d.d``, lines of a head that end in LF alone, folded headers, names
with blanks in them, a length beside chunks (which win), a length said twice. Refused although
others take it: any transfer coding but ``chunked``, and that twice.

    status line ─▶ headers ──▶ body of a known length ──────────▶ whole
        ▲            │ └─────▶ chunk size ⇄ chunk, then trailer ─▶ whole
        └─── 1xx ────┘ └─────▶ until the connection ends ───────▶ whole
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

MAX_HEAD_BYTES: Final = 10 << 20
"""Of all heads of one answer together (Go: ``http.Transport.MaxResponseHeaderBytes``)."""
_MAX_CHUNK_LINE_BYTES = 4096
_MAX_TRAILER_BYTES = 4096
_MAX_EXCESS_BYTES = 16_384
"""Of what comes beside the data of chunks, beyond 16 bytes for each and twice its data (Go:
``chunkedReader.excess``)."""
_VERSION = re.compile(r"HTTP/([0-9])\.([0-9])")
_STATUS = re.compile(r"[1-9][0-9]{2}")
TOKEN: Final = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
"""RFC 9110, section 5.6.2: what methods and the names of headers and cookies are made of."""
_NAME = re.compile(rb"[!#$%&'*+\-.^_`|~0-9A-Za-z ]+")
_VALUE = re.compile(rb"[\t\x20-\x7e\x80-\xff]*")
_PLAIN_HEADERS = re.compile(rb"((?:[!#$%&'*+\-.^_`|~0-9A-Za-z]+:[\t\x20-\x7e\x80-\xff]*\r\n)*)\r\n")
_LENGTH = re.compile(r"0*[0-9]{1,18}")
_CHUNK_SIZE = re.compile(rb"([0-9A-Fa-f]+)(?:;.*|[ \t]*)")
_PLAIN_SIZE = re.compile(rb"([1-9A-Fa-f][0-9A-Fa-f]{0,7})\r\n")
_WITHOUT_BODY = frozenset({101, 204, 304})


class Malformed(ValueError):
    """What came is no HTTP answer."""


class Truncated(ValueError):
    """The connection ended in the middle of an answer."""


class AnswerReader:
    """Reads one final answer to one request."""

    def __init__(self, method: str) -> None:
        self.status = 0
        self.reason = ""
        self.version = ""
        """``HTTP/1.1``."""
        self.pairs: list[tuple[str, str]] = []
        """The headers as they came, without those that only say how the body travels."""
        self.body = b""
        self.keep_alive = False
        """Whether another request may follow on the connection."""
        self.whole = False
        self.in_body = False
        """Whether the head is whole and the body has begun."""
        self._is_head = method == "HEAD"
        self._buffer = bytearray()
        self._searched = 0
        self._left = MAX_HEAD_BYTES
        self._too_long = f"server response headers exceeded {MAX_HEAD_BYTES} bytes; aborted"
        self._ended_in_cr = True
        self._fields: list[tuple[str, str]] = []
        self._raw: list[tuple[bytes, bytes]] = []
        self._chunks = bytearray()
        self._excess = 0
        self._size = 0
        self._step: Callable[[], bool] = self._status_line

    def feed(self, data: bytes) -> bool:
        """Take what came; whether the answer is whole now.

        Raises:
            Malformed: it is none.
        """
        self._buffer += data
        while not self.whole and self._step():
            pass
        return self.whole

    def end(self) -> None:
        """The connection has ended.

        Raises:
            Truncated: too early.
        """
        if self._step == self._until_the_end:
            self._finish(bytes(self._buffer))
            self._buffer.clear()
        elif not self.whole:
            raise Truncated("unexpected EOF")

    def take(self) -> bytes:
        """What has come of the body since it was asked last, which is not kept; for answers that
        go on and on.
        """
        if self.whole:
            taken, self.body = self.body, b""
            return taken
        taken = bytes(self._chunks)
        self._chunks.clear()
        if self._step in (self._chunk, self._known_length):
            part = bytes(self._buffer[: self._size])
            self._size -= len(part)
        else:
            part = bytes(self._buffer) if self._step == self._until_the_end else b""
        self._drop(len(part))
        return taken + part

    @property
    def begun(self) -> bool:
        """Whether anything came."""
        return bool(self.version or self._buffer)

    @property
    def rest(self) -> bytes:
        """What came behind the answer."""
        return bytes(self._buffer)

    # Steps: each takes one thing out of the buffer, or says False where there is too little.

    def _status_line(self) -> bool:
        line = self._line()
        if line is None:
            return False
        text = text_of(line)
        self.version, blank, said = text.partition(" ")
        if not blank:
            raise Malformed(f'malformed HTTP response "{text[:40]}"')
        self.reason = said.lstrip(" ")
        code = self.reason.partition(" ")[0]
        if not _STATUS.fullmatch(code):
            raise Malformed(f'malformed HTTP status code "{code[:40]}"')
        if not _VERSION.fullmatch(self.version):
            raise Malformed(f'malformed HTTP version "{self.version[:40]}"')
        self.status = int(code)
        self._fields, self._raw = [], []
        self._step = self._plain_headers
        return True

    def _plain_headers(self) -> bool:
        """All of them, if they are here and there is nothing odd about them."""
        plain = _PLAIN_HEADERS.match(self._buffer)
        if plain is None:
            self._step = self._header
            return True
        for line in lines_of(plain[1])[:-1]:
            name, _, value = line.partition(":")
            self._fields.append((name, value.strip(" \t")))
        self._drop_of_head(plain.end())
        self._end_of_head()
        return True

    def _header(self) -> bool:
        line = self._line()
        if line is None:
            return False
        if line:
            self._add_header(line)
        else:
            self._fields = [(name.decode(), text_of(value)) for name, value in self._raw]
            self._end_of_head()
        return True

    def _known_length(self) -> bool:
        if len(self._buffer) < self._size:
            return False
        body = bytes(self._buffer[: self._size])
        del self._buffer[: self._size]
        self._finish(body)
        return True

    def _until_the_end(self) -> bool:
        return False

    def _plain_chunks(self) -> bool:
        """Those that are here whole and say nothing but their size."""
        at = 0
        with memoryview(self._buffer) as view:
            while plain := _PLAIN_SIZE.match(self._buffer, at):
                begin = plain.end()
                end = begin + int(plain[1], 16)
                if self._buffer[end : end + 2] != b"\r\n":
                    break
                self._chunks += view[begin:end]
                at = end + 2
        self._drop(at)
        self._step = self._chunk_size
        return True

    def _chunk_size(self) -> bool:
        end = self._buffer.find(b"\n", self._searched)
        if end < 0 and len(self._buffer) < _MAX_CHUNK_LINE_BYTES:
            self._searched = len(self._buffer)
            return False
        if end < 0 or end >= _MAX_CHUNK_LINE_BYTES:
            raise Malformed("chunk line too long")
        line = bytes(self._buffer[: end + 1])
        self._drop(end + 1)
        said = _CHUNK_SIZE.fullmatch(line[:-2])
        if not line.endswith(b"\r\n") or b"\r" in line[:-2] or not said:
            raise Malformed("invalid byte in chunk length")
        if len(said[1]) > 16:
            raise Malformed("http chunk length too large")
        self._size = int(said[1], 16)
        self._excess = max(0, self._excess + len(line) + 2 - 16 - 2 * self._size)
        if self._excess > _MAX_EXCESS_BYTES:
            raise Malformed("chunked encoding contains too much non-data")
        self._raw, self._left = [], _MAX_TRAILER_BYTES
        self._too_long = "http: suspiciously long trailer after chunked body"
        self._step = self._chunk if self._size else self._trailer
        return True

    def _chunk(self) -> bool:
        end = self._size + 2
        if len(self._buffer) < end:
            return False
        if self._buffer[self._size : end] != b"\r\n":
            raise Malformed("malformed chunked encoding")
        self._chunks += self._buffer[: self._size]
        self._drop(end)
        self._step = self._plain_chunks
        return True

    def _trailer(self) -> bool:
        line = self._line()
        if line is None:
            return False
        if line:
            self._add_header(line)
        elif not self._ended_in_cr:
            raise Malformed("malformed chunked encoding")
        else:
            self._finish(bytes(self._chunks))
        return True

    # Parts.

    def _line(self) -> bytes | None:
        end = self._buffer.find(b"\n", self._searched)
        if end < 0:
            self._searched = len(self._buffer)
            self._check_size(self._searched)
            return None
        line = bytes(self._buffer[:end])
        self._drop_of_head(end + 1)
        self._ended_in_cr = line.endswith(b"\r")
        return line.removesuffix(b"\r")

    def _drop_of_head(self, size: int) -> None:
        self._check_size(size)
        self._left -= size
        self._drop(size)

    def _check_size(self, size: int) -> None:
        if size > self._left:
            raise Malformed(self._too_long)

    def _drop(self, size: int) -> None:
        del self._buffer[:size]
        self._searched = 0

    def _add_header(self, line: bytes) -> None:
        name, colon, value = line.partition(b":")
        blank = line[:1] in (b" ", b"\t")
        if blank and self._raw:  # folded
            name, before = self._raw.pop()
            value = before + b" " + line.strip(b" \t")
        elif blank or not colon or not _NAME.fullmatch(name):
            raise Malformed(f'malformed MIME header line: "{text_of(line)[:40]}"')
        if not _VALUE.fullmatch(value):
            raise Malformed(f'malformed MIME header line: "{text_of(line)[:40]}"')
        self._raw.append((name, value.strip(b" \t")))

    def _end_of_head(self) -> None:
        if 100 <= self.status < 200 and self.status != 101:
            self._step = self._status_line
        else:
            self._begin_body()

    def _begin_body(self) -> None:
        chunked, length = self._framing()
        self.in_body = True
        self.keep_alive = self._stays_open()
        hidden = {"transfer-encoding"} | ({"trailer", "content-length"} if chunked else set())
        self.pairs = [pair for pair in self._fields if pair[0].lower() not in hidden]
        lengths = [n for n, pair in enumerate(self.pairs) if pair[0].lower() == "content-length"]
        for said_again in reversed(lengths[1:]):
            del self.pairs[said_again]
        if self._is_head or self.status in _WITHOUT_BODY:
            self._finish(b"")
        elif chunked:
            self._step = self._plain_chunks
        elif length is not None:
            self._size, self._step = length, self._known_length
        else:
            self.keep_alive, self._step = False, self._until_the_end

    def _framing(self) -> tuple[bool, int | None]:
        """Whether the body is chunked, and its length if there is one (RFC 9112 section 6)."""
        codings, lengths = self._all("transfer-encoding"), set(self._all("content-length"))
        if self.version < "HTTP/1.1":
            codings = []
        if len(codings) > 1:
            raise Malformed(f"too many transfer encodings: {', '.join(codings)}")
        if codings and codings[0].lower() != "chunked":
            raise Malformed(f'unsupported transfer encoding: "{codings[0]}"')
        if len(lengths) > 1:
            raise Malformed(f"several Content-Length headers: {', '.join(sorted(lengths))}")
        if not lengths:
            return bool(codings), None
        length = lengths.pop()
        if not _LENGTH.fullmatch(length):
            raise Malformed(f'bad Content-Length "{length[:40]}"')
        return bool(codings), int(length)

    def _stays_open(self) -> bool:
        said = ",".join(self._all("connection")).lower().split(",")
        tokens = {token.strip(" \t") for token in said}
        if self.version < "HTTP/1.0" or "close" in tokens:
            return False
        return self.version != "HTTP/1.0" or "keep-alive" in tokens

    def _all(self, name: str) -> list[str]:
        return [value for key, value in self._fields if key.lower() == name]

    def _finish(self, body: bytes) -> None:
        self.body = body
        self.whole = True


def text_of(raw: bytes) -> str:
    """A header as text: UTF-8, as servers write it today, else as RFC 9110 section 5.5 has it."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def lines_of(head: bytes) -> list[str]:
    """Headers as text, line by line."""
    try:
        return head.decode().split("\r\n")
    except UnicodeDecodeError:
        return [text_of(line) for line in head.split(b"\r\n")]
