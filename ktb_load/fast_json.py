"""The JSON that everything here reads and writes: orjson's own functions, or ``plain_json``'s where
there is no orjson.
"""

from __future__ import annotations

try:
    from orjson import (
        OPT_INDENT_2,
        OPT_NON_STR_KEYS,
        JSONDecodeError,
        JSONEncodeError,
        dumps,
        loads,
    )
except ImportError:
    from ktb_load.plain_json import (  # type: ignore[assignment]
        OPT_INDENT_2,
        OPT_NON_STR_KEYS,
        JSONDecodeError,
        JSONEncodeError,
        dumps,
        loads,
    )

__all__ = [
    "OPT_INDENT_2",
    "OPT_NON_STR_KEYS",
    "JSONDecodeError",
    "JSONEncodeError",
    "dumps",
    "loads",
]
