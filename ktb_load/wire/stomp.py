"""STOMP 1.2: frames to and from bytes, heart-beats, what a body means.

    COMMAND            EOL
    header:value       EOL     any number of them
                       EOL
    body NUL                   the body has no NUL, or a content-length

Specification: stomp-specification 1.2; its sections are named where they decide. Between frames may
be any number of EOLs: they are the heart-beats. Transactions and acknowledged subscriptions are
left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, Final

from ktb_load.wire.content import json_of, value_of

Message = str | bytes

VERSION = "1.2"
EOL = "\n"
MAX_FRAME_BYTES: Final = 64 * 1024 * 1024
_UNESCAPED = frozenset({"CONNECT", "CONNECTED"})
"""Their headers are written as in STOMP 1.0 ("Value Encoding")."""
_ESCAPES = {"\\": "\\\\", "\r": "\\r", "\n": "\\n", ":": "\\c"}
_MEANT = {escape: meant for meant, escape in _ESCAPES.items()}
_ESCAPE = re.compile(r"\\.?", re.DOTALL)
_MILLISECONDS = re.compile(r"[0-9]{1,15}")
_HEAD_END = re.compile(rb"\r?\n\r?\n")


class StompError(ValueError):
    """The other side sent what STOMP 1.2 does not allow."""


class Frame:
    """A frame that was received. Its headers are not looked at before somebody asks for them."""

    __slots__ = ("_head", "body", "command")

    def __init__(self, command: str, head: bytes, body: bytes) -> None:
        """
        Args:
            head: the header lines, each behind an EOL.
        """
        self.command = command
        self.body = body
        self._head = head

    @property
    def headers(self) -> dict[str, str]:
        """All of them; of those that are repeated, the first ("Repeated Header Entries").

        Raises:
            StompError: a line is no header.
        """
        meant = str if self.command in _UNESCAPED else _unescape
        headers: dict[str, str] = {}
        for line in _text(self._head).split("\n")[1:]:
            name, colon, value = line.removesuffix("\r").partition(":")
            if not colon:
                raise StompError(f"not a header: {line[:80]!r}")
            headers.setdefault(meant(name), meant(value))
        return headers

    def header(self, name: str) -> str:
        """One header without reading the others; empty if it is not there."""
        found = _raw_value(self._head, _needle(name))
        return _text(found) if b"\\" not in found else self.headers.get(name, "")

    @property
    def value(self) -> Any:
        """What the body means: the value of JSON where the type says so, or where a list or an
        object stands there (servers call those ``text/plain``, too); else text, else ``bytes``.
        """
        kind = self.header("content-type")
        if kind == "application/octet-stream":
            return self.body
        try:
            return json_of(self.body) if "json" in kind else value_of(self.body.decode())
        except UnicodeDecodeError:
            return self.body
        except ValueError:
            return self.body.decode()


def encode(command: str, headers: Mapping[str, str], body: Message = "") -> Message:
    """A frame as a WebSocket message of the body's kind. A body is announced by its length.

    Raises:
        ValueError: a header of CONNECT has a line break or, in its name, a colon.
    """
    lines = [command]
    for name, value in headers.items():
        if command in _UNESCAPED and ({"\r", "\n"} & set(name + value) or ":" in name):
            raise ValueError(f"the header {name!r} cannot be in a {command} frame")
        meant = str if command in _UNESCAPED else _escape
        lines.append(f"{meant(name)}:{meant(value)}")
    if body:
        length = len(body) if isinstance(body, bytes) or body.isascii() else len(body.encode())
        lines.append(f"content-length:{length}")
    head = "\n".join([*lines, "", ""])
    return f"{head}{body}\0" if isinstance(body, str) else head.encode() + body + b"\0"


class Reader:
    """Bytes in, frames out, however they are cut."""

    def __init__(self, max_frame_bytes: int = MAX_FRAME_BYTES) -> None:
        self._max = max_frame_bytes
        self._rest = bytearray()
        self._needed = 0

    def feed(self, data: bytes) -> Iterable[Frame]:
        """The frames that are whole now; heart-beats are none. Take all of them.

        Raises:
            StompError: what follows is no STOMP; nothing more can be read.
        """
        if not self._rest and (frame := _sole_message(data)) is not None:
            return (frame,)
        return self._frames(data)

    def _frames(self, data: bytes) -> Iterator[Frame]:
        if self._rest:
            self._rest += data
            if len(self._rest) < self._needed:
                return
            data = bytes(self._rest)
            self._rest.clear()
        at = _behind_heart_beats(data, 0)
        while (found := self._frame(data, at)) is not None:
            frame, end = found
            yield frame
            at = _behind_heart_beats(data, end)
        self._rest += data[at:]
        if len(self._rest) > self._max:
            raise StompError(f"a frame of over {self._max} bytes")

    def _frame(self, data: bytes, at: int) -> tuple[Frame, int] | None:
        """The frame that begins at ``at``, and where it ends; None while it is not whole."""
        self._needed = 0
        head_end = _HEAD_END.search(data, at)
        if head_end is None:
            return None
        command, eol, head = data[at : head_end.start()].partition(b"\n")
        start = head_end.end()
        announced = _raw_value(eol + head, _LENGTH)
        end = start + self._length(announced) if announced else data.find(b"\0", start)
        if end < start or end >= len(data):
            self._needed = end + 1 - at
            return None
        if data[end]:
            raise StompError(f"a body that is not {end - start} bytes long")
        frame = Frame(_text(command.removesuffix(b"\r")), eol + head, data[start:end])
        return frame, end + 1

    def _length(self, announced: bytes) -> int:
        if not announced.isdigit():
            raise StompError(f"not a content-length: {announced[:80].decode('latin-1')!r}")
        if len(announced) > 18 or int(announced) > self._max:
            raise StompError(f"a frame of over {self._max} bytes")
        return int(announced)


def silences(wanted: tuple[int, int], said: str) -> tuple[float, float]:
    """How often we have to send something, and how often something has to come, in seconds; 0:
    never ("Heart-beating").

    Args:
        wanted: what our CONNECT said, in milliseconds.
        said: the header ``heart-beat`` of CONNECTED.

    Raises:
        StompError: it is no heart-beat.
    """
    parts = [part.strip() for part in (said or "0,0").split(",")]
    if len(parts) != 2 or not all(_MILLISECONDS.fullmatch(part) for part in parts):
        raise StompError(f"not a heart-beat: {said[:80]!r}")
    (ours, theirs), (sends, takes) = wanted, map(int, parts)
    outgoing = max(ours, takes) if ours and takes else 0
    incoming = max(theirs, sends) if theirs and sends else 0
    return outgoing / 1000, incoming / 1000


def _sole_message(data: bytes) -> Frame | None:
    """The one frame of nearly every WebSocket message: a MESSAGE with plain line ends, whole, and
    nothing else; None for all that is not certainly that.
    """
    head_end, last = data.find(b"\n\n"), len(data) - 1
    if head_end < 0 or not data.startswith(b"MESSAGE\n") or data.find(b"\0", head_end) != last:
        return None
    head, body = data[7:head_end], data[head_end + 2 : last]
    if b"\r" in head or _raw_value(head, _LENGTH) not in (b"", b"%d" % len(body)):
        return None
    return Frame("MESSAGE", head, body)


def _behind_heart_beats(data: bytes, at: int) -> int:
    while data[at : at + 1] == b"\n" or data[at : at + 2] == b"\r\n":
        at = data.index(b"\n", at) + 1
    return at


@lru_cache
def _needle(name: str) -> bytes:
    """What stands in front of a header's value."""
    return f"\n{name}:".encode()


_LENGTH = _needle("content-length")


def _raw_value(head: bytes, needle: bytes) -> bytes:
    """The value behind the first ``needle``, as it stands there."""
    start = head.find(needle)
    if start < 0:
        return b""
    start += len(needle)
    end = head.find(b"\n", start)
    return head[start : end if end >= 0 else len(head)].removesuffix(b"\r")


def _text(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise StompError(f"a head that is no UTF-8: {data[:80].decode('latin-1')!r}") from None


def _escape(text: str) -> str:
    return "".join(_ESCAPES.get(character, character) for character in text)


def _unescape(text: str) -> str:
    if "\\" not in text:
        return text
    return _ESCAPE.sub(_meant, text)


def _meant(escape: re.Match[str]) -> str:
    if escape[0] not in _MEANT:
        raise StompError(f"an unknown escape: {escape[0]!r}")
    return _MEANT[escape[0]]
