"""Names and times as back ends write them."""

import re

from ktb_load.reference_server.ids import hex_id, iso, now_ms, ulid


def test_moment_is_written_in_utc_with_milliseconds() -> None:
    assert iso(1_765_413_910_994) == "2025-12-11T00:45:10.994Z"


def test_ulids_are_26_digits_that_begin_with_the_time() -> None:
    before = now_ms()
    made = ulid()
    alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    assert re.fullmatch(f"[0-7][{alphabet}]{{25}}", made)
    at_ms = 0
    for digit in made[:10]:
        at_ms = at_ms * 32 + alphabet.index(digit)
    assert before <= at_ms <= now_ms()
    assert ulid() != made


def test_hexadecimal_ids_have_24_digits() -> None:
    assert re.fullmatch("[0-9a-f]{24}", hex_id())
