"""What master and workers say to each other, over Locust's own connection.

master ── CLOCK (a few times) ──▶ worker ── CLOCK (with its time) ──▶ master
       ── ORDER (plan, share, setup data) ──▶ worker
       ◀── REPORT (metrics, VUs, counts), each second; the last one says ``done`` ──
       ── END ──▶ (the run is over: report what there is)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Self

CLOCK, ORDER, REPORT, END = "ktb-clock", "ktb-order", "ktb-report", "ktb-end"


@dataclass(frozen=True)
class Order:
    """What one worker has to do."""

    run_id: str
    """Of which run reports and END are: a worker may come back when the next one is on."""
    plan: str
    values: Mapping[str, Any]
    """The merged options; empty: Locust starts the users."""
    seed: str
    driver: str
    share: tuple[int, int]
    setup_data: Mapping[str, Any]
    hosts: Mapping[str, Mapping[str, str]]
    """User class -> its host attributes, as the master has them."""
    expected_vus: int

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, said: Mapping[str, Any]) -> Self:
        return cls(**{**said, "share": tuple(said["share"])})


@dataclass(frozen=True)
class Report:
    """What one worker has done since its last report."""

    run_id: str
    shipment: Mapping[str, Any] = field(default_factory=dict)
    active: int = 0
    initialised: int = 0
    completed: int = 0
    interrupted: int = 0
    failures: list[str] = field(default_factory=list)
    """What ``mark_failed`` was told."""
    abort: str | None = None
    """A task wants the whole test to end."""
    done: bool = False
    gave_up: str = ""
    """Why it is done although its part of the plan is not, and nobody called it back."""

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, said: Mapping[str, Any]) -> Self:
        return cls(**said)
