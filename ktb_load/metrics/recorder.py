"""What one VU emits through: its tags now, and a switch that drops what follows an interruption."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from ktb_load.metrics.store import Series, Store
from ktb_load.metrics.tags import NO_TAGS, Tags, with_tags


class Exchange(NamedTuple):
    """One request or correlated socket exchange, as Locust's statistics want it."""

    kind: str
    """``GET``, ``SIO``, ..."""
    name: str
    ms: float
    body_bytes: int
    error: Exception | None = None


class Recorder:
    """One per VU."""

    __slots__ = (
        "_checked_here",
        "_here",
        "_tags",
        "bundles",
        "data_received",
        "data_sent",
        "enabled",
        "on_exchange",
        "store",
    )

    def __init__(self, store: Store, tags: Tags = NO_TAGS) -> None:
        self.store = store
        self.enabled = True
        """False after an interruption: ``add`` drops samples. A kept ``Series`` does not ask."""
        self.data_sent = 0
        self.data_received = 0
        self.on_exchange: Callable[[Exchange], None] | None = None
        self.tags = tags

    @property
    def tags(self) -> Tags:
        """The VU's tags now: scenario, group and its own."""
        return self._tags

    @tags.setter
    def tags(self, tags: Tags) -> None:
        self._tags = tags
        self._here = self.store.series_with(tags)
        self.bundles = self.store.bundles_with(tags)
        """See ``Store.bundles_with``; for the tags of now."""
        self._checked_here = self.store.checks_with(tags)

    def add(self, metric: str, value: float, extra: Mapping[str, str] | None = None) -> None:
        """Take one sample with the VU's tags and ``extra``."""
        if self.enabled:
            self.series(metric, extra).add(value)

    def series(self, metric: str, extra: Mapping[str, str] | None = None) -> Series:
        """The series with the tags of now and ``extra``; later changes of tags do not reach it."""
        if extra:
            return self.store.series(metric, with_tags(self._tags, extra))
        return self._here.get(metric) or self.store.series(metric, self._tags)

    def check(
        self, group: str, name: str, passed: bool, extra: Mapping[str, str] | None = None
    ) -> None:
        """Take one result of a check, with the VU's tags and ``extra``.

        Raises:
            ValueError: the name holds ``::``.
        """
        if not self.enabled:
            return
        if extra:
            self.store.check(group, name, passed, with_tags(self._tags, extra))
        else:
            self.store.checked(self._checked_here, group, name, passed, self._tags)

    def flush_data(self) -> None:
        """Emit the bytes of an iteration, interrupted or not, and start at zero again."""
        self.series("data_sent").add(self.data_sent)
        self.series("data_received").add(self.data_received)
        self.data_sent = self.data_received = 0
