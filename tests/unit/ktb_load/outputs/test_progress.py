from dataclasses import replace

import pytest

from ktb_load.metrics.metric import Contains, MetricSpec, MetricType
from ktb_load.metrics.overload import LIMITS, Excess
from ktb_load.metrics.threshold import Standing, Verdict, parse_threshold
from ktb_load.outputs.progress import WIDTH, Progress, progress_line

_PROGRESS = Progress("medium", 12.04, 60.0, 50, 60, 118)


def _standing(source, value, *, selector="tt", type_="trend", contains=Contains.TIME, ok=True):
    spec = MetricSpec(selector, MetricType(type_), contains)
    return Standing(selector, parse_threshold(source), Verdict(ok, value), spec, 0.5)


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        pytest.param(
            {}, "medium: running (0m12.0s/1m00s), 50/60 VUs, 118 iterations", id="the plainest"
        ),
        pytest.param({"elapsed_s": None}, "medium: setup, 50/60 VUs, 118 iterations", id="setup"),
        pytest.param(
            {"total_s": None},
            "medium: running (0m12.0s), 50/60 VUs, 118 iterations",
            id="nobody knows how long",
        ),
        pytest.param(
            {"interrupted": 2},
            "medium: running (0m12.0s/1m00s), 50/60 VUs, 118 iterations (2 interrupted)",
            id="interrupted iterations",
        ),
        pytest.param(
            {"messages_per_s": 411.6},
            "medium: running (0m12.0s/1m00s), 50/60 VUs, 118 iterations, 412 msgs/s",
            id="messages",
        ),
        pytest.param(
            {"past_limits": [Excess(LIMITS[0], 30.0), Excess(LIMITS[2], 9_000.0)]},
            "medium: running (0m12.0s/1m00s), 50/60 VUs, 118 iterations,"
            " GENERATOR PAST ITS LIMITS (lag, cpu)",
            id="an overloaded generator",
        ),
        pytest.param(
            {"elapsed_s": 59.99, "total_s": 3723.9},
            "medium: running (0m59.9s/1h02m03s), 50/60 VUs, 118 iterations",
            id="times are cut, not rounded",
        ),
        pytest.param(
            {"elapsed_s": -0.1},
            "medium: running (0m00.0s/1m00s), 50/60 VUs, 118 iterations",
            id="a little before the beginning",
        ),
    ],
)
def test_line_says_how_far_the_run_is(changes, line):
    assert progress_line(replace(_PROGRESS, **changes)) == line


@pytest.mark.parametrize(
    ("standing", "end"),
    [
        pytest.param(_standing("p(95)<500", 212.0), " · p(95)<500 tt 212ms ✓", id="it holds"),
        pytest.param(_standing(" avg<1 ", 3.5, ok=False), " · avg<1 tt 3.5ms ✗", id="it does not"),
        pytest.param(
            _standing("rate<5", 3.0, selector="cc", type_="counter", contains=Contains.DEFAULT),
            " · rate<5 cc 3/s ✓",
            id="a second",
        ),
        pytest.param(
            _standing("rate<0.1", 0.05, selector="rr", type_="rate"),
            " · rate<0.1 rr 5.00% ✓",
            id="%",
        ),
        pytest.param(_standing("avg<1", None), " · avg<1 tt 0s ✓", id="no value"),
    ],
)
def test_line_ends_with_the_worst_threshold(standing, end):
    plain = progress_line(_PROGRESS)
    assert progress_line(replace(_PROGRESS, worst=standing)) == plain + end


def test_long_name_of_a_metric_is_cut_to_what_there_is_room_for():
    line = progress_line(replace(_PROGRESS, worst=_standing("avg<1", 1.0, selector="m" * 200)))
    assert len(line) == WIDTH
    assert line.endswith("mm… 1ms ✓")


def test_threshold_is_left_out_where_there_is_no_room():
    crowded = replace(_PROGRESS, plan="p" * 60)
    assert progress_line(replace(crowded, worst=_standing("avg<1", 1.0))) == progress_line(crowded)


def test_line_is_never_too_wide():
    line = progress_line(replace(_PROGRESS, plan="p" * 500))
    assert (len(line), line[-1]) == (WIDTH, "…")
