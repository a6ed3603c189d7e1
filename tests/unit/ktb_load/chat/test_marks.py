import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ktb_load.chat.marks import Mark, read_mark, write_mark

NUMBERS = st.integers(min_value=0, max_value=2**60)


@given(vu=NUMBERS, number=NUMBERS, sent_us=NUMBERS, text=st.text())
def test_what_is_written_is_read_again_after_any_text(vu, number, sent_us, text):
    mark = Mark(vu, number, sent_us)
    assert read_mark(f"{text} {write_mark(mark)}") == mark


@given(vu=NUMBERS, number=NUMBERS, sent_us=NUMBERS)
def test_no_run_of_letters_and_digits_is_long_enough_for_a_banned_word(vu, number, sent_us):
    runs = re.findall(r"\w+", write_mark(Mark(vu, number, sent_us)))
    assert max(map(len, runs)) <= 3


@pytest.mark.parametrize(
    "text", ["", "hello", "~1~2~", "a ~1~2~3", "~1~2~3~ and more", "~A~b~c~", f"~1~{'2' * 5000}~3~"]
)
def test_a_text_without_a_mark_at_its_end_has_none(text):
    assert read_mark(text) is None
