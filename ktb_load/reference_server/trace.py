"""What each client did, one JSON line a thing: the half of a comparison that the server saw.

Lines are in the order in which things ended; ``n`` counts in the order in which they came in.
"""

import asyncio
import itertools
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ktb_load import fast_json

_FLUSH_EVERY_S = 0.1
MARK_HEADER = "x-ktb-iteration"
"""``scenario/vu/iteration``, sent by the load generator; recorded as it came."""


@dataclass(frozen=True)
class Doing:
    """One thing that a client does; its time is that of its arrival."""

    n: int
    at: int
    client: str
    transport: str
    vu: str | None
    action: str


class Trace:
    """Collects lines, and writes them a few times a second and at the end."""

    def __init__(self, path: Path | None) -> None:
        self._file = path.open("wb") if path else None
        self._lines: list[bytes] = []
        self._numbers = itertools.count(1)
        self._timer: asyncio.TimerHandle | None = None

    @property
    def on(self) -> bool:
        return self._file is not None

    def arrived(self, transport: str, client: str, vu: str | None, action: str) -> Doing:
        at = time.time_ns() // 1_000_000
        return Doing(next(self._numbers), at, client, transport, vu, action)

    def write(self, doing: Doing, body: Any, status: int | str | None = None, **more: Any) -> None:
        if self._file is None:
            return
        line = {
            "at": doing.at,
            "client": doing.client,
            "transport": doing.transport,
            "vu": doing.vu,
            "action": doing.action,
            "body": body,
            "status": status,
            "n": doing.n,
            **more,
        }
        self._lines.append(fast_json.dumps(line, default=repr))
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(_FLUSH_EVERY_S, self._flush)

    def _flush(self) -> None:
        self._timer = None
        if self._file is not None and self._lines:
            self._file.write(b"\n".join(self._lines) + b"\n")
            self._file.flush()
            self._lines.clear()

    def close(self) -> None:
        self._flush()
        if self._file is not None:
            self._file.close()
            self._file = None
