"""Bytes of Prometheus remote write 1.0: the few protobuf messages of a request, before Snappy.

    WriteRequest { repeated TimeSeries timeseries = 1; }
    TimeSeries   { repeated Label labels = 1; repeated Sample samples = 2; }
    Label        { string name = 1; string value = 2; }
    Sample       { double value = 1; int64 timestamp = 2; }    timestamp: ms since 1970

Labels are sorted by name, as the specification asks, in the order of their bytes.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable

from ktb_load.metrics.tags import Tags

STALE = struct.pack("<Q", 0x7FF0000000000002)
"""The value that ends a series: a NaN of its own."""

_LENGTH_1, _LENGTH_2, _DOUBLE_1, _VARINT_2 = b"\x0a", b"\x12", b"\x09", b"\x10"


def double(value: float) -> bytes:
    """A value as it travels."""
    return struct.pack("<d", value)


def time_series(name: str, labels: Tags, value: bytes, epoch_ms: int) -> bytes:
    """One series with one sample, as part of a request."""
    named = {**dict(labels), "__name__": name}
    encoded = sorted((key.encode(), text.encode()) for key, text in named.items())
    pairs = (
        _LENGTH_1 + _sized(_LENGTH_1 + _sized(key) + _LENGTH_2 + _sized(text))
        for key, text in encoded
    )
    sample = _DOUBLE_1 + value + _VARINT_2 + _varint(epoch_ms)
    return _LENGTH_1 + _sized(b"".join(pairs) + _LENGTH_2 + _sized(sample))


def write_request(series: Iterable[bytes]) -> bytes:
    """A whole request."""
    return b"".join(series)


def _sized(content: bytes) -> bytes:
    return _varint(len(content)) + content


def _varint(number: int) -> bytes:
    groups = bytearray()
    while number > 0x7F:
        groups.append(number & 0x7F | 0x80)
        number >>= 7
    groups.append(number)
    return bytes(groups)
