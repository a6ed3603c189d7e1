from benchmarks.cases import Case
from benchmarks.peers.peer import Peer
from benchmarks.results import Outcome, Results
from benchmarks.table import table


def _peer(name):
    return Peer(name, name.title(), absent=None, command=None)


OURS, OTHER, MISSING = _peer("ours"), _peer("other"), _peer("missing")
CASE = Case(
    "echo",
    "echo, as fast as it goes",
    "cpu_us",
    (OURS, OTHER, MISSING),
    measure=None,
    work=None,
    beside=("memory_mb",),
    at_most=6.0,
    shares={OTHER: 0.5, MISSING: 0.25},
)


def _lines(ours, other):
    outcomes = {
        "ours": Outcome("Ours", {n: {"cpu_us": us, "memory_mb": 60} for n, us in ours.items()}),
        "other": Outcome("Other", {n: {"cpu_us": us} for n, us in other.items()}),
        "missing": Outcome("Missing", absent="it is not installed"),
    }
    return table(Results({"CPU": "fast"}, {"echo": outcomes}), [CASE]).splitlines()


def test_the_table_begins_with_the_machine():
    assert _lines({1: 5}, {1: 10})[0] == "CPU fast"


def test_a_row_has_the_median_and_between_what_it_lies():
    assert "| Ours | 5.0 (4.0–7.0) |  | ≤ 6.0: held | 60 |" in _lines({1: 4, 2: 5, 3: 7}, {})


def test_a_single_run_has_no_spread():
    assert "| Ours | 7.0 |  | ≤ 6.0: missed | 60 |" in _lines({1: 7}, {})


def test_shares_are_medians_of_pairs():
    rows = _lines({1: 4, 2: 5, 3: 9}, {1: 10, 2: 10, 3: 10})
    assert "| Other | 10.0 (10.0–10.0) | 0.50 (0.40–0.90) | ≤ 0.50: held |  |" in rows


def test_what_was_not_measured_is_empty_and_says_why():
    rows = _lines({1: 5}, {1: 10})
    assert "| Missing |  |  | ≤ 0.25: not measured |  |" in rows
    assert "Missing: absent; it is not installed" in rows


def test_cases_that_did_not_run_are_left_out():
    assert table(Results({"CPU": "fast"}, {}), [CASE]) == "CPU fast\n"
