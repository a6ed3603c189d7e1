"""Load tests for chat back ends: Locust user classes with k6's semantics.

What tasks use; light on purpose, Locust is loaded by the user classes in ``ktb_load.systems``.
"""

from ktb_load.vocabulary import check, fail, group, setting, think

__version__ = "0.1.0"
__all__ = ["__version__", "check", "fail", "group", "setting", "think"]
