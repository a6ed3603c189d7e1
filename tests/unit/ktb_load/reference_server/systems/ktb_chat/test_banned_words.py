import uuid
from random import Random

import pytest

from ktb_load.reference_server.systems.ktb_chat.banned_words import FIXED, BannedWords


def test_there_are_ten_thousand_of_4_to_10_characters_the_fixed_ones_among_them() -> None:
    words = BannedWords("").words
    assert len(words) == 10_000
    assert {len(word) for word in words} == set(range(4, 11))
    assert set(FIXED) <= words


def test_seed_decides_the_words() -> None:
    assert BannedWords("a").words == BannedWords("a").words
    assert BannedWords("a").words != BannedWords("b").words


@pytest.mark.parametrize("text", ["badword", "xxBadWordxx", "so FORBIDDEN!"])
def test_words_are_matched_as_substrings_in_any_case(text: str) -> None:
    assert BannedWords("").in_text(text)


@pytest.mark.parametrize("text", ["", "bad word", "abc def ghi 123 456", "안녕하세요"])
def test_runs_of_three_characters_always_pass(text: str) -> None:
    assert not BannedWords("").in_text(text)


def test_chance_hits_a_uuid_about_as_often_as_measured() -> None:
    words, random = BannedWords(""), Random(5)
    texts = [str(uuid.UUID(int=random.getrandbits(128), version=4)) for _ in range(4000)]
    share = sum(map(words.in_text, texts)) / len(texts)
    assert share == pytest.approx(0.012, abs=0.008)
