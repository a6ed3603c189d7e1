"""Load tests for chat back ends: Locust user classes with k6's semantics.

What tasks use; light on purpose, Locust is loaded by the user classes in ``ktb_load.systems``.
"""

from ktb_load.vocabulary import (
    Counter,
    Gauge,
    Rate,
    Trend,
    abort,
    check,
    fail,
    group,
    k6_only_body,
    local_only,
    mark_failed,
    setting,
    tag,
    think,
)

__version__ = "0.1.0"
__all__ = [
    "Counter",
    "Gauge",
    "Rate",
    "Trend",
    "__version__",
    "abort",
    "check",
    "fail",
    "group",
    "k6_only_body",
    "local_only",
    "mark_failed",
    "setting",
    "tag",
    "think",
]
