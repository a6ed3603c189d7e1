"""What users import stays where it is, and is light."""

import subprocess
import sys

import ktb_load


def test_the_public_names_are_these():
    metrics = {"Counter", "Gauge", "Rate", "Trend"}
    verbs = {"abort", "check", "fail", "group", "mark_failed", "setting", "tag", "think"}
    halves = {"k6_only_body", "local_only"}
    assert set(ktb_load.__all__) == {"__version__"} | metrics | verbs | halves
    assert all(hasattr(ktb_load, name) for name in ktb_load.__all__)


def test_importing_the_vocabulary_does_not_load_locust():
    code = "import ktb_load, ktb_load.executors, sys; sys.exit('locust' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
