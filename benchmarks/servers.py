"""The servers that are loaded: each a process of its own, on the core that no generator uses.

They count what they see; that count, not what a generator says of itself, is what CPU time is
divided by.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TextIO

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


class Server(Protocol):
    """A running server."""

    pid: int
    origin: str
    socket_origin: str
    """Empty where it is the same."""

    def counters(self) -> Counters: ...

    def kill(self) -> None: ...


class NodeServer:
    """One of ``servers/``; it tells its counters when asked on standard input."""

    socket_origin = ""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self.pid = process.pid
        self.origin = f"http://127.0.0.1:{_told(process)['port']}"

    def counters(self) -> Counters:
        assert self._process.stdin is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return Counters(**_told(self._process))

    def kill(self) -> None:
        self._process.kill()


class ReferenceServer:
    """Our own KTB Chat. What it counts is in its trace, which it writes a few times a second: we
    read it as it was a moment ago. In a full room everybody hears everything.
    """

    def __init__(self, process: subprocess.Popen[str], trace: Path) -> None:
        told = _told(process)
        self.pid, self.kill = process.pid, process.kill
        self.origin, self.socket_origin = told["rest"], told["socket"]
        self._trace = TraceCounter()
        self._lines = trace.open()

    def counters(self) -> Counters:
        return self._trace.counters(self._lines.read(), time.time() - A_MOMENT_S)


class TraceCounter:
    """Reads a trace piece by piece."""

    def __init__(self) -> None:
        self._unread = ""
        self._seen = Counters(0, 0)

    def counters(self, text: str, until_s: float) -> Counters:
        """What was seen up to a moment, when ``text`` is what the trace has grown by."""
        lines = (self._unread + text).splitlines(keepends=True)
        for number, line in enumerate(lines):
            if not line.endswith("\n") or json.loads(line)["at"] > until_s * 1000:
                self._unread = "".join(lines[number:])
                return self._seen
            self._count(json.loads(line)["action"])
        self._unread = ""
        return self._seen

    def _count(self, action: str) -> None:
        users = {"joinRoom": 1, "disconnect": -1}.get(action, 0)
        operations = 1 + ROOM_SIZE if action == "chatMessage" else 0
        seen = self._seen
        self._seen = Counters(seen.users + users, seen.operations + operations)


A_MOMENT_S = 0.5
ROOM_SIZE = 20
"""Of every room in every case."""


@contextmanager
def _node_server(script: str) -> Iterator[Server]:
    with _process([node.BINARY, f"servers/{script}"]) as process:
        yield NodeServer(process)


@contextmanager
def _reference_server() -> Iterator[Server]:
    with tempfile.TemporaryDirectory() as folder:
        trace = Path(folder) / "trace"
        command = [sys.executable, "-m", "ktb_load.reference_server", "ktb-chat"]
        command += ["--rest-port", "0", "--socket-port", "0", "--trace", str(trace)]
        with (Path(folder) / "log").open("w") as log, _process(command, log) as process:
            yield ReferenceServer(process, trace)


@contextmanager
def _process(command: Sequence[str], log: TextIO | None = None) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        on_core(SERVER_CORE, command),
        cwd=node.FOLDER,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=log,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


SERVERS: dict[str, Callable[[], AbstractContextManager[Server]]] = {
    "rooms": lambda: _node_server("rooms.mjs"),
    "json": lambda: _node_server("json.mjs"),
    "echo": lambda: _node_server("echo.mjs"),
    "ktb-chat": _reference_server,
}


def serving(name: str) -> AbstractContextManager[Server]:
    """Start a server; it is ended on the way out."""
    return SERVERS[name]()


def _told(process: subprocess.Popen[str]) -> dict[str, Any]:
    """The next line that a server says."""
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line:
        raise Failed(f"the server ended: {process.args!r}")
    return dict(json.loads(line))
