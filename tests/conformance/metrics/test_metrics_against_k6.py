"""The real k6 judges thresholds, percentiles, summaries, mistakes. What it said is kept.

The tests without a mark compare with what is kept; those marked ``k6`` ask it again.
"""

import json
import subprocess
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from ktb_load.metrics.metric import MetricSpec, MetricType
from ktb_load.metrics.threshold import Thresholds
from ktb_load.outputs.summary_data import summary_data, summary_export

HERE = Path(__file__).parent
CASES = sorted((HERE / "cases").glob("*.json"))
GOLDEN = sorted((HERE.parents[1] / "golden" / "summary" / "cases").glob("*.json"))
MISTAKES = json.loads((HERE / "mistakes.json").read_text("utf-8"))
KINDS = {
    "tt": MetricType.TREND,
    "cc": MetricType.COUNTER,
    "gg": MetricType.GAUGE,
    "rr": MetricType.RATE,
}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_kept_numbers_and_verdicts_of_k6_are_ours(case: Path, capture: ModuleType) -> None:
    kept = capture.read_capture(case)
    assert summary_data(capture.replayed(kept)) == kept.data
    assert capture.our_text(kept) == kept.text


@pytest.mark.k6
@pytest.mark.system
@pytest.mark.parametrize("case", [*CASES, *GOLDEN], ids=lambda case: case.stem)
def test_k6_still_says_the_same_as_we(case: Path, capture: ModuleType, k6: str) -> None:
    fresh = capture.run_case(case, k6)
    assert summary_data(capture.replayed(fresh)) == fresh.data
    ours = capture.our_text(fresh)
    if case.stem == "chat-as-custom":
        ours = ours.replace("    CHAT\n", "    CUSTOM\n")
    assert ours == fresh.text


def test_there_are_enough_cases() -> None:
    thresholds = json.loads((HERE / "cases" / "thresholds.json").read_text("utf-8"))
    sets = json.loads((HERE / "cases" / "percentiles.json").read_text("utf-8"))
    assert sum(map(len, thresholds["options"]["thresholds"].values())) >= 60
    assert len(sets["metrics"]) >= 15


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda m: f"{m['selector']}: {m['expression']}")
def test_mistake_is_refused_in_the_words_of_k6(mistake: Mapping[str, str]) -> None:
    known = {name: MetricSpec(name, type_) for name, type_ in KINDS.items()}
    thresholds = Thresholds({mistake["selector"]: [mistake["expression"]]})
    assert [problem.what for problem in thresholds.problems(known)] == [mistake["text"]]


@pytest.mark.k6
@pytest.mark.system
def test_k6_refuses_the_same_mistakes_in_the_same_words(k6: str) -> None:
    with ThreadPoolExecutor(2) as pool:
        said = list(pool.map(lambda mistake: _refusal(mistake, k6), MISTAKES))
    assert said == [mistake["text"] for mistake in MISTAKES]


@pytest.mark.k6
@pytest.mark.system
def test_summary_export_has_the_shape_of_k6(
    capture: ModuleType, k6: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = json.loads((GOLDEN[0].parent / "groups-compact.json").read_text("utf-8"))
    exported = tmp_path / "export.json"
    case["arguments"] = ["--summary-mode", "compact", "--summary-export", str(exported)]
    path = tmp_path / "case.json"
    path.write_text(json.dumps(case), "utf-8")
    fresh = capture.run_case(path, k6)
    ours = summary_export(summary_data(capture.replayed(fresh)))
    assert ours == json.loads(exported.read_text("utf-8"), parse_int=float)


def _refusal(mistake: Mapping[str, str], k6: str) -> str:
    """What k6 says of a threshold, on metrics of every type."""
    options: dict[str, Any] = {"thresholds": {mistake["selector"]: [mistake["expression"]]}}
    script = (
        "import {Trend, Counter, Gauge, Rate} from 'k6/metrics';\n"
        "new Trend('tt'); new Counter('cc'); new Gauge('gg'); new Rate('rr');\n"
        f"export const options = {json.dumps(options)};\nexport default function () {{}}\n"
    )
    command = [k6, "run", "--quiet", "--no-usage-report", "--address", "", "--log-format", "json"]
    done = subprocess.run(
        [*command, "-"], input=script.encode(), capture_output=True, timeout=60, check=False
    )
    assert done.returncode == 104
    last = done.stderr.decode().splitlines()[-1]
    message: str = json.loads(last)["msg"]
    return message
