"""What the content of a message means, where the protocol leaves that to the application."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from ktb_load import fast_json


def json_of(text: str | bytes) -> Any:
    """The value of a JSON text.

    Raises:
        ValueError: it is none.
    """
    try:
        return fast_json.loads(text)
    except fast_json.JSONDecodeError:
        pass
    try:
        # JavaScript may split a surrogate pair in two escapes, which orjson refuses.
        return json.loads(
            str(text, "utf-8") if isinstance(text, bytes) else text, parse_constant=_refuse
        )
    except RecursionError:
        raise ValueError("JSON that is nested too deeply") from None


def value_of(text: str) -> Any:
    """The value of a JSON list or object; any other text as it is."""
    if text[:1] in ("{", "["):
        try:
            return json_of(text)
        except ValueError:
            pass
    return text


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")
