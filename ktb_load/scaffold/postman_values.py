"""Texts of Postman with ``{{variables}}`` -> values; the variables that it makes up are ours."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from ktb_load.scaffold.cursor import Cursor
from ktb_load.scaffold.values import Array, Code, Literal, Object, Text, Value, Variable, joined

_VARIABLE = re.compile(r"\{\{\s*([^{}]+?)\s*\}\}")
_STRING_OR_COMMENT = re.compile(r'"(?:[^"\\]|\\.)*"|//[^\n]*|/\*.*?\*/', re.DOTALL)
_UUID, _TEXT = Code("self.vu.random.uuid4()"), Code("self.vu.random.text(8)")

_MADE_UP: Mapping[str, Value] = {
    "$guid": _UUID,
    "$randomUUID": _UUID,
    "$timestamp": Code("int(time())"),
    "$isoTimestamp": Literal("2025-01-31T09:00:00Z"),
    "$randomInt": Code("self.vu.random.integer(0, 1000)"),
    "$randomBoolean": Literal(True),
    "$randomEmail": Text((_TEXT, "@load.test")),
    "$randomExampleEmail": Text((_TEXT, "@load.test")),
    "$randomPassword": _TEXT,
    "$randomUserName": _TEXT,
    "$randomUrl": Literal("https://example.com/"),
    "$randomPhoneNumber": Literal("010-1234-5678"),
}
"""Postman's dynamic variables; the other ``$random`` ones are a text of eight characters."""


def value_of(text: str) -> Value:
    """A text with its variables."""
    parts: list[Value | str] = []
    end = 0
    for found in _VARIABLE.finditer(text):
        parts += [text[end : found.start()]] if found.start() > end else []
        parts.append(_named(found[1]))
        end = found.end()
    parts += [text[end:]] if end < len(text) or not parts else []
    if len(parts) == 1 and not isinstance(parts[0], str):
        return parts[0]
    return joined(parts)


def _named(name: str) -> Value:
    if name.startswith("$"):
        return _MADE_UP.get(name, _TEXT)
    return Variable(name)


def names_in(text: str) -> list[str]:
    """The variables of a text."""
    return _VARIABLE.findall(text)


def texts_of(cursor: Cursor) -> dict[str, str]:
    """Key and value pairs: a list of them in format 2.1, a mapping in 2.0."""
    if isinstance(cursor.value, list):
        pairs = [(one["key"].text(), one["value"]) for one in cursor.elements()]
    else:
        pairs = list(cursor.items())
    return {key: "" if value.value is None else str(value.value) for key, value in pairs}


def headers_of(cursor: Cursor) -> Iterator[tuple[str, str]]:
    """Names and values of the headers that are sent: of a list, or of one text with a line each."""
    if isinstance(cursor.value, str):
        for line in cursor.value.splitlines():
            if line.lstrip().startswith("//"):  # disabled
                continue
            name, colon, value = line.partition(":")
            if colon:
                yield name.strip(), value.strip()
            elif line.strip():
                cursor.fault(f"{line!r} is no header", "write `name: value`")
        return
    for one in cursor.mappings():
        if one["disabled"].value is not True:
            yield one["key"].text(), one["value"].text()


def json_of(text: str) -> Value | None:
    """A text that is JSON but for its variables and comments; None if it is something else."""

    def kept(found: re.Match[str]) -> str:
        return found[0] if found[0].startswith('"') else " "

    plain = _STRING_OR_COMMENT.sub(kept, text)
    try:
        return _deep(json.loads(_outside_of_strings(plain)))
    except (ValueError, RecursionError):
        return None


def _outside_of_strings(text: str) -> str:
    """Quotes around the variables that have none."""
    pieces = re.split(r'("(?:[^"\\]|\\.)*")', text)
    return "".join(
        piece if piece.startswith('"') else _VARIABLE.sub(r'"{{\1}}"', piece) for piece in pieces
    )


def bare_variables(text: str) -> list[str]:
    """Variables that stand in JSON without quotes: numbers."""
    pieces = re.split(r'("(?:[^"\\]|\\.)*")', text)
    return [name for piece in pieces if not piece.startswith('"') for name in names_in(piece)]


def _deep(found: Any) -> Value:
    if isinstance(found, dict):
        return Object({key: _deep(value) for key, value in found.items()})
    if isinstance(found, list):
        return Array(tuple(map(_deep, found)))
    return value_of(found) if isinstance(found, str) else Literal(found)
