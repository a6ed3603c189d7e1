from ktb_load.reference_server.rate_limit import RateLimit


def test_so_many_in_a_window_and_no_more() -> None:
    limit = RateLimit(2, 30, lambda: 100.0)
    turns = [limit.take("one") for _ in range(3)]
    assert [(turn.allowed, turn.remaining) for turn in turns] == [(True, 1), (True, 0), (False, 0)]
    assert (turns[2].ends_at, turns[2].retry_after_s) == (130, 30)


def test_each_key_has_its_own() -> None:
    limit = RateLimit(1, 30, lambda: 100.0)
    assert limit.take("one").allowed
    assert limit.take("other").allowed


def test_new_window_begins_when_the_old_one_is_over() -> None:
    times = iter([100.0, 129.9, 130.0])
    limit = RateLimit(1, 30, lambda: next(times))
    assert [limit.take("one").allowed for _ in range(3)] == [True, False, True]
