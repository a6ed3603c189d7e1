"""One case on one runner: start it, let it end, and gather what can be seen of it from outside.

k6 gets a case's ``options`` as they are, through ``program.js``; ours gets them as a plan, through
``program.py``. The rest of a case:

    tasks                   name -> steps: either `default`, or those that scenarios name in `exec`,
                            `one` and `two`. The first step asks for a URL with `?begin`
    setup, setup_returns, teardown, metrics, init_raises    for the programs, see there
    environment, arguments  for both commands
    signals                 [{name, after_requests, then_s}], to be sent to both
    says                    texts that stderr must hold; {k6: [...], ours: [...]} where they differ
    expect                  what k6 must make of it, lest a case proves something else
    counts_within, arrivals_within_ms, also, leave    see `compare.py`; the last two name facets
    differs                 facet -> why ours is something else on purpose
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests.servers.recorder import Recorder

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
_TIMEOUT_S = 60
_OURS_ALONE = ("chat_", "generator_")

Case = Mapping[str, Any]
TagSets = dict[str, list[dict[str, str]]]


@dataclass
class Facts:
    """What a runner did with a case. Everything is JSON-like, so that it can be shown."""

    code: int
    arrivals: dict[str, list[float]]
    """Path and query -> seconds after the first request of the run, in order."""
    connections: int
    user_agents: list[str]
    cookies: int
    """Requests that carried one."""
    stderr: str
    stdout: str
    completed: int = 0
    dropped: int = 0
    vus: list[int] = field(default_factory=list)
    """The smallest and the largest number that were at work, as the gauge shows it."""
    vus_max: int | None = None
    metrics: list[str] = field(default_factory=list)
    thresholds: dict[str, dict[str, bool]] = field(default_factory=dict)
    """Metric -> expression -> whether it is crossed."""
    checks: dict[str, list[int]] = field(default_factory=dict)
    """Path -> passes and fails."""
    groups: list[str] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    """Custom metrics, times and rates per second left out."""
    averages_ms: dict[str, float] = field(default_factory=dict)
    tags: TagSets = field(default_factory=dict)
    summarised: bool = False

    @property
    def begun(self) -> int:
        """Iterations of which a request came: the first step of a task asks for ``?begin``."""
        return sum(len(found) for target, found in self.arrivals.items() if "begin" in target)

    @property
    def interrupted(self) -> int:
        return self.begun - self.completed if self.summarised else 0


def load_cases() -> dict[str, Case]:
    """Every case of ``cases/``, by ``file/name``."""
    cases = {}
    for path in sorted((HERE / "cases").glob("*.yaml")):
        for name, case in yaml.safe_load(path.read_text("utf-8")).items():
            # With us `default` is a pick among all tasks.
            assert list(case["tasks"]) == ["default"] or "default" not in case["tasks"], name
            cases[f"{path.stem}/{name}"] = case
    return cases


def run_on_k6(case: Case, recorder: Recorder, k6: str, folder: Path) -> Facts:
    """Run a case on k6. ``folder`` is for the files of this run."""
    command = [k6, "run", "--quiet", "--no-usage-report", "--address", "", "--no-color"]
    return _run([*command, str(HERE / "program.js")], case, recorder, folder)


def run_on_ours(case: Case, recorder: Recorder, folder: Path) -> Facts:
    """Run a case on Locust with its options as a plan."""
    plan = folder / "plan.yaml"
    plan.write_text(json.dumps(case.get("options", {})), "utf-8")
    command = [sys.executable, "-m", "locust", "-f", str(HERE / "program.py"), "--headless"]
    return _run([*command, "--plan", str(plan)], case, recorder, folder)


def _run(command: Sequence[str], case: Case, recorder: Recorder, folder: Path) -> Facts:
    recorder.forget()
    export, samples = folder / "export.json", folder / "samples.jsonl"
    command = [*command, "--summary-export", str(export), "--out", f"json={samples}"]
    command += case.get("arguments", [])
    ours = ("K6_", "LOCUST_", "KTB_")
    environment = {k: v for k, v in os.environ.items() if not k.startswith(ours)}
    environment |= {"NO_COLOR": "1", "PYTHONIOENCODING": "utf-8", "BASE_URL": recorder.url}
    environment["CASE"] = json.dumps(case)
    environment |= {key: str(value) for key, value in case.get("environment", {}).items()}
    with (
        (folder / "out").open("w+", encoding="utf-8") as out,
        (folder / "err").open("w+", encoding="utf-8") as err,
        subprocess.Popen(
            command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=err
        ) as process,
    ):
        code = _ended(process, case, recorder)
    facts = _heard(recorder, code)
    facts.stdout = (folder / "out").read_text("utf-8")
    facts.stderr = (folder / "err").read_text("utf-8").replace('\\"', '"')
    _read_export(facts, case, export)
    _read_samples(facts, recorder.url, samples)
    return facts


def _ended(process: subprocess.Popen[bytes], case: Case, recorder: Recorder) -> int:
    """Send the case's signal, if it has one, and wait for the end."""
    end = time.monotonic() + _TIMEOUT_S
    for number in case.get("signals", []):
        while len(recorder.requests()) < number["after_requests"] and process.poll() is None:
            _must_be_before(end, process)
            time.sleep(0.01)
        time.sleep(number.get("then_s", 0.0))
        process.send_signal(signal.Signals[number["name"]])
    while process.poll() is None:
        _must_be_before(end, process)
        time.sleep(0.02)
    return process.returncode


def _must_be_before(end: float, process: subprocess.Popen[bytes]) -> None:
    if time.monotonic() > end:
        process.kill()
        raise TimeoutError(f"{process.args} hung")


def _heard(recorder: Recorder, code: int) -> Facts:
    notes = recorder.requests()
    first = notes[0]["at"] if notes else 0.0
    arrivals: dict[str, list[float]] = {}
    for note in notes:
        arrivals.setdefault(note["target"], []).append(note["at"] - first)
    return Facts(
        code,
        arrivals,
        len({note["connection"] for note in notes}),
        sorted({note["user_agent"] for note in notes}),
        sum(bool(note["cookie"]) for note in notes),
        "",
        "",
    )


def _read_export(facts: Facts, case: Case, path: Path) -> None:
    if not path.is_file():
        return
    facts.summarised = True
    export = json.loads(path.read_text("utf-8"))
    metrics = export["metrics"]
    facts.metrics = sorted(name for name in metrics if not name.startswith(_OURS_ALONE))
    facts.completed = int(metrics.get("iterations", {}).get("count", 0))
    facts.dropped = int(metrics.get("dropped_iterations", {}).get("count", 0))
    if "vus_max" in metrics:
        facts.vus_max = int(metrics["vus_max"]["max"])
        facts.vus = [int(metrics["vus"][end]) for end in ("min", "max")]
    facts.thresholds = {
        name: values["thresholds"] for name, values in metrics.items() if "thresholds" in values
    }
    for name in ("iteration_duration", "group_duration"):
        if name in metrics:
            facts.averages_ms[name] = metrics[name].get("avg", 0.0)
    for name in case.get("metrics", {}):
        if name in metrics:
            kept = {k: v for k, v in metrics[name].items() if k not in ("rate", "thresholds")}
            facts.values[name] = kept
    _walk(facts, export["root_group"])


def _walk(facts: Facts, group: Mapping[str, Any]) -> None:
    for check in group["checks"].values():
        facts.checks[check["path"]] = [check["passes"], check["fails"]]
    for inner in group["groups"].values():
        facts.groups.append(inner["path"])
        _walk(facts, inner)


def _read_samples(facts: Facts, base_url: str, path: Path) -> None:
    """The tag sets of each metric; the server's address, which differs, left out of URLs."""
    if not path.is_file():
        return
    seen: dict[str, Counter[str]] = {}
    for line in path.read_text("utf-8").splitlines():
        sample = json.loads(line)
        if sample["type"] == "Point" and not sample["metric"].startswith(_OURS_ALONE):
            tags = sample["data"]["tags"] or {}
            text = json.dumps(tags, sort_keys=True).replace(base_url, "")
            seen.setdefault(sample["metric"], Counter())[text] += 1
    facts.tags = {m: [json.loads(text) for text in sorted(sets)] for m, sets in seen.items()}
