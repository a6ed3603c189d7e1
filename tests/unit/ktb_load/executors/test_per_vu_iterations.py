from ktb_load.executors.per_vu_iterations import PerVUIterations


def per_vu(**options):
    return PerVUIterations(name="s", env={}, tags={}, **options)


def test_each_vu_runs_exactly_its_iterations(stage):
    ended = stage.play(per_vu(vus=3, iterations=4))
    assert len(stage.times("end")) == 12
    assert {who for _, what, who in stage.events if what == "end"} == {1, 2, 3}
    assert ended == 4
    assert stage.dropped == []


def test_what_was_never_started_is_dropped_once_per_vu(stage):
    stage.seconds = lambda _: 2.0
    stage.play(per_vu(vus=2, iterations=5, max_duration=3.0))
    assert sorted(stage.dropped) == [(3, 1), (3, 2)]
    assert stage.times("end") == [2, 2, 4, 4]


def test_an_interrupted_iteration_is_not_dropped_itself(stage):
    stage.seconds = lambda _: 100.0
    stage.play(per_vu(vus=1, iterations=3, max_duration=2.0, graceful_stop_s=1.0))
    assert stage.times("interrupted") == [3]
    assert stage.dropped == [(2, 1)]
