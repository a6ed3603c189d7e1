"""What a task may say beside plain Python. ``k6_export/runtime`` holds the other half of every
verb.
"""

from ktb_load.vocabulary.checks import check, fail, group
from ktb_load.vocabulary.pace import think
from ktb_load.vocabulary.settings import setting

__all__ = ["check", "fail", "group", "setting", "think"]
