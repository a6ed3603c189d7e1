import gevent
import pytest

from ktb_load.executors.externally_controlled import ExternallyControlled


def controlled(**options):
    options = {"vus": 1, "max_vus_option": 3, "duration": 10.0, **options}
    return ExternallyControlled(name="s", env={}, tags={}, **options)


def at(stage, when, do):
    """Do something to the running scenario at a time."""

    def later():
        stage.clock.sleep_until(when)
        do(stage.scenario.control)

    gevent.spawn(later)


def test_vus_iterate_until_the_duration_is_over(stage):
    ended = stage.play(controlled(vus=2, duration=3.0))
    assert len(stage.times("end")) >= 4
    assert ended == 3


def test_more_vus_begin_at_once_and_fewer_are_interrupted_at_once(stage):
    stage.seconds = lambda _: 100.0
    at(stage, 2, lambda control: control.scale(3, 3))
    at(stage, 5, lambda control: control.scale(1, 3))
    stage.play(controlled())
    assert stage.times("start") == [0, 2, 2]
    assert stage.times("interrupted") == [5, 5, 10]


def test_a_pause_lets_iterations_finish_and_stops_the_clock(stage):
    stage.seconds = lambda _: 2.0
    at(stage, 3, lambda control: control.pause())
    at(stage, 8, lambda control: control.resume())
    ended = stage.play(controlled(duration=6.0))
    assert stage.times("end") == [2, 4, 10]
    assert ended == 11


@pytest.mark.parametrize(
    ("vus", "max_vus", "why"),
    [(4, 3, "must be less than or equal"), (1, 2, "is the lower limit")],
)
def test_what_cannot_be_is_refused(stage, vus, max_vus, why):
    refusals = []

    def scale(control):
        with pytest.raises(ValueError, match=why) as refusal:
            control.scale(vus, max_vus)
        refusals.append(refusal)

    at(stage, 1, scale)
    stage.play(controlled(duration=2.0))
    assert refusals
