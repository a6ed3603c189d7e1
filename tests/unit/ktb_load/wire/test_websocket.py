"""The WebSocket codec against two other implementations: wsproto and websockets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.frames import Close, Frame, Opcode
from websockets.streams import StreamReader
from wsproto.frame_protocol import FrameProtocol
from wsproto.frame_protocol import Opcode as OtherOpcode

from ktb_load.wire import websocket as wire
from ktb_load.wire.websocket import Message, Reader, WebSocketError

EDGES = (0, 1, 2, 3, 4, 5, 124, 125, 126, 127, 128, 65_534, 65_535, 65_536, 65_537, 200_000)
CONTROL = {wire.PING: b"are you there", wire.PONG: b"yes", wire.CLOSE: b"\x03\xe8bye"}


def frame(opcode, data=b"", final=True):
    """A server's frame, written by ``websockets``."""
    written = Frame(Opcode(opcode), data, final).serialize(mask=False) if final else None
    return written or bytes([opcode]) + Frame(Opcode.BINARY, data).serialize(mask=False)[1:]


def read(data, piece, max_message_bytes=wire.MAX_MESSAGE_BYTES):
    """Everything that comes out, an error as the last thing."""
    reader, out = Reader(max_message_bytes), []
    for start in range(0, len(data), piece):
        try:
            out += reader.feed(data[start : start + piece])
        except WebSocketError as error:
            return [*out, error]
        if reader.fault is not None:
            return [*out, reader.fault]
    return out


def in_every_cut(data, max_message_bytes=wire.MAX_MESSAGE_BYTES):
    """What comes out whole, and in small pieces; it has to be the same."""
    whole = read(data, max(1, len(data)), max_message_bytes)
    for piece in (1, 2, 3, 7) if len(data) < 2_000 else (1_000, 65_536):
        assert [_plain(one) for one in read(data, piece, max_message_bytes)] == [
            _plain(one) for one in whole
        ]
    return whole


def _plain(one):
    return (str(one), one.code) if isinstance(one, WebSocketError) else one


def parse_with_websockets(data):
    stream = StreamReader()
    stream.feed_data(data)
    frames = []
    while not _empty(stream):
        parsing = Frame.parse(stream.read_exact, mask=True, max_size=None)
        with pytest.raises(StopIteration) as done:
            next(parsing)
        frames.append(done.value.value)
    return frames


def _empty(stream):
    return not stream.buffer


# Frames out.


@pytest.mark.parametrize("length", EDGES)
def test_frame_of_any_length_is_read_by_others_as_it_was_meant(length):
    payload = bytes(i * 7 % 256 for i in range(length))
    encoded = wire.encode(wire.BINARY, payload)
    [one] = parse_with_websockets(encoded)
    assert (one.opcode, one.data, one.fin, one.rsv1) == (Opcode.BINARY, payload, True, False)
    judge = FrameProtocol(client=False, extensions=[])
    judge.receive_bytes(encoded)
    read_by_judge = b"".join(bytes(part.payload) for part in judge.received_frames())
    assert read_by_judge == payload


@pytest.mark.parametrize("opcode", [wire.TEXT, wire.BINARY, wire.PING, wire.PONG, wire.CLOSE])
def test_frame_carries_its_type(opcode):
    [one] = parse_with_websockets(wire.encode(opcode, b"\x0cA"))
    assert int(one.opcode) == opcode
    judge = FrameProtocol(client=False, extensions=[])
    judge.receive_bytes(wire.encode(opcode, b"\x0cA"))
    assert OtherOpcode(opcode) in [part.opcode for part in judge.received_frames()]


def test_two_frames_are_not_masked_alike():
    assert len({wire.encode(wire.TEXT, b"same")[2:6] for _ in range(20)}) > 10


@given(st.binary(max_size=300), st.binary(max_size=300))
def test_frames_that_follow_each_other_stay_apart(first, second):
    both = wire.encode(wire.BINARY, first) + wire.encode(wire.BINARY, second)
    assert [one.data for one in parse_with_websockets(both)] == [first, second]


@pytest.mark.parametrize(
    ("case", "code", "reason", "expected"),
    [
        ("a plain goodbye", 1000, "", ""),
        ("a reason", 1001, "moving on", "moving on"),
        ("Korean", 4000, "안녕", "안녕"),
        ("a reason that is too long for a control frame", 1000, "x" * 200, "x" * 123),
        ("one that is too long in the middle of a letter", 1000, "가" * 60, "가" * 41),
    ],
)
def test_close_frame_is_read_by_others(case, code, reason, expected):
    [one] = parse_with_websockets(wire.encode_close(code, reason))
    one.check()
    assert Close.parse(one.data) == Close(code, expected), case


# Messages in.


@pytest.mark.parametrize("length", EDGES)
@pytest.mark.parametrize("opcode", [wire.TEXT, wire.BINARY])
def test_message_of_any_length_is_read_in_any_pieces(opcode, length):
    payload = b"a" * length
    expected = Message(opcode, payload.decode() if opcode == wire.TEXT else payload)
    assert in_every_cut(frame(opcode, payload)) == [expected]
    assert in_every_cut(frame(opcode, payload) + frame(wire.PING)) == [
        expected,
        Message(wire.PING, b""),
    ]


@pytest.mark.parametrize("length", [0, 125, 126, 65_535, 65_536])
def test_message_that_wsproto_wrote_is_read(length):
    writer = FrameProtocol(client=False, extensions=[])
    data = writer.send_data(b"w" * length, fin=True)
    assert in_every_cut(data) == [Message(wire.BINARY, b"w" * length)]


MESSAGES = [
    ("nothing", b"", []),
    ("an empty text", frame(1), [Message(wire.TEXT, "")]),
    (
        "letters of several bytes",
        frame(1, "가나다 🙂".encode()),
        [Message(wire.TEXT, "가나다 🙂")],
    ),
    (
        "two frames",
        frame(1, b"Hel", final=False) + frame(0, b"lo"),
        [Message(wire.TEXT, "Hello")],
    ),
    (
        "a letter that is cut by frames",
        frame(1, "가".encode()[:1], final=False) + frame(0, "가".encode()[1:]),
        [Message(wire.TEXT, "가")],
    ),
    (
        "three frames, the middle one empty",
        frame(2, b"a", final=False) + frame(0, b"", final=False) + frame(0, b"b"),
        [Message(wire.BINARY, b"ab")],
    ),
    (
        "control frames between fragments",
        frame(1, b"a", final=False)
        + frame(9, CONTROL[wire.PING])
        + frame(0, b"b", final=False)
        + frame(10, CONTROL[wire.PONG])
        + frame(0, b"c"),
        [
            Message(wire.PING, CONTROL[wire.PING]),
            Message(wire.PONG, CONTROL[wire.PONG]),
            Message(wire.TEXT, "abc"),
        ],
    ),
    (
        "a message after one in parts",
        frame(1, b"a", final=False) + frame(0, b"b") + frame(1, b"c"),
        [Message(wire.TEXT, "ab"), Message(wire.TEXT, "c")],
    ),
    (
        "an empty first fragment",
        frame(1, b"", final=False) + frame(0, b"x"),
        [Message(wire.TEXT, "x")],
    ),
    ("the longest control frame", frame(9, b"p" * 125), [Message(wire.PING, b"p" * 125)]),
    (
        "what comes after a close frame is not read",
        frame(1, b"a") + frame(8, CONTROL[wire.CLOSE]) + frame(1, b"late") + b"\xff\xff",
        [Message(wire.TEXT, "a"), Message(wire.CLOSE, CONTROL[wire.CLOSE])],
    ),
]


@pytest.mark.parametrize(("case", "data", "expected"), MESSAGES)
def test_messages_are_read_whole_and_byte_by_byte(case, data, expected):
    assert in_every_cut(data) == expected, case


@pytest.mark.parametrize(
    ("case", "data"),
    [row[:2] for row in MESSAGES if "close frame" not in row[0]],
)
def test_half_a_frame_behind_the_messages_changes_nothing(case, data):
    for half in (b"\x81", b"\x82\x7e", b"\x82\x7f\0\0", frame(2, b"unfinished")[:-1]):
        assert in_every_cut(data + half) == in_every_cut(data), case


HELLO = frame(1, b"hello")
FAULTS = [
    ("a reserved bit", b"\xc1\x01x", 1002, "reserved bit"),
    ("the second reserved bit", b"\xa1\x00", 1002, "reserved bit"),
    ("the third reserved bit", b"\x91\x00", 1002, "reserved bit"),
    ("a masked frame", b"\x81\x81abcd" + b"x", 1002, "masked"),
    ("a long masked frame", b"\x81\xfe\x03\xe7abcd" + b"x" * 999, 1002, "masked"),
    ("an unknown data type", b"\x83\x00", 1002, "type 3"),
    ("an unknown control type", b"\x8b\x00", 1002, "type 11"),
    ("a continuation of nothing", frame(0, b"x"), 1002, "out of turn"),
    (
        "a new message inside of another",
        frame(1, b"a", final=False) + frame(1, b"b"),
        1002,
        "out of turn",
    ),
    (
        "a whole binary message inside of another",
        frame(2, b"a", final=False) + frame(2, b"b"),
        1002,
        "out of turn",
    ),
    ("a ping in parts", frame(9, b"x", final=False), 1002, "control frame"),
    ("a ping that is too long", b"\x89\x7e\x00\x7e" + b"x" * 126, 1002, "control frame"),
    ("text that is no UTF-8", frame(1, b"\xff\xfe"), 1007, "UTF-8"),
    (
        "text in parts that is no UTF-8",
        frame(1, b"ok", final=False) + frame(0, b"\xc3"),
        1007,
        "UTF-8",
    ),
    ("a surrogate in UTF-8", frame(1, b"\xed\xa0\x80"), 1007, "UTF-8"),
    ("a frame that is too big", b"\x82\x7f" + (1 << 40).to_bytes(8), 1009, "bytes"),
    ("a length with its first bit set", b"\x82\x7f" + b"\xff" * 8, 1009, "bytes"),
]


@pytest.mark.parametrize(("case", "data", "code", "said"), FAULTS)
def test_fault_of_the_server_has_its_close_code_and_what_came_before_is_not_lost(
    case, data, code, said
):
    for before in (b"", HELLO, HELLO * 3):
        *messages, error = in_every_cut(before + data)
        assert messages == [Message(wire.TEXT, "hello")] * (len(before) // len(HELLO)), case
        assert isinstance(error, WebSocketError), case
        assert (error.code, said in str(error)) == (code, True), str(error)


@pytest.mark.parametrize(("case", "data", "code", "said"), FAULTS)
def test_fault_is_not_forgiven_because_something_follows(case, data, code, said):
    error = in_every_cut(data + HELLO)[-1]
    assert (error.code, said in str(error)) == (code, True), case


def test_faulty_connection_stays_faulty():
    reader = Reader()
    assert reader.feed(HELLO + b"\x83\x00") == [Message(wire.TEXT, "hello")]
    for _ in range(2):
        with pytest.raises(WebSocketError, match="type 3"):
            reader.feed(HELLO)


def test_message_in_parts_is_bounded_as_a_whole():
    parts = frame(2, b"a" * 60, final=False) + frame(0, b"b" * 60)
    assert in_every_cut(parts, 120) == [Message(wire.BINARY, b"a" * 60 + b"b" * 60)]
    [error] = in_every_cut(parts, 119)
    assert error.code == wire.TOO_BIG


PARTS = st.lists(
    st.one_of(
        st.tuples(st.just(wire.TEXT), st.text(max_size=200), st.integers(1, 4)),
        st.tuples(st.just(wire.BINARY), st.binary(max_size=200), st.integers(1, 4)),
        st.tuples(st.sampled_from([wire.PING, wire.PONG]), st.binary(max_size=125), st.just(1)),
    ),
    max_size=6,
)


@given(PARTS, st.integers(1, 50))
def test_any_conversation_is_read_in_any_pieces(parts, piece):
    data, expected = b"", []
    for opcode, content, count in parts:
        raw = content.encode() if isinstance(content, str) else content
        size = -(-len(raw) // count) or 1
        pieces = [raw[i : i + size] for i in range(0, len(raw), size)] or [b""]
        for number, one in enumerate(pieces):
            data += frame(opcode if number == 0 else 0, one, final=number == len(pieces) - 1)
        expected.append(Message(opcode, content))
    assert read(data, piece) == expected
    assert read(data, len(data) or 1) == expected


# Closing.


@pytest.mark.parametrize(
    ("case", "payload", "expected"),
    [
        ("no code", b"", (wire.NO_STATUS, "")),
        ("a code", b"\x03\xe8", (1000, "")),
        ("code and reason", b"\x0f\xa0" + "잘 가".encode(), (4000, "잘 가")),
    ],
)
def test_close_payload_is_taken_apart(case, payload, expected):
    assert wire.parse_close(payload) == expected, case


@pytest.mark.parametrize(
    ("case", "payload", "code"),
    [
        ("half a code", b"\x03", 1002),
        ("a code that nobody may send", b"\x03\xed", 1002),
        ("one that is registered, but neither k6 nor wsproto know", b"\x03\xf6", 1002),
        ("a reason that is no UTF-8", b"\x03\xe8\xff", 1007),
    ],
)
def test_close_payload_that_is_wrong_has_a_close_code_itself(case, payload, code):
    with pytest.raises(WebSocketError) as caught:
        wire.parse_close(payload)
    assert caught.value.code == code, case


# The handshake.

KEY = "dGhlIHNhbXBsZSBub25jZQ=="
AGREED = {
    "Upgrade": "websocket",
    "Connection": "Upgrade",
    "Sec-Websocket-Accept": "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
}
"""The example of RFC 6455, section 1.3."""


def test_request_is_the_one_of_the_rfc():
    assert wire.handshake_request("/chat?a=1", "example.com:81", KEY, [("X-Own", "1")]) == (
        b"GET /chat?a=1 HTTP/1.1\r\n"
        b"Host: example.com:81\r\n"
        b"Upgrade: websocket\r\n"
        b"Connection: Upgrade\r\n"
        b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        b"Sec-WebSocket-Version: 13\r\n"
        b"X-Own: 1\r\n"
        b"\r\n"
    )


def test_request_is_one_that_a_server_accepts():
    from websockets.http11 import Request
    from websockets.server import ServerProtocol

    key = wire.new_key()
    server = ServerProtocol(subprotocols=["chat"])
    server.receive_data(
        wire.handshake_request("/", "here", key, [("Sec-WebSocket-Protocol", "chat, other")])
    )
    [request] = server.events_received()
    assert isinstance(request, Request)
    answer = server.accept(request)
    headers = {name.title(): value for name, value in answer.headers.raw_items()}
    assert wire.check_handshake(answer.status_code, headers, key, "chat, other") == "chat"


def test_keys_are_sixteen_random_bytes():
    import base64

    keys = {wire.new_key() for _ in range(10)}
    assert len(keys) == 10
    assert {len(base64.b64decode(key)) for key in keys} == {16}


@pytest.mark.parametrize(
    ("case", "more", "offered", "chosen"),
    [
        ("the example of the RFC", {}, "", ""),
        ("upper case", {"Upgrade": "WebSocket"}, "", ""),
        ("a connection of two words", {"Connection": "keep-alive, Upgrade"}, "", ""),
        ("a subprotocol of several", {"Sec-Websocket-Protocol": "b"}, "a, b", "b"),
        ("no subprotocol though some were offered", {}, "a", ""),
    ],
)
def test_agreement_is_recognised(case, more, offered, chosen):
    assert wire.check_handshake(101, {**AGREED, **more}, KEY, offered) == chosen, case


@pytest.mark.parametrize(
    ("case", "status", "more", "said"),
    [
        ("a refusal", 403, {}, "bad handshake: HTTP 403"),
        ("an ordinary page", 200, {}, "bad handshake: HTTP 200"),
        ("another protocol", 101, {"Upgrade": "h2c"}, "no Upgrade: websocket"),
        ("no upgrade of the connection", 101, {"Connection": "close"}, "no Connection: Upgrade"),
        ("an accept for another key", 101, {"Sec-Websocket-Accept": "x"}, "wrong Sec-WebSocket"),
        ("a subprotocol that nobody offered", 101, {"Sec-Websocket-Protocol": "c"}, "'c'"),
    ],
)
def test_anything_else_is_no_agreement(case, status, more, said):
    with pytest.raises(WebSocketError, match=said):
        wire.check_handshake(status, {**AGREED, **more}, KEY, "a, b")
