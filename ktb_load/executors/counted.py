"""What the executors that count iterations have in common: VUs, a number, and ``maxDuration``."""

from dataclasses import dataclass
from typing import Any

from ktb_load.executors.constant_vus import check_minimum
from ktb_load.executors.running import Executor
from ktb_load.plan.fields import Fields
from ktb_load.quantities import format_duration

DEFAULT_MAX_DURATION_S = 600.0


@dataclass(frozen=True, kw_only=True)
class CountedIterations(Executor):
    OPTIONS = ("vus", "iterations", "maxDuration")

    vus: int = 1
    iterations: int = 1
    max_duration: float = DEFAULT_MAX_DURATION_S

    @classmethod
    def _own(cls, fields: Fields) -> dict[str, Any]:
        return {
            "vus": fields.integer("vus", 1),
            "iterations": fields.integer("iterations", 1),
            "max_duration": fields.duration("maxDuration", DEFAULT_MAX_DURATION_S),
        }

    def check(self, fields: Fields) -> None:
        if self.vus <= 0:
            fields.problem("vus", "the number of VUs must be more than 0")
        self._check_iterations(fields)
        check_minimum(fields, "maxDuration", self.max_duration)

    def _check_iterations(self, fields: Fields) -> None:
        """Note a number of iterations that this executor cannot run."""
        raise NotImplementedError

    @property
    def duration_s(self) -> float:
        return self.max_duration

    @property
    def max_vus(self) -> int:
        return self.vus

    @property
    def _limit(self) -> str:
        return f"(maxDuration: {format_duration(self.max_duration)})"
