import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ktb_load.metrics import sorted_runs
from ktb_load.metrics.sorted_runs import SortedRuns

_LISTS = st.lists(st.lists(st.integers(-9, 9).map(float), max_size=20), min_size=1, max_size=12)


def _runs_of(lists):
    runs = SortedRuns()
    for values in lists:
        runs.add_sorted(sorted(values))
    return runs


def _assert_knows_every_rank(lists):
    runs, everything = _runs_of(lists), sorted(value for values in lists for value in values)
    assert runs.count == len(everything)
    assert [runs.at(rank) for rank in range(len(everything))] == everything


@settings(max_examples=60, deadline=None)
@given(_LISTS)
def test_every_rank_is_that_of_one_sorted_list(lists):
    _assert_knows_every_rank(lists)


@settings(max_examples=60, deadline=None)
@given(_LISTS)
def test_runs_that_are_never_merged_know_every_rank_as_well(lists):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sorted_runs, "RUN_VALUES", 0)
        _assert_knows_every_rank(lists)


def test_equal_chunks_end_in_few_runs():
    runs = _runs_of([[float(n)] for n in range(1000)])
    assert len(runs.runs) < 12


def test_long_runs_are_left_alone(monkeypatch):
    monkeypatch.setattr(sorted_runs, "RUN_VALUES", 4)
    runs = _runs_of([[1.0, 2.0, 3.0, 4.0], [1.0, 2.0, 3.0, 4.0], [0.0]])
    assert runs.runs == [[1.0, 2.0, 3.0, 4.0], [1.0, 2.0, 3.0, 4.0], [0.0]]
    assert [runs.at(rank) for rank in (0, 1, 8)] == [0.0, 1.0, 4.0]


def test_nothing_makes_no_run():
    assert _runs_of([[], []]).runs == []
