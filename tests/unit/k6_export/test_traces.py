import pytest

from k6_export.traces import Difference, compare, iterations, streams

ROOM, OTHER = "0" * 23 + "1", "0" * 23 + "2"
ULID, UUID = "01HZQK5J8X2M3N4P5Q6R7S8T9V", "6f1d7c1e-8f0a-4c1e-9d57-1b8d6a0c2e44"


def lines(*actions, vu="chat/1/0"):
    """Lines of a trace: (action, body) or (action, body, status)."""
    return [
        {"n": n, "vu": vu, "action": action, "body": body, "status": rest[0] if rest else 200}
        for n, (action, body, *rest) in enumerate(actions)
    ]


def shown(*actions):
    return [str(action) for action in iterations(lines(*actions))["chat", 0].actions]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            {"room": ROOM, "again": ROOM, "other": OTHER},
            '{"room": "<id 1>", "again": "<id 1>", "other": "<id 2>"}',
        ),
        ([ROOM, OTHER], '"<ids>"'),
        ([{"room": ULID}, UUID, f"/room/{ULID}"], '[{"room": "<id 1>"}, "<id 2>", "/room/<id 1>"]'),
        ("hello ~1f~2b~2ly.9pq.x0z.4~", '"hello <mark>"'),
        ({"token": "eyJh.eyJz.abc-_9"}, '{"token": "<token>"}'),
        ("ab12-17@load.test", '"ab12-<n>@load.test"'),
        ("hello, room ab12 3", '"hello, room ab12 <n>"'),
        ("1795_0123456789abcdef.png", '"<file>.png"'),
        (None, "null"),
        (
            {"roomUuid": "01HZQK5J8X2M3N4P5Q6R7S8T9V", "who": "01HZQK5J8X2M3N4P5Q6R7S8T9V"},
            '{"roomUuid": "<id 1>", "who": "<id 1>"}',
        ),
        (
            {"roomId": 7, "userId": 7, "again": {"roomId": 7}, "maxCount": 7},
            '{"roomId": "<id 1>", "userId": "<id 2>", "again": {"roomId": "<id 1>"}, '
            '"maxCount": 7}',
        ),
        ({"destination": "/sub/chat/room/12"}, '{"destination": "/sub/chat/room/<n>"}'),
    ],
)
def test_what_cannot_be_the_same_is_left_out(body, expected):
    assert shown(("say", body)) == [f"say {expected} -> 200"]


def test_how_a_socket_ended_does_not_count():
    (action,) = shown(("disconnect", None, "transport close"))
    assert action == "disconnect null -> "


def test_event_streams_are_left_out_and_counted():
    listed, *stream = lines(("GET /list", None), ("GET /events", None), ("disconnect", None))
    told = [listed, *({**line, "transport": "stream"} for line in stream)]
    found = iterations(told)["chat", 0]
    assert [action.what for action in found.actions] == ["GET /list"]
    assert found.open_sockets == 0
    assert streams(told) == 1


def test_what_has_no_mark_belongs_to_setup():
    assert ("setup", 0) in iterations(lines(("POST /a", {}), vu=None))


def one_and_other(mine, theirs):
    return compare(iterations(lines(*mine)), iterations(lines(*theirs)))


def test_the_first_difference_is_told():
    (found,) = one_and_other([("a", 1), ("b", 2), ("c", 3)], [("a", 1), ("b", 9), ("c", 9)])
    assert found == Difference(("chat", 0), 2, "b 2 -> 200", "b 9 -> 200")


def test_what_only_one_did_is_a_difference():
    (found,) = one_and_other([("a", 1)], [("a", 1), ("b", 2)])
    assert (found.one, found.other) == ("(nothing more)", "b 2 -> 200")


def test_an_interrupted_iteration_is_compared_as_far_as_it_came():
    whole = [("connect", {}), ("a", 1), ("disconnect", None)]
    assert one_and_other(whole, whole[:1]) == []
    assert len(one_and_other(whole, [("connect", {}), ("a", 2)])) == 1


def test_iterations_that_only_one_has_begun_are_no_difference():
    one = iterations(lines(("a", 1)))
    other = iterations(lines(("a", 1), vu="chat/1/1"))
    assert compare(one, other) == []
