"""Thresholds: what a run must achieve, and the verdict (k6 1.8.1).

    {"http_req_duration{name:login}": ["p(95)<500", {"threshold": ..., "abortOnFail": true}]}

A metric without samples counts as 0, only a rate without samples passes whatever is asked. Problems
are the author's: all are found before the run, in k6's words where k6 has words.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import inf
from types import MappingProxyType
from typing import Any

from ktb_load.metrics.expression import OPERATORS, parse_expression
from ktb_load.metrics.known import KNOWN
from ktb_load.metrics.metric import MetricSpec, MetricType
from ktb_load.metrics.selector import parse_selector, selector_name
from ktb_load.metrics.sinks import Sink, TrendSink
from ktb_load.metrics.store import Store
from ktb_load.quantities import parse_duration

AGGREGATIONS: Mapping[MetricType, tuple[str, ...]] = MappingProxyType(
    {
        MetricType.COUNTER: ("count", "rate"),
        MetricType.GAUGE: ("value",),
        MetricType.RATE: ("rate",),
        MetricType.TREND: ("avg", "min", "max", "med", "p"),
    }
)
"""What may be asked of each type, in the order of k6's message."""

_KEYS = ("threshold", "abortOnFail", "delayAbortEval")


@dataclass(frozen=True)
class Verdict:
    """Whether one threshold holds, and the value that it was compared with; None: there is none."""

    ok: bool
    value: float | None


@dataclass(frozen=True)
class Threshold:
    """One expression on one metric."""

    source: str
    """As the author wrote it."""
    aggregation: str
    percentile: float | None
    operator: str
    value: float
    abort_on_fail: bool = False
    delay_abort_eval_s: float = 0.0

    @property
    def stat(self) -> str:
        """The name under which a sink gives the value: ``avg``, ``p(95)``."""
        return f"p({self.percentile:g})" if self.percentile is not None else self.aggregation

    def problem_with(self, spec: MetricSpec) -> str | None:
        """Why this cannot be asked of a metric, in k6's words; None if it can."""
        allowed = AGGREGATIONS[spec.type]
        if self.aggregation in allowed:
            return None
        return (
            f'invalid threshold "{self.source}" applied on metric {spec.name}; '
            f"reason: unsupported aggregation method {self.aggregation} on metric of type "
            f"{spec.type}. supported aggregation methods for this metric are: {', '.join(allowed)}"
        )

    def evaluate(self, sink: Sink | None, duration_s: float, type_: MetricType) -> Verdict:
        """Judge. ``sink`` is None if no sample came."""
        if sink is not None:
            value = self._value_of(sink, duration_s)
        elif type_ is MetricType.RATE:
            return Verdict(True, None)
        else:
            value = 0.0
        return Verdict(OPERATORS[self.operator](value, self.value), value)

    def _value_of(self, sink: Sink, duration_s: float) -> float:
        if self.percentile is not None and isinstance(sink, TrendSink):
            return sink.quantile(self.percentile / 100)
        return sink.value(self.aggregation, duration_s)


def parse_threshold(entry: str | Mapping[str, Any]) -> Threshold:
    """Read one entry: an expression, or a mapping with ``threshold`` and when to abort.

    Raises:
        ValueError: what is wrong, in k6's words where k6 has words.
    """
    if isinstance(entry, str):
        entry = {"threshold": entry}
    if not isinstance(entry, Mapping) or not isinstance(entry.get("threshold"), str):
        raise ValueError("a threshold is an expression like 'p(95)<500', or has one as `threshold`")
    for key in entry:
        if key not in _KEYS:
            raise ValueError(f"unknown key {key!r}{_near(str(key), _KEYS)}")
    abort = entry.get("abortOnFail", False)
    if not isinstance(abort, bool):
        raise ValueError(f"abortOnFail is {abort!r}, write true or false")
    delay_s = parse_duration(entry.get("delayAbortEval") or 0)
    read = parse_expression(entry["threshold"])
    return Threshold(
        entry["threshold"],
        read.aggregation,
        read.percentile,
        read.operator,
        read.value,
        abort,
        delay_s,
    )


@dataclass(frozen=True)
class ThresholdProblem:
    """One mistake in a plan's thresholds; ``path`` leads to it below ``thresholds``."""

    path: tuple[str | int, ...]
    what: str
    instead: str = ""

    def __str__(self) -> str:
        return self.what


@dataclass(frozen=True)
class Standing:
    """How one threshold stands while the run goes on."""

    selector: str
    threshold: Threshold
    verdict: Verdict
    spec: MetricSpec
    used: float
    """How much of the limit is used up: 1 is the limit itself, more is past it."""


@dataclass(frozen=True)
class Verdicts:
    """The verdict on all thresholds of a run."""

    by_selector: Mapping[str, tuple[tuple[Threshold, Verdict], ...]]

    @property
    def crossed(self) -> tuple[str, ...]:
        """The metrics and submetrics with a threshold that does not hold, sorted."""
        failed = (name for name, results in self.by_selector.items() if not _all_ok(results))
        return tuple(sorted(failed))

    @property
    def ok(self) -> bool:
        return not self.crossed

    def __bool__(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.by_selector)


class Thresholds:
    """The thresholds of a plan. Entries that cannot be read are only in ``problems``."""

    def __init__(self, entries: Mapping[str, Any]) -> None:
        self._problems: list[ThresholdProblem] = []
        self.by_selector: dict[str, list[Threshold]] = {}
        for selector, listed in entries.items():
            self._read(selector, listed)

    def __bool__(self) -> bool:
        return any(self.by_selector.values())

    @property
    def selectors(self) -> list[str]:
        """What a store has to watch."""
        return list(self.by_selector)

    def problems(
        self, known: Store | Mapping[str, MetricSpec] | None = None
    ) -> list[ThresholdProblem]:
        """Every mistake in these thresholds.

        Args:
            known: the metrics that exist, or the store that declares them; without it, ``KNOWN``.
        """
        specs = known.specs if isinstance(known, Store) else known or KNOWN
        found = list(self._problems)
        for selector, thresholds in self.by_selector.items():
            spec = specs.get(parse_selector(selector).metric)
            if spec is None:
                found.append(_unknown_metric(selector, specs))
                continue
            wrong = (threshold.problem_with(spec) for threshold in thresholds)
            found += [ThresholdProblem((selector,), what) for what in wrong if what]
        return found

    def evaluate(self, store: Store, duration_s: float) -> Verdicts:
        """The final verdict, metrics without samples included."""
        results: dict[str, tuple[tuple[Threshold, Verdict], ...]] = {}
        for selector, thresholds in self.by_selector.items():
            name, sink = selector_name(selector), store.sink(selector)
            type_ = _spec(store, selector).type
            judged = ((t, t.evaluate(sink, duration_s, type_)) for t in thresholds)
            results[name] = (*results.get(name, ()), *judged)
        return Verdicts(MappingProxyType(results))

    def to_abort(self, store: Store, duration_s: float) -> tuple[str, ...]:
        """Names of all crossed metrics, sorted, if one of them has to end the run by now."""
        crossed, abort = set(), False
        for selector, threshold, verdict in self._standing(store, duration_s):
            if not verdict.ok:
                crossed.add(selector)
                abort |= threshold.abort_on_fail and duration_s > threshold.delay_abort_eval_s
        return tuple(sorted(crossed)) if abort else ()

    def worst(self, store: Store, duration_s: float) -> Standing | None:
        """The threshold that is nearest to its limit or furthest past it; None before any sample.

        A counter that has yet to reach its ``count`` is left out: it only grows.
        """
        worst: Standing | None = None
        for selector, threshold, verdict in self._standing(store, duration_s):
            if threshold.aggregation == "count" and threshold.operator in (">", ">="):
                continue
            used = _used(threshold, verdict, _spec(store, selector).type)
            if worst is None or used > worst.used:
                spec = _spec(store, selector)
                worst = Standing(selector, threshold, verdict, spec, used)
        return worst

    def _standing(
        self, store: Store, duration_s: float
    ) -> Iterator[tuple[str, Threshold, Verdict]]:
        """While running, only metrics with samples are judged."""
        for selector, thresholds in self.by_selector.items():
            sink = store.sink(selector)
            if sink is not None:
                for threshold in thresholds:
                    yield selector, threshold, threshold.evaluate(sink, duration_s, sink.type)

    def _read(self, selector: str, listed: Any) -> None:
        try:
            parse_selector(selector)
        except ValueError as error:
            prefix = (
                "unable to validate threshold expressions; reason: parsing metric name failed, "
            )
            self._problems.append(ThresholdProblem((selector,), f"{prefix}{error}"))
            return
        if not isinstance(listed, list | tuple):
            what = "the thresholds of a metric are a list"
            self._problems.append(ThresholdProblem((selector,), what, f"write [{listed!r}]"))
            return
        thresholds = self.by_selector.setdefault(selector, [])
        for index, entry in enumerate(listed):
            try:
                thresholds.append(parse_threshold(entry))
            except ValueError as error:
                self._problems.append(ThresholdProblem((selector, index), str(error)))


def _unknown_metric(selector: str, specs: Mapping[str, MetricSpec]) -> ThresholdProblem:
    what = f'invalid threshold defined on {selector}; reason: no metric name "{selector}" found'
    near = _near(parse_selector(selector).metric, specs)
    return ThresholdProblem((selector,), what, near.lstrip(", "))


def _all_ok(results: tuple[tuple[Threshold, Verdict], ...]) -> bool:
    return all(verdict.ok for _, verdict in results)


def _spec(store: Store, selector: str) -> MetricSpec:
    return store.specs[parse_selector(selector).metric]


def _used(threshold: Threshold, verdict: Verdict, type_: MetricType) -> float:
    """How much of the limit is used: 0 nothing, 1 all of it, more is past it."""
    value, limit = verdict.value or 0.0, threshold.value
    if threshold.operator.startswith(">"):
        if type_ is MetricType.RATE:
            value, limit = 1 - value, 1 - limit
        else:
            value, limit = limit, value
    elif not threshold.operator.startswith("<"):
        return 0.0 if verdict.ok else inf
    if limit <= 0:
        return 0.0 if verdict.ok else inf
    return value / limit


def _near(name: str, names: Mapping[str, Any] | tuple[str, ...]) -> str:
    near = difflib.get_close_matches(name, list(names), n=1)
    return f", did you mean `{near[0]}`?" if near else ""
