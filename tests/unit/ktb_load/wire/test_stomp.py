"""STOMP frames; tests/system/clients/test_foreign_codecs.py has stompjs judge them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ktb_load.wire import stomp as wire
from ktb_load.wire.stomp import Reader, StompError


def read(data, piece):
    """Command, headers and body of everything that comes out, an error as the last thing."""
    reader, out = Reader(), []
    try:
        for start in range(0, len(data), piece):
            for frame in reader.feed(data[start : start + piece]):
                out.append((frame.command, frame.headers, frame.body))
    except StompError as error:
        out.append(str(error).split(":")[0])
    return out


def in_every_cut(data):
    """What comes out whole and in small pieces; it has to be the same."""
    whole = read(data, max(1, len(data)))
    for piece in (1, 2, 3, 7):
        assert read(data, piece) == whole
    return whole


NEXT = b"RECEIPT\nreceipt-id:after\n\n\0"
AFTER = ("RECEIPT", {"receipt-id": "after"}, b"")

FRAMES = [
    ("no headers, no body", b"CONNECTED\n\n\0", ("CONNECTED", {}, b"")),
    ("a header", b"CONNECTED\nversion:1.2\n\n\0", ("CONNECTED", {"version": "1.2"}, b"")),
    ("a body up to its NUL", b"MESSAGE\na:b\n\nhello\0", ("MESSAGE", {"a": "b"}, b"hello")),
    (
        "a body of a length with a NUL in it",
        b"MESSAGE\ncontent-length:3\n\na\0b\0",
        ("MESSAGE", {"content-length": "3"}, b"a\0b"),
    ),
    (
        "a length counts bytes",
        "MESSAGE\ncontent-length:6\n\n안녕\0".encode(),
        ("MESSAGE", {"content-length": "6"}, "안녕".encode()),
    ),
    (
        "an empty body of a length",
        b"MESSAGE\ncontent-length:0\n\n\0",
        ("MESSAGE", {"content-length": "0"}, b""),
    ),
    (
        "lines that end in CR LF",
        b"MESSAGE\r\na:b\r\nc:d\r\n\r\nx\r\ny\0",
        ("MESSAGE", {"a": "b", "c": "d"}, b"x\r\ny"),
    ),
    ("CR LF without headers", b"RECEIPT\r\n\r\n\0", ("RECEIPT", {}, b"")),
    ("a body that begins with EOLs", b"MESSAGE\na:b\n\n\n\nx\0", ("MESSAGE", {"a": "b"}, b"\n\nx")),
    (
        "escapes",
        rb"MESSAGE" + b"\n" + rb"a\cb:1\n2\r3\\n4\c5" + b"\n\n\0",
        ("MESSAGE", {"a:b": "1\n2\r3\\n4:5"}, b""),
    ),
    (
        "no escapes in CONNECTED",
        rb"CONNECTED" + b"\n" + rb"server:a\cb\x" + b"\n\n\0",
        ("CONNECTED", {"server": r"a\cb\x"}, b""),
    ),
    ("a colon in a value", b"MESSAGE\na:b:c\n\n\0", ("MESSAGE", {"a": "b:c"}, b"")),
    ("blanks are part of it", b"MESSAGE\n a : b \n\n\0", ("MESSAGE", {" a ": " b "}, b"")),
    ("no value", b"MESSAGE\na:\n\n\0", ("MESSAGE", {"a": ""}, b"")),
    ("the first of two counts", b"MESSAGE\na:1\na:2\n\n\0", ("MESSAGE", {"a": "1"}, b"")),
    (
        "the first of two lengths",
        b"MESSAGE\ncontent-length:1\ncontent-length:9\n\nx\0",
        ("MESSAGE", {"content-length": "1"}, b"x"),
    ),
    (
        "a header that ends like another",
        b"MESSAGE\nmy-content-length:9\n\nx\0",
        ("MESSAGE", {"my-content-length": "9"}, b"x"),
    ),
    ("a NUL in the head", b"MESSAGE\na:\0b\n\n\0", ("MESSAGE", {"a": "\0b"}, b"")),
    ("Korean", "MESSAGE\n방:서울\n\n\0".encode(), ("MESSAGE", {"방": "서울"}, b"")),
]


@pytest.mark.parametrize(("case", "data", "frame"), FRAMES)
def test_frame_is_read_in_any_pieces_and_whatever_follows(case, data, frame):
    assert in_every_cut(data) == [frame], case
    assert in_every_cut(data + NEXT) == [frame, AFTER], case
    assert in_every_cut(b"\n\r\n\n" + data + b"\r\n\n" + NEXT + b"\n") == [frame, AFTER], case
    assert in_every_cut(data + NEXT[:-1]) == [frame], case


@pytest.mark.parametrize(("case", "data"), [(case, data) for case, data, _ in FRAMES])
def test_frame_that_is_cut_is_none_yet(case, data):
    for end in range(len(data)):
        assert in_every_cut(data[:end]) == [], (case, end)


@pytest.mark.parametrize("beats", [b"", b"\n", b"\r\n", b"\n\n\r\n\n"])
def test_heart_beats_are_no_frames(beats):
    assert in_every_cut(beats) == []


@pytest.mark.parametrize(
    ("case", "data", "said"),
    [
        ("no number", b"MESSAGE\ncontent-length:x\n\n\0", "not a content-length"),
        ("less than nothing", b"MESSAGE\ncontent-length:-1\n\n\0", "not a content-length"),
        ("digits of elsewhere", "MESSAGE\ncontent-length:١\n\n\0".encode(), "not a content-length"),
        ("too short a length", b"MESSAGE\ncontent-length:1\n\nab\0", "a body that is not 1 bytes"),
        ("too much", b"MESSAGE\ncontent-length:99999999999\n\n", "a frame of over 67108864 bytes"),
        (
            "far too much",
            b"MESSAGE\ncontent-length:" + b"9" * 9_999 + b"\n\n",
            "a frame of over 67108864",
        ),
        ("a command that is no text", b"\xff\n\n\0", "a head that is no UTF-8"),
    ],
)
def test_what_is_no_stomp_is_refused(case, data, said):
    *before, error = in_every_cut(NEXT + data)
    assert before == [AFTER], case
    assert error.startswith(said), case
    assert len(error) < 200, case


@pytest.mark.parametrize(
    ("case", "head"),
    [
        ("no colon", b"nothing"),
        ("an unknown escape", rb"a:\t"),
        ("half an escape", b"a:\\"),
        ("no UTF-8", b"a:\xff"),
    ],
)
def test_wrong_headers_are_refused_when_somebody_asks(case, head):
    [frame] = Reader().feed(b"MESSAGE\nok:1\n" + head + b"\n\n\0")
    assert frame.header("ok") == "1", case
    with pytest.raises(StompError):
        frame.headers  # noqa: B018


def test_a_frame_without_end_is_given_up():
    reader = Reader(max_frame_bytes=100)
    assert list(reader.feed(b"MESSAGE\n\n" + b"x" * 90)) == []
    with pytest.raises(StompError, match="a frame of over 100 bytes"):
        list(reader.feed(b"x" * 10))


def test_one_header_is_found_without_reading_all():
    data = b"MESSAGE\r\nsubscription:sub-0\r\nesc:a\\cb\r\n\r\n\0"
    [frame] = Reader().feed(data)
    assert [frame.header(name) for name in ("subscription", "esc", "sub", "none")] == [
        "sub-0", "a:b", "", "",
    ]  # fmt: skip


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(st.dictionaries(TEXTS, TEXTS, max_size=4), st.text(max_size=30) | st.binary(max_size=30))
def test_what_is_written_is_read_again(headers, body):
    headers.pop("content-length", None)
    body = body.encode("utf-8", "replace").decode() if isinstance(body, str) else body
    written = wire.encode("SEND", headers, body)
    assert isinstance(written, type(body))
    plain = written.encode() if isinstance(written, str) else written
    announced = body.encode() if isinstance(body, str) else body
    expected = {**headers, **({"content-length": str(len(announced))} if body else {})}
    assert in_every_cut(plain + NEXT) == [("SEND", expected, announced), AFTER]


@pytest.mark.parametrize(
    ("case", "headers"),
    [
        ("a line break", {"token": "a\nb"}),
        ("a carriage return", {"token": "a\r"}),
        ("one in a name", {"a\nb": ""}),
        ("a colon in a name", {"a:b": ""}),
    ],
)
def test_header_of_connect_that_cannot_be_written_is_the_authors_fault(case, headers):
    with pytest.raises(ValueError, match="cannot be in a CONNECT frame"):
        wire.encode("CONNECT", headers)


def test_connect_is_written_without_escapes():
    headers = {"Authorization": r"Bearer a\b:c"}
    assert wire.encode("CONNECT", headers) == "CONNECT\nAuthorization:Bearer a\\b:c\n\n\0"


@pytest.mark.parametrize(
    ("case", "wanted", "said", "expected"),
    [
        ("both as wanted", (10_000, 10_000), "10000,10000", (10.0, 10.0)),
        ("the slower one counts", (1_000, 2_000), "5000,4000", (4.0, 5.0)),
        ("we are the slower one", (9_000, 8_000), "5000,4000", (9.0, 8.0)),
        ("the server sends none", (1_000, 1_000), "0,2000", (2.0, 0)),
        ("the server wants none", (1_000, 1_000), "2000,0", (0, 2.0)),
        ("we send none", (0, 1_000), "2000,2000", (0, 2.0)),
        ("we want none", (1_000, 0), "2000,2000", (2.0, 0)),
        ("nothing said", (1_000, 1_000), "", (0, 0)),
        ("with blanks", (1_000, 1_000), " 2000 , 3000 ", (3.0, 2.0)),
    ],
)
def test_heart_beats_are_negotiated(case, wanted, said, expected):
    assert wire.silences(wanted, said) == expected, case


@pytest.mark.parametrize("said", ["1", "1,2,3", "a,b", "-1,1", "1.5,1", ",", f"{'9' * 5000},1"])
def test_wrong_heart_beats_are_refused(said):
    with pytest.raises(StompError, match="not a heart-beat"):
        wire.silences((1, 1), said)


@pytest.mark.parametrize(
    ("case", "kind", "body", "value"),
    [
        ("an object", "", b'{"a":[1]}', {"a": [1]}),
        ("a list that is called text", "text/plain;charset=UTF-8", b"[1,2]", [1, 2]),
        ("a number that is called JSON", "application/json", b"1", 1),
        ("a text that is called JSON", "application/json;charset=UTF-8", b'"x"', "x"),
        ("what is called JSON and is none", "application/json", b"x", "x"),
        ("a number", "", b"1", "1"),
        ("text", "text/plain", "안녕".encode(), "안녕"),
        ("nothing", "", b"", ""),
        ("what begins like an object", "", b"{x", "{x"),
        ("half a surrogate pair", "", rb'["\ud83d"]', ["\ud83d"]),
        ("NaN is not JSON", "", b"[NaN]", "[NaN]"),
        ("bytes", "", b"\xff\x00", b"\xff\x00"),
        ("bytes that are called JSON", "application/json", b"\xff", b"\xff"),
        ("bytes that begin like an object", "", b"{\xff}", b"{\xff}"),
        ("text that is called bytes", "application/octet-stream", b"{}", b"{}"),
    ],
)
def test_body_means(case, kind, body, value):
    head = f"MESSAGE\ncontent-type:{kind}\ncontent-length:{len(body)}\n\n"
    [frame] = Reader().feed(head.encode() + body + b"\0")
    assert frame.value == value, case
