from itertools import chain

import pytest

from ktb_load.executors.ramping_arrival_rate import RampingArrivalRate
from ktb_load.executors.ramping_vus import Stage
from ktb_load.executors.share import Share


def ramp(*stages, **options):
    return RampingArrivalRate(
        name="s", env={}, tags={}, stages=tuple(Stage(*s) for s in stages), **options
    )


def test_the_drawn_ramp():
    due = list(ramp((2, 10), (2, 0)).due_times())
    assert len(due) == 20
    assert due[:4] == pytest.approx([0.632, 0.894, 1.095, 1.265], abs=0.001)
    assert due[-2:] == pytest.approx([3.368, 4.0], abs=0.001)


@pytest.mark.parametrize(
    ("stages", "options", "expected"),
    [
        pytest.param(
            [(1, 10)],
            {"start_rate": 10},
            [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0],
            id="a flat rate begins after one period",
        ),
        pytest.param([(0, 2), (1, 2)], {}, [0.5, 1.0], id="a stage of 0 s jumps"),
        pytest.param([(1, 0), (1, 0)], {"start_rate": 2}, [1.0], id="what stays at 0 is over"),
        pytest.param(
            [(1.5, 1), (1.5, 1)],
            {"start_rate": 1},
            [1, 2, 3],
            id="fractions go into the next stage",
        ),
        pytest.param([(60, 1)], {"start_rate": 1, "time_unit_s": 60.0}, [60], id="a time unit"),
    ],
)
def test_due_times(stages, options, expected):
    assert list(ramp(*stages, **options).due_times()) == pytest.approx(expected)


def test_shares_take_turns_on_one_time_line():
    plan = ramp((3, 7), (2, 1), start_rate=2)
    alone = list(plan.due_times())
    together = [list(plan.due_times(Share(index, 4))) for index in range(4)]
    assert sorted(chain(*together)) == pytest.approx(alone)


def test_iterations_begin_on_the_ramp(stage):
    stage.seconds = lambda _: 0.1
    ended = stage.play(ramp((0, 2), (2, 2), pre_allocated_vus=1, max_vus_option=1))
    assert stage.times("start") == [0.5, 1, 1.5, 2]
    assert ended == 2.1
