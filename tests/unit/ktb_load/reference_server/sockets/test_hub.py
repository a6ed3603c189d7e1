"""Channels, and what faults do to that which goes through them."""

from collections import Counter
from typing import Any

from ktb_load.reference_server.faults import Faults, parse_fault
from ktb_load.reference_server.sockets.hub import Hub


class Listener:
    """A connection that keeps what it is sent."""

    def __init__(self, user_id: str) -> None:
        self.user_id = user_id
        self.channels: set[str] = set()
        self.heard: list[Any] = []
        self.is_cut = False

    def send(self, encoded: Any) -> None:
        self.heard.append(encoded)

    def cut(self) -> None:
        self.is_cut = True


def hub_of(*faults: str, people: str = "abc") -> tuple[Hub[Listener], list[Listener]]:
    """A hub, and listeners who are all in the channel ``room``."""
    specs = [parse_fault(text) for text in faults]
    hub: Hub[Listener] = Hub(Faults(specs, clock=lambda: 0.0), lambda *said: said)
    listeners = [Listener(name) for name in people]
    for one in listeners:
        hub.add(one)
        hub.join(one, "room")
    return hub, listeners


def heard(listeners: list[Listener]) -> list[int]:
    return [len(one.heard) for one in listeners]


def test_channel_hears_all_but_one() -> None:
    hub, listeners = hub_of()
    hub.emit("room", "news", 1, but=listeners[1])
    assert [one.heard for one in listeners] == [[("news", 1)], [], [("news", 1)]]


def test_who_left_hears_no_more() -> None:
    hub, listeners = hub_of()
    hub.leave(listeners[0], "room")
    hub.remove(listeners[1])
    hub.emit("room", "news")
    hub.emit_to_all("to all")
    assert heard(listeners) == [1, 0, 2]
    assert (listeners[0].channels, listeners[1].channels) == (set(), set())


def test_nobody_in_a_channel_is_nobody() -> None:
    hub, listeners = hub_of()
    hub.emit("elsewhere", "news")
    assert (heard(listeners), list(hub.members("elsewhere"))) == ([0, 0, 0], [])


def test_members_may_leave_while_they_are_told() -> None:
    hub, listeners = hub_of("push news:drop")
    for one in listeners:
        one.cut = lambda one=one: hub.remove(one)  # type: ignore[method-assign,misc]
    hub.emit("room", "news")
    assert not list(hub.members("room"))


def test_lost_message_reaches_its_sender_alone() -> None:
    hub, listeners = hub_of("message:lose")
    hub.deliver("room", "b", "said", "hello")
    hub.emit("room", "other")
    assert heard(listeners) == [1, 2, 1]


def test_push_is_struck_by_its_name_whoever_gets_it() -> None:
    hub, listeners = hub_of("push said:lose")
    hub.deliver("room", "b", "said", "hello")
    hub.tell(listeners[0], "said")
    hub.emit("room", "other")
    assert heard(listeners) == [1, 1, 1]


def test_doubled_push_comes_twice() -> None:
    hub, listeners = hub_of("push said:duplicate", "message:duplicate")
    hub.deliver("room", "b", "said", "hello")
    assert heard(listeners) == [3, 2, 3]


def test_dropped_push_cuts_the_connection() -> None:
    hub, listeners = hub_of("push said:drop=1")
    hub.tell(listeners[0], "said")
    assert [(one.is_cut, one.heard) for one in listeners[:2]] == [(True, []), (False, [])]


def test_some_pushes_are_lost() -> None:
    hub, listeners = hub_of("push said:lose=0.25")
    for _ in range(1000):
        hub.tell(listeners[0], "said")
    assert 650 < Counter(listeners[0].heard)[("said",)] < 850
