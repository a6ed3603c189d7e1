"""Which event a message is; no socket is needed to tell."""

import pytest

from ktb_load.clients.message_socket import MessageSocket, MessageSocketOptions

MESSAGES = [
    ("an object", '{"type":"chat","n":1}', "chat", {"type": "chat", "n": 1}),
    ("with a blank", '{"type": "chat"}', "chat", {"type": "chat"}),
    ("the field is not the first", '{"n":1,"type":"chat"}', "chat", {"n": 1, "type": "chat"}),
    ("spread out", '{\n  "type": "chat"\n}', "chat", {"type": "chat"}),
    ("blanks around it", ' \n{"type":"chat"} ', "chat", {"type": "chat"}),
    ("an escaped name", r'{"type":"ch\u0061t"}', "chat", {"type": "chat"}),
    ("an escaped name that is not the first", r'{"n":1,"type":"ch\u0061t"}', "chat", None),
    ("a Korean name", '{"type":"채팅"}', "채팅", {"type": "채팅"}),
    ("a number for a name", '{"type":7}', "7", {"type": 7}),
    ("an inner field of that name", '{"a":{"type":"chat"}}', "json", {"a": {"type": "chat"}}),
    ("no such field", '{"n":1}', "json", {"n": 1}),
    ("no object at all", "{}", "json", {}),
    ("a truth for a name", '{"type":true}', "json", {"type": True}),
    ("null for a name", '{"type":null}', "json", {"type": None}),
    ("a list for a name", '{"type":["chat"]}', "json", {"type": ["chat"]}),
    ("an empty name", '{"type":""}', "", {"type": ""}),
    ("text", "hello", "text", "hello"),
    ("nothing", "", "text", ""),
    ("a list", '["chat",1]', "text", '["chat",1]'),
    ("a number", "7", "text", "7"),
    ("what begins like an object", "{type: chat}", "text", "{type: chat}"),
    ("bytes", b'{"type":"chat"}', "binary", b'{"type":"chat"}'),
]


def heard_by(event, *messages, key="type"):
    """What those who wait for an event hear of the messages."""
    socket = MessageSocket(MessageSocketOptions(key=key))
    heard = []
    socket.on(event, heard.append)
    for message in messages:
        socket.on_message(message, 0.0)
    return heard


@pytest.mark.parametrize(("case", "message", "event", "content"), MESSAGES)
def test_message_is_the_event(case, message, event, content):
    [heard] = heard_by(event, message)
    assert content is None or heard == content, case


@pytest.mark.parametrize("wanted", ["chat", "채팅", "7", "json", "text", "binary", "other"])
def test_it_is_no_other_event(wanted):
    heard = heard_by(wanted, *(message for _, message, *_ in MESSAGES))
    assert len(heard) == sum(event == wanted for _, _, event, _ in MESSAGES)


def test_any_field_may_name_the_event():
    assert heard_by("join", '{"op":"join"}', '{"type":"join"}', key="op") == [{"op": "join"}]


def test_expectation_gets_what_it_fits():
    socket = MessageSocket(MessageSocketOptions())
    expected = socket.expect("chat", lambda message: message["n"] == 2)
    for number in (1, 2, 3):
        socket.on_message(f'{{"type":"chat","n":{number}}}', float(number))
    assert (expected.args, expected.arrived_at) == (({"type": "chat", "n": 2},), 2.0)
