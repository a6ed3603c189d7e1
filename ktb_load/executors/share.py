"""Which part of a test is this process's: VUs, iterations and arrivals are dealt like cards.

Mirrors k6 1.8.1 ``lib/execution_segment.go`` for equal segments (``0:1/N`` and so on): of a global
row of things, process ``index`` of ``count`` takes number ``index``, ``index + count``, ...
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Share:
    """One of ``count`` equal parts; ``index`` counts from 0."""

    index: int = 0
    count: int = 1

    def of(self, total: int) -> int:
        """How many of ``total`` things are ours. All shares together have all of them."""
        return max(0, (total - self.index + self.count - 1) // self.count)

    def number(self, nth: int) -> int:
        """The place in the global row of our ``nth`` thing; both count from 0."""
        return self.index + nth * self.count

    def among(self, total: int) -> "Share | None":
        """Our part of what only those processes do that have one of ``total`` things; None if we
        have none.
        """
        return Share(self.index, min(self.count, total)) if self.index < total else None


WHOLE = Share()
"""Everything is done by one process."""
