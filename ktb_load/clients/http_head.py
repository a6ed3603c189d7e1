"""Heads of ordinary answers, read without a parser: HTTP/1.1, a final status, a body of known
length, a connection that stays open.

Servers say the same head again and again, so what was read is kept. Whatever is out of the
ordinary, or not written exactly as RFC 9112 wants it, is left to ``wire.http1``.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from ktb_load.wire.http1 import lines_of

_MOST_KEPT = 1024
_HEAD = re.compile(
    rb"HTTP/1\.1 ([2-5][0-9][0-9])(?: [\t\x20-\x7e\x80-\xff]*)?"
    rb"((?:\r\n[!#$%&'*+\-.^_`|~0-9A-Za-z]+:[\t\x20-\x7e\x80-\xff]*)*)"
)
_WITHOUT_BODY = frozenset({204, 304})
_CHUNK_SIZE = re.compile(rb"([0-9A-Fa-f]{1,7})\r\n")
_OF_CHUNKS = frozenset({"transfer-encoding", "trailer"})
_LAST_CHUNK = b"\r\n0\r\n\r\n"


class Head(NamedTuple):
    """What an ordinary head says."""

    status: int
    pairs: list[tuple[str, str]]
    """As in ``AnswerReader``; shared between answers, so nobody changes them."""
    set_cookies: list[str]
    encoded: bool
    """Whether there is a ``Content-Encoding`` to undo."""
    length: int
    """Of the body; -1: it comes in chunks."""

    def body(self, data: bytes, start: int) -> bytes | None:
        """The body, if it is exactly what ``data`` holds from ``start`` on; chunks only if there is
        one.
        """
        if self.length >= 0:
            return data[start:] if len(data) - start == self.length else None
        size = _CHUNK_SIZE.match(data, start)
        if size is None or not data.endswith(_LAST_CHUNK):
            return None
        begin, end = size.end(), len(data) - len(_LAST_CHUNK)
        return data[begin:end] if end - begin == int(size[1], 16) > 0 else None


@lru_cache(maxsize=_MOST_KEPT)
def read_head(head: bytes) -> Head | None:
    """The head of an answer, without the blank line behind it; None if it is no ordinary one."""
    matched = _HEAD.fullmatch(head)
    if matched is None or int(matched[1]) in _WITHOUT_BODY:
        return None
    pairs = []
    for line in lines_of(matched[2])[1:]:
        name, _, value = line.partition(":")
        pairs.append((name, value.strip(" \t")))
    told: dict[str, list[str]] = {}
    for name, value in pairs:
        told.setdefault(name.lower(), []).append(value)
    length = _length(told)
    if length is None or not _stays_open(told):
        return None
    cookies = told.get("set-cookie", [])
    if length < 0:
        pairs = [(name, value) for name, value in pairs if name.lower() not in _OF_CHUNKS]
    return Head(int(matched[1]), pairs, cookies, "content-encoding" in told, length)


def _length(told: dict[str, list[str]]) -> int | None:
    """What ``Head.length`` is; None where it takes a parser to say."""
    lengths = told.get("content-length", [])
    if "transfer-encoding" in told:
        return -1 if told["transfer-encoding"] == ["chunked"] and not lengths else None
    if len(lengths) != 1 or not re.fullmatch(r"[0-9]{1,15}", lengths[0]):
        return None
    return int(lengths[0])


def _stays_open(told: dict[str, list[str]]) -> bool:
    said = [value.lower() for value in told.get("connection", [])]
    return said in ([], ["keep-alive"]) and "upgrade" not in told
