"""Durations as k6 writes them ("1m30s", "250ms", "1d6h"; a bare number is ms) <-> seconds.

Mirrors Go's ``time.ParseDuration`` with k6's extra unit ``d`` (k6 1.8.1, ``lib/types``).
"""

import re

_UNIT_NS = {
    "ns": 1,
    "us": 1_000,
    "µs": 1_000,  # U+00B5, the micro sign
    "μs": 1_000,  # U+03BC, the Greek letter
    "ms": 1_000_000,
    "s": 1_000_000_000,
    "m": 60_000_000_000,
    "h": 3_600_000_000_000,
    "d": 86_400_000_000_000,
}
_PART = re.compile(r"(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h|d)")
_NUMBER = re.compile(r"\d+(?:\.\d*)?|\.\d+")


def parse_duration(value: object) -> float:
    """Seconds in a k6 duration: a string with units, or a number (or unitless string) of
    milliseconds.

    Raises:
        ValueError: not a duration; the message says what one looks like.
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value / 1000
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is not a duration, write for example '30s' or '1m30s'")
    text = value.strip()
    sign = -1 if text.startswith("-") else 1
    text = text.removeprefix("-").removeprefix("+")
    if _NUMBER.fullmatch(text):
        return sign * float(text) / 1000
    position, total_ns = 0, 0.0
    while part := _PART.match(text, position):
        total_ns += float(part[1]) * _UNIT_NS[part[2]]
        position = part.end()
    if position == 0 or position != len(text):
        raise ValueError(f"{value!r} is not a duration, write for example '30s' or '1m30s'")
    return sign * total_ns / 1e9


def format_duration(seconds: float) -> str:
    """A duration as k6 prints configured ones: "1m30s", "250ms", "0s"; whole units only, no "d"."""
    ns = round(seconds * 1e9)
    if ns == 0:
        return "0s"
    sign, ns = ("-", -ns) if ns < 0 else ("", ns)
    if ns < 1_000_000_000:
        unit = next(u for u in ("ms", "µs", "ns") if ns >= _UNIT_NS[u])
        return f"{sign}{ns / _UNIT_NS[unit]:.12g}{unit}"
    hours, ns = divmod(ns, _UNIT_NS["h"])
    minutes, ns = divmod(ns, _UNIT_NS["m"])
    text = f"{hours}h" if hours else ""
    if hours or minutes:
        text += f"{minutes}m"
    return f"{sign}{text}{ns / 1e9:.12g}s"
