"""What a metric is: a name, a type, a unit. The rule for names is that of k6 1.8.1."""

import re
from dataclasses import dataclass, field
from enum import StrEnum


class MetricType(StrEnum):
    """How samples add up."""

    COUNTER = "counter"
    GAUGE = "gauge"
    RATE = "rate"
    TREND = "trend"


class Contains(StrEnum):
    """The unit of a metric's values: none, milliseconds, bytes."""

    DEFAULT = "default"
    TIME = "time"
    DATA = "data"


@dataclass(frozen=True)
class MetricSpec:
    """One metric. Two specs are equal if name, type and unit are."""

    name: str
    type: MetricType
    contains: Contains = Contains.DEFAULT
    description: str = field(default="", compare=False)
    """One line for people; documentation is made of it."""


_NAME = re.compile(r"[a-zA-Z_][a-zA-Z0-9_]{1,128}", re.ASCII)


def check_name(name: str) -> None:
    """Raises ValueError, in k6's words, if a metric must not be called ``name``."""
    if not _NAME.fullmatch(name):
        raise ValueError(
            f"Invalid metric name: '{name}'. Metric names must only include up to 128 ASCII "
            "letters, numbers, or underscores and start with a letter or an underscore."
        )


def agree(known: MetricSpec, spec: MetricSpec) -> None:
    """Raises ValueError, in k6's words, if two declarations of one name do not say the same."""
    if known.type != spec.type:
        raise ValueError(
            f"metric '{spec.name}' already exists but with type {known.type}, "
            f"instead of {spec.type}"
        )
    if known.contains != spec.contains:
        raise ValueError(
            f"metric '{spec.name}' already exists but with a value type {known.contains}, "
            f"instead of {spec.contains}"
        )
