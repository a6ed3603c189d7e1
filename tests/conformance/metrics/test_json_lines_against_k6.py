"""What we write as JSON lines, held against the ``--out json`` of k6 for the same samples."""

import io
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from ktb_load.metrics.store import Store
from ktb_load.metrics.threshold import Thresholds
from ktb_load.outputs.json_lines import JsonLines

HERE = Path(__file__).parent
GOLDEN = HERE.parents[1] / "golden" / "summary"
CASES = [*sorted((HERE / "cases").glob("*.json")), *sorted((GOLDEN / "cases").glob("*.json"))]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_kept_lines_of_k6_are_ours(case: Path, capture: ModuleType) -> None:
    kept = capture.read_capture(case)
    assert list(map(_record, _written(kept, capture))) == list(map(_record, kept.samples))


@pytest.mark.k6
@pytest.mark.system
def test_k6_still_writes_the_same_lines_as_we(capture: ModuleType, k6: str, tmp_path: Path) -> None:
    """One threshold of every form, names that JSON has to escape, numbers of every size."""
    odd = {"키": '값 <&> "quoted" \\ \t \x01 \u2028 😀', "a": "c"}
    case: dict[str, Any] = {
        "metrics": {"tt": "trend time", "cc": "counter"},
        "options": {
            "thresholds": {
                "tt": [
                    " p(95)<500",
                    {"threshold": "avg<7", "abortOnFail": True},
                    {"threshold": "avg<8", "abortOnFail": True, "delayAbortEval": "90s"},
                    {"threshold": "avg<9", "abortOnFail": False, "delayAbortEval": "1m"},
                ],
                "tt{a:c}": ["avg<3"],
                "tt{ b:'x y', a:c }": [],
            }
        },
        "steps": {
            "default": [
                {"add": "tt", "values": [1.5, 0, 0.1 + 0.2, 1e-7, 1e21, 1.5e300], "tags": odd},
                {"add": "cc", "values": [1, 123456789012], "tags": {"z": "1", "B": "2"}},
                {"group": "g<1>", "steps": [{"check": "is it?", "passes": False}]},
            ]
        },
    }
    path = tmp_path / "case.json"
    path.write_text(json.dumps(case), "utf-8")
    fresh = capture.run_case(path, k6)
    assert list(map(_record, _written(fresh, capture))) == list(map(_record, fresh.samples))


def _written(kept: Any, capture: ModuleType) -> list[str]:
    out = io.StringIO()
    writers: list[JsonLines] = []

    def attach(store: Store, thresholds: Thresholds) -> None:
        writers.append(JsonLines(store, thresholds, out, pytest.fail))

    capture.replayed(kept, attach)
    writers[0].flush()
    return out.getvalue().split("\n")[:-1]


def _record(line: str) -> list[Any]:
    """A line with its keys in their order, without its time; k6 has no order of submetrics."""
    record: dict[str, Any] = json.loads(line)
    record["data"].pop("time", None)
    if record["data"].get("submetrics"):
        record["data"]["submetrics"].sort(key=lambda submetric: submetric["name"])
    return [list(record), list(record["data"]), record]
