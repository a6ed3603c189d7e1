from ktb_load.executors.constant_vus import ConstantVUs


def constant(**options):
    return ConstantVUs(name="s", env={}, tags={}, **options)


def test_all_vus_start_at_once_and_iterate_without_a_pause(stage):
    stage.seconds = lambda _: 2.0
    stage.play(constant(vus=3, duration=6.0))
    assert stage.times("start") == [0, 0, 0, 2, 2, 2, 4, 4, 4]


def test_an_iteration_that_is_running_at_the_end_may_finish_within_graceful_stop(stage):
    stage.seconds = lambda _: 4.0
    ended = stage.play(constant(vus=1, duration=6.0, graceful_stop_s=3.0))
    assert stage.times("end") == [4, 8]
    assert ended == 8


def test_an_iteration_is_interrupted_when_graceful_stop_is_over(stage):
    stage.seconds = lambda _: 100.0
    ended = stage.play(constant(vus=2, duration=6.0, graceful_stop_s=3.0))
    assert stage.times("interrupted") == [9, 9]
    assert stage.times("silenced") == [9, 9]
    assert ended == 9


def test_the_start_time_is_waited_for(stage):
    stage.play(constant(vus=1, duration=1.0, start_time_s=5.0))
    assert stage.times("start") == [5]


def test_no_iteration_is_ever_dropped(stage):
    stage.seconds = lambda _: 100.0
    stage.play(constant(vus=2, duration=1.0, graceful_stop_s=0.0))
    assert stage.dropped == []
