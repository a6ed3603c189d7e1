"""Event streams; tests/system/clients/test_foreign_codecs.py has another parser judge them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ktb_load.wire.sse import Event, Reader, SseError


def read(data, piece):
    reader, events = Reader(), []
    for start in range(0, len(data), piece):
        events += reader.feed(data[start : start + piece])
    return events, reader.last_id, reader.retry_ms


def in_every_cut(text):
    """What comes out whole and in small pieces; it has to be the same."""
    data = text if isinstance(text, bytes) else text.encode()
    whole = read(data, max(1, len(data)))
    for piece in (1, 2, 3, 7):
        assert read(data, piece) == whole
    return whole


def events_of(text):
    return in_every_cut(text)[0]


def a(data="", type_="message", last_id=""):
    return Event(type_, data, last_id)


STREAMS = [
    ("data", "data: x\n\n", [a("x")]),
    ("no blank", "data:x\n\n", [a("x")]),
    ("only one blank goes", "data:  x \n\n", [a(" x ")]),
    ("several lines", "data: x\ndata: y\ndata:\ndata: z\n\n", [a("x\ny\n\nz")]),
    ("a type", "event: notice\ndata: x\n\n", [a("x", "notice")]),
    ("the last type counts", "event: a\nevent: b\ndata: x\n\n", [a("x", "b")]),
    ("an empty type is none", "event: a\nevent:\ndata: x\n\n", [a("x")]),
    ("a type is of one event", "event: a\ndata: x\n\ndata: y\n\n", [a("x", "a"), a("y")]),
    ("empty data", "data\n\n", [a("")]),
    ("empty data twice", "data\ndata\n\n", [a("\n")]),
    ("no data is no event", "event: a\nid: 1\n\n", []),
    ("its type is forgotten", "event: a\n\ndata: x\n\n", [a("x")]),
    ("but not its id", "id: 1\n\ndata: x\n\n", [a("x", last_id="1")]),
    ("an id stays", "id: 1\ndata: x\n\ndata: y\n\n", [a("x", last_id="1"), a("y", last_id="1")]),
    ("an empty id", "id: 1\ndata: x\n\nid\ndata: y\n\n", [a("x", last_id="1"), a("y")]),
    ("an id with NUL is none", "id: 1\nid: 2\0\ndata: x\n\n", [a("x", last_id="1")]),
    ("comments", ": hi\ndata: x\n:\n:data: no\n\n", [a("x")]),
    ("keep-alive", ":\n\n:\n\ndata: x\n\n", [a("x")]),
    ("unknown fields", "Data: no\n data: no\ndata : no\nother: 1\ndata: x\n\n", [a("x")]),
    ("colons in data", "data: a: b\n\n", [a("a: b")]),
    ("CR", "data: x\rdata: y\r\rdata: z\r\r", [a("x\ny"), a("z")]),
    ("CRLF", "data: x\r\ndata: y\r\n\r\ndata: z\r\n\r\n", [a("x\ny"), a("z")]),
    ("all of them", "data: x\r\ndata: y\rdata: z\n\r\n", [a("x\ny\nz")]),
    ("LF CR is two ends", "data: x\n\rdata: y\n\n", [a("x"), a("y")]),
    ("other line ends are none", "data: x\u2028y\x0bz\x85\n\n", [a("x\u2028y\x0bz\x85")]),
    ("no end is no event", "data: x\n\ndata: y\n", [a("x")]),
    ("no line end", "data: x\n\ndata: y", [a("x")]),
    ("nothing", "", []),
    ("BOM", "\ufeffdata: x\n\n", [a("x")]),
    ("only one", "\ufeff\ufeffdata: x\n\n", []),
    ("and only at the beginning", "data: x\n\n\ufeffdata: y\n\n", [a("x")]),
    ("letters of four bytes", "data: 안녕 👍\n\n", [a("안녕 👍")]),
    ("no UTF-8 is replaced", b"data: \xff\xed\x95\n\n", [a("\ufffd\ufffd")]),
]


@pytest.mark.parametrize(("case", "stream", "events"), STREAMS)
def test_stream_means(case, stream, events):
    assert events_of(stream) == events, case


@pytest.mark.parametrize(("case", "stream", "events"), STREAMS)
def test_stream_goes_on_after_it(case, stream, events):
    data = stream if isinstance(stream, bytes) else stream.encode()
    behind = events_of(data + b"\n\nevent: next\nid: n\ndata: z\n\n")
    assert behind[-1] == a("z", "next", "n"), case


@pytest.mark.parametrize(
    ("case", "stream", "last_id"),
    [
        ("none", "data: x\n\n", ""),
        ("of an event", "id: 1\ndata: x\n\n", "1"),
        ("of an event that is not whole", "id: 1\n\nid: 2\ndata: x\n", "1"),
        ("Korean", "id: 하나\n\n", "하나"),
    ],
)
def test_last_id_is_of_what_is_whole(case, stream, last_id):
    assert in_every_cut(stream)[1] == last_id, case


@pytest.mark.parametrize(
    ("value", "retry_ms"),
    [
        ("1500", 1500),
        ("0", 0),
        ("", None),
        ("1.5", None),
        ("-1", None),
        ("1s", None),
        ("١", None),
        ("9" * 400, None),
    ],
)
def test_retry_is_digits(value, retry_ms):
    assert in_every_cut(f"retry: {value}\n")[2] == retry_ms


def test_stream_goes_on_from_an_id():
    assert Reader("7").feed(b"data: x\n\n") == [a("x", last_id="7")]


@pytest.mark.parametrize("stream", [b"data: " + b"x" * 200, b"data: xxxxxxxx\n" * 20])
def test_event_without_end_is_given_up(stream):
    reader = Reader(max_event_characters=100)
    with pytest.raises(SseError, match="an event of over 100 characters"):
        for byte in stream:
            reader.feed(bytes([byte]))


def test_many_short_events_are_no_long_one():
    reader = Reader(max_event_characters=100)
    assert len(reader.feed(b"data: xxxxxxxx\n\n" * 50)) == 50


@given(st.lists(st.text(st.characters(exclude_characters="\r\n"), max_size=9), min_size=1))
def test_any_lines_arrive(lines):
    lines = [line.encode("utf-8", "replace").decode() for line in lines]
    stream = "".join(f"data: {line}\n" for line in lines) + "\n"
    assert events_of(stream) == [a("\n".join(lines))]
