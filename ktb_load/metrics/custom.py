"""The metrics that authors declare, while the locustfile is read: they are collected here, and
every run begins with them.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ktb_load.metrics.known import KNOWN
from ktb_load.metrics.metric import MetricSpec, agree, check_name

_declared: dict[str, MetricSpec] = {}


def declare(spec: MetricSpec) -> MetricSpec:
    """Make a metric known to every run of this process; the same one may be declared again.

    Raises:
        ValueError: the name is not allowed, or stands for a metric of another type or unit.
    """
    check_name(spec.name)
    known = KNOWN.get(spec.name) or _declared.setdefault(spec.name, spec)
    agree(known, spec)
    return known


def declared() -> Mapping[str, MetricSpec]:
    """Every declared metric by name, in order of declaration."""
    return MappingProxyType(_declared)
