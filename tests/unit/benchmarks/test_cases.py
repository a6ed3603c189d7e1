import json

import pytest

from benchmarks.cases import QUICK, Effort, cases
from benchmarks.figures import FIGURES
from benchmarks.peers.peer import Job, Work
from benchmarks.peers.plan import write_plan
from ktb_load.executors import EXECUTORS
from ktb_load.plan.document import read_document
from ktb_load.plan.schema import read_options

ALL = [*cases(Effort()), *cases(QUICK)]


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.name)
def test_every_goal_is_against_somebody_who_takes_part(case):
    assert set(case.shares) <= set(case.peers[1:])


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.name)
def test_every_figure_has_a_name(case):
    assert {case.figure, *case.beside} <= set(FIGURES)


def test_no_two_cases_have_the_same_name():
    names = [case.name for case in cases(Effort())]
    assert len(set(names)) == len(names)


WORKS = [
    (Work("socketio", "rooms", 300), "constant-vus"),
    (Work("socketio", "rooms", 5000, ramp_s=5), "ramping-vus"),
    (Work("arrivals", "", 100, per_second=5000), "constant-arrival-rate"),
]


@pytest.mark.parametrize(("work", "executor"), WORKS)
def test_a_job_is_a_plan_that_we_can_read(work, executor, tmp_path):
    path = write_plan(Job(work, tmp_path))
    options = read_options(read_document(path), EXECUTORS)
    assert json.loads(path.read_text())["scenarios"]["work"]["executor"] == executor
    assert options.duration_s == pytest.approx(work.seconds, abs=30)


def test_a_generator_goes_on_for_longer_than_it_is_watched():
    work = Work("echo", "echo", 20, ramp_s=5, settle_s=2, window_s=6)
    assert work.seconds > 5 + 2 + 6
