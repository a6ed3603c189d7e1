"""How a distributed run ends when something ends it: always with one summary and k6's exit code."""

import os
import signal
import time
from collections import Counter

import pytest

pytestmark = pytest.mark.system


def summarised(process):
    assert process.out.count("█ TOTAL RESULTS") == 1, process.err + process.out
    assert "Traceback" not in process.err, process.err
    return process.code


def gone(process):
    """No process is left behind."""
    end = time.monotonic() + 5
    while process.alive():
        assert time.monotonic() < end, f"{process.alive()} go on"
        time.sleep(0.1)


def at_once(fleet, since):
    """No process went on for long."""
    return max(one["at"] for one in fleet.iterations()) - since < 2.5


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_all_processes_with_one_summary_and_105(fleet, steady, number):
    process = fleet.processes(2, "--plan", fleet.plan(steady=steady), *fleet.export_to)
    process.wait_until(fleet.iterating(2), "iterations of both workers")
    if number == signal.SIGINT:
        process.interrupt()
    else:
        os.kill(process.pid, number)
    assert summarised(process.wait(20)) == 105
    assert len(fleet.records("teardown")) == 1
    gone(process)
    count = fleet.export()["iterations"]["count"]
    assert 0 <= len(fleet.iterations()) - count <= steady["vus"]  # the interrupted ones


def test_a_second_ctrl_c_ends_at_once(fleet, steady):
    plan = fleet.plan(steady=steady)
    process = fleet.processes(2, "--plan", plan, TEARDOWN_TAKES="30")
    process.wait_until(fleet.iterating(2), "iterations of both workers")
    process.interrupt()
    process.wait_until(lambda: fleet.records("teardown"), "teardown")
    process.interrupt()
    assert process.wait(5).code == 105
    gone(process)


def test_ctrl_c_while_workers_are_awaited_ends_the_master_and_those_that_came(fleet, steady):
    master = fleet.master(2, "--plan", fleet.plan(steady=steady))
    worker = fleet.worker()
    master.wait_until(fleet.worker_pids, "the first worker")
    time.sleep(1)
    master.interrupt()
    assert master.wait(10).code == 105
    assert "Traceback" not in master.err, master.err
    worker.wait(10)


def test_a_plan_that_is_refused_leaves_no_worker_behind(fleet, steady):
    process = fleet.processes(2, "--plan", fleet.plan(steady={**steady, "exec": "nothing"}))
    assert process.wait(20).code == 104
    assert process.err.count("no task or user class 'nothing'") == 1
    gone(process)


def test_abort_on_fail_stops_all_workers(fleet, steady):
    thresholds = {"iterations": [{"threshold": "count<20", "abortOnFail": True}]}
    process = fleet.processes(2, "--plan", fleet.plan(thresholds, steady=steady)).wait(30)
    assert summarised(process) == 99
    assert "thresholds on metrics 'iterations' were crossed" in process.err


def test_a_task_that_aborts_ends_the_run_in_all_workers(fleet, steady):
    plan = fleet.plan(steady={**steady, "exec": "give_up"})
    process = fleet.processes(2, "--plan", plan).wait(30)
    assert summarised(process) == 108
    assert process.err.count("test aborted: enough of this") == 1, process.err
    gave_up = [one["at"] for one in fleet.iterations() if one["vu"] == 2][3]
    assert at_once(fleet, gave_up)
    assert len(fleet.records("teardown")) == 1


def test_a_run_that_is_marked_as_failed_in_a_worker_goes_on_and_ends_with_110(fleet):
    each = {"executor": "per-vu-iterations", "vus": 4, "iterations": 3, "exec": "complain"}
    process = fleet.processes(2, "--plan", fleet.plan(each=each)).wait(30)
    assert summarised(process) == 110
    assert "test marked as failed: this is not right" in process.err
    assert len(fleet.iterations()) == 12


def test_nothing_begins_if_setup_fails(fleet, steady):
    process = fleet.processes(2, "--plan", fleet.plan(steady=steady), SETUP_FAILS="yes").wait(30)
    assert process.code == 107, process.err
    assert "the house is on fire" in process.err
    assert "█ TOTAL RESULTS" in process.out
    assert fleet.iterations() == []


@pytest.mark.parametrize(
    "number", [signal.SIGKILL, signal.SIGSTOP, signal.SIGTERM], ids=lambda number: number.name
)
def test_a_lost_worker_is_said_and_the_others_do_their_part(fleet, steady, number):
    each = {**steady, "duration": "7s"}
    master, *workers = fleet.spread(2, "--plan", fleet.plan(each=each), *fleet.export_to)
    master.wait_until(fleet.iterating(2), "iterations of both workers")
    lost = workers[0]
    os.kill(lost.pid, number)
    since = time.time()
    assert summarised(master.wait(40)) == 255
    assert "the run is incomplete" in master.err
    assert master.err.count("are missing from now on") == 1, master.err
    assert "the run is incomplete, for want of the workers" in master.err
    rest = [one["at"] for one in fleet.iterations() if one["pid"] != lost.pid]
    assert max(rest) > since + 4
    export = fleet.export()
    assert export["iterations"]["count"] <= len(fleet.iterations())
    done = Counter(one["pid"] for one in fleet.iterations())
    assert export["iterations"]["count"] >= done[workers[1].pid]
    assert workers[1].wait(10).code == 0


def test_a_crossed_threshold_counts_more_than_a_lost_worker(fleet, steady):
    plan = fleet.plan({"iterations": ["count<5"]}, each={**steady, "duration": "6s"})
    process = fleet.processes(2, "--plan", plan)
    process.wait_until(fleet.iterating(2), "iterations of both workers")
    os.kill(fleet.worker_pids()[0], signal.SIGKILL)
    assert summarised(process.wait(40)) == 99
    assert "the run is incomplete" in process.err


def test_a_worker_that_comes_back_after_it_was_lost_ends_its_load(fleet, steady):
    plan = fleet.plan(each={**steady, "duration": "25s"})
    master, *workers = fleet.spread(2, "--plan", plan)
    master.wait_until(fleet.iterating(2), "iterations of both workers")
    os.kill(workers[0].pid, signal.SIGSTOP)
    master.wait_for("the run is incomplete")
    os.kill(workers[0].pid, signal.SIGCONT)
    back = time.time()
    time.sleep(3)
    of_the_lost = [one["at"] for one in fleet.iterations() if one["pid"] == workers[0].pid]
    assert max(of_the_lost) < back + 2
    master.interrupt()
    assert summarised(master.wait(20)) == 105


def test_the_run_ends_if_every_worker_dies(fleet, steady):
    process = fleet.processes(2, "--plan", fleet.plan(steady=steady))
    process.wait_until(fleet.iterating(2), "iterations of both workers")
    for pid in fleet.worker_pids():
        os.kill(pid, signal.SIGKILL)
    assert summarised(process.wait(30)) == 255
    assert process.err.count("are missing from now on") == 2, process.err
    assert len(fleet.records("teardown")) == 1


def test_a_worker_that_comes_late_takes_no_part_and_that_is_said(fleet, steady):
    plan = fleet.plan(each={**steady, "duration": "6s"})
    master = fleet.master(1, "--plan", plan)
    fleet.worker()
    master.wait_until(fleet.iterating(1), "iterations of the worker")
    late = fleet.worker()
    assert summarised(master.wait(30)) == 0
    assert "came after the test had begun: it takes no part" in master.err
    assert len({one["pid"] for one in fleet.iterations()}) == 1
    assert late.wait(10).code == 0
    assert "Traceback" not in late.err


def test_a_worker_that_is_slow_to_start_is_waited_for(fleet, steady):
    """Locust calls it ready before its locustfile has been told that it begins."""
    plan = fleet.plan(
        each={"executor": "per-vu-iterations", "vus": 4, "iterations": 2, "exec": "note"}
    )
    master = fleet.master(2, "--plan", plan)
    fleet.worker()
    fleet.worker(SLOW_START="3")
    assert summarised(master.wait(30)) == 0
    assert len({one["pid"] for one in fleet.iterations()}) == 2
    assert len(fleet.iterations()) == 8


def test_a_worker_that_cannot_run_the_plan_says_so(fleet, steady):
    """Its locustfile is another one."""
    plan = fleet.plan(each={**steady, "duration": "3s"})
    master = fleet.master(2, "--plan", plan)
    fleet.worker()
    where = ("--host", "http://127.0.0.1:1")
    fleet.worker(*where, locustfile="locustfiles/chat.py")
    assert summarised(master.wait(40)) == 255
    assert "it cannot run the plan" in master.err
    assert "the run is incomplete" in master.err


def test_no_load_goes_on_without_the_master(fleet, steady):
    master, worker = fleet.spread(1, "--plan", fleet.plan(steady=steady))
    master.wait_until(fleet.iterating(1), "iterations")
    os.kill(master.pid, signal.SIGKILL)
    worker.wait_for("the master was silent")
    said = time.time()
    time.sleep(2)
    assert at_once(fleet, said)
