"""Clients written in Node by others, as processes that tell one JSON line for each thing."""

import json
import os
import select
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.servers.node import install

FOLDER = Path(__file__).parent / "foreign_clients"
TELLS_WITHIN_S = 10.0


class Foreign:
    """A client at work."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self._process = process
        self._data = b""

    def say(self, value: Any) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(value).encode() + b"\n")
        self._process.stdin.flush()

    def end(self) -> None:
        """End its input: it should go now."""
        assert self._process.stdin is not None
        self._process.stdin.close()

    def told(self, kind: str) -> dict[str, Any]:
        """The next thing that it tells, which should be of this kind."""
        told: dict[str, Any] = json.loads(self._line())
        assert told.pop("kind") == kind, told
        return told

    def _line(self) -> bytes:
        assert self._process.stdout is not None
        while b"\n" not in self._data:
            readable, _, _ = select.select([self._process.stdout], [], [], TELLS_WITHIN_S)
            assert readable, f"{self._process.args!r} told nothing within {TELLS_WITHIN_S:g} s"
            came = os.read(self._process.stdout.fileno(), 65_536)
            assert came, f"{self._process.args!r} ended"
            self._data += came
        line, _, self._data = self._data.partition(b"\n")
        return line


@contextmanager
def foreign_client(script: str, *arguments: str) -> Iterator[Foreign]:
    """Start a script of the folder; it is ended on the way out."""
    install(FOLDER)
    pipe = subprocess.PIPE
    command = ["node", script, *arguments]
    with subprocess.Popen(command, cwd=FOLDER, stdin=pipe, stdout=pipe) as process:
        try:
            yield Foreign(process)
        finally:
            process.kill()
