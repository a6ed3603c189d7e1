"""Names and times as back ends write them."""

import secrets
import time
from datetime import UTC, datetime

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def now_ms() -> int:
    return time.time_ns() // 1_000_000


def iso(epoch_ms: int) -> str:
    """``2025-12-11T00:45:10.994Z``."""
    moment = datetime.fromtimestamp(epoch_ms / 1000, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def hex_id() -> str:
    """An id as MongoDB makes them: 24 hexadecimal digits."""
    return secrets.token_hex(12)


def ulid() -> str:
    """48 bits of time and 80 of chance, in Crockford's base 32."""
    number = now_ms() << 80 | secrets.randbits(80)
    return "".join(_CROCKFORD[number >> shift & 31] for shift in range(125, -1, -5))
