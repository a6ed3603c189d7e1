"""What we use of orjson, by the standard library alone: the same values, refused in the same cases.
``fast_json`` takes it where orjson cannot be installed.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from enum import Enum
from json import JSONDecodeError
from typing import Any, NoReturn
from uuid import UUID

__all__ = [
    "OPT_INDENT_2",
    "OPT_NON_STR_KEYS",
    "JSONDecodeError",
    "JSONEncodeError",
    "dumps",
    "loads",
]

OPT_INDENT_2 = 1
OPT_NON_STR_KEYS = 4
JSONEncodeError = TypeError

_INTEGERS = range(-(2**63), 2**64)
_MOST_DIGITS = 20
_SPELLED: Mapping[type, Callable[[Any], str]] = {
    date: date.isoformat,
    datetime: datetime.isoformat,
    time: time.isoformat,
    UUID: str,
}


def dumps(
    value: Any, /, default: Callable[[Any], Any] | None = None, option: int | None = None
) -> bytes:
    """``value`` as JSON in UTF-8, without spaces.

    Raises:
        TypeError: it holds something that JSON has not, or half of a surrogate pair.
    """
    options = option or 0
    indented = bool(options & OPT_INDENT_2)
    try:
        plain = _plain(value, default, bool(options & OPT_NON_STR_KEYS))
        separators = None if indented else (",", ":")
        indent = 2 if indented else None
        text = json.dumps(plain, ensure_ascii=False, separators=separators, indent=indent)
        return text.encode()
    except (RecursionError, UnicodeEncodeError) as error:
        raise TypeError(str(error)) from None


def loads(text: bytes | bytearray | memoryview | str, /) -> Any:
    """The value of a JSON text.

    Raises:
        JSONDecodeError: it is none.
    """
    try:
        said = text if isinstance(text, str) else str(text, "utf-8")
        said.encode()  # half of a surrogate pair is refused, here as it is and below as \uXXXX
        value = _DECODER.decode(said)
        if "\\u" in said:
            json.dumps(value, ensure_ascii=False).encode()
    except JSONDecodeError:
        raise
    except (ValueError, TypeError, RecursionError) as error:
        raise JSONDecodeError(str(error), "", 0) from None
    return value


def _plain(value: Any, default: Callable[[Any], Any] | None, any_keys: bool) -> Any:
    """``value``, made of nothing but what ``json`` writes as orjson does."""
    if isinstance(value, Enum):
        value = value.value
    if value is None or isinstance(value, str | int | float):
        return _scalar(value)
    if isinstance(value, list) or type(value) is tuple:
        return [_plain(item, default, any_keys) for item in value]
    if isinstance(value, dict):
        return {_key(k, any_keys): _plain(v, default, any_keys) for k, v in value.items()}
    if type(value) in _SPELLED:
        return _SPELLED[type(value)](value)
    if is_dataclass(value) and not isinstance(value, type):
        shown = {f.name: getattr(value, f.name) for f in fields(value) if f.name[0] != "_"}
    elif default is None:
        raise TypeError(f"Type is not JSON serializable: {type(value).__name__}")
    else:
        shown = default(value)
    return _plain(shown, default, any_keys)


def _scalar(value: str | float | None) -> str | float | None:
    if isinstance(value, int) and value not in _INTEGERS:
        raise TypeError("Integer exceeds 64-bit range")
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _key(key: Any, any_keys: bool) -> str:
    if type(key) is str:
        return key
    if not any_keys:
        raise TypeError("Dict key must be str")
    plain = _plain(key, None, False)
    if isinstance(plain, list | dict):
        raise TypeError(f"a key of type {type(key).__name__}")
    return plain if isinstance(plain, str) else json.dumps(plain)


def _read_integer(digits: str) -> int | float:
    """One of more than 64 bits is read as JavaScript would."""
    if len(digits) <= _MOST_DIGITS and (value := int(digits)) in _INTEGERS:
        return value
    return _read_float(digits)


def _read_float(text: str) -> float:
    value = float(text)
    if math.isinf(value):
        raise ValueError(f"{text[:_MOST_DIGITS]} is too large")
    return value


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


_DECODER = json.JSONDecoder(
    parse_int=_read_integer, parse_float=_read_float, parse_constant=_refuse
)
