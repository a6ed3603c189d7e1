from ktb_load.executors.share import Share
from ktb_load.executors.shared_iterations import SharedIterations


def shared(**options):
    return SharedIterations(name="s", env={}, tags={}, **options)


def test_the_vus_run_the_iterations_together(stage):
    ended = stage.play(shared(vus=3, iterations=7))
    assert len(stage.times("end")) == 7
    assert ended == 3


def test_a_fast_vu_takes_more(stage):
    stage.seconds = lambda number: 9.0 if number == 0 else 1.0
    stage.play(shared(vus=2, iterations=10))
    assert [who for _, what, who in stage.events if what == "start"] == [1] + [2] * 9


def test_what_was_never_started_is_one_dropped_sample(stage):
    stage.seconds = lambda _: 2.0
    stage.play(shared(vus=2, iterations=20, max_duration=7.0))
    assert len(stage.times("start")) == 8
    assert stage.dropped == [(12, None)]


def test_a_running_iteration_has_the_graceful_stop_to_end(stage):
    stage.seconds = lambda _: 5.0
    ended = stage.play(shared(vus=1, iterations=2, max_duration=3.0, graceful_stop_s=1.0))
    assert stage.times("interrupted") == [4]
    assert stage.dropped == [(1, None)]
    assert ended == 4


def test_shares_run_all_iterations_between_them(stage):
    for index in range(3):
        stage.play(shared(vus=4, iterations=10), vus=2, share=Share(index, 3))
    assert len(stage.times("end")) == 10
