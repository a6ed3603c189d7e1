"""Our rows held against those of ``--out csv``, for the samples that k6 itself reported."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.k6, pytest.mark.system]


def _rows(path: Path) -> list[list[Any]]:
    opener: Any = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8", newline="") as file:
        rows = [list(row) for row in csv.reader(file)]
    extra = rows[0].index("extra_tags")
    for row in rows[1:]:  # k6 has no order there
        row[extra] = sorted(row[extra].split("&"))
    return rows


@pytest.mark.parametrize("time_format", ["", "unix", "rfc3339"])
def test_rows_are_those_of_k6(judge: Any, case: Any, tmp_path: Path, time_format: str) -> None:
    theirs, ours = tmp_path / "theirs.csv", tmp_path / "ours.csv.gz"
    environ = {"K6_CSV_TIME_FORMAT": time_format}
    lines = judge.run(case, [f"csv={theirs}"], environ)
    judge.replay(case, lines, [f"csv={ours}"], environ)
    assert _rows(ours) == _rows(theirs)
    assert len(_rows(ours)) > 120


@pytest.mark.parametrize(("time_format", "digits"), [("unix_milli", 13), ("unix_micro", 16)])
def test_finer_times_differ_by_their_last_digit_at_most(
    judge: Any, case: Any, tmp_path: Path, time_format: str, digits: int
) -> None:
    theirs, ours = tmp_path / "theirs.csv", tmp_path / "ours.csv"
    environ = {"K6_CSV_TIME_FORMAT": time_format}
    lines = judge.run(case, [f"csv={theirs}"], environ)
    judge.replay(case, lines, [f"csv={ours}"], environ)
    for mine, their in zip(_rows(ours)[1:], _rows(theirs)[1:], strict=True):
        assert len(mine[1]) == len(their[1]) == digits
        assert abs(int(mine[1]) - int(their[1])) <= 1


def test_columns_are_the_system_tags_that_are_asked_for(
    judge: Any, case: Any, tmp_path: Path
) -> None:
    theirs, ours = tmp_path / "theirs.csv", tmp_path / "ours.csv"
    asked = ["vu", "url", "ip", "group", "ocsp_status", "method"]
    lines = judge.run(case, [f"csv={theirs}"], {"K6_SYSTEM_TAGS": ",".join(asked)})
    judge.replay(case, lines, [f"csv={ours}"], {}, system_tags=asked)
    assert _rows(ours)[0] == _rows(theirs)[0]
    metadata = [row[:-1] for row in _rows(theirs)]
    assert [row[:-1] for row in _rows(ours)] == metadata


@pytest.mark.parametrize(
    ("out", "environ", "name"),
    [
        pytest.param("csv", {}, "file.csv", id="no name"),
        pytest.param("csv", {"K6_CSV_FILENAME": "e.csv"}, "e.csv", id="a name in the environment"),
        pytest.param("csv=a.csv", {"K6_CSV_FILENAME": "e.csv"}, "a.csv", id="both"),
        pytest.param("csv=timeFormat=rfc3339,fileName=a.csv", {}, "a.csv", id="settings"),
    ],
)
def test_file_has_the_name_that_k6_gives_it(
    judge: Any, case: Any, tmp_path: Path, monkeypatch: Any, out: str, environ: Any, name: str
) -> None:
    lines = judge.run(case, [out], environ)
    theirs = _rows(tmp_path / name)
    (tmp_path / name).unlink()
    monkeypatch.chdir(tmp_path)
    judge.replay(case, lines, [out], environ)
    assert _rows(tmp_path / name) == theirs
