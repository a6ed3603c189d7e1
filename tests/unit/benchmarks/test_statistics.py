import pytest

from benchmarks.statistics import Spread, percentile, ratios, spread


def test_a_spread_is_the_median_between_the_smallest_and_the_largest():
    assert spread([5.0, 1.0, 2.0]) == Spread(2.0, 1.0, 5.0, 3)


def test_what_was_not_measured_has_no_spread():
    assert spread([]) is None


def test_ratios_are_of_runs_of_the_same_round():
    assert ratios({1: 2.0, 2: 3.0, 3: 4.0}, {1: 4.0, 3: 16.0}) == [0.5, 0.25]


def test_nothing_is_a_share_of_nothing():
    assert ratios({1: 2.0}, {1: 0.0}) == []


@pytest.mark.parametrize(("share", "value"), [(0.0, 1), (0.5, 5), (0.99, 10), (1.0, 10)])
def test_a_percentile_is_one_of_the_values(share, value):
    assert percentile([10, 9, 8, 7, 6, 5, 4, 3, 2, 1], share) == value


def test_nothing_has_no_percentile():
    with pytest.raises(ValueError, match="no values"):
        percentile([], 0.5)
