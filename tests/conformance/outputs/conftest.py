"""k6 with its outputs, and ours fed with the samples that k6 reported."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from gevent import subprocess

from ktb_load.metrics.metric import Contains, MetricSpec, MetricType
from ktb_load.metrics.store import Store
from ktb_load.metrics.threshold import Thresholds
from ktb_load.outputs.json_replay import replay
from ktb_load.outputs.out import OutputContext, open_outputs

_SCRIPT = Path(__file__).parents[2] / "golden" / "summary" / "samples.js"
_TIMEOUT_S = 60


class Clock:
    """Shows the time of the sample that is replayed."""

    def __init__(self) -> None:
        self.at = 0.0

    def now(self) -> float:
        return 0.0

    def epoch(self) -> float:
        return self.at


@dataclass
class Judge:
    """Runs a case (see ``samples.js``) on k6 and replays its samples to our outputs."""

    k6: str
    folder: Path

    def run(self, case: dict[str, Any], outs: Sequence[str], environ: dict[str, str]) -> list[str]:
        """k6's samples as JSON lines; ``outs`` have written what they write."""
        path, samples = self.folder / "case.json", self.folder / "samples.jsonl"
        path.write_text(json.dumps(case), "utf-8")
        command = [self.k6, "run", "--quiet", "--no-usage-report", "--address", ""]
        command += ["--env", f"CASE={path}", "--out", f"json={samples}"]
        for out in outs:
            command += ["--out", out]
        clean = {key: value for key, value in os.environ.items() if not key.startswith("K6_")}
        done = subprocess.run(
            [*command, str(_SCRIPT)],
            env={**clean, **environ},
            cwd=self.folder,
            capture_output=True,
            timeout=_TIMEOUT_S,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()
        return samples.read_text("utf-8").splitlines()

    def replay(
        self,
        case: dict[str, Any],
        lines: Sequence[str],
        outs: Sequence[str],
        environ: dict[str, str],
        system_tags: Sequence[str] | None = None,
    ) -> None:
        """Let our outputs see the same samples."""
        clock = Clock()
        store = Store(clock)
        for name, kinds in case["metrics"].items():
            type_, _, contains = kinds.partition(" ")
            store.declare(MetricSpec(name, MetricType(type_), Contains(contains or "default")))
        context = OutputContext(
            store, Thresholds({}), clock, pytest.fail, environ, system_tags=system_tags
        )
        outputs = open_outputs(outs, context)
        replay(_on_time(lines, clock), store)
        for output in outputs:
            output.close()


def _on_time(lines: Sequence[str], clock: Clock) -> Iterator[str]:
    for line in lines:
        if time := json.loads(line)["data"].get("time"):
            clock.at = datetime.fromisoformat(time).timestamp()
        yield line


@pytest.fixture
def judge(k6: str, tmp_path: Path) -> Judge:
    """k6 beside ours."""
    return Judge(k6, tmp_path)


@pytest.fixture
def case() -> dict[str, Any]:
    """Samples of every kind of metric, with tags and values that are hard to write."""
    odd = {"키": '값 <&> "q", x=y&z\n;', "1x": "2", "a-b": "1", "empty": "", "vu": "77"}
    named = {"method": "GET", "url": "http://h/?a=1,2", "zz": "1", "Aa": "2"}
    return {
        "metrics": {
            **{"tt": "trend time", "tp": "trend", "cc": "counter", "ct": "counter time"},
            **{"gg": "gauge", "gt": "gauge time", "rr": "rate", "rt": "rate time"},
        },
        "options": {"noSetup": False},
        "steps": {
            "default": [
                {"add": "tt", "values": [1.5, 20.25, 0, 1 / 3, 99999], "tags": odd},
                {"add": "tt", "values": [5, 10, 10.000001, 250], "tags": named},
                {"add": "tp", "values": [*(n * 1.5 for n in range(1, 101)), 1e21, 1e-7, -3]},
                {"add": "cc", "values": [1, 5.5, 1e12], "tags": {"empty": "", "x": "1"}},
                {"add": "cc", "values": [2]},
                {"add": "ct", "values": [7]},
                {"add": "gg", "values": [4, -2, 0.1 + 0.2]},
                {"add": "gt", "values": [5], "tags": odd},
                {"add": "rr", "values": [1, 0, 1]},
                {"add": "rr", "values": [0], "tags": {"only": "zeros"}},
                {"add": "rt", "values": [1]},
                {"group": "g<1>", "steps": [{"check": 'is "it", so?', "passes": False}]},
            ]
        },
    }
