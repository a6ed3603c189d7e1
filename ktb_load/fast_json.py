"""The JSON that everything here reads and writes: orjson's own functions, or ``plain_json``'s where
there is no orjson.
"""

from __future__ import annotations

try:
    import orjson as _json
except ImportError:
    from ktb_load import plain_json as _json  # type: ignore[no-redef]

OPT_INDENT_2 = _json.OPT_INDENT_2
OPT_NON_STR_KEYS = _json.OPT_NON_STR_KEYS
JSONDecodeError = _json.JSONDecodeError
JSONEncodeError = _json.JSONEncodeError
dumps = _json.dumps
loads = _json.loads
