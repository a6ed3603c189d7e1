"""What a load generator is to a benchmark: a command, and a report when it has ended."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

WORK = Path(__file__).parents[1] / "work"


@dataclass(frozen=True)
class Job:
    """One run that a generator is asked for."""

    case: str
    users: int
    seconds: int
    """From its first user on; it ends by itself."""
    origin: str
    """Where the server is, ``http://host:port``."""
    scratch: Path
    """An empty folder of this run."""
    settings: Mapping[str, str] = field(default_factory=dict)
    ramp_s: int = 0
    """Over how many seconds the users start; 0: at once."""

    @property
    def work(self) -> Path:
        """Where every generator's half of the case is."""
        return WORK / self.case

    @property
    def environment(self) -> dict[str, str]:
        """The job, for scripts that read it from their environment."""
        told = {"USERS": self.users, "SECONDS": self.seconds, "ORIGIN": self.origin}
        told |= {"RAMP_SECONDS": self.ramp_s, "REPORT": self.scratch / "report.json"}
        return {**{name: str(value) for name, value in told.items()}, **self.settings}


@dataclass(frozen=True)
class Report:
    """What a generator says that it has measured itself."""

    measured: int
    """Exchanges whose latency it took."""
    median_ms: float
    p95_ms: float
    failed: int


@dataclass(frozen=True)
class Command:
    """How a job is done."""

    arguments: Sequence[str]
    report: Callable[[], Report]
    folder: Path | None = None


@dataclass(frozen=True)
class Peer:
    """One load generator."""

    name: str
    title: str
    absent: Callable[[str], str]
    """Why it cannot do a case, or nothing; installs what is missing."""
    command: Callable[[Job], Command]
