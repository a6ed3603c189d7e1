"""One run on several processes: a master and its workers, each on this machine or in a network
namespace, and what they wrote.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]
COUNTING = str(Path(__file__).parent / "counting.py")
ENDS_WITHIN_S = 60.0
WELL = 10


@dataclass
class Process:
    """One command in a process group of its own; what it writes goes into files."""

    popen: subprocess.Popen[bytes]
    out_file: Path
    err_file: Path

    @property
    def pid(self) -> int:
        return self.popen.pid

    @property
    def out(self) -> str:
        return self.out_file.read_text(encoding="utf-8")

    @property
    def err(self) -> str:
        return self.err_file.read_text(encoding="utf-8")

    @property
    def code(self) -> int | None:
        return self.popen.poll()

    def wait(self, timeout_s: float = ENDS_WITHIN_S) -> Process:
        """Until it has ended; one that hangs is a failure."""
        try:
            self.popen.wait(timeout_s)
        except subprocess.TimeoutExpired:
            pytest.fail(f"it did not end within {timeout_s:g} s\n{self.out}\n{self.err}")
        return self

    def wait_for(self, text: str, timeout_s: float = 30.0) -> None:
        """Until ``text`` stands on stderr."""
        self.wait_until(lambda: text in self.err, f"{text!r}", timeout_s)

    def wait_until(
        self, condition: Callable[[], object], what: str, timeout_s: float = 30.0
    ) -> None:
        end = time.monotonic() + timeout_s
        while not condition():
            ended = self.code is not None
            if ended or time.monotonic() > end:
                why = f"ended with {self.code} before" if ended else "waited in vain for"
                pytest.fail(f"{why} {what}\n{self.out}\n{self.err}")
            time.sleep(0.05)

    def interrupt(self) -> None:
        """Ctrl-C in a terminal: it reaches every process of the group."""
        os.killpg(self.pid, signal.SIGINT)

    def alive(self) -> list[int]:
        """The processes of its group that are there still."""
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[2]) == self.pid and fields[0] != "Z":
                found.append(int(folder.name))
        return found

    def end(self) -> None:
        """Whatever is left of it."""
        for pid in self.alive():
            os.kill(pid, signal.SIGKILL)
        self.popen.wait(10)


@dataclass
class Fleet:
    """Starts runs of ``counting.py``, and reads what its iterations recorded."""

    folder: Path
    stack: ExitStack
    port: int
    env: dict[str, str] = field(default_factory=dict)
    _started: int = 0

    def start(
        self, *arguments: str, within: Sequence[str] = (), locustfile: str = COUNTING, **env: str
    ) -> Process:
        """Start ``locust``, ``within`` a network namespace for example."""
        return self.run("locust", "-f", locustfile, *arguments, within=within, **env)

    def run(self, module: str, *arguments: str, within: Sequence[str] = (), **env: str) -> Process:
        """Start a Python module."""
        self._started += 1
        clean = {
            k: v for k, v in os.environ.items() if not k.startswith(("K6_", "LOCUST_", "KTB_"))
        }
        out, err = (self.folder / f"{self._started}.{name}" for name in ("out", "err"))
        with out.open("wb") as out_file, err.open("wb") as err_file:
            popen = subprocess.Popen(
                [*within, sys.executable, "-m", module, *arguments],
                cwd=ROOT,
                env={
                    **clean,
                    "NO_COLOR": "1",
                    "PYTHONIOENCODING": "utf-8",
                    "RECORDS": str(self.folder),
                    **self.env,
                    **env,
                },
                stdin=subprocess.DEVNULL,
                stdout=out_file,
                stderr=err_file,
                start_new_session=True,
            )
        process = Process(popen, out, err)
        self.stack.callback(process.end)
        return process

    def alone(self, *arguments: str, **env: str) -> Process:
        return self.start("--headless", *arguments, **env)

    def processes(self, count: int, *arguments: str, **more: Any) -> Process:
        """``--processes``: one command, which forks its workers."""
        port = ("--master-bind-port", str(self.port), "--master-port", str(self.port))
        return self.start("--headless", "--processes", str(count), *port, *arguments, **more)

    def master(self, workers: int, *arguments: str, **more: Any) -> Process:
        bind = ("--master", "--master-bind-port", str(self.port))
        expect = ("--headless", "--expect-workers", str(workers)) if workers else ()
        return self.start(*bind, *expect, *arguments, **more)

    def worker(self, *arguments: str, **more: Any) -> Process:
        return self.start("--worker", "--master-port", str(self.port), *arguments, **more)

    def spread(self, count: int, *arguments: str, **more: Any) -> list[Process]:
        """A master, and then ``count`` workers, each a command of its own."""
        master = self.master(count, *arguments, **more)
        return [master, *(self.worker(**more) for _ in range(count))]

    # What was recorded.

    def records(self, what: str) -> list[dict[str, Any]]:
        lines: list[dict[str, Any]] = []
        for file in self.folder.glob("*.jsonl"):
            text = file.read_text(encoding="utf-8")
            lines += [json.loads(line) for line in text.splitlines(keepends=True) if "\n" in line]
        return sorted((line for line in lines if line["what"] == what), key=lambda r: r["at"])

    def iterations(self, scenario: str | None = None) -> list[dict[str, Any]]:
        every = self.records("iteration")
        return [one for one in every if scenario is None or one["scenario"] == scenario]

    def worker_pids(self) -> list[int]:
        """The workers' process ids, in the order in which they came up."""
        return [one["pid"] for one in self.records("process") if one["kind"] == "WorkerRunner"]

    def iterating(self, processes: int) -> Callable[[], bool]:
        """Whether so many processes are well at work."""

        def well_at_work() -> bool:
            done = Counter(one["pid"] for one in self.iterations())
            return sum(count >= WELL for count in done.values()) >= processes

        return well_at_work

    def plan(self, thresholds: dict[str, Any] | None = None, **scenarios: dict[str, Any]) -> str:
        """Write a plan; returns the arguments' value for ``--plan``."""
        path = self.folder / "plan.yaml"
        document = {"scenarios": scenarios, "thresholds": thresholds or {}}
        path.write_text(json.dumps(document), encoding="utf-8")
        return str(path)

    def export(self) -> Any:
        """The metrics of ``--summary-export``."""
        text = (self.folder / "summary.json").read_text(encoding="utf-8")
        return json.loads(text)["metrics"]

    @property
    def export_to(self) -> tuple[str, str]:
        return ("--summary-export", str(self.folder / "summary.json"))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def fleet(tmp_path: Path) -> Iterator[Fleet]:
    with ExitStack() as stack:
        yield Fleet(tmp_path, stack, _free_port())


@pytest.fixture
def free_port() -> Callable[[], int]:
    return _free_port


@pytest.fixture
def steady() -> dict[str, Any]:
    """A scenario long enough to be ended by something."""
    return {"executor": "constant-vus", "vus": 6, "duration": "60s", "exec": "note"}
