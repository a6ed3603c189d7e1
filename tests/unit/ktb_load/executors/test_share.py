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
