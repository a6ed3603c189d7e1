"""STOMP 1.2 frames: bytes in, frames out, and the other way round. No sockets, no states.

https://stomp.github.io/stomp-specification-1.2.html
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

BEAT = b"\n"
_LARGEST_HEADERS = 16 * 1024
_LARGEST_BODY = 64 * 1024
_UNESCAPED = ("CONNECT", "CONNECTED")
"""They carry their headers as they are, for the sake of STOMP 1.0."""
_ESCAPES = {"\\": "\\\\", "\r": "\\r", "\n": "\\n", ":": "\\c"}
_PLAIN = {escape: plain for plain, escape in _ESCAPES.items()}
_SPECIAL = re.compile(r"[\\\r\n:]")
_ESCAPE = re.compile(r"\\.?", re.DOTALL)


class Malformed(Exception):
    """What came is no frame; says why."""


@dataclass(frozen=True)
class Frame:
    """One frame; of repeated headers, the first holds."""

    command: str
    headers: Mapping[str, str]
    body: bytes = b""


class FrameReader:
    """Takes what came in any pieces, and gives frames. Empty lines between them are heart-beats,
    which are passed over.
    """

    def __init__(self) -> None:
        self._data = b""
        self._head: tuple[str, dict[str, str]] | None = None

    def feed(self, data: bytes) -> list[Frame]:
        """
        Raises:
            Malformed: there is nothing to be made of it; the reader is of no more use.
        """
        self._data += data
        frames = []
        while (frame := self._next()) is not None:
            frames.append(frame)
        return frames

    def _next(self) -> Frame | None:
        if self._head is None:
            self._head = self._read_head()
        if self._head is None:
            return None
        command, headers = self._head
        body = self._read_body(headers.get("content-length"))
        if body is None:
            return None
        self._head = None
        return Frame(command, headers, body)

    def _read_head(self) -> tuple[str, dict[str, str]] | None:
        self._data = self._data.lstrip(b"\r\n")
        end = re.search(rb"\r?\n\r?\n", self._data)
        if len(self._data[: end.start()] if end else self._data) > _LARGEST_HEADERS:
            raise Malformed("the headers are too long")
        if end is None:
            if b"\0" in self._data:
                raise Malformed("a frame ends before its headers do")
            return None
        try:
            lines = self._data[: end.start()].decode().split("\n")
        except UnicodeDecodeError:
            raise Malformed("the headers are no UTF-8") from None
        self._data = self._data[end.end() :]
        command, *rest = (line.removesuffix("\r") for line in lines)
        headers: dict[str, str] = {}
        for line in rest:
            name, value = _header(command, line)
            headers.setdefault(name, value)
        return command, headers

    def _read_body(self, length: str | None) -> bytes | None:
        if length is None:
            size = self._data.find(b"\0")
        elif length.isascii() and length.isdigit():
            size = int(length)
        else:
            raise Malformed(f"content-length is no number: {length}")
        if size > _LARGEST_BODY or (size < 0 and len(self._data) > _LARGEST_BODY):
            raise Malformed("the body is too long")
        if size < 0 or len(self._data) <= size:
            return None
        if self._data[size]:
            raise Malformed("there is no NUL after the body")
        body, self._data = self._data[:size], self._data[size + 1 :]
        return body


def _header(command: str, line: str) -> tuple[str, str]:
    name, colon, value = line.partition(":")
    if not colon:
        raise Malformed(f"a header without a colon: {line}")
    if command in _UNESCAPED:
        return name, value
    return _ESCAPE.sub(_plain, name), _ESCAPE.sub(_plain, value)


def _plain(found: re.Match[str]) -> str:
    if found[0] not in _PLAIN:
        raise Malformed(f"an escape that is none: {found[0]}")
    return _PLAIN[found[0]]


def escape(text: str) -> str:
    """As names and values of headers are written."""
    return _SPECIAL.sub(lambda found: _ESCAPES[found[0]], text)


def encode(command: str, headers: Mapping[str, str], body: bytes = b"") -> bytes:
    """A whole frame; a body brings its ``content-length``."""
    lines = [command]
    written = {**headers, "content-length": str(len(body))} if body else headers
    for name, value in written.items():
        plain = command in _UNESCAPED
        lines.append(f"{name}:{value}" if plain else f"{escape(name)}:{escape(value)}")
    return "\n".join([*lines, "", ""]).encode() + body + b"\0"
