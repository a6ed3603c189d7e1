"""The figures in the READMEs are those of the benchmark's last whole run, to the digit."""

from pathlib import Path
from statistics import median

import pytest

from benchmarks.results import read_results

ROOT = Path(__file__).parents[2]
ROWS = (
    ("socketio", "cpu_us", ("ktb-load", "k6-by-hand", "socketio-user", "node")),
    ("http", "cpu_us", ("ktb-load", "k6-by-hand", "fast-http-user", "")),
    ("memory", "kb_per_user", ("ktb-load", "k6-by-hand", "socketio-user", "node")),
)
RESULTS = read_results(ROOT / "benchmarks" / "results" / "latest.json")


def measured(case, figure, peer):
    if not peer:
        return ""
    return f"{median(RESULTS.cases[case][peer].values(figure).values()):.0f}"


@pytest.mark.parametrize("readme", ["README.md", "README.ko.md"])
def test_table_is_what_was_measured(readme):
    lines = (ROOT / readme).read_text(encoding="utf-8").splitlines()
    begin = next(n for n, line in enumerate(lines) if line.startswith("| | ktb-load |"))
    shown = [line.strip("|").split("|")[1:] for line in lines[begin + 2 : begin + 2 + len(ROWS)]]
    assert [[cell.strip() for cell in row] for row in shown] == [
        [measured(case, figure, peer) for peer in peers] for case, figure, peers in ROWS
    ]


def test_ten_thousand_users_were_held():
    failed = RESULTS.cases["growth-10000"]["ktb-load"].values("failed")
    assert set(failed.values()) == {0}
