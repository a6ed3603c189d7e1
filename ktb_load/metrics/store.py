"""All samples of one run: series, the sinks that they feed, and who listens.

    series(metric, tags).add(value) ──▶ the metric's sink
                                    ──▶ the sink of every watched submetric that matches
                                    ──▶ the listeners (outputs), with a time stamp

A series knows its sinks, so a sample costs no look-up. ``watch`` and ``subscribe`` reach the series
that exist already, but not the samples that came before.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Protocol

from ktb_load.clock import Clock
from ktb_load.metrics.checks import Check, CheckTree
from ktb_load.metrics.known import KNOWN
from ktb_load.metrics.metric import MetricSpec, agree, check_name
from ktb_load.metrics.selector import Selector, parse_selector, selector_name
from ktb_load.metrics.sinks import SINKS, Sink
from ktb_load.metrics.tags import Tags, tag_set, with_tags

Listener = Callable[[str, float, Tags, float], None]
"""Called with metric, value, tags, seconds since 1970."""


class Taker(Protocol):
    """Where the values of a series go: sinks, and what works like one."""

    def add(self, value: float, /) -> None: ...
    def merge(self, sink: Any, /) -> None: ...


ALWAYS_WATCHED = "http_req_duration{expected_response:true}"
"""k6 shows it in every summary."""


class Series:
    """One metric with one set of tags. Callers that send many samples keep it."""

    __slots__ = ("_takers", "add", "metric", "tags")

    add: Callable[[float], None]
    """Take one sample. Where there is one taker it is the taker's own ``add``; so look it up for
    every sample, another taker may have come."""

    def __init__(self, metric: MetricSpec, tags: Tags) -> None:
        self.metric = metric
        self.tags = tags
        self._takers: list[Taker] = []
        self.add = self._add_to_all

    def _add_to_all(self, value: float) -> None:
        for taker in self._takers:
            taker.add(value)

    def feed(self, taker: Taker) -> None:
        """From now on hand every value to ``taker`` as well."""
        self._takers.append(taker)
        self.add = taker.add if len(self._takers) == 1 else self._add_to_all

    def merge(self, sink: Any) -> None:
        """Take in what the same series has collected in another process; ``sink`` is of the
        metric's kind.
        """
        for taker in self._takers:
            taker.merge(sink)


Bundles = dict[tuple[object, ...], list[Series]]
"""Series that take a sample each time and time again, by whatever tells one list from another."""

Checked = dict[tuple[str, str], tuple[Check, Series]]
"""By group and name: where the results of a check are counted."""


@dataclass(frozen=True)
class Submetric:
    """A watched selector and its sink."""

    source: str
    selector: Selector
    sink: Sink


class Store:
    """The metrics of a run. Those of ``KNOWN`` are declared from the start."""

    def __init__(self, clock: Clock, hidden_tags: Collection[str] = ()) -> None:
        """
        Args:
            hidden_tags: tags that no sample shows (k6's option ``systemTags`` leaves them out).
        """
        self._clock = clock
        self._hidden_tags = frozenset(hidden_tags)
        self._specs: dict[str, MetricSpec] = dict(KNOWN)
        self._sinks: dict[str, Sink] = {}
        self._series: dict[Tags, dict[str, Series]] = {}
        self._watched: dict[str, dict[Selector, str]] = {}
        self._submetrics: dict[Selector, Submetric] = {}
        self._visitors: list[Callable[[Series], None]] = []
        self._bundles: dict[Tags, Bundles] = {}
        self._checked: dict[Tags, Checked] = {}
        self.checks = CheckTree()
        if "expected_response" not in self._hidden_tags:
            self.watch(ALWAYS_WATCHED)

    @property
    def specs(self) -> Mapping[str, MetricSpec]:
        """Every declared metric by name, in order of declaration."""
        return MappingProxyType(self._specs)

    def declare(self, spec: MetricSpec) -> MetricSpec:
        """Make a metric known; the same one may be declared again.

        Raises:
            ValueError: the name is not allowed, or stands for a metric of another type or unit.
        """
        check_name(spec.name)
        known = self._specs.setdefault(spec.name, spec)
        agree(known, spec)
        return known

    def watch(self, selector: str) -> None:
        """Give a submetric a sink of its own. A selector without tags asks for nothing new.

        The metric may be declared later. Raises SelectorError for a malformed selector.
        """
        wanted = parse_selector(selector)
        watched = self._watched.setdefault(wanted.metric, {})
        if not wanted.tags or wanted in watched:
            return
        watched[wanted] = selector
        for series in self._series_of(wanted.metric):
            self._feed_submetric(series, wanted)

    def watched(self, metric: str) -> Mapping[str, Tags]:
        """The names of a metric's submetrics, as k6 shows them, with the tags they select."""
        asked = self._watched.get(metric, {})
        return {selector_name(source): selector.tags for selector, source in asked.items()}

    def series(self, metric: str, tags: Tags) -> Series:
        """The series of a declared metric with these tags, made on first use.

        Raises:
            KeyError: nobody declared ``metric``.
        """
        return self.series_with(tags).get(metric) or self._make_series(metric, tags)

    def series_with(self, tags: Tags) -> dict[str, Series]:
        """The series that exist with these tags, by metric."""
        return self._series.setdefault(tags, {})

    def bundles_with(self, tags: Tags) -> Bundles:
        """What callers keep who add to many series at once: those with these tags, and more."""
        return self._bundles.setdefault(tags, {})

    def sink(self, selector: str) -> Sink | None:
        """What a metric or watched submetric has collected; None if no sample came."""
        wanted = parse_selector(selector)
        if not wanted.tags:
            sink = self._sinks.get(wanted.metric)
        else:
            submetric = self._submetrics.get(wanted)
            sink = submetric.sink if submetric else None
        return sink if sink is not None and sink.count else None

    def check(self, group: str, name: str, passed: bool, tags: Tags) -> None:
        """Take one result of a check: a sample of ``checks`` and a count in the tree.

        Raises:
            ValueError: the name holds ``::``.
        """
        self.checked(self.checks_with(tags), group, name, passed, tags)

    def checks_with(self, tags: Tags) -> Checked:
        """The checks that were made with these tags. Callers that check a lot keep it."""
        return self._checked.setdefault(tags, {})

    def checked(self, known: Checked, group: str, name: str, passed: bool, tags: Tags) -> None:
        """``check`` for callers that keep ``known``, of ``checks_with(tags)``."""
        found = known.get((group, name))
        if found is None:
            count = self.checks.at(group, name)
            series = self.series("checks", with_tags(tags, {"check": name}))
            found = known[group, name] = (count, series)
        count, series = found
        value = 1.0 if passed else 0.0
        count.add(value)
        series.add(value)

    def subscribe(self, listener: Listener) -> None:
        """Tell ``listener`` every sample from now on."""
        self.each_series(lambda series: series.feed(_Teller(listener, series, self._clock)))

    def each_series(self, visit: Callable[[Series], None]) -> None:
        """Show ``visit`` every series that exists, and every new one before its first sample."""
        self._visitors.append(visit)
        for by_metric in self._series.values():
            for series in by_metric.values():
                visit(series)

    def _series_of(self, metric: str) -> list[Series]:
        return [found[metric] for found in self._series.values() if metric in found]

    def _make_series(self, metric: str, tags: Tags) -> Series:
        spec = self._specs[metric]
        series = self._series[tags][metric] = Series(spec, self._shown(tags))
        if metric == "group_duration":
            self.checks.root.at(dict(tags).get("group", ""))
        sink = self._sinks.get(metric)
        if sink is None:
            sink = self._sinks[metric] = SINKS[spec.type]()
        series.feed(sink)
        for selector in self._watched.get(metric, ()):
            self._feed_submetric(series, selector)
        for visit in self._visitors:
            visit(series)
        return series

    def _shown(self, tags: Tags) -> Tags:
        if not self._hidden_tags:
            return tags
        return tag_set({key: value for key, value in tags if key not in self._hidden_tags})

    def _feed_submetric(self, series: Series, selector: Selector) -> None:
        if not selector.matches(series.tags):
            return
        submetric = self._submetrics.get(selector)
        if submetric is None:
            source = self._watched[selector.metric][selector]
            submetric = Submetric(source, selector, SINKS[series.metric.type]())
            self._submetrics[selector] = submetric
        series.feed(submetric.sink)


class _Teller:
    """Tells a listener each sample of one series."""

    def __init__(self, listener: Listener, series: Series, clock: Clock) -> None:
        self._listener = listener
        self._name, self._tags = series.metric.name, series.tags
        self._epoch = clock.epoch

    def add(self, value: float) -> None:
        self._listener(self._name, value, self._tags, self._epoch())

    def merge(self, sink: Any) -> None:
        """Samples that another process took are told there."""
