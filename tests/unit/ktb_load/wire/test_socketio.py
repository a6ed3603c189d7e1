"""The Socket.IO codec; the judge at both ends is python-socketio's packet."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from socketio import packet as judge
from socketio.packet import Packet as Judge

from ktb_load.wire import socketio as wire
from ktb_load.wire.socketio import Packet, SocketIOError

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**53), 2**53),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(st.characters(exclude_categories=["Cs"])),
)
KEYS = st.text(st.characters(exclude_categories=["Cs"]), max_size=5)


def tree(leaves):
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=3)
        ),
        max_leaves=8,
    )


DATA = tree(SCALARS)
BINARY_DATA = tree(st.one_of(SCALARS, st.binary(max_size=20)))
NAMESPACES = st.sampled_from(["/", "/chat", "/a/b"])
IDS = st.one_of(st.none(), st.integers(0, 10**15))


def told(packet):
    """What the other implementation writes: Engine.IO's ``4``, and the attachments."""
    encoded = packet.encode()
    text, *attachments = encoded if isinstance(encoded, list) else [encoded]
    return f"4{text}", attachments


def understood(messages):
    """What the other implementation reads."""
    text, *attachments = messages
    packet = Judge(encoded_packet=text[1:])
    for attachment in attachments:
        packet.add_attachment(attachment)
    assert len(packet.attachments) == packet.attachment_count
    return packet


# Out.


@pytest.mark.parametrize(
    ("case", "namespace", "data", "id_", "messages"),
    [
        ("an event", "/", ["hi"], None, ['42["hi"]']),
        ("arguments", "/", ["hi", 1, {"a": None}], None, ['42["hi",1,{"a":null}]']),
        ("a namespace", "/chat", ["hi"], None, ['42/chat,["hi"]']),
        ("an id", "/", ["hi"], 12, ['4212["hi"]']),
        ("the id zero", "/", ["hi"], 0, ['420["hi"]']),
        ("namespace and id", "/chat", ["hi"], 12, ['42/chat,12["hi"]']),
        ("Korean is not escaped", "/", ["말", "안녕 🙂"], None, ['42["말","안녕 🙂"]']),
        ("a tuple is a list", "/", ("hi", (1, 2)), None, ['42["hi",[1,2]]']),
        ("a key that is a number", "/", ["hi", {1: 2}], None, ['42["hi",{"1":2}]']),
        (
            "an attachment",
            "/",
            ["hi", b"\x01"],
            None,
            ['451-["hi",{"_placeholder":true,"num":0}]', b"\x01"],
        ),
        (
            "attachments inside of other things, namespace and id",
            "/chat",
            ["hi", {"a": [b"x", bytearray(b"y")]}, memoryview(b"z")],
            7,
            [
                '453-/chat,7["hi",{"a":[{"_placeholder":true,"num":0},'
                '{"_placeholder":true,"num":1}]},{"_placeholder":true,"num":2}]',
                b"x",
                b"y",
                b"z",
            ],
        ),
    ],
)
def test_event_is_packed(case, namespace, data, id_, messages):
    assert wire.pack_event(namespace, data, id_) == messages, case


def test_acknowledgements_are_packed():
    assert wire.pack_ack("/", [], 3) == ["433[]"]
    assert wire.pack_ack("/chat", ["ok", 1], 3) == ['43/chat,3["ok",1]']
    assert wire.pack_ack("/", [b"x"], 3) == ['461-3[{"_placeholder":true,"num":0}]', b"x"]


def test_connect_and_disconnect():
    assert wire.connect("/", None) == b"40"
    assert wire.connect("/", {"token": "t"}) == b'40{"token":"t"}'
    assert wire.connect("/chat", None) == b"40/chat,"
    assert wire.connect("/chat", {}) == b"40/chat,{}"
    assert wire.disconnect("/") == b"41"
    assert wire.disconnect("/chat") == b"41/chat,"


@pytest.mark.parametrize("namespace", ["/", "/chat"])
def test_every_plain_event_begins_with_its_head(namespace):
    head = wire.event_head(namespace).decode()
    assert wire.pack_event(namespace, ["hi"])[0].startswith(f'{head}["hi"')


@given(NAMESPACES, st.one_of(st.none(), st.dictionaries(KEYS, DATA, max_size=3)))
def test_connect_is_understood_by_others(namespace, auth):
    packet = understood([wire.connect(namespace, auth).decode()])
    assert packet.packet_type == judge.CONNECT
    assert (packet.namespace or "/", packet.data) == (namespace, auth)


@given(NAMESPACES)
def test_disconnect_is_understood_by_others(namespace):
    packet = understood([wire.disconnect(namespace).decode()])
    assert (packet.packet_type, packet.namespace or "/") == (judge.DISCONNECT, namespace)


@given(NAMESPACES, st.lists(BINARY_DATA, max_size=3), IDS)
def test_event_is_understood_by_others(namespace, args, id_):
    packet = understood(wire.pack_event(namespace, ["name", *args], id_))
    assert packet.packet_type in (judge.EVENT, judge.BINARY_EVENT)
    assert (packet.namespace or "/", packet.id) == (namespace, id_)
    assert packet.data == ["name", *args]


@given(NAMESPACES, st.lists(BINARY_DATA, max_size=3), st.integers(0, 10**15))
def test_acknowledgement_is_understood_by_others(namespace, args, id_):
    packet = understood(wire.pack_ack(namespace, args, id_))
    assert packet.packet_type in (judge.ACK, judge.BINARY_ACK)
    assert (packet.namespace or "/", packet.id, packet.data) == (namespace, id_, args)


@pytest.mark.parametrize("odd", [object(), {1, 2}, 1j])
def test_what_json_does_not_know_is_refused(odd):
    with pytest.raises(TypeError):
        wire.pack_event("/", ["hi", odd])


# In.


@pytest.mark.parametrize(
    ("case", "text", "packet"),
    [
        ("a bare CONNECT", "40", Packet(wire.CONNECT, "/", None, "")),
        ("CONNECT with a sid", '40{"sid":"x"}', Packet(wire.CONNECT, "/", None, '{"sid":"x"}')),
        (
            "CONNECT of a namespace",
            '40/chat,{"sid":"x"}',
            Packet(wire.CONNECT, "/chat", None, '{"sid":"x"}'),
        ),
        ("a namespace without a comma", "41/chat", Packet(wire.DISCONNECT, "/chat", None, "")),
        ("a namespace with a query", "40/chat?a=b,", Packet(wire.CONNECT, "/chat", None, "")),
        ("the root by its name", '42/,["a"]', Packet(wire.EVENT, "/", None, '["a"]')),
        (
            "a refusal",
            '44{"message":"no"}',
            Packet(wire.CONNECT_ERROR, "/", None, '{"message":"no"}'),
        ),
        ("a refusal that is text", '44"no"', Packet(wire.CONNECT_ERROR, "/", None, '"no"')),
        ("an event", '42["a",1]', Packet(wire.EVENT, "/", None, '["a",1]')),
        ("an event with an id", '4213["a"]', Packet(wire.EVENT, "/", 13, '["a"]')),
        ("an acknowledgement", "430[]", Packet(wire.ACK, "/", 0, "[]")),
        (
            "a binary event",
            '452-/chat,7["a"]',
            Packet(wire.EVENT, "/chat", 7, '["a"]', 2),
        ),
        ("a binary event without attachments", '450-["a"]', Packet(wire.EVENT, "/", None, '["a"]')),
        ("a binary acknowledgement", "461-12[]", Packet(wire.ACK, "/", 12, "[]", 1)),
        (
            "data with what looks like a head",
            '42["/chat,5-",1]',
            Packet(wire.EVENT, "/", None, '["/chat,5-",1]'),
        ),
    ],
)
def test_head_is_read(case, text, packet):
    assert wire.parse(text) == packet, case


@pytest.mark.parametrize(
    ("case", "text"),
    [
        ("nothing", ""),
        ("no type", "4"),
        ("an unknown type", "47[]"),
        ("no Engine.IO message", '2["a"]'),
        ("attachments of a plain event", '421-["a"]'),
        ("no attachments of a binary event", '45["a"]'),
        ("no attachments of a binary acknowledgement", "461[]"),
        ("more attachments than anyone sends", '451001-["a"]'),
        ("attachments without an end", "45999999999999999"),
    ],
)
def test_head_of_anything_else_is_refused(case, text):
    with pytest.raises(SocketIOError):
        wire.parse(text)


@given(NAMESPACES, st.lists(BINARY_DATA, max_size=3), IDS)
def test_event_of_another_implementation_is_read(namespace, args, id_):
    text, attachments = told(Judge(judge.EVENT, data=["name", *args], namespace=namespace, id=id_))
    packet = wire.parse(text)
    assert (packet.type, packet.namespace, packet.id) == (wire.EVENT, namespace, id_)
    assert packet.attachments == len(attachments)
    assert wire.decode_event(packet.body, attachments) == ("name", args)


@given(NAMESPACES, st.lists(BINARY_DATA, max_size=3), st.integers(0, 10**15))
def test_acknowledgement_of_another_implementation_is_read(namespace, args, id_):
    text, attachments = told(Judge(judge.ACK, data=args, namespace=namespace, id=id_))
    packet = wire.parse(text)
    assert (packet.type, packet.namespace, packet.id) == (wire.ACK, namespace, id_)
    assert packet.attachments == len(attachments)
    assert wire.decode_ack(packet.body, attachments) == args


@given(NAMESPACES, st.sampled_from([judge.CONNECT, judge.DISCONNECT, judge.CONNECT_ERROR]), DATA)
def test_other_packets_of_another_implementation_are_read(namespace, kind, data):
    if isinstance(data, int | float):
        data = {"message": data}
    text, _ = told(Judge(kind, data=data, namespace=namespace))
    packet = wire.parse(text)
    assert (packet.type, packet.namespace, packet.id) == (str(kind), namespace, None)
    assert wire.decode(packet.body) == data


# JSON.


@pytest.mark.parametrize(
    ("case", "body", "value"),
    [
        ("nothing", "", None),
        ("null", "null", None),
        ("an object", '{"a":[1,2.5,"x"]}', {"a": [1, 2.5, "x"]}),
        ("a surrogate pair in two escapes", r'"\ud83d\ude42"', "🙂"),
        ("half a surrogate pair, as JavaScript may send", r'["\ud83d"]', ["\ud83d"]),
        ("a number of more than 64 bits", str(2**70), 2**70),
    ],
)
def test_json_is_decoded(case, body, value):
    assert wire.decode(body) == value, case


@pytest.mark.parametrize("body", ["{", "[1,]", "NaN", "[Infinity]", "[] []", "x", "[" * 100_000])
def test_what_is_no_json_is_refused(body):
    with pytest.raises(SocketIOError, match="not JSON"):
        wire.decode(body)


@pytest.mark.parametrize("body", ["", "null", "{}", "[]", "[null]", "[[]]", '["a"', '"a"'])
def test_event_needs_a_name(body):
    with pytest.raises(SocketIOError):
        wire.decode_event(body)


def test_name_of_an_event_may_be_a_number():
    assert wire.decode_event("[7,8]") == ("7", [8])


@pytest.mark.parametrize("body", ["", "{}", "1", "["])
def test_acknowledgement_is_a_list(body):
    with pytest.raises(SocketIOError):
        wire.decode_ack(body)


EVENT = '["hi",{"a":"b"},3]'


@pytest.mark.parametrize("end", range(len(EVENT)))
def test_event_that_is_cut_is_refused(end):
    with pytest.raises(SocketIOError):
        wire.decode_event(EVENT[:end])


def test_event_with_something_behind_it_is_refused():
    with pytest.raises(SocketIOError):
        wire.decode_event(EVENT + "]")


# Attachments.


@given(BINARY_DATA)
def test_attachments_come_back_where_they_were(data):
    attachments = []
    bare = wire.deconstruct(data, attachments)
    assert wire.reconstruct(json.loads(json.dumps(bare)), attachments) == data


@pytest.mark.parametrize("number", [1, -1, "0", None, 0.5])
def test_placeholder_of_no_attachment_is_refused(number):
    with pytest.raises(SocketIOError, match="no attachment"):
        wire.reconstruct([{"_placeholder": True, "num": number}], [b"x"])


@pytest.mark.parametrize(
    "data", [{"_placeholder": False, "num": 0}, {"_placeholder": True}, {"_placeholder": 1}]
)
def test_what_only_looks_like_a_placeholder_stays(data):
    assert wire.reconstruct(data, [b"x"]) == data


def test_data_without_attachments_is_not_searched_for_placeholders():
    body = '["hi",{"_placeholder":true,"num":0}]'
    assert wire.decode_event(body) == ("hi", [{"_placeholder": True, "num": 0}])
