import uuid

import pytest

from ktb_load.vocabulary.random import Random, hash_text


def test_the_hash_is_fnv_1a():
    # Test vectors published with the FNV reference code.
    assert hash_text("") == 0xCBF29CE484222325
    assert hash_text("a") == 0xAF63DC4C8601EC8C
    assert hash_text("foobar") == 0x85944171F73967E8


def test_the_generator_is_pcg32():
    # The output function and step of the PCG paper (XSH-RR), written out a second time.
    random = Random()
    random.next32()  # seeding waits for the first choice
    random._state = 0x4D595DF4D0F33173
    outputs = [random.next32() for _ in range(3)]
    state, expected = 0x4D595DF4D0F33173, []
    for _ in range(3):
        old, state = state, (state * 6364136223846793005 + 1442695040888963407) % 2**64
        word = ((old ^ (old >> 18)) >> 27) % 2**32
        expected.append((word >> (old >> 59) | word << (32 - (old >> 59))) % 2**32)
    assert outputs == expected


def test_the_same_seed_makes_the_same_choices():
    one, two = Random("7/chat/37"), Random("7/chat/37")
    assert [one.next32() for _ in range(10)] == [two.next32() for _ in range(10)]
    assert Random("7/chat/38").next32() != Random("7/chat/37").next32()


def test_the_stream_is_pinned():
    random = Random("7/chat/37")
    assert [random.next32() for _ in range(3)] == [395616081, 1194156112, 178547680]
    assert random.text(8) == "wcjrwp87"


def test_numbers_stay_in_their_bounds_and_reach_them():
    random = Random("bounds")
    numbers = {random.integer(3, 5) for _ in range(200)}
    assert numbers == {3, 4, 5}
    assert all(0 <= random.random() < 1 for _ in range(200))
    assert all(2 <= random.uniform(2, 3) < 3 for _ in range(200))


def test_a_bound_of_nothing_is_refused():
    with pytest.raises(ValueError, match="bound"):
        Random().below(0)


def test_shuffle_keeps_the_items():
    items = list(range(20))
    Random("s").shuffle(items)
    assert sorted(items) == list(range(20))
    assert items != list(range(20))


def test_uuids_are_version_4():
    value = uuid.UUID(Random("u").uuid4())
    assert value.version == 4
    assert value.variant == uuid.RFC_4122
