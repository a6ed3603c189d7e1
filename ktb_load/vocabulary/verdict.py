"""abort and mark_failed: a task decides about the whole test (k6's ``exec.test``)."""

from typing import NoReturn

from ktb_load.errors import AbortTest
from ktb_load.metrics.tags import with_tags
from ktb_load.vocabulary.context import current


def abort(message: str = "") -> NoReturn:
    """End the whole test now, with exit code 108. ``teardown()`` and the summary follow."""
    raise AbortTest(message)


def mark_failed(message: str = "") -> None:
    """Let the test go on, but end with exit code 110, whatever the thresholds say."""
    current().mark_failed(message)


def tag(name: str, value: object) -> None:
    """Tag every later sample of this VU, until it works for another scenario.

    Raises:
        ValueError: ``group`` and ``scenario`` are not for tasks to set.
    """
    if name in ("group", "scenario"):
        raise ValueError(f"the tag {name!r} cannot be set; use group(), or the plan's scenarios")
    recorder = current().recorder
    recorder.tags = with_tags(recorder.tags, {name: str(value)})
