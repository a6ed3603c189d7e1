"""Small k6 scripts that use the runtime of exports as compiled scripts do; what came of them."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
SERVERS = HERE.parents[1] / "servers"


@dataclass(frozen=True)
class Outcome:
    """What a script did."""

    exit_code: int
    log: list[str]
    """What it and k6 logged, line by line."""
    points: list[dict[str, Any]]
    """Samples: ``metric``, ``value``, ``tags``."""

    @property
    def told(self) -> list[Any]:
        """What it logged as JSON."""
        return [json.loads(line) for line in self.log if line[:1] in ("{", "[")]

    def of(self, metric: str) -> list[tuple[float, dict[str, str]]]:
        """Value and tags of each sample of a metric."""
        return [(p["value"], p["tags"]) for p in self.points if p["metric"] == metric]


@pytest.fixture
def run_script(k6, tmp_path):
    """``run_script("random.k6.js", {"NAME": "value"})``: run it to its end."""

    def run(script: str, env: Mapping[str, str] | None = None, *options: str) -> Outcome:
        out = tmp_path / f"{script}.samples.json"
        command = [k6, "run", "--quiet", "--address", "", "--summary-mode", "disabled"]
        command += ["--log-format", "raw", "--out", f"json={out}", *options, str(HERE / script)]
        own = {"K6_NO_USAGE_REPORT": "true", "K6_AUTO_EXTENSION_RESOLUTION": "false"}
        done = subprocess.run(
            command,
            env={**os.environ, **own, **(env or {})},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        lines = [json.loads(line) for line in out.read_text().splitlines()] if out.exists() else []
        points = [
            {"metric": line["metric"], "value": line["data"]["value"], "tags": line["data"]["tags"]}
            for line in lines
            if line["type"] == "Point"
        ]
        return Outcome(done.returncode, done.stderr.split("\n"), points)

    return run


@contextmanager
def _socketio_server(*arguments: str):
    command = [sys.executable, str(SERVERS / "socketio_script.py"), *arguments]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as process:
        try:
            assert process.stdout is not None
            yield f"http://127.0.0.1:{process.stdout.readline().strip()}"
        finally:
            process.terminate()


@pytest.fixture(scope="session")
def start_socketio():
    """``with start_socketio("0.3", "0.2") as origin``: a server of python-socketio; ping interval
    and time-out in seconds.
    """
    return _socketio_server
