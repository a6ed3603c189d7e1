import logging
from itertools import chain

import pytest

from ktb_load.executors.constant_arrival_rate import ConstantArrivalRate
from ktb_load.executors.share import Share


def arrivals(**options):
    options = {"max_vus_option": options.get("pre_allocated_vus", 0), **options}
    return ConstantArrivalRate(name="s", env={}, tags={}, **options)


@pytest.mark.parametrize(
    ("rate", "unit_s", "duration_s", "first", "count"),
    [
        pytest.param(10, 1, 1, [0, 0.1, 0.2], 11, id="the last is due at the very end"),
        pytest.param(3, 2, 4, [0, 0.666666666, 1.333333332], 7, id="the period is rounded down"),
        pytest.param(1, 60, 90, [0, 60], 2, id="slow rates by their time unit"),
    ],
)
def test_iterations_are_due_evenly_from_zero_on(rate, unit_s, duration_s, first, count):
    due = list(arrivals(rate=rate, time_unit_s=unit_s, duration=duration_s).due_times())
    assert due[: len(first)] == pytest.approx(first, abs=1e-12)
    assert len(due) == count


def test_shares_take_turns_on_one_time_line():
    plan = arrivals(rate=10, duration=2.0)
    alone = list(plan.due_times())
    together = [list(plan.due_times(Share(index, 3))) for index in range(3)]
    assert sorted(chain(*together)) == alone
    assert together[1] == alone[1::3]


def test_iterations_begin_on_time_whoever_is_busy(stage):
    stage.seconds = lambda _: 0.5
    stage.play(arrivals(rate=4, duration=2.0, pre_allocated_vus=3))
    assert stage.times("start") == [0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2]
    assert stage.dropped == []


def test_who_has_waited_longest_is_next(stage):
    stage.seconds = lambda _: 0.1
    stage.play(arrivals(rate=2, duration=2.0, pre_allocated_vus=3))
    assert [who for _, what, who in stage.events if what == "start"] == [1, 2, 3, 1, 2]


def test_more_vus_come_at_the_price_of_dropped_iterations(stage, caplog):
    # k6 1.8.1: 5/s, iterations of 1 s, 1 VU of at most 3, for 3 s: 8 run, 8 are dropped.
    stage.seconds = lambda _: 1.001
    with caplog.at_level(logging.WARNING):
        stage.play(arrivals(rate=5, duration=3.0, pre_allocated_vus=1, max_vus_option=3))
    assert len(stage.times("start")) + len(stage.dropped) == 16
    assert len(stage.times("start")) == 8
    assert set(stage.dropped) == {(1, None)}
    assert stage.pool.total == 3
    assert caplog.text.count("Insufficient VUs, reached 3 active VUs") == 1


def test_without_preallocated_vus_the_first_iteration_is_dropped(stage):
    stage.seconds = lambda _: 0.1
    stage.play(arrivals(rate=1, duration=2.0, pre_allocated_vus=0, max_vus_option=1))
    assert stage.dropped == [(1, None)]
    assert stage.times("start") == [1, 2]


def test_vus_that_wait_are_not_active(stage):
    seen = []

    def look(_number):
        seen.append((stage.pool.active, stage.pool.total))
        return 0.5

    stage.seconds = look
    stage.play(arrivals(rate=1, duration=3.0, pre_allocated_vus=5))
    assert set(seen) == {(1, 5)}


def test_running_iterations_have_the_graceful_stop_to_end(stage):
    stage.seconds = lambda _: 10.0
    ended = stage.play(arrivals(rate=1, duration=2.0, pre_allocated_vus=5, graceful_stop_s=3.0))
    assert stage.times("interrupted") == [5, 5, 5]
    assert ended == 5


def test_lateness_is_told_of_every_iteration_that_begins(stage):
    def busy_in_the_second(number):
        if number == 1:
            stage.clock.be_busy(0.5)
        return 0.01

    stage.seconds = busy_in_the_second
    stage.play(arrivals(rate=5, duration=1.2, pre_allocated_vus=4))
    assert stage.late == [0, 0, 0.3, 0.1, 0, 0, 0]


def test_what_is_dropped_is_not_late(stage):
    stage.seconds = lambda _: 10.0
    stage.play(arrivals(rate=5, duration=1.0, pre_allocated_vus=2, graceful_stop_s=1.0))
    assert (len(stage.late), len(stage.dropped)) == (2, 4)
