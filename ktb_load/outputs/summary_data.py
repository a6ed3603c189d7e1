"""The end of a run as data: k6's ``handleSummary(data)`` and the older ``--summary-export``.

``RunSummary`` is what every summary is made of. Times are in milliseconds. The duration that rates
refer to runs from before ``setup()`` to the end of ``teardown()``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ktb_load.metrics.metric import MetricSpec
from ktb_load.metrics.overload import Excess
from ktb_load.metrics.selector import parse_selector
from ktb_load.metrics.sinks import SINKS, Sink, values_of
from ktb_load.metrics.store import ALWAYS_WATCHED, Store
from ktb_load.metrics.threshold import Verdicts
from ktb_load.outputs.breakdown import Breakdown
from ktb_load.outputs.generator_words import as_data

DEFAULT_TREND_STATS = ("avg", "min", "med", "max", "p(90)", "p(95)")

NO_SETUP_DATA = object()
"""``setup()`` returned nothing, so the data have no ``setup_data``."""


@dataclass(frozen=True)
class SummaryOptions:
    """k6's options about summaries."""

    trend_stats: Sequence[str] = DEFAULT_TREND_STATS
    time_unit: str = ""
    """``s``, ``ms``, ``us``, or empty: whatever suits."""
    no_color: bool = False


@dataclass(frozen=True)
class RunSummary:
    """Everything that a summary says about a run."""

    store: Store
    verdicts: Verdicts
    duration_s: float
    options: SummaryOptions = field(default_factory=SummaryOptions)
    setup_data: Any = NO_SETUP_DATA
    is_stdout_tty: bool = False
    is_stderr_tty: bool = False
    breakdown: Breakdown | None = None
    """Needed for the full text only; it must have been there when the run began."""
    past_limits: Sequence[Excess] | None = None
    """Of the generator; None: it was not measured."""

    def metrics(self) -> Iterator[tuple[str, MetricSpec, Sink]]:
        """What is shown: metrics with samples or thresholds, and k6's constant submetric."""
        names = {name for name in self.store.specs if self.store.sink(name) is not None}
        for name in self.verdicts.by_selector:
            names |= {name, parse_selector(name).metric}
        judged = {parse_selector(name) for name in names}
        if self.store.sink(ALWAYS_WATCHED) and parse_selector(ALWAYS_WATCHED) not in judged:
            names.add(ALWAYS_WATCHED)
        for name in sorted(names):
            spec = self.store.specs[parse_selector(name).metric]
            yield name, spec, self.store.sink(name) or SINKS[spec.type]()


def summary_data(run: RunSummary) -> dict[str, Any]:
    """The argument of k6's ``handleSummary`` and our ``generator``; JSON-safe if setup data are."""
    options = run.options
    data: dict[str, Any] = {
        "options": {
            "summaryTrendStats": list(options.trend_stats),
            "summaryTimeUnit": options.time_unit,
            "noColor": options.no_color,
        },
        "state": {
            "isStdOutTTY": run.is_stdout_tty,
            "isStdErrTTY": run.is_stderr_tty,
            "testRunDurationMs": round(run.duration_s * 1e9) / 1e6,
        },
        "metrics": {name: _metric(run, name, spec, sink) for name, spec, sink in run.metrics()},
        "root_group": run.store.checks.root.to_dict(),
    }
    if run.setup_data is not NO_SETUP_DATA:
        data["setup_data"] = run.setup_data
    if run.past_limits is not None:
        data["generator"] = as_data(run.past_limits)
    return data


def _metric(run: RunSummary, name: str, spec: MetricSpec, sink: Sink) -> dict[str, Any]:
    metric: dict[str, Any] = {
        "type": str(spec.type),
        "contains": str(spec.contains),
        "values": values_of(sink, run.options.trend_stats, run.duration_s),
    }
    if results := run.verdicts.by_selector.get(name):
        metric["thresholds"] = {t.source: {"ok": verdict.ok} for t, verdict in results}
    return metric


def summary_export(data: Mapping[str, Any]) -> dict[str, Any]:
    """``summary_data`` in the shape of k6's ``--summary-export``.

    There ``thresholds`` maps an expression to whether it **failed**, and a rate's value is called
    ``value``.
    """
    export = {"root_group": _by_name(data["root_group"])}
    export["metrics"] = {name: _flat(metric) for name, metric in data["metrics"].items()}
    export |= {key: data[key] for key in ("setup_data", "generator") if key in data}
    return export


def _flat(metric: Mapping[str, Any]) -> dict[str, Any]:
    values = dict(metric["values"])
    if metric["type"] == "rate":
        values["value"] = values.pop("rate")
    if "thresholds" in metric:
        results = metric["thresholds"].items()
        values["thresholds"] = {source: not result["ok"] for source, result in results}
    return values


def _by_name(group: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **group,
        "groups": {inner["name"]: _by_name(inner) for inner in group["groups"]},
        "checks": {check["name"]: dict(check) for check in group["checks"]},
    }
