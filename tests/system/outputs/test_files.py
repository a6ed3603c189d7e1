"""Outputs that write files, on disks and streams as they are."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ktb_load.errors import AuthorError
from ktb_load.metrics.store import Store

pytestmark = pytest.mark.system


@pytest.mark.parametrize("name", ["json", "csv", "junit"])
def test_full_disk_is_complained_of_once(
    open_: Any, store: Store, said: list[str], name: str
) -> None:
    (output,) = open_(f"{name}=/dev/full")
    series = store.series("http_reqs", ())
    for _ in range(5):
        for _ in range(3_000):
            series.add(1)
        output.flush()
    output.close()
    output.close()
    (text,) = said
    assert "No space left on device" in text
    sink = store.sink("http_reqs")
    assert sink is not None and sink.count == 15_000


@pytest.mark.parametrize("name", ["json", "csv", "junit"])
def test_file_that_cannot_be_made_is_found_before_the_run(
    open_: Any, tmp_path: Path, name: str
) -> None:
    with pytest.raises(AuthorError, match="No such file or directory"):
        open_(f"{name}={tmp_path}/none/file")


def test_compressed_files_can_be_read_back(open_: Any, store: Store, tmp_path: Path) -> None:
    outputs = open_(f"json={tmp_path}/a.json.gz", f"csv={tmp_path}/a.csv.gz")
    store.series("http_reqs", (("a", "값"),)).add(1)
    for output in outputs:
        output.flush()
        output.close()
    lines = gzip.decompress((tmp_path / "a.json.gz").read_bytes()).decode().splitlines()
    assert json.loads(lines[1])["data"]["tags"] == {"a": "값"}
    rows = gzip.decompress((tmp_path / "a.csv.gz").read_bytes()).decode().splitlines()
    assert rows[1].endswith(",a=값,")


PROGRAM = """
from ktb_load.clock import RealClock
from ktb_load.metrics.store import Store
from ktb_load.metrics.threshold import Thresholds
from ktb_load.outputs.out import OutputContext, open_outputs
import sys
store = Store(RealClock())
context = OutputContext(store, Thresholds({}), RealClock(), lambda text: sys.exit(text), {})
outputs = open_outputs(["json", "csv=-"], context)
store.series("vus", (("a", "값"),)).add(1)
for output in outputs:
    output.flush()
    output.close()
print("the summary")
"""


def test_samples_go_to_stdout_ahead_of_the_summary() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        capture_output=True,
        cwd=Path(__file__).parents[3],
        env={"PYTHONIOENCODING": "utf-8"},
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    *samples, last = done.stdout.decode().splitlines()
    row = samples[3]
    assert [line[:9] for line in samples] == ['{"type":"', '{"metric"', "metric_na", row[:9]]
    assert row.startswith("vus,")
    assert last == "the summary"
