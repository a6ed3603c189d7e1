"""What a request sends, before it is Python text: literals, texts with holes, objects, lists.

``Code`` is a Python expression that a writer puts in as it is; ``Variable`` is a name that a
document uses and that is not settled yet.
"""

from __future__ import annotations

import datetime
import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

_MOST = 2**63 - 1
"""JSON of ours has no larger integers."""


@dataclass(frozen=True)
class Literal:
    value: str | int | float | bool | None
    spare: int = field(default=20, compare=False)
    """How many characters may be added to a text."""


@dataclass(frozen=True)
class Code:
    text: str


@dataclass(frozen=True)
class Variable:
    name: str


@dataclass(frozen=True)
class Text:
    """A text with holes."""

    parts: tuple[str | Code | Variable, ...]


@dataclass(frozen=True)
class Object:
    items: Mapping[str, Value]


@dataclass(frozen=True)
class Array:
    items: tuple[Value, ...]


Value = Literal | Code | Variable | Text | Object | Array


def of_json(found: Any) -> Value:
    """A value as a document has it; dates of YAML become texts again."""
    if isinstance(found, Mapping):
        return Object({str(key): of_json(value) for key, value in found.items()})
    if isinstance(found, list | tuple):
        return Array(tuple(map(of_json, found)))
    if isinstance(found, datetime.date):
        return Literal(found.isoformat())
    if isinstance(found, int) and abs(found) > _MOST:
        return Literal(_MOST)
    if isinstance(found, float) and not math.isfinite(found):
        return Literal(None)
    plain = found is None or isinstance(found, str | int | float)
    return Literal(found if plain else str(found))


def settled(value: Value, meaning: Callable[[str], Value]) -> Value:
    """The value with every ``Variable`` replaced by what it means."""
    if isinstance(value, Variable):
        return meaning(value.name)
    if isinstance(value, Object):
        return Object({key: settled(one, meaning) for key, one in value.items.items()})
    if isinstance(value, Array):
        return Array(tuple(settled(one, meaning) for one in value.items))
    if isinstance(value, Text):
        return joined([settled(p, meaning) if isinstance(p, Variable) else p for p in value.parts])
    return value


def joined(parts: list[Any]) -> Value:
    """One text of many parts; a literal if nothing in it is open."""
    flat: list[str | Code | Variable] = []
    for part in parts:
        one = str(part.value) if isinstance(part, Literal) else part
        flat += one.parts if isinstance(one, Text) else [one]
    if all(isinstance(part, str) for part in flat):
        return Literal("".join(map(str, flat)))
    return flat[0] if len(flat) == 1 and not isinstance(flat[0], str) else Text(tuple(flat))


def plain(value: Value) -> Value:
    """A value as it stands in a URL or a form: texts and numbers only; of a list the first."""
    if isinstance(value, Array):
        return plain(value.items[0]) if value.items else Literal("")
    if isinstance(value, Object):
        return Literal(json.dumps(_as_json(value), ensure_ascii=False))
    if isinstance(value, Literal) and isinstance(value.value, bool):
        return Literal(str(value.value).lower())
    return Literal("") if value == Literal(None) else value


def _as_json(value: Value) -> object:
    """A value without holes as JSON; a hole is an empty text."""
    if isinstance(value, Object):
        return {key: _as_json(one) for key, one in value.items.items()}
    if isinstance(value, Array):
        return [_as_json(one) for one in value.items]
    if isinstance(value, Text):
        return "".join(part if isinstance(part, str) else "" for part in value.parts)
    return value.value if isinstance(value, Literal) else ""
