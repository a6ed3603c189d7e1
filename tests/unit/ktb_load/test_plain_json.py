"""The standard library's JSON agrees with orjson's: on every value, and on what is refused."""

import math
from datetime import UTC, date, datetime, time
from enum import Enum
from types import MappingProxyType
from uuid import UUID

import orjson
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ktb_load import plain_json

KEYS = st.none() | st.booleans() | st.integers(-(2**66), 2**66) | st.text(st.characters(codec=None))
SCALARS = KEYS | st.floats()
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner) | st.dictionaries(KEYS, inner) | st.tuples(inner),
    max_leaves=8,
)
OPTIONS = (0, orjson.OPT_NON_STR_KEYS, orjson.OPT_INDENT_2)
REFUSED = "refused"


def written(module, value, **options):
    try:
        return module.dumps(value, **options)
    except module.JSONEncodeError:
        return REFUSED


def read(module, text):
    """With its type: 1 is not 1.0, and 0.0 is not -0.0."""
    try:
        return repr(module.loads(text))
    except module.JSONDecodeError:
        return REFUSED


def same_bytes(value):
    """Whether there is one way to write it: floats have several, keys may be there twice."""
    if isinstance(value, dict):
        return all(isinstance(k, str) and same_bytes(v) for k, v in value.items())
    if isinstance(value, list | tuple):
        return all(map(same_bytes, value))
    return not isinstance(value, float) or not math.isfinite(value)


@given(VALUES)
@example({True: 1, None: 2, 1.5: 3, math.nan: 4})
@example([2**64, -(2**63) - 1])
@example(['\x00\x7f/\u2028"\\\ud800'])
def test_same_values_are_written(value):
    for option in OPTIONS:
        theirs = written(orjson, value, option=option)
        ours = written(plain_json, value, option=option)
        if same_bytes(value):
            assert ours == theirs
        else:
            assert read(orjson, ours) == read(orjson, theirs)


class Colour(Enum):
    RED = "red"


@pytest.mark.parametrize(
    "value",
    [
        date(2024, 2, 29),
        datetime(2024, 2, 29, 1, 2, 3, 4),
        datetime(2024, 2, 29, tzinfo=UTC),
        time(1, 2),
        UUID(int=1),
        Colour.RED,
        b"bytes",
        {1, 2},
        MappingProxyType({}),
        object,
    ],
    ids=repr,
)
def test_same_types_are_written(value):
    for told in (value, [value], {value: 1} if value.__hash__ else {}):
        for option in OPTIONS[:2]:
            theirs = written(orjson, told, option=option)
            assert written(plain_json, told, option=option) == theirs
    assert written(plain_json, [value], default=str) == written(orjson, [value], default=str)


TEXTS = (
    st.from_regex(r"-?[0-9]{1,25}(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?", fullmatch=True)
    | st.text('[]{}",:\\uD80dc1e-+.0nultrsfaNI \t\n\ufeff\x0b')
    | VALUES.map(lambda value: written(orjson, value))
    | st.binary()
)


@given(TEXTS)
@example("NaN")
@example("[Infinity]")
@example("1e999")
@example("1" * 5000)
@example("-0")
@example("18446744073709551616")
@example('"\\ud83d\\ude00"')
@example('"\\ud83d"')
@example('"\ud83d"')
@example(b"\xef\xbb\xbf1")
@example(b"[\x001\x00]\x00")
@example(b'"\xed\xa0\x80"')
@example('{"a": 1, "a": 2}')
@example("[" * 100_000)
@example(None)
def test_same_texts_are_read(text):
    assert read(plain_json, text) == read(orjson, text)
    if isinstance(text, bytes):
        assert read(plain_json, memoryview(text)) == read(orjson, bytearray(text))
