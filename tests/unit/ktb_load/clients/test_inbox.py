"""Waiting for events. Nothing here sleeps: what is waited for has come, or a callback brings it."""

from contextvars import ContextVar

import gevent
import pytest

from ktb_load.clients.inbox import Inbox
from ktb_load.errors import Disconnected, TimedOut

GONE = Disconnected("gone", kind="connection")


@pytest.fixture
def inbox():
    return Inbox()


def soon(act, *args):
    """Do it in the loop, as soon as somebody waits."""
    gevent.get_hub().loop.run_callback(act, *args)


def test_event_that_came_before_anyone_waits_for_it_is_still_there(inbox):
    expected = inbox.expect("a")
    inbox.deliver("a", [1, 2], 5.0)
    assert inbox.first_of([expected], 0) == (expected, (1, 2))
    assert expected.arrived_at == 5.0


def test_event_that_comes_while_somebody_waits_wakes_him(inbox):
    expected = inbox.expect("a")
    soon(inbox.deliver, "a", ["x"], 1.0)
    assert inbox.first_of([expected], 60) == (expected, ("x",))


def test_event_before_the_expectation_is_not_kept(inbox):
    inbox.deliver("a", [], 1.0)
    with pytest.raises(TimedOut, match="no a within 0 s"):
        inbox.first_of([inbox.expect("a")], 0)


def test_other_events_and_those_that_do_not_match_are_passed_over(inbox):
    expected = inbox.expect("a", lambda number: number == 3)
    for event, number in (("b", 3), ("a", 1), ("a", 3), ("a", 3)):
        inbox.deliver(event, [number], float(number))
    assert inbox.first_of([expected], 0) == (expected, (3,))


@pytest.mark.parametrize(
    ("case", "args"),
    [
        ("no argument", []),
        ("two arguments", [{}, {}]),
        ("no such key", [{}]),
        ("text", ["x"]),
        ("null", [None]),
        ("an empty list", [{"a": []}]),
        ("a list", [[]]),
    ],
)
def test_event_of_another_shape_is_passed_over(inbox, case, args):
    expected = inbox.expect("a", lambda data: data["a"][0]["b"].startswith("x"))
    inbox.deliver("a", args, 1.0)
    assert expected.arrived_at is None, case
    inbox.deliver("a", [{"a": [{"b": "xy"}]}], 2.0)
    assert expected.arrived_at == 2.0


def test_first_of_several_is_the_one_that_arrived_first(inbox):
    late, early, never = inbox.expect("late"), inbox.expect("early"), inbox.expect("never")
    inbox.deliver("early", [1], 1.0)
    inbox.deliver("late", [2], 2.0)
    assert inbox.first_of([late, never, early], 0) == (early, (1,))
    assert inbox.first_of([late, never], 0) == (late, (2,))


def test_one_event_serves_everyone_who_waits_for_it(inbox):
    both = [inbox.expect("a"), inbox.expect("a")]
    inbox.deliver("a", [], 1.0)
    assert [one.arrived_at for one in both] == [1.0, 1.0]


def test_expectation_is_met_once(inbox):
    expected = inbox.expect("a")
    inbox.deliver("a", [1], 1.0)
    inbox.deliver("a", [2], 2.0)
    assert (expected.args, expected.arrived_at) == ((1,), 1.0)


def test_only_what_somebody_waits_for_is_wanted(inbox):
    assert not inbox.wants("a")
    first, second = inbox.expect("a"), inbox.expect("a")
    first.cancel()
    first.cancel()
    assert inbox.wants("a")
    second.cancel()
    assert not inbox.wants("a")
    inbox.expect("a")
    inbox.deliver("a", [], 1.0)
    assert not inbox.wants("a")
    inbox.on("a", print)
    assert inbox.wants("a")
    assert inbox.handles("a")


def test_expectation_alone_is_no_handler(inbox):
    inbox.expect("a")
    assert not inbox.handles("a")


def test_time_that_is_up_is_told_with_the_names(inbox):
    with pytest.raises(TimedOut, match=r"no a or b within 0\.001 s"):
        inbox.first_of([inbox.expect("a"), inbox.expect("b")], 0.001)


def test_expectation_outlives_a_timeout(inbox):
    expected = inbox.expect("a")
    with pytest.raises(TimedOut):
        inbox.first_of([expected], 0)
    inbox.deliver("a", [], 1.0)
    assert inbox.first_of([expected], 0)[0] is expected


def test_end_of_the_connection_is_the_end_of_waiting(inbox):
    expected = inbox.expect("a")
    soon(inbox.end, GONE)
    with pytest.raises(Disconnected, match="gone"):
        inbox.first_of([expected], 60)
    with pytest.raises(Disconnected, match="gone"):
        inbox.first_of([inbox.expect("b")], 60)


def test_what_came_before_the_end_counts(inbox):
    expected = inbox.expect("a")
    inbox.deliver("a", [1], 1.0)
    inbox.end(GONE)
    assert inbox.first_of([expected], 60)[1] == (1,)


def test_connection_ends_for_the_first_reason(inbox):
    inbox.end(GONE)
    inbox.end(Disconnected("once more"))
    with pytest.raises(Disconnected, match="gone"):
        inbox.first_of([inbox.expect("a")], 60)


def test_every_handler_is_called_and_the_last_one_answers(inbox):
    seen = []
    inbox.on("a", lambda *args: seen.append(args) or "first")
    inbox.on("a", lambda *args: seen.append(args) or "second")
    assert inbox.deliver("a", [1, 2], 1.0) == "second"
    assert seen == [(1, 2), (1, 2)]
    assert inbox.deliver("b", [], 1.0) is None


def test_handler_runs_in_the_context_of_who_registered_it(inbox):
    place = ContextVar("place", default="nowhere")
    seen = []

    def register():
        place.set("task")
        inbox.on("a", lambda: seen.append(place.get()))

    gevent.spawn(register).join()
    inbox.deliver("a", [], 1.0)
    assert (seen, place.get()) == (["task"], "nowhere")


def test_what_a_handler_raises_is_raised_where_the_task_waits_once(inbox):
    def fail():
        raise ZeroDivisionError("own")

    inbox.on("bad", fail)
    expected = inbox.expect("a")
    soon(inbox.deliver, "bad", [], 1.0)
    with pytest.raises(ZeroDivisionError, match="own"):
        inbox.first_of([expected], 60)
    inbox.raise_fault()
    inbox.deliver("a", [], 2.0)
    assert inbox.first_of([expected], 0)[0] is expected


def test_first_of_several_faults_counts_and_the_other_handlers_still_run(inbox):
    seen = []
    inbox.on("a", lambda: 1 / 0)
    inbox.on("a", lambda: {}["none"])
    inbox.on("a", lambda: seen.append("here"))
    inbox.deliver("a", [], 1.0)
    assert seen == ["here"]
    with pytest.raises(ZeroDivisionError):
        inbox.raise_fault()
    inbox.raise_fault()


def test_what_a_match_raises_is_the_authors_fault_as_well(inbox):
    expected = inbox.expect("a", lambda number: 1 / number > 0)
    other = inbox.expect("a")
    inbox.deliver("a", [0], 1.0)
    assert other.arrived_at == 1.0
    with pytest.raises(ZeroDivisionError):
        inbox.first_of([expected], 60)
    inbox.deliver("a", [1], 2.0)
    assert expected.arrived_at == 2.0
