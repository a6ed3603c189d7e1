import pytest

from ktb_load.executors.ramping_vus import RampingVUs, Stage, Step, steps


def ramp(*stages, **options):
    options = {"start_vus": 0, **options}
    return RampingVUs(name="s", env={}, tags={}, stages=tuple(Stage(*s) for s in stages), **options)


@pytest.mark.parametrize(
    ("start", "stages", "expected"),
    [
        pytest.param(
            0,
            [(4, 4), (2, 4), (4, 0)],
            [(0, 0), (1, 1), (2, 2), (3, 3), (4, 4), (7, 3), (8, 2), (9, 1), (10, 0)],
            id="the drawing of the module",
        ),
        pytest.param(1, [(1, 0), (6, 0)], [(0, 1), (1, 0)], id="trailing zeros are not waited for"),
        pytest.param(0, [(6, 0), (1, 1)], [(0, 0), (7, 1)], id="leading zeros are waited for"),
        pytest.param(2, [(0, 5), (3, 5)], [(0, 2), (0, 5), (3, 5)], id="a stage of 0 s jumps"),
        pytest.param(1, [(3, 1)], [(0, 1), (3, 1)], id="equal targets hold"),
        pytest.param(
            0,
            [(1, 3)],
            [(0, 0), (0.333333333, 1), (0.666666666, 2), (1, 3)],
            id="times are whole nanoseconds, rounded down",
        ),
    ],
)
def test_steps(start, stages, expected):
    assert steps(start, [Stage(*s) for s in stages]) == [Step(*e) for e in expected]


def test_vus_start_when_the_line_reaches_a_whole_number(stage):
    stage.seconds = lambda _: 100.0
    stage.play(ramp((4, 4), (1, 4), graceful_stop_s=0.0))
    assert stage.times("start") == [1, 2, 3, 4]


def test_a_vu_that_the_very_end_starts_runs_no_iteration(stage):
    stage.seconds = lambda _: 100.0
    stage.play(ramp((4, 4), graceful_stop_s=0.0))
    assert stage.times("start") == [1, 2, 3]


def test_a_vu_that_has_to_stop_finishes_its_iteration(stage):
    stage.seconds = lambda _: 3.0
    stage.play(ramp((0, 1), (1, 1), (0, 0), start_vus=0))
    assert stage.times("end") == [3]
    assert stage.times("interrupted") == []


def test_a_vu_is_interrupted_after_graceful_ramp_down(stage):
    stage.seconds = lambda _: 100.0
    stage.play(
        ramp((2, 2), (0, 1), (20, 1), start_vus=2, graceful_ramp_down_s=5.0, graceful_stop_s=1.0)
    )
    assert stage.times("interrupted") == [7, 23]


def test_graceful_ramp_down_of_zero_interrupts_at_once(stage):
    stage.seconds = lambda _: 100.0
    ended = stage.play(ramp((4, 0), start_vus=4, graceful_ramp_down_s=0.0))
    assert stage.times("interrupted") == [1, 2, 3, 4]
    assert ended == 4


def test_the_same_slot_carries_on_when_the_count_comes_back(stage):
    stage.seconds = lambda _: 10.0
    stage.play(ramp((1, 2), (0, 1), (2, 2), (5, 2), start_vus=2, graceful_ramp_down_s=5.0))
    # Told to stop at 1 s, wanted again at 3 s: neither interrupted at 6 s nor joined by another.
    assert stage.times("interrupted") == []
    assert stage.times("start") == [0, 0]


def test_a_resumed_slot_that_stops_again_gets_the_whole_time_again(stage):
    stage.seconds = lambda _: 100.0
    stage.play(
        ramp(
            (1, 2),
            (0, 1),
            (2, 2),
            (0, 1),
            (20, 1),
            start_vus=2,
            graceful_ramp_down_s=5.0,
            graceful_stop_s=0.0,
        )
    )
    assert stage.times("interrupted") == [8, 23]


def test_the_hard_end_cuts_a_longer_graceful_ramp_down_short(stage):
    stage.seconds = lambda _: 100.0
    ended = stage.play(ramp((2, 0), start_vus=1, graceful_ramp_down_s=60.0, graceful_stop_s=4.0))
    assert stage.times("interrupted") == [6]
    assert ended == 6


def test_the_lowest_free_slot_starts_and_vus_return_to_the_end_of_the_queue(stage):
    stage.seconds = lambda _: 0.5
    stage.play(ramp((0, 2), (1, 2), (0, 0), (1, 0), (0, 1), (1, 1), start_vus=0), vus=3)
    first = [who for at, what, who in stage.events if what == "start" and at < 1]
    later = [who for at, what, who in stage.events if what == "start" and at >= 2]
    assert set(first) == {1, 2}
    assert set(later) == {3}


def test_lateness_is_told_of_every_vu_that_starts(stage):
    stage.seconds = lambda number: stage.clock.be_busy(1.25) or 0.5 if number == 0 else 0.5
    stage.play(ramp((3, 3), start_vus=0, graceful_stop_s=1.0))
    assert stage.late == [0, 0.25, 0]
