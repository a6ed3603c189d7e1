"""What a load generator is to a benchmark: a command, and a report when it has ended."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.node import ROOT

FOLDER = ROOT / "benchmarks" / "tasks"


@dataclass(frozen=True)
class Work:
    """What users do, how many of them, and when they are watched."""

    name: str
    """A folder of ``tasks/``, where every generator's half is."""
    server: str
    users: int
    settings: Mapping[str, str] = field(default_factory=dict)
    ramp_s: int = 0
    """Over how many seconds the users start; 0: at once."""
    settle_s: float = 2.0
    """From the moment when all are in to that from which on CPU time counts."""
    window_s: float = 6.0
    patience_s: int = 60
    """How much longer a generator would go on, had it not been told to end; who is slow to start
    has so much more time.
    """
    locustfile: Path | None = None
    """Ours, where it is not ``ours.py`` of the folder."""
    task: str = ""
    """Of the locustfile, where there are several."""
    per_second: int = 0
    """Iterations that arrive by the clock; 0: each user begins one when the last is done."""

    @property
    def seconds(self) -> int:
        """How long a generator runs, from its first user on."""
        return int(self.ramp_s + self.settle_s + self.window_s + self.patience_s)

    def script(self, name: str) -> Path:
        """A generator's half of the work; it need not exist."""
        return FOLDER / self.name / name

    @property
    def ours(self) -> Path:
        return self.locustfile or self.script("ours.py")


@dataclass(frozen=True)
class Job:
    """One run that a generator is asked for."""

    work: Work
    scratch: Path
    """An empty folder of this run."""
    origin: str = ""
    """Where the server is, ``http://host:port``."""
    socket_origin: str = ""
    """Where its sockets are, if that is another port."""

    @property
    def settings(self) -> dict[str, str]:
        return {"SECONDS": str(self.work.seconds), **self.work.settings}

    @property
    def environment(self) -> dict[str, str]:
        """The job, for scripts that read it from their environment."""
        told: dict[str, object] = {"ORIGIN": self.origin, "USERS": self.work.users}
        told |= {"RAMP_SECONDS": self.work.ramp_s, "PER_SECOND": self.work.per_second}
        told |= {"REPORT": self.scratch / "report.json"}
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
    report: Callable[[], Report] | None = None
    """Reads what it wrote when it has ended."""
    folder: Path = ROOT
    environment: Mapping[str, str] = field(default_factory=dict)
    """Beside that of the job."""
    stops_when_told: bool = True
    """SIGTERM makes it write its report; else it ends by itself."""


@dataclass(frozen=True)
class Peer:
    """One load generator."""

    name: str
    title: str
    absent: Callable[[Work], str]
    """Why it cannot do some work, or nothing; installs what is missing."""
    command: Callable[[Job], Command]
