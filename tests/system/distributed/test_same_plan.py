"""One process and several do exactly the same plan."""

import pytest

from ktb_load.executors import EXECUTORS
from ktb_load.plan.document import Document
from ktb_load.plan.schema import read_options
from ktb_load.vocabulary.random import Random

pytestmark = pytest.mark.system

SEED = "7"
TOLERANCE_S = 0.5  # two cores for up to six processes
SCENARIOS = {
    "shared": {"executor": "shared-iterations", "vus": 5, "iterations": 43, "exec": "note"},
    "few": {"executor": "shared-iterations", "vus": 1, "iterations": 9, "exec": "note"},
    "each": {"executor": "per-vu-iterations", "vus": 4, "iterations": 5, "exec": "note"},
    "rate": {
        "executor": "constant-arrival-rate",
        "rate": 20,
        "duration": "3s",
        "preAllocatedVUs": 6,
        "exec": "note",
    },
    "ramp": {
        "executor": "ramping-arrival-rate",
        "startRate": 4,
        "stages": [{"duration": "2s", "target": 20}, {"duration": "1s", "target": 0}],
        "preAllocatedVUs": 6,
        "exec": "note",
    },
    "vus": {
        "executor": "ramping-vus",
        "startVUs": 1,
        "stages": [{"duration": "2s", "target": 7}, {"duration": "1s", "target": 2}],
        "exec": "note",
        "env": {"SLEEP": "0.25"},
    },
}
COUNTS = {"shared": 43, "few": 9, "each": 20, "rate": 61, "ramp": 34}


def numbers(iterations, scenario):
    """The numbers of iterations, told by what each picked at random."""
    by_pick = {}
    for number in range(1000):
        by_pick[Random(f"{SEED}/{scenario}/{number}").text(12)] = number
    return [by_pick[one["pick"]] for one in iterations]


def ways(fleet, *arguments):
    return {
        "alone": lambda: [fleet.alone(*arguments)],
        "2 processes": lambda: [fleet.processes(2, *arguments)],
        "4 processes": lambda: [fleet.processes(4, *arguments)],
        "2 workers": lambda: fleet.spread(2, *arguments),
    }


@pytest.mark.parametrize("way", ["alone", "2 processes", "4 processes", "2 workers"])
def test_a_plan_is_the_same_on_however_many_processes(fleet, way):
    arguments = ("--plan", fleet.plan(**SCENARIOS), "--seed", SEED, *fleet.export_to)
    for process in ways(fleet, *arguments)[way]():
        process.wait()
        assert process.code == 0, process.err + process.out
    count = sum(COUNTS.values()) + len(fleet.iterations("vus"))
    metrics = fleet.export()
    assert metrics["iterations"]["count"] == count == len(fleet.iterations())
    assert "dropped_iterations" not in metrics
    for scenario, expected in COUNTS.items():
        found = numbers(fleet.iterations(scenario), scenario)
        assert sorted(found) == list(range(expected)), scenario
    in_ramp = numbers(fleet.iterations("vus"), "vus")
    assert len(set(in_ramp)) == len(in_ramp)
    check_vus(fleet.iterations())
    check_times(fleet)


def check_vus(iterations):
    """A VU is of one process; every process has its part of each scenario."""
    process_of = {one["vu"]: one["pid"] for one in iterations}
    assert all(process_of[one["vu"]] == one["pid"] for one in iterations)
    ids = sorted(process_of)
    assert ids[0] == 1
    assert len(ids) == len(set(ids))
    processes = set(process_of.values())
    for scenario in ("shared", "each", "rate", "ramp", "vus"):
        assert {one["pid"] for one in iterations if one["scenario"] == scenario} == processes


def check_times(fleet):
    """All processes follow one time line."""
    options = read_options(Document("plan", {"scenarios": SCENARIOS}), EXECUTORS)
    for scenario in ("rate", "ramp"):
        began = fleet.iterations(scenario)
        due = list(options.scenarios[scenario].due_times())
        late = [
            one["at"] - due[number]
            for one, number in zip(began, numbers(began, scenario), strict=True)
        ]
        assert max(late) - min(late) < TOLERANCE_S, scenario


def test_the_last_workers_have_nothing_to_do_where_there_are_fewer_vus(fleet):
    scenario = {"executor": "constant-arrival-rate", "rate": 10, "duration": "2s"}
    plan = fleet.plan(few={**scenario, "preAllocatedVUs": 2, "exec": "note"})
    process = fleet.processes(3, "--plan", plan, "--seed", SEED).wait()
    assert process.code == 0, process.err + process.out
    assert sorted(numbers(fleet.iterations(), "few")) == list(range(21))
    assert {one["vu"] for one in fleet.iterations()} == {1, 2}
