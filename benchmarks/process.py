"""A generator as a process on its own core: started, waited for, and never left behind."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.machine import GENERATOR_CORE, on_core
from benchmarks.peers.peer import Command, Job
from benchmarks.servers import Failed, Server

STOPPED_WITHIN_S = 15.0
ENDED_WITHIN_S = 60.0
_KEEPS_NO_BYTE_CODE = "PYTHONDONTWRITEBYTECODE"
"""Where it is set, every start of Python compiles what `pip install -e` did not; people's machines
compile once.
"""

Process = subprocess.Popen[bytes]


@contextmanager
def started(command: Command, job: Job) -> Iterator[Process]:
    """Start it; it is ended on the way out, with everything that it started.

    Raises:
        Failed: from the inside, with the last that the generator said.
    """
    output = job.scratch / "output.txt"
    surroundings = {k: v for k, v in os.environ.items() if k != _KEEPS_NO_BYTE_CODE}
    with output.open("wb") as log:
        process = subprocess.Popen(
            on_core(GENERATOR_CORE, command.arguments),
            cwd=command.folder,
            env={**surroundings, **job.environment, **command.environment},
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield process
    except Failed as error:
        raise Failed(f"{error}; it said: {_end_of(output.read_text(errors='replace'))}") from None
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def stop(process: Process, server: Server) -> None:
    """Tell it to end and to write its report. k6 can wait for sockets until the server is gone.

    Raises:
        Failed: it does not end.
    """
    process.terminate()
    try:
        process.wait(STOPPED_WITHIN_S)
    except subprocess.TimeoutExpired:
        server.kill()
        wait_for_end(process)


def wait_for_end(process: Process) -> None:
    """Wait until it has ended by itself.

    Raises:
        Failed: it does not end.
    """
    try:
        process.wait(ENDED_WITHIN_S)
    except subprocess.TimeoutExpired:
        raise Failed(f"it did not end within {ENDED_WITHIN_S:g} s") from None


def _end_of(text: str) -> str:
    return " | ".join(text.strip().splitlines()[-3:])[-400:] or "nothing"
