"""Servers that tests start as processes: they say where they listen, and end with the test."""

import json
import os
import select
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

READY_WITHIN_S = 20.0
ENDED_WITHIN_S = 5.0


@dataclass(frozen=True)
class Server:
    """A running server: two origins without a slash at the end, and its process."""

    rest: str
    socket: str
    dialect: str
    pid: int

    def kill(self) -> None:
        """End it as a crash does: at once, without a farewell to anybody."""
        os.kill(self.pid, signal.SIGKILL)


@contextmanager
def running(
    command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None
) -> Iterator[Server]:
    """Start a server and wait for its ready line; it is ended on the way out."""
    with speaking(command, folder, environment) as told:
        yield Server(told["rest"], told["socket"], told["dialect"], told["pid"])


@contextmanager
def speaking(
    command: Sequence[str],
    folder: Path,
    environment: Mapping[str, str] | None = None,
    within_s: float = READY_WITHIN_S,
) -> Iterator[dict[str, Any]]:
    """Start a program and wait for its first line, which is JSON; it is ended on the way out."""
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdin=pipe, stdout=pipe, text=True
    ) as process:
        try:
            yield _first_line(process, within_s)
        finally:
            _end(process)


def _first_line(process: subprocess.Popen[str], within_s: float) -> dict[str, Any]:
    assert process.stdout is not None
    readable, _, _ = select.select([process.stdout], [], [], within_s)
    line = process.stdout.readline() if readable else ""
    assert line, f"{process.args} said nothing within {within_s:g} s"
    return dict(json.loads(line))


def _end(process: subprocess.Popen[str]) -> None:
    process.terminate()
    try:
        process.wait(ENDED_WITHIN_S)
    except subprocess.TimeoutExpired:
        process.kill()
