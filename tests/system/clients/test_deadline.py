"""A time limit that is used again and again."""

import time

import gevent
import pytest

from ktb_load.clients.deadline import Deadline

pytestmark = pytest.mark.system


class Late(Exception):
    pass


@pytest.fixture
def deadline():
    made = Deadline(Late, "too late")
    yield made
    made.close()


def test_deadline_has_its_full_time_whenever_it_starts(deadline):
    for used_before in (gevent.sleep, lambda _: time_out(deadline)):
        deadline.start(0.2)
        used_before(0.15)
        deadline.stop()
        assert time_out(deadline) >= 0.19


def test_deadline_that_was_stopped_raises_nothing(deadline):
    deadline.start(0.05)
    deadline.stop()
    assert not deadline.running
    gevent.sleep(0.1)


def test_deadline_may_be_another_one_each_time(deadline):
    for seconds in (0.2, 0.05, 0.2):
        assert time_out(deadline, seconds) >= seconds - 0.01


def time_out(deadline, seconds=0.2):
    """Run into it; how long that took."""
    began = time.perf_counter()
    with pytest.raises(Late, match="too late"):
        limited(deadline, seconds)
    assert not deadline.running
    return time.perf_counter() - began


def limited(deadline, seconds):
    deadline.start(seconds)
    try:
        gevent.sleep(10)
    finally:
        deadline.stop()


def test_deadline_may_be_given_back_while_it_runs(deadline):
    deadline.start(0.05)
    deadline.close()
    deadline.stop()
    gevent.sleep(0.1)
