import json

from benchmarks.servers import Counters, TraceCounter


def _line(action, at_s=1.0):
    return json.dumps({"at": at_s * 1000, "action": action}) + "\n"


def test_a_message_goes_in_once_and_out_to_the_whole_room():
    seen = TraceCounter().counters(_line("chatMessage"), until_s=2)
    assert seen == Counters(users=0, operations=21)


def test_who_joined_and_has_not_gone_is_in():
    text = _line("joinRoom") * 3 + _line("connect") + _line("disconnect")
    assert TraceCounter().counters(text, until_s=2) == Counters(users=2, operations=0)


def test_what_came_later_than_asked_for_counts_the_next_time():
    trace = TraceCounter()
    assert trace.counters(_line("joinRoom", 1.0) + _line("joinRoom", 3.0), until_s=2).users == 1
    assert trace.counters("", until_s=4).users == 2


def test_half_a_line_waits_for_its_other_half():
    trace, line = TraceCounter(), _line("joinRoom")
    assert trace.counters(line[:9], until_s=2).users == 0
    assert trace.counters(line[9:], until_s=2).users == 1
