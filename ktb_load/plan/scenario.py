"""What every scenario has, whatever its executor (k6 1.8.1 ``lib/executor/base_config.go``).

The executors' own options are in ``ktb_load/executors``, one file each.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from ktb_load.plan.fields import Fields

_NAME = re.compile(r"[0-9a-zA-Z_-]+")
_COMMON = ("executor", "startTime", "gracefulStop", "exec", "env", "tags")


@dataclass(frozen=True, kw_only=True)
class ScenarioConfig:
    """One scenario of a plan. Subclasses add the options of one executor."""

    EXECUTOR: ClassVar[str]
    """The executor's name in plans."""
    OPTIONS: ClassVar[tuple[str, ...]]
    """The names of the options that only this executor has."""

    name: str
    start_time_s: float = 0.0
    """When the scenario starts, from the end of ``setup()``."""
    graceful_stop_s: float = 30.0
    """How long iterations may go on after the regular duration."""
    exec: str = "default"
    """The task that is an iteration; ``default`` is a weighted pick among the class's tasks."""
    env: Mapping[str, str]
    tags: Mapping[str, str]

    @classmethod
    def read(cls, name: str, fields: Fields) -> Self:
        """Read and check one scenario; every problem goes into ``fields``."""
        fields.known((*_COMMON, *cls.OPTIONS))
        if not _NAME.fullmatch(name):
            instead = "use letters, digits, _ and - only"
            fields.problem((), f"{name!r} is not a name for a scenario", instead)
        config = cls(name=name, **cls._common(fields), **cls._own(fields))
        config.check(fields)
        return config

    @staticmethod
    def _common(fields: Fields) -> dict[str, Any]:
        common: dict[str, Any] = {
            "start_time_s": fields.duration("startTime", 0.0),
            "graceful_stop_s": fields.duration("gracefulStop", 30.0),
            "exec": fields.text("exec", "default"),
            "env": fields.text_mapping("env"),
            "tags": fields.text_mapping("tags"),
        }
        if common["start_time_s"] < 0:
            fields.problem("startTime", "the startTime can't be negative")
        if common["graceful_stop_s"] < 0:
            fields.problem("gracefulStop", "the gracefulStop timeout can't be negative")
        if fields.raw("exec") == "":
            fields.problem("exec", "exec value cannot be empty")
        return common

    @classmethod
    def _own(cls, fields: Fields) -> dict[str, Any]:
        """The keyword arguments that only this executor has."""
        raise NotImplementedError

    def check(self, fields: Fields) -> None:
        """Note what is wrong with the values together."""

    @property
    def duration_s(self) -> float:
        """The regular duration: new iterations may start until then."""
        raise NotImplementedError

    @property
    def max_vus(self) -> int:
        """The most VUs that the scenario can need at once."""
        raise NotImplementedError

    @property
    def planned_vus(self) -> int:
        """The VUs that are initialised before the test; the rest only if they are needed."""
        return self.max_vus

    @property
    def end_s(self) -> float:
        """From the start of the test to the time when the last iteration is interrupted."""
        return self.start_time_s + self.duration_s + self.graceful_stop_s

    def describe(self) -> str:
        """What the scenario does, in one line for people."""
        raise NotImplementedError
