"""The options of a run, checked and frozen (k6 1.8.1 ``lib/options.go``, k6's names in
snake_case).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import inf
from typing import Any

from ktb_load.errors import AuthorError, Problem
from ktb_load.plan import network
from ktb_load.plan.document import Document
from ktb_load.plan.fields import Fields
from ktb_load.plan.network import NetworkOptions
from ktb_load.plan.scenario import ScenarioConfig

ExecutorTypes = Mapping[str, type[ScenarioConfig]]
"""The executors by name."""

_DEFAULT_STATS = ("avg", "min", "med", "max", "p(90)", "p(95)")
_KNOWN = (
    *network.KEYS,
    "minIterationDuration",
    "noSetup",
    "noTeardown",
    "scenarios",
    "setupTimeout",
    "summaryTimeUnit",
    "summaryTrendStats",
    "systemTags",
    "tags",
    "teardownTimeout",
    "thresholds",
)
_SHARES = "the parts are dealt by --processes, or by --master and --worker"
_SENSELESS = {
    "batch": "a task makes one request after the other, there is no http.batch",
    "batchPerHost": "a task makes one request after the other, there is no http.batch",
    "executionSegment": _SHARES,
    "executionSegmentSequence": _SHARES,
    "ext": "neither k6 Cloud nor k6's extensions are here",
    "metricSamplesBufferSize": "samples are counted as they come, there is no such buffer",
    "paused": "start the test from the web UI when you are ready",
    "throw": "a request never raises; ask its status, or fail() the iteration",
    "tlsCipherSuites": "Python's TLS chooses them; tlsVersion can be set",
}
"""k6's options that cannot mean anything here, and why."""


@dataclass(frozen=True, kw_only=True)
class Options:
    """Everything that a plan says. Durations are seconds."""

    scenarios: Mapping[str, ScenarioConfig]
    thresholds: Mapping[str, Any]
    """Selector -> list of expressions, as written; ``metrics.threshold`` reads them."""
    tags: Mapping[str, str]
    setup_timeout_s: float
    teardown_timeout_s: float
    min_iteration_duration_s: float
    network: NetworkOptions
    system_tags: tuple[str, ...] | None
    """k6's own tags that samples carry; None: k6's default set."""
    summary_trend_stats: tuple[str, ...]
    summary_time_unit: str
    no_setup: bool
    no_teardown: bool

    @property
    def max_vus(self) -> int:
        """The most VUs that can be needed at once."""
        return self.most(lambda config: config.max_vus)

    def most(self, vus: Callable[[ScenarioConfig], int]) -> int:
        """The largest sum of ``vus`` over scenarios that overlap in time."""
        configs = self.scenarios.values()
        return max(
            (
                sum(vus(c) for c in configs if c.start_time_s <= at < c.end_s)
                for at in {config.start_time_s for config in configs}
            ),
            default=0,
        )

    @property
    def duration_s(self) -> float:
        """From the end of ``setup()`` to the end of the last scenario's regular duration; without
        scenarios nobody knows.
        """
        ends = [c.start_time_s + c.duration_s for c in self.scenarios.values()]
        return max(ends, default=inf)


def read_options(document: Document, executors: ExecutorTypes) -> Options:
    """Check a merged document.

    Raises:
        AuthorError: with every problem of the document, thresholds aside.
    """
    problems: list[Problem] = []
    fields = Fields(document, (), problems)
    fields.known((*_KNOWN, *_SENSELESS))
    for key, why in _SENSELESS.items():
        if fields.has(key):
            fields.problem(key, f"`{key}` has no meaning here: {why}", "leave it out")
    options = Options(
        scenarios=_scenarios(fields, executors),
        thresholds=_mapping(fields, "thresholds"),
        tags=fields.text_mapping("tags"),
        setup_timeout_s=fields.duration("setupTimeout", 60.0),
        teardown_timeout_s=fields.duration("teardownTimeout", 60.0),
        min_iteration_duration_s=fields.duration("minIterationDuration", 0.0),
        network=network.read_network(fields),
        system_tags=fields.text_list("systemTags", ()) if fields.has("systemTags") else None,
        summary_trend_stats=fields.text_list("summaryTrendStats", _DEFAULT_STATS),
        summary_time_unit=fields.choice("summaryTimeUnit", "", ("", "s", "ms", "us")),
        no_setup=fields.boolean("noSetup", False),
        no_teardown=fields.boolean("noTeardown", False),
    )
    if problems:
        raise AuthorError(problems)
    return options


def _mapping(fields: Fields, key: str) -> Mapping[str, Any]:
    value = fields.raw(key)
    if value is None or isinstance(value, Mapping):
        return value or {}
    fields.problem(key, "must be a mapping")
    return {}


def _scenarios(fields: Fields, executors: ExecutorTypes) -> dict[str, ScenarioConfig]:
    scenarios: dict[str, ScenarioConfig] = {}
    for name in _mapping(fields, "scenarios"):
        below = Fields(fields.document, ("scenarios", name), fields.problems)
        config_type = _executor_type(name, below, executors)
        if config_type is not None:
            scenarios[name] = config_type.read(name, below)
    return scenarios


def _executor_type(
    name: str, fields: Fields, executors: ExecutorTypes
) -> type[ScenarioConfig] | None:
    executor = fields.raw("executor")
    available = ", ".join(executors)
    if executor is None:
        what = f"scenario '{name}' doesn't have a specified executor type"
        fields.problem((), what, f"add `executor:` with one of {available}")
    elif executor not in executors:
        fields.problem(
            "executor", f"unknown executor type '{executor}'", f"write one of {available}"
        )
    else:
        return executors[executor]
    return None
