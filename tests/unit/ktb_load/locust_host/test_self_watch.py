"""What a process measures of itself, on a clock that a test moves."""

import gevent
import pytest
from gevent import GreenletExit

from ktb_load.clients.backlog import Backlog
from ktb_load.locust_host.self_watch import SelfWatch
from ktb_load.metrics.store import Store


class Machine:
    """A clock whose sleeper wakes late by what ``lateness_s`` says, then never; and its CPU."""

    def __init__(self):
        self.now_s = 100.0
        self.used_s = 3.0
        self.lateness_s = []

    def now(self):
        return self.now_s

    epoch = now

    def cpu(self):
        return self.used_s

    def sleep_until(self, due):
        if not self.lateness_s:
            raise GreenletExit
        self.now_s = due + self.lateness_s.pop(0)

    def pass_time(self, seconds, *, busy_s=0.0):
        self.now_s += seconds
        self.used_s += busy_s


@pytest.fixture
def machine():
    return Machine()


@pytest.fixture
def measured():
    """Metric -> values."""
    return {}


@pytest.fixture
def backlog():
    return Backlog()


@pytest.fixture
def watch(machine, backlog, measured):
    store = Store(machine)
    store.subscribe(
        lambda metric, value, tags, _: measured.setdefault(metric, []).append(
            (round(value, 6), dict(tags).get("worker"))
        )
    )
    return SelfWatch(store, (("worker", "2@here"),), machine, backlog, machine.cpu)


def values(measured, metric):
    return [value for value, _ in measured.get(metric, [])]


def test_every_tenth_of_a_second_is_a_sample_of_lag(watch, machine, measured):
    machine.lateness_s = [0.0, 0.005, 0.02]
    watch.start()
    gevent.sleep(0)
    assert measured == {"generator_lag": [(0.0, "2@here"), (5.0, "2@here"), (20.0, "2@here")]}


def test_waking_too_early_is_no_negative_lag(watch, machine, measured):
    machine.lateness_s = [-0.01, 0.0]
    watch.start()
    gevent.sleep(0)
    assert values(measured, "generator_lag") == [0.0]


def test_what_a_blocked_loop_left_out_counts(watch, machine, measured):
    machine.lateness_s = [0.35, 0.0]
    watch.start()
    gevent.sleep(0)
    assert values(measured, "generator_lag") == [350.0, 250.0, 150.0, 50.0, 0.0]


def test_what_is_due_at_the_end_counts(watch, machine, measured):
    watch.start()
    machine.pass_time(0.25)
    watch.stop()
    assert values(measured, "generator_lag") == [150.0, 50.0]


def test_cpu_is_a_share_of_one_core_each_second(watch, machine, measured):
    machine.lateness_s = [0.0] * 9
    watch.start()
    gevent.sleep(0)
    assert "generator_cpu" not in measured  # not a second has passed
    machine.pass_time(0.1, busy_s=0.25)
    watch.stop()
    assert values(measured, "generator_cpu") == [0.25]


def test_seconds_that_passed_in_one_go_are_samples_each(watch, machine, measured):
    watch.start()
    machine.pass_time(4.0, busy_s=3.8)
    watch.stop()
    assert values(measured, "generator_cpu") == [0.95] * 4


def test_unsent_bytes_are_measured_while_there_are_sockets(watch, machine, backlog, measured):
    watch.start()
    machine.pass_time(1.0)
    watch.stop()
    assert "generator_unsent" not in measured
    backlog.sockets = 1
    backlog.grow(500)
    backlog.shrink(500)
    watch.start()
    machine.pass_time(1.0)
    watch.stop()
    assert values(measured, "generator_unsent") == [500.0]


def test_stopping_what_was_never_started_measures_nothing(watch, measured):
    watch.stop()
    assert measured == {}
