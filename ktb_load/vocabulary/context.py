"""Who is speaking: the VU whose task runs in this greenlet.

``check``, ``think`` and the others are plain functions, as in k6. They find their VU in a context
variable, which every greenlet has a copy of its own of.
"""

from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field

from ktb_load.metrics.recorder import Recorder
from ktb_load.vocabulary.random import Random


@dataclass
class TaskContext:
    """What the vocabulary needs of a VU."""

    recorder: Recorder
    random: Random
    now: Callable[[], float]
    """Seconds on the run's monotonic clock."""
    sleep: Callable[[float], None]
    mark_failed: Callable[[str], None]
    """Ends the test with exit code 110, later."""
    env: Mapping[str, str] = field(default_factory=dict)
    """The scenario's ``env``."""
    group: str = ""
    """The path of the open groups, ``::outer::inner``."""


_current: ContextVar[TaskContext] = ContextVar("ktb_load.task_context")


def current() -> TaskContext:
    """The context of the task that is running.

    Raises:
        RuntimeError: no task runs here; checks and groups belong into tasks, ``setup()``,
        ``teardown()``.
    """
    try:
        return _current.get()
    except LookupError:
        raise RuntimeError(
            "check, group, think and setting can only be used while a task, setup() or"
            " teardown() runs"
        ) from None


def enter(context: TaskContext) -> None:
    """Make ``context`` the one of this greenlet."""
    _current.set(context)
