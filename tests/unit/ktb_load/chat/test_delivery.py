import pytest

from ktb_load.chat.delivery import DeliveryTracker
from ktb_load.chat.marks import Mark
from ktb_load.clock import RealClock
from ktb_load.metrics.recorder import Recorder
from ktb_load.metrics.store import Store

ME, OTHER = 1, 2


class Listener:
    """A tracker of VU 1, and what it has counted so far."""

    def __init__(self):
        self.store = Store(RealClock())
        self.tracker = DeliveryTracker(Recorder(self.store), ME)

    def hear(self, number, vu=OTHER, room="r", late_us=0):
        self.tracker.arrived(room, Mark(vu, number, 1_000_000), 1_000_000 + late_us)

    def counted(self, metric):
        sink = self.store.sink(metric)
        return 0 if sink is None else sink.value("count", 1.0)


@pytest.fixture
def listener():
    return Listener()


def test_delivery_is_measured_from_the_senders_clock(listener):
    listener.hear(1, late_us=12_500)
    assert listener.store.sink("chat_delivery").value("max", 1.0) == 12.5
    assert listener.counted("chat_messages_received") == 1


def test_a_gap_in_a_senders_numbers_is_lost_when_the_connection_closes(listener):
    for number in (4, 5, 8):
        listener.hear(number)
    assert listener.counted("chat_messages_lost") == 0
    listener.tracker.closed()
    assert listener.counted("chat_messages_lost") == 2


def test_what_was_said_before_one_came_is_not_lost(listener):
    listener.hear(40)
    listener.tracker.closed()
    assert listener.counted("chat_messages_lost") == 0


def test_a_late_message_is_neither_lost_nor_a_duplicate(listener):
    for number in (1, 3, 2):
        listener.hear(number)
    listener.tracker.closed()
    assert listener.counted("chat_messages_lost") == 0
    assert listener.counted("chat_messages_duplicated") == 0


def test_a_message_that_comes_twice_is_a_duplicate_and_no_delivery(listener):
    listener.hear(1)
    listener.hear(1)
    assert listener.counted("chat_messages_duplicated") == 1
    assert listener.store.sink("chat_delivery").count == 1


def test_senders_and_rooms_count_apart(listener):
    listener.hear(1)
    listener.hear(7, vu=3)
    listener.hear(9, room="s")
    listener.hear(2)
    listener.tracker.closed()
    assert listener.counted("chat_messages_lost") == 0


def test_an_own_message_without_an_echo_is_lost(listener):
    listener.tracker.sent("r", 1)
    listener.tracker.sent("r", 2)
    listener.hear(1, vu=ME)
    listener.tracker.closed()
    assert listener.counted("chat_messages_lost") == 1
    assert listener.store.sink("chat_delivery") is None


def test_an_own_message_that_was_refused_is_not_lost(listener):
    listener.tracker.sent("r", 1)
    listener.tracker.refused("r", 1)
    listener.tracker.closed()
    assert listener.counted("chat_messages_lost") == 0


def test_an_own_echo_that_comes_twice_is_a_duplicate(listener):
    listener.tracker.sent("r", 1)
    listener.hear(1, vu=ME)
    listener.hear(1, vu=ME)
    assert listener.counted("chat_messages_duplicated") == 1


def test_leaving_a_room_settles_what_is_missing_there(listener):
    listener.hear(1)
    listener.hear(3)
    listener.tracker.left("r")
    assert listener.counted("chat_messages_lost") == 1
    listener.hear(9)
    listener.tracker.closed()
    assert listener.counted("chat_messages_lost") == 1


def test_the_history_says_where_a_sender_was(listener):
    listener.tracker.known("r", Mark(OTHER, 4, 1))
    listener.hear(6)
    listener.tracker.closed()
    assert listener.counted("chat_messages_lost") == 1


def test_a_message_that_was_told_in_the_history_may_still_come_once(listener):
    listener.tracker.known("r", Mark(OTHER, 3, 1))
    listener.tracker.known("r", Mark(OTHER, 4, 1))
    listener.hear(4)
    assert listener.counted("chat_messages_duplicated") == 0
    listener.hear(4)
    assert listener.counted("chat_messages_duplicated") == 1
