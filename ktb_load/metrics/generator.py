"""The metrics of the generator, which k6 does not have: what each process that makes load measures
of itself. In a distributed run the tag ``worker`` says which one.
"""

from collections.abc import Mapping
from types import MappingProxyType

from ktb_load.metrics.metric import Contains, MetricSpec, MetricType

WORKER = "worker"
"""The tag; a run of one process has none."""

_TREND = MetricType.TREND

LAG = MetricSpec(
    "generator_lag",
    _TREND,
    Contains.TIME,
    "how late its event loop comes round, ten times a second",
)
CPU = MetricSpec(
    "generator_cpu", _TREND, description="CPU that it uses, as a share of one core, each second"
)
LATENESS = MetricSpec(
    "generator_lateness",
    _TREND,
    Contains.TIME,
    "how late an iteration begins that the plan has due at a moment; tag: scenario",
)
UNSENT = MetricSpec(
    "generator_unsent",
    _TREND,
    Contains.DATA,
    "most bytes of a second that waited in it because sockets took no more",
)

GENERATOR: Mapping[str, MetricSpec] = MappingProxyType(
    {spec.name: spec for spec in (LAG, CPU, LATENESS, UNSENT)}
)
