"""``whole_text`` never says anything else than a ``Reader``."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ktb_load.wire.websocket import TEXT, Message, Reader, WebSocketError, whole_text


def frame(payload, first=0x81, length=None):
    size = len(payload) if length is None else length
    if size < 126:
        return bytes((first, size)) + payload
    if size < 65_536:
        return bytes((first, 126)) + size.to_bytes(2) + payload
    return bytes((first, 127)) + size.to_bytes(8) + payload


@pytest.mark.parametrize("size", [0, 1, 125, 126, 127, 128, 255, 256, 65_535])
def test_one_whole_text_is_told(size):
    data = frame(b"x" * size)
    assert whole_text(data) == "x" * size
    assert whole_text(data[:-1]) is None
    assert whole_text(data + b"\x81") is None


@pytest.mark.parametrize(
    ("case", "data"),
    [
        ("nothing", b""),
        ("half a head", b"\x81"),
        ("a long head without its length", b"\x81\x7e"),
        ("binary", frame(b"abc", 0x82)),
        ("the first part of more", frame(b"abc", 0x01)),
        ("a reserved bit", frame(b"abc", 0xC1)),
        ("masked", b"\x81\x83" + b"\0\0\0\0abc"),
        ("masked, and as long as the mask bit looks", b"\x81\x80" + b"x" * 128),
        ("no UTF-8", frame(b"\xff")),
        ("too long for it", frame(b"x" * 65_536)),
    ],
)
def test_everything_else_is_left_to_a_reader(case, data):
    assert whole_text(data) is None, case


@given(
    st.one_of(
        st.binary(max_size=8).map(lambda tail: b"\x81" + tail),
        st.binary(max_size=300).map(frame),
        st.text(max_size=300).map(lambda text: frame(text.encode())),
    )
)
def test_what_it_tells_is_what_a_reader_tells(data):
    told = whole_text(data)
    if told is None:
        return
    reader = Reader()
    try:
        assert reader.feed(data) == [Message(TEXT, told)]
    except WebSocketError as error:
        pytest.fail(f"a reader refuses it: {error}")
    assert reader.between
