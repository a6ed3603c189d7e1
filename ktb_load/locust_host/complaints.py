"""What went wrong in iterations, said a few times and then counted: a dead server fails
thousands.
"""

from __future__ import annotations

import logging
import re
from collections import Counter

logger = logging.getLogger(__name__)

_SAID_EACH = 5
_NUMBERS = re.compile(r"\d+")


class Complaints:
    """Logs the first few of each kind; two texts that differ in numbers only are of one kind."""

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()

    def warn(self, vu_id: int, error: Exception) -> None:
        """The system's fault, or the task's own ``fail()``: no traceback."""
        if self._may_be_said(str(error)):
            logger.warning("VU %d: %s", vu_id, error)

    def trace(self, vu_id: int, error: Exception) -> None:
        """The task's fault: with its traceback."""
        if self._may_be_said(f"{type(error).__name__}: {error}"):
            logger.error("VU %d: %s: %s", vu_id, type(error).__name__, error, exc_info=error)

    def sum_up(self) -> None:
        """Say how many more there were."""
        for kind, count in self._seen.items():
            if count > _SAID_EACH:
                logger.warning("%s (%d times in all)", kind, count)

    def _may_be_said(self, text: str) -> bool:
        kind = _NUMBERS.sub("N", text)
        self._seen[kind] += 1
        return self._seen[kind] <= _SAID_EACH
