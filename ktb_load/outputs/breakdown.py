"""The metrics of each group and scenario, which the ``full`` summary shows (k6 1.8.1).

A sample counts for its scenario (unless that is called ``default``) and for its innermost group,
which belongs to the scenario. Samples of setup and teardown count for neither.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ktb_load.metrics.checks import SEPARATOR, Check
from ktb_load.metrics.metric import MetricSpec
from ktb_load.metrics.sinks import SINKS, RateSink, Sink
from ktb_load.metrics.store import Series, Store

_DEFAULT_SCENARIO = "default"
_STAGES = ("setup", "teardown")


@dataclass
class Part:
    """What one scenario or group collected; groups stand in order of first appearance."""

    sinks: dict[str, tuple[MetricSpec, Sink]] = field(default_factory=dict)
    checks: dict[str, Check] = field(default_factory=dict)
    groups: dict[str, Part] = field(default_factory=dict)

    def group(self, path: list[str]) -> Part:
        """The group at ``path``, made on first use."""
        part = self
        for name in path:
            part = part.groups.setdefault(name, Part())
        return part

    def attach(self, series: Series) -> None:
        """From now on take the samples of a series."""
        spec = series.metric
        _, sink = self.sinks.setdefault(spec.name, (spec, SINKS[spec.type]()))
        series.feed(sink)
        name = dict(series.tags).get("check")
        if spec.name == "checks" and name is not None:
            series.feed(_CheckCount(self.checks.setdefault(name, Check(name, name))))


class _CheckCount:
    """Counts the results of one check from its series."""

    def __init__(self, check: Check) -> None:
        self.add = check.add
        self._check = check

    def merge(self, sink: RateSink) -> None:
        self._check.add_counts(sink.passes, sink.count - sink.passes)


class Breakdown:
    """Collects from the moment it is made; ``root`` holds the groups outside of named scenarios."""

    def __init__(self, store: Store) -> None:
        self.root = Part()
        self.scenarios: dict[str, Part] = {}
        store.each_series(self._attach)

    def _attach(self, series: Series) -> None:
        tags = dict(series.tags)
        part, scenario = self.root, tags.get("scenario", _DEFAULT_SCENARIO)
        if scenario != _DEFAULT_SCENARIO:
            part = self.scenarios.setdefault(scenario, Part())
            part.attach(series)
        path = tags.get("group", "").removeprefix(SEPARATOR)
        if path and path not in _STAGES:
            part.group(path.split(SEPARATOR)).attach(series)
