"""The servers that are loaded: each a process of its own, on the core that no generator uses.

They count what they see; that count, not what a generator says of itself, is what CPU time is
divided by.
"""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from benchmarks import node
from benchmarks.machine import SERVER_CORE, on_core


class Failed(Exception):
    """A run that measured nothing; the text says why."""


@dataclass(frozen=True)
class Counters:
    """What a server has seen so far."""

    users: int
    """Who is in: joined, or connected where there is nothing to join."""
    operations: int


class Server:
    """A running server."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self.port = int(self._read()["port"])
        self.origin = f"http://127.0.0.1:{self.port}"

    def counters(self) -> Counters:
        assert self._process.stdin is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        told = self._read()
        return Counters(told["users"], told["operations"])

    def wait_for(self, users: int, within_s: float) -> None:
        """Wait until so many are in.

        Raises:
            Failed: they did not come.
        """
        due = time.monotonic() + within_s
        while (seen := self.counters().users) < users:
            if time.monotonic() > due:
                raise Failed(f"{seen} of {users} users were in after {within_s:g} s")
            time.sleep(0.05)

    def _read(self) -> dict[str, int]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise Failed(f"the server ended: {self._process.args!r}")
        return dict(json.loads(line))


COMMANDS: dict[str, Sequence[str]] = {
    "rooms": (node.BINARY, "servers/rooms.mjs"),
    "json": (node.BINARY, "servers/json.mjs"),
    "echo": (node.BINARY, "servers/echo.mjs"),
}
"""How each is started, in the folder of the installed Node packages."""


@contextmanager
def serving(name: str) -> Iterator[Server]:
    """Start a server; it is ended on the way out."""
    pipe = subprocess.PIPE
    process = subprocess.Popen(
        on_core(SERVER_CORE, COMMANDS[name]),
        cwd=node.FOLDER,
        stdin=pipe,
        stdout=pipe,
        text=True,
    )
    with process:
        try:
            yield Server(process)
        finally:
            process.kill()
