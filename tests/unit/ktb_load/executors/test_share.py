import pytest
from hypothesis import given
from hypothesis import strategies as st

from ktb_load.executors.share import Share


@given(st.integers(1, 12), st.integers(0, 1000))
def test_all_shares_together_are_the_whole(count, total):
    shares = [Share(index, count) for index in range(count)]
    dealt = [share.number(n) for share in shares for n in range(share.of(total))]
    assert sorted(dealt) == list(range(total))


@pytest.mark.parametrize(("total", "parts"), [(10, [4, 3, 3]), (2, [1, 1, 0]), (0, [0, 0, 0])])
def test_parts_differ_by_one_at_most(total, parts):
    assert [Share(index, 3).of(total) for index in range(3)] == parts


@given(st.integers(1, 12), st.integers(0, 15), st.integers(0, 300))
def test_iterations_are_dealt_among_processes_that_have_vus(count, vus, iterations):
    parts = [Share(index, count).among(vus) for index in range(count)]
    assert [part is not None for part in parts] == [
        Share(index, count).of(vus) > 0 for index in range(count)
    ]
    there = [part for part in parts if part is not None]
    dealt = [part.number(nth) for part in there for nth in range(part.of(iterations))]
    assert sorted(dealt) == (list(range(iterations)) if vus else [])
