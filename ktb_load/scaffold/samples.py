"""A schema -> a value that a request can send: an example, a default, what fits the type.

Nothing here is random: what has to differ from one call to the next is the business of
``session``.
"""

from __future__ import annotations

import math
import re
import warnings
from collections.abc import Sequence
from typing import Any

from ktb_load.scaffold.cursor import Cursor
from ktb_load.scaffold.naming import words
from ktb_load.scaffold.schema import Identity, Shape, shape_of
from ktb_load.scaffold.values import Array, Code, Literal, Object, Value, of_json

PASSWORD = "Passw0rd!"
UUID = Code("self.vu.random.uuid4()")
_MOST_ITEMS = 5
_DEEPEST = 8
_DEEPEST_OPTIONAL = 2
"""Documents of entities lead from each to all the others: what nobody requires stays out there."""
_PLACEHOLDERS = (None, "", "string")
"""Examples that tools write where nobody gave one."""

_BY_FORMAT = {
    "email": "user@example.com",
    "idn-email": "user@example.com",
    "date": "2025-01-31",
    "date-time": "2025-01-31T09:00:00Z",
    "time": "09:00:00Z",
    "duration": "PT1H",
    "uri": "https://example.com/",
    "url": "https://example.com/",
    "uri-reference": "/",
    "iri": "https://example.com/",
    "hostname": "example.com",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "byte": "aGVsbG8=",
    "password": PASSWORD,
    "json-pointer": "/a",
    "regex": ".*",
}
_BY_WORD = {
    "email": "user@example.com",
    "mail": "user@example.com",
    "password": PASSWORD,
    "passwd": PASSWORD,
    "pwd": PASSWORD,
    "pw": PASSWORD,
    "phone": "010-1234-5678",
    "mobile": "010-1234-5678",
    "tel": "010-1234-5678",
    "url": "https://example.com/",
    "uri": "https://example.com/",
    "link": "https://example.com/",
    "date": "2025-01-31",
    "birthday": "2000-01-31",
    "birthdate": "2000-01-31",
    "birth": "2000-01-31",
    "time": "09:00",
    "timestamp": "2025-01-31T09:00:00Z",
    "zip": "04524",
    "color": "#336699",
    "locale": "ko-KR",
    "language": "ko",
    "lang": "ko",
    "country": "KR",
    "currency": "KRW",
    "timezone": "Asia/Seoul",
    "content": "hello",
    "message": "hello",
    "text": "hello",
    "comment": "hello",
}
"""What a text is when only its name says something."""

_TRIED = (
    *("010-1234-5678", "01012345678", "+821012345678", "123456", "1234", "1", "000000", "04524"),
    *("2025-01-31", "20250131", "09:00", "2025-01-31T09:00:00Z", "2025-01-31 09:00:00"),
    *("a", "abc", "abcdef", "user1", "User1", "hello-world", "ABC", "ABC-123", "AB12", "#336699"),
    *("a@example.com", "https://example.com/", "192.0.2.1", "01ARZ3NDEKTSV4RRFFQ69G5FAV"),
    *("60d5ec49f1b2c8b9e8c4f2a1", "00000000-0000-4000-8000-000000000000", "KRW", "ko-KR", "Y"),
    *(PASSWORD, "Passw0rd!Passw0rd!", "가나다", "홍길동"),
)
"""What is tried against a ``pattern``: nothing here makes texts of one."""


def sample(schema: Cursor, name: str = "") -> Value:
    """What a request sends for a schema; ``name`` is the property that it is."""
    return _sample(schema, name, frozenset(), 0)


def _sample(schema: Cursor, name: str, seen: frozenset[Identity], depth: int) -> Value:
    if schema.identity in seen or depth > _DEEPEST:
        return Literal(None)
    shape = shape_of(schema, seen)
    given = _given(shape)
    if given is not None:
        return given
    inside = seen | shape.identities
    if shape.type == "object":
        return _object(shape, inside, depth)
    if shape.type == "array":
        return _array(shape, name, inside, depth)
    return _scalar(shape, name)


def is_certain(schema: Cursor) -> bool:
    """Whether a sample is a value that the document itself gives."""
    shape = shape_of(schema)
    dated = shape.fact("format") in ("date", "date-time", "time")
    return _given(shape) is not None or shape.type == "boolean" or dated


def _given(shape: Shape) -> Value | None:
    """A value that stands in the schema."""
    facts = shape.facts
    if "const" in facts:
        return _limited(of_json(facts["const"]), shape)
    several = facts.get("examples")
    first = several[0] if isinstance(several, list) and several else None
    choices = facts.get("enum")
    chosen = (
        next((c for c in choices if c is not None), None) if isinstance(choices, list) else None
    )
    for found in (facts.get("example"), first, facts.get("default"), chosen):
        if found in _PLACEHOLDERS or not _is_of(found, shape.type):
            continue
        return _limited(of_json(found), shape)
    return None


def _is_of(found: Any, kind: str) -> bool:
    """Whether an example is of its own type; the examples of many documents are not."""
    types: dict[str, Any] = {
        "object": dict,
        "array": list,
        "integer": int,
        "number": (int, float),
        "boolean": bool,
    }
    if kind in ("integer", "number") and isinstance(found, bool):
        return False
    if kind == "string":
        return not isinstance(found, dict | list | bool)
    return kind not in types or isinstance(found, types[kind])


def _object(shape: Shape, inside: frozenset[Identity], depth: int) -> Value:
    """Required properties, and others that the document gives values for; where it names no
    required ones, all of them.
    """
    items: dict[str, Value] = {}
    for name, one in shape.properties.items():
        if isinstance(one.value, dict) and one.value.get("readOnly") is True:
            continue
        wanted = name in shape.required
        own = shape_of(one, inside)
        if wanted and (one.identity in inside or not own.type) and _requires_itself(one):
            instead = f"take {name!r} out of `required`, or let it be null"
            one.fault(f"it requires itself, by way of {name!r}", instead)
        given = _given(own) is not None
        deep = own.type in ("object", "array") and depth >= _DEEPEST_OPTIONAL and not given
        if wanted or (own.type and not deep and (given or not shape.says_required)):
            items[name] = _sample(one, name, inside, depth + 1)
    return Object(items)


def _requires_itself(schema: Cursor) -> bool:
    """Whether no value of a schema can ever end."""
    passed: set[Identity] = set()
    pending = [] if _may_be_missing(schema) else [schema]
    while pending:
        shape = shape_of(pending.pop())
        if shape.is_choice:
            continue
        for name, one in shape.properties.items():
            if name in shape.required and not _may_be_missing(one) and one.identity not in passed:
                passed.add(one.identity)
                pending.append(one)
    return schema.identity in passed


def _may_be_missing(schema: Cursor) -> bool:
    """Whether null will do, or a request does not send it at all."""
    if not isinstance(schema.value, dict):
        return True
    said = schema.value.get("type")
    null = said == "null" or (isinstance(said, list) and "null" in said)
    return null or schema.value.get("nullable") is True or schema.value.get("readOnly") is True


def _array(shape: Shape, name: str, inside: frozenset[Identity], depth: int) -> Value:
    least, most = _number(shape, "minItems", 1), _number(shape, "maxItems", _MOST_ITEMS)
    if shape.items is None or shape.items.identity in inside:
        return Array(())
    count = int(min(max(least, 1), most, _MOST_ITEMS))
    return Array((_sample(shape.items, name, inside, depth + 1),) * max(count, 0))


def _scalar(shape: Shape, name: str) -> Value:
    if shape.type in ("integer", "number"):
        return Literal(_in_range(shape))
    if shape.type == "boolean":
        return Literal(True)
    if shape.type == "null":
        return Literal(None)
    if shape.fact("format") == "uuid":
        return UUID
    return _limited(Literal(_text(shape, name)), shape)


def _limited(literal: Value, shape: Shape) -> Value:
    """The same, knowing how much longer it may get."""
    if not isinstance(literal, Literal) or not isinstance(literal.value, str):
        return literal
    fixed = {"const", "enum", "pattern", "format"} & shape.facts.keys()
    spare = _number(shape, "maxLength", 255) - len(literal.value)
    return Literal(literal.value, 0 if fixed else max(0, int(spare)))


def _number(shape: Shape, fact: str, default: float) -> float:
    found = shape.fact(fact)
    if isinstance(found, bool) or not isinstance(found, int | float) or not math.isfinite(found):
        return default
    return found


def _in_range(shape: Shape) -> int | float:
    """The number nearest to 1 that is allowed."""
    whole = shape.type == "integer"
    step = _number(shape, "multipleOf", 1 if whole else 0)
    low, high = _number(shape, "minimum", -(10**15)), _number(shape, "maximum", 10**15)
    for fact, sign in (("exclusiveMinimum", 1), ("exclusiveMaximum", -1)):
        bound = shape.fact(fact)
        edge = {1: low, -1: high}[sign] if bound is True else bound  # 3.0 says true, 3.1 a number
        if isinstance(edge, int | float) and not isinstance(edge, bool) and math.isfinite(edge):
            inner = edge + sign * (step or 0.5)
            low, high = (max(low, inner), high) if sign > 0 else (low, min(high, inner))
    value = min(max(1, low), high)
    if step > 0:
        value = step * -(-value // step)
        value = value if value <= high else step * (high // step)
    return int(value) if whole or float(value).is_integer() else value


def _text(shape: Shape, name: str) -> str:
    said = str(shape.fact("format") or "")
    last = words(name)[-1:] or [""]
    guesses: Sequence[str | None] = (_BY_FORMAT.get(said), _BY_WORD.get(last[0]), *_spelled(name))
    best = next(guess for guess in guesses if guess)
    cut = _cut_to_fit(best, shape)
    return next((text for text in (best, cut, *_TRIED) if _fits(text, shape)), cut)


def _spelled(name: str) -> tuple[str, ...]:
    """The property's own words: a text that tells where it came from."""
    return (" ".join(words(name)), "text")


def _fits(text: str, shape: Shape) -> bool:
    pattern = shape.fact("pattern")
    try:
        with warnings.catch_warnings(action="ignore"):
            matches = not isinstance(pattern, str) or re.search(pattern, text) is not None
    except (re.error, OverflowError, RecursionError):  # JavaScript's own: \p{L} and the like
        matches = True
    return matches and _number(shape, "minLength", 0) <= len(text) <= _number(
        shape, "maxLength", 10**9
    )


def _cut_to_fit(text: str, shape: Shape) -> str:
    least, most = int(_number(shape, "minLength", 0)), int(_number(shape, "maxLength", 10**9))
    least = min(least, 10_000)
    return (text * (least // len(text) + 1))[: max(least, min(len(text), most))]
