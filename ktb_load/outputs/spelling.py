"""Numbers as k6 1.8.1 writes them: durations, bytes, shares, moments, JavaScript's plain numbers.

k6 writes its summary in JavaScript, so the last digit depends on how JavaScript rounds and prints.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from math import floor, fmod, isfinite, isnan, log, trunc
from types import MappingProxyType

from ktb_load.metrics.metric import Contains, MetricType

TIME_UNITS: Mapping[str, tuple[float, str]] = MappingProxyType(
    {"s": (0.001, "s"), "ms": (1, "ms"), "us": (1000, "µs")}
)
"""``summaryTimeUnit`` -> how many there are in a millisecond, and its sign."""

_BYTE_UNITS = ("B", "kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB")


def js_number(value: float) -> str:
    """JavaScript's ``String(value)``: the shortest digits that lead back to the value."""
    if isnan(value):
        return "NaN"
    if not isfinite(value):
        return "Infinity" if value > 0 else "-Infinity"
    if value == 0:
        return "0"
    sign, digit_tuple, exponent = Decimal(repr(float(value))).normalize().as_tuple()
    digits, point = "".join(map(str, digit_tuple)), len(digit_tuple) + int(exponent)
    return ("-" if sign else "") + _place_point(digits, point)


def _place_point(digits: str, point: int) -> str:
    """Digits with the decimal point behind the ``point``-th, or as a power of ten."""
    if len(digits) <= point <= 21:
        return digits + "0" * (point - len(digits))
    if 0 < point <= 21:
        return f"{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return "0." + "0" * -point + digits
    fraction = f".{digits[1:]}" if len(digits) > 1 else ""
    return f"{digits[0]}{fraction}e{point - 1:+d}"


def to_fixed(value: float, places: int) -> str:
    """JavaScript's ``value.toFixed(places)``: of the exact binary value, ties away from zero."""
    if not isfinite(value) or abs(value) >= 1e21:
        return js_number(value)
    return str(Decimal(value).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP))


def rounded(value: float, places: int) -> str:
    """Rounded to ``places``, without zeros at the end."""
    return js_number(float(to_fixed(value, places)) if isfinite(value) else value)


def truncated(value: float, places: int) -> str:
    """Cut to ``places``, without zeros at the end."""
    power = 10.0**places
    return rounded(trunc(power * value) / power, places)


def duration(ms: float, time_unit: str = "") -> str:
    """Milliseconds, in a fixed unit with two decimals or in the unit that suits, then truncated."""
    if time_unit in TIME_UNITS:
        factor, sign = TIME_UNITS[time_unit]
        return to_fixed(ms * factor, 2) + sign
    if ms == 0:
        return "0s"
    if ms < 0.001:
        return f"{trunc(ms * 1_000_000)}ns"
    if ms < 1:
        return truncated(ms * 1000, 2) + "µs"
    if ms < 1000:
        return truncated(ms, 2) + "ms"
    return _long_duration(ms)


def _long_duration(ms: float) -> str:
    seconds = truncated(fmod(ms, 60_000) / 1000, 0 if ms > 60_000 else 2) + "s"
    hours, minutes = divmod(trunc(ms / 60_000), 60)
    if hours:
        return f"{hours}h{minutes}m{seconds}"
    return f"{minutes}m{seconds}" if minutes else seconds


def data_size(size: float) -> str:
    """Bytes, in powers of 1000."""
    if size < 10:
        return js_number(size) + " B"
    power = floor(log(size) / log(1000))
    scaled = floor(size / 1000.0**power * 10 + 0.5) / 10
    return f"{to_fixed(scaled, 1 if scaled < 10 else 0)} {_BYTE_UNITS[power]}"


def percentage(share: float) -> str:
    """A share from 0 to 1, truncated to two decimals of a percent."""
    return to_fixed(trunc(share * 100 * 100) / 100, 2) + "%"


def value(amount: float, type_: MetricType, contains: Contains, time_unit: str = "") -> str:
    """One value of a metric."""
    if type_ is MetricType.RATE:
        return percentage(amount)
    if contains is Contains.DATA:
        return data_size(amount)
    if contains is Contains.TIME:
        return duration(amount, time_unit)
    return rounded(amount, 6)


def rfc3339(epoch_s: float) -> str:
    """A moment as Go writes it: UTC, microseconds without zeros at the end."""
    second, micros = divmod(floor(epoch_s * 1_000_000 + 0.5), 1_000_000)
    return f"{_second(second)}.{micros:06d}".rstrip("0").rstrip(".") + "Z"


@lru_cache(maxsize=16)
def _second(second: int) -> str:
    return f"{datetime.fromtimestamp(second, UTC):%Y-%m-%dT%H:%M:%S}"
