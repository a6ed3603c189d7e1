"""The options of a run, checked and frozen (k6 1.8.1 ``lib/options.go``, k6's names in
snake_case).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import inf
from typing import Any

from ktb_load.errors import AuthorError, Problem
from ktb_load.plan.document import Document
from ktb_load.plan.fields import Fields
from ktb_load.plan.scenario import ScenarioConfig

ExecutorTypes = Mapping[str, type[ScenarioConfig]]
"""The executors by name."""

_DEFAULT_STATS = ("avg", "min", "med", "max", "p(90)", "p(95)")
_KNOWN = (
    "scenarios",
    "thresholds",
    "tags",
    "setupTimeout",
    "teardownTimeout",
    "minIterationDuration",
    "noConnectionReuse",
    "noVUConnectionReuse",
    "noCookiesReset",
    "maxRedirects",
    "userAgent",
    "insecureSkipTLSVerify",
    "summaryTrendStats",
    "summaryTimeUnit",
    "noSetup",
    "noTeardown",
)


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
    no_connection_reuse: bool
    no_vu_connection_reuse: bool
    no_cookies_reset: bool
    max_redirects: int
    user_agent: str | None
    insecure_skip_tls_verify: bool
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

    @property
    def env(self) -> dict[str, str]:
        """The ``env`` of all scenarios in their order, as ``setup()`` and ``teardown()`` see it."""
        return {k: v for config in self.scenarios.values() for k, v in config.env.items()}


def read_options(document: Document, executors: ExecutorTypes) -> Options:
    """Check a merged document.

    Raises:
        AuthorError: with every problem of the document, thresholds aside.
    """
    problems: list[Problem] = []
    fields = Fields(document, (), problems)
    fields.known(_KNOWN)
    options = Options(
        scenarios=_scenarios(fields, executors),
        thresholds=_mapping(fields, "thresholds"),
        tags=fields.text_mapping("tags"),
        setup_timeout_s=fields.duration("setupTimeout", 60.0),
        teardown_timeout_s=fields.duration("teardownTimeout", 60.0),
        min_iteration_duration_s=fields.duration("minIterationDuration", 0.0),
        no_connection_reuse=fields.boolean("noConnectionReuse", False),
        no_vu_connection_reuse=fields.boolean("noVUConnectionReuse", False),
        no_cookies_reset=fields.boolean("noCookiesReset", False),
        max_redirects=fields.integer("maxRedirects", 10),
        user_agent=fields.text("userAgent", "") or None,
        insecure_skip_tls_verify=fields.boolean("insecureSkipTLSVerify", False),
        summary_trend_stats=fields.text_list("summaryTrendStats", _DEFAULT_STATS),
        summary_time_unit=fields.text("summaryTimeUnit", ""),
        no_setup=fields.boolean("noSetup", False),
        no_teardown=fields.boolean("noTeardown", False),
    )
    if options.summary_time_unit not in ("", "s", "ms", "us"):
        fields.problem("summaryTimeUnit", "must be 's', 'ms' or 'us'")
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
