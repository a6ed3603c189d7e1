"""What a task may say beside plain Python. ``k6_export/runtime`` holds the other half of every
verb.
"""

from ktb_load.vocabulary.checks import check, fail, group
from ktb_load.vocabulary.halves import k6_only_body, local_only
from ktb_load.vocabulary.metrics import Counter, Gauge, Rate, Trend
from ktb_load.vocabulary.pace import think
from ktb_load.vocabulary.settings import setting
from ktb_load.vocabulary.verdict import abort, mark_failed, tag

__all__ = [
    "Counter",
    "Gauge",
    "Rate",
    "Trend",
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
