import json
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ktb_load.metrics.histogram import RELATIVE_ERROR, Histogram

_SLACK = 1 + 1e-9
_MAGNITUDES = st.floats(1e-9, 1e12)
_VALUES = st.lists(
    st.one_of(_MAGNITUDES, _MAGNITUDES.map(lambda v: -v), st.just(0.0), st.integers(-3, 3)),
    min_size=1,
    max_size=80,
)


def _histogram(values):
    histogram = Histogram()
    histogram.add_sorted(sorted(values))
    return histogram


def _assert_close(histogram, values):
    for rank, exact in enumerate(sorted(values)):
        assert abs(histogram.at(rank) - exact) <= RELATIVE_ERROR * abs(exact) * _SLACK


@settings(max_examples=100, deadline=None)
@given(_VALUES)
def test_every_rank_is_within_a_thousandth_of_the_exact_value(values):
    _assert_close(_histogram(values), values)


@settings(max_examples=50, deadline=None)
@given(st.lists(_VALUES, min_size=1, max_size=5))
def test_merging_parts_gives_what_adding_everything_gives(parts):
    merged = Histogram()
    for part in parts:
        merged.merge(_histogram(part))
    everything = [value for part in parts for value in part]
    assert merged.count == len(everything)
    _assert_close(merged, everything)


def test_values_all_over_a_few_buckets_are_counted_where_they_are():
    values = [1 + n / 10_000 for n in range(3000)]
    _assert_close(_histogram(values), values)


@pytest.mark.parametrize(
    "values",
    [
        pytest.param([5.0] * 7, id="one value many times"),
        pytest.param([0.0, 0.0, 0.0], id="only zeros"),
        pytest.param([-2.0, -1.0, 0.0, 0.0, 1.0, 2.0], id="both signs"),
        pytest.param([5e-324, 1e-300, 1.0], id="the least double"),
        pytest.param([1.0, sys.float_info.max], id="the greatest double"),
        pytest.param([-sys.float_info.max, -5e-324], id="the same below zero"),
    ],
)
def test_count_and_both_ends_are_exact(values):
    histogram = _histogram(values)
    assert histogram.count == len(values)
    assert histogram.at(0) == histogram.min == values[0]
    assert histogram.at(len(values) - 1) == histogram.max == values[-1]


def test_ends_stay_right_when_less_and_more_come_later():
    histogram = _histogram([5.0])
    histogram.add_sorted([1.0, 9.0])
    assert (histogram.min, histogram.at(1), histogram.max) == (1.0, pytest.approx(5, 0.001), 9.0)


def test_ranks_are_right_again_after_values_came():
    histogram = _histogram([1.0, 2.0, 3.0])
    assert histogram.at(1) == pytest.approx(2, rel=RELATIVE_ERROR)
    histogram.add_sorted([2.5] * 10)
    assert histogram.at(6) == pytest.approx(2.5, rel=RELATIVE_ERROR)


@pytest.mark.parametrize("empty_first", [True, False])
def test_merging_with_nothing_changes_nothing(empty_first):
    full, empty = _histogram([3.0, 4.0]), Histogram()
    into, other = (empty, full) if empty_first else (full, empty)
    into.merge(other)
    assert into.to_dict() == _histogram([3.0, 4.0]).to_dict()


def test_nothing_added_is_nothing():
    histogram = Histogram()
    histogram.add_sorted([])
    assert histogram.to_dict() == {"count": 0, "min": 0.0, "max": 0.0, "buckets": []}


def test_state_survives_json():
    histogram = _histogram([-7.0, 0.0, 0.5, 3.0, 3.0001, 1e9])
    copy = Histogram.from_dict(json.loads(json.dumps(histogram.to_dict())))
    assert copy.to_dict() == histogram.to_dict()
    assert [copy.at(rank) for rank in range(6)] == [histogram.at(rank) for rank in range(6)]


def test_a_bucket_is_as_wide_as_the_error_allows():
    """Three decades of values need some 3,450 buckets: log(1000) / log(1.002)."""
    histogram = _histogram([1.0005**n for n in range(13_816)])
    assert 3440 < len(histogram.to_dict()["buckets"]) < 3470
