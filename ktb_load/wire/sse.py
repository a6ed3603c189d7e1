"""Server-sent events: the lines of a ``text/event-stream`` into events.

Rules: WHATWG HTML, section 9.2.6 (interpreting an event stream). Lines end in LF, CR or CRLF, cut
anywhere; an event that no empty line follows is none.
"""

from __future__ import annotations

import codecs
import re
from typing import Final, NamedTuple

MESSAGE = "message"
"""The type of an event that names none."""
MAX_EVENT_CHARACTERS: Final = 64 * 1024 * 1024
_MILLISECONDS = re.compile(r"[0-9]{1,15}")
_LINE_END = re.compile(r"\r\n|\r|\n")


class SseError(ValueError):
    """The other side sends what is no event stream."""


class Event(NamedTuple):
    """One event."""

    type: str
    data: str
    last_id: str
    """What ``Last-Event-ID`` says after this event."""


class Reader:
    """Bytes in, events out: one stream, from its first byte."""

    def __init__(self, last_id: str = "", max_event_characters: int = MAX_EVENT_CHARACTERS) -> None:
        """
        Args:
            last_id: what the stream before this one ended with.
        """
        self._max = max_event_characters
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._begun = False
        self._after_cr = False
        self._rest: list[str] = []
        self._type = ""
        self._data: list[str] = []
        self._size = 0
        self._id = self.last_id = last_id
        """``last_id`` is what a new connection tells the server."""
        self.retry_ms: int | None = None
        """How long the server wants a new connection to wait; None until it says so."""

    def feed(self, data: bytes) -> list[Event]:
        """The events that are whole now.

        Raises:
            SseError: an event that is too long.
        """
        *lines, rest = self._lines(self._decode(data))
        if lines:
            lines[0] = "".join(self._rest) + lines[0]
            self._rest.clear()
        if rest:
            self._rest.append(rest)
        events: list[Event] = []
        for line in lines:
            if line:
                self._field(line)
            else:
                self._dispatch(events)
        if self._size + sum(map(len, self._rest)) > self._max:
            raise SseError(f"an event of over {self._max:,} characters")
        return events

    def _lines(self, text: str) -> list[str]:
        """Whole lines, and at last what is none yet."""
        if not text:
            return [""]
        if not self._begun:
            self._begun = True
            text = text.removeprefix("\ufeff")
        if self._after_cr:
            text = text.removeprefix("\n")  # the other half of a CRLF
        self._after_cr = text.endswith("\r")
        return _LINE_END.split(text)

    def _field(self, line: str) -> None:
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if name == "data":
            self._data.append(value)
            self._size += len(value)
        elif name == "event":
            self._type = value
        elif name == "id":
            if "\0" not in value:
                self._id = value
        elif name == "retry" and _MILLISECONDS.fullmatch(value):
            self.retry_ms = int(value)

    def _dispatch(self, events: list[Event]) -> None:
        self.last_id = self._id
        data = "\n".join(self._data)
        if self._data:
            events.append(Event(self._type or MESSAGE, data, self._id))
        self._type, self._size = "", 0
        self._data.clear()
