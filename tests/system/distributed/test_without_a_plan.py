"""Users that Locust starts on several workers, and runs that the web UI starts and stops."""

import json
import time
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest

pytestmark = pytest.mark.system


def test_locusts_own_users_run_with_our_metrics_and_one_summary(fleet):
    users = ("-u", "20", "-r", "20", "-t", "5s")
    process = fleet.processes(2, *users, *fleet.export_to, SLEEP="0.1", PLAIN="1").wait()
    assert process.code == 0, process.err + process.out
    assert process.out.count("█ TOTAL RESULTS") == 1, process.out
    assert "Traceback" not in process.err, process.err
    iterations, metrics = fleet.iterations(), fleet.export()
    assert {one["vu"] for one in iterations} == set(range(1, 21))
    assert len({one["pid"] for one in iterations}) == 2
    assert 0 <= len(iterations) - metrics["iterations"]["count"] <= 20  # the interrupted ones
    assert metrics["vus"]["max"] == 20
    assert len(fleet.records("setup")) == len(fleet.records("teardown")) == 1


def test_ctrl_c_without_a_plan_gives_the_summary_too(fleet):
    process = fleet.processes(2, "-u", "4", "-r", "4", PLAIN="1")
    process.wait_until(fleet.iterating(2), "iterations of both workers")
    process.interrupt()
    process.wait(20)
    assert process.code == 105, process.err
    assert process.out.count("█ TOTAL RESULTS") == 1, process.out


def test_users_that_locust_moves_to_a_late_worker_stand_by(fleet):
    master = fleet.master(1, "-u", "4", "-r", "4", "-t", "6s", PLAIN="1")
    fleet.worker(PLAIN="1")
    master.wait_until(fleet.iterating(1), "iterations")
    late = fleet.worker(PLAIN="1")
    master.wait(30)
    assert master.code == 0, master.err
    assert "users that Locust moves there do nothing" in master.err
    assert len({one["pid"] for one in fleet.iterations()}) == 1
    assert late.wait(10).code == 0
    assert "Traceback" not in late.err


class Site:
    """Locust's web UI, as a script uses it."""

    def __init__(self, port):
        self.origin = f"http://127.0.0.1:{port}"

    def swarm(self, **form):
        fields = {"user_count": 1, "spawn_rate": 1, "host": "", **form}
        with urlopen(f"{self.origin}/swarm", urlencode(fields).encode(), timeout=10) as answer:
            return json.load(answer)

    def stop(self):
        with urlopen(f"{self.origin}/stop", b"", timeout=30) as answer:
            return json.load(answer)

    @property
    def stats(self):
        with urlopen(f"{self.origin}/stats/requests", timeout=30) as answer:
            return json.load(answer)


@pytest.fixture
def started(fleet, free_port):
    """A master with its web UI, and two workers that wait."""
    port = free_port()
    master = fleet.master(0, "--web-host", "127.0.0.1", "--web-port", str(port))
    workers = [fleet.worker(), fleet.worker()]
    site = Site(port)

    def both():
        try:
            return len(site.stats["workers"]) == 2
        except OSError:
            return False

    master.wait_until(both, "two workers")
    return master, workers, site


def test_the_web_ui_starts_a_plan_on_workers_and_stops_it(fleet, started, steady):
    master, workers, site = started
    plan = fleet.plan(steady={**steady, "vus": 7})
    assert site.swarm(plan=plan)["success"]
    master.wait_until(lambda: site.stats["user_count"] == 7, "seven users")
    assert len({one["pid"] for one in fleet.iterations()}) == 2
    site.stop()
    stopped = time.time()
    master.wait_until(lambda: site.stats["state"] == "stopped", "the end")
    assert "test stopped from Locust" in master.err
    assert max(one["at"] for one in fleet.iterations()) < stopped + 1
    assert master.out.count("█ TOTAL RESULTS") == 1

    assert site.swarm(plan=plan)["success"], "the workers are ready for the next run"
    master.wait_until(lambda: site.stats["user_count"] == 7, "seven users again")
    master.interrupt()
    master.wait(30)
    assert master.out.count("█ TOTAL RESULTS") == 2, master.err
    assert master.code == 105, master.err
    for worker in workers:
        assert worker.wait(10).code == 0
        assert "Traceback" not in worker.err, worker.err


def test_a_plan_that_was_stopped_in_the_web_ui_ends_the_process_with_103(fleet, started, steady):
    master, _, site = started
    site.swarm(plan=fleet.plan(steady=steady))
    master.wait_until(fleet.iterating(2), "iterations of both workers")
    site.stop()
    master.wait_until(lambda: site.stats["state"] == "stopped", "the end")
    master.interrupt()
    assert master.wait(20).code == 103, master.err


def test_a_plan_ends_by_itself_in_the_web_ui(fleet, started, steady):
    master, _, site = started
    site.swarm(plan=fleet.plan(each={**steady, "duration": "3s"}))
    master.wait_until(lambda: site.stats["state"] == "stopped", "the end")
    master.interrupt()
    assert master.wait(20).code == 0, master.err
