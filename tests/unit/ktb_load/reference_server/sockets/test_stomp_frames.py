"""STOMP frames; each case whole, byte by byte, and with another frame behind it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ktb_load.reference_server.sockets.stomp_frames import Frame, FrameReader, Malformed, encode

NEXT = Frame("DISCONNECT", {})

GOOD = {
    "without headers and body": (b"DISCONNECT\n\n\0", Frame("DISCONNECT", {})),
    "a body to the NUL": (b"SEND\na:b\n\nhello\0", Frame("SEND", {"a": "b"}, b"hello")),
    "carriage returns": (b"SEND\r\na:b\r\n\r\nx\0", Frame("SEND", {"a": "b"}, b"x")),
    "an empty value": (b"SEND\na:\n\n\0", Frame("SEND", {"a": ""})),
    "a colon in a value": (b"SEND\na:b:c\n\n\0", Frame("SEND", {"a": "b:c"})),
    "the first of repeated headers": (b"SEND\na:1\na:2\n\n\0", Frame("SEND", {"a": "1"})),
    "NULs in a body of known length": (
        b"SEND\ncontent-length:3\n\na\0b\0",
        Frame("SEND", {"content-length": "3"}, b"a\0b"),
    ),
    "escapes": (b"SEND\na\\cb:\\\\c\\r\\n\n\n\0", Frame("SEND", {"a:b": "\\c\r\n"})),
    "no escapes in CONNECT": (b"CONNECT\na:b\\cd\n\n\0", Frame("CONNECT", {"a": "b\\cd"})),
    "heart-beats before it": (b"\n\r\n\nSEND\n\n\0", Frame("SEND", {})),
    "Korean": ("SEND\na:방\n\n안녕\0".encode(), Frame("SEND", {"a": "방"}, "안녕".encode())),
}


@pytest.mark.parametrize(("data", "frame"), GOOD.values(), ids=GOOD.keys())
def test_frame_is_read(data: bytes, frame: Frame) -> None:
    assert FrameReader().feed(data) == [frame]
    reader = FrameReader()
    pieces = [found for byte in data for found in reader.feed(bytes((byte,)))]
    assert pieces == [frame]
    assert FrameReader().feed(data + b"\nDISCONNECT\n\n\0\n") == [frame, NEXT]


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (b"SEND\nno colon\n\n\0", "without a colon"),
        (b"SEND\na:\\t\n\n\0", "escape that is none"),
        (b"SEND\na:\\\n\n\0", "escape that is none"),
        (b"SEND\ncontent-length:x\n\n\0", "is no number"),
        (b"SEND\ncontent-length:1\n\nab\0", "no NUL after the body"),
        (b"SEND\0", "before its headers do"),
        (b"SEND\na:\xff\n\n\0", "no UTF-8"),
        (b"x" * 20_000, "headers are too long"),
        (b"SEND\n\n" + b"x" * 70_000, "body is too long"),
        (b"SEND\ncontent-length:70000\n\n", "body is too long"),
    ],
)
def test_what_is_no_frame_is_explained(data: bytes, complaint: str) -> None:
    with pytest.raises(Malformed, match=complaint):
        FrameReader().feed(data)


def test_heart_beats_are_nothing() -> None:
    assert FrameReader().feed(b"\n\n\r\n") == []


def test_written_frame_looks_so() -> None:
    headers = {"destination": "/a:b", "text": "one\ntwo"}
    frame = encode("MESSAGE", headers, "안".encode())
    expected = "MESSAGE\ndestination:/a\\cb\ntext:one\\ntwo\ncontent-length:3\n\n안\0"
    assert frame == expected.encode()
    assert encode("CONNECTED", {"session": "a:b"}) == b"CONNECTED\nsession:a:b\n\n\0"


TEXT = st.text(st.characters(codec="utf-8"), max_size=20)
NAMES = TEXT.filter(lambda name: name not in {"content-length", ""})


@given(headers=st.dictionaries(NAMES, TEXT, max_size=4), body=st.binary(max_size=50))
def test_what_is_written_can_be_read(headers: dict[str, str], body: bytes) -> None:
    (frame,) = FrameReader().feed(encode("SEND", headers, body))
    assert {name: frame.headers[name] for name in headers} == headers
    assert frame.body == body
