import gevent

from ktb_load.executors.constant_vus import ConstantVUs
from ktb_load.executors.pool import Pool
from ktb_load.executors.running import RunningScenario


def test_a_vu_that_is_interrupted_before_its_greenlet_began_comes_back(stage):
    class Unborn:
        id = 1
        activate = deactivate = iterate = silence = lambda *_: None

    pool = Pool([Unborn()], lambda _vu, _scene, work: gevent.spawn(work), Unborn)
    config = ConstantVUs(name="s", env={}, tags={}, duration=1.0)
    scenario = RunningScenario(config, stage.clock, pool, lambda *_: None)
    main = gevent.spawn(lambda: (scenario.crew.add(), scenario.crew.interrupt()))
    stage.clock.run(main)
    assert pool.active == 0
    assert scenario.crew.wait(0)


def test_scenarios_share_vus_one_after_the_other(stage):
    stage.play(ConstantVUs(name="first", env={}, tags={}, vus=2, duration=1.0))
    assert {who for _, _, who in stage.events} == {1, 2}
