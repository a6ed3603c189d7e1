"""The reader's verdict on what a server says, beside wsproto's: on a table, and on random bytes.

A verdict is the messages and control frames in order, and how it ends: with code and reason of a
close frame, with the code of a fault, or not yet.
"""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from wsproto.frame_protocol import FrameProtocol, ParseFailed

from ktb_load.wire import websocket as wire
from ktb_load.wire.websocket import Message, Reader, WebSocketError
from tests.vectors.websocket_cases import CASES, Case, close, frame, parts

LARGEST = 1_000_000
FILLER = b"a" * LARGEST
"""Completes any frame that is under way, and is no frame itself."""
WASTEFUL = "a length in more bytes than it takes"
STRICTER = {"K2": "wsproto refuses it; k6 and we read on"}
UNBOUNDED = {"K6": "wsproto has no limit", "K7": "wsproto calls it a broken length (1002)"}

Verdict = tuple[list[Message], object]


def ours(*pieces: bytes) -> Verdict:
    reader = Reader(LARGEST)
    messages: list[Message] = []
    for piece in pieces:
        try:
            messages += reader.feed(piece)
            if messages and messages[-1].opcode == wire.CLOSE:
                payload = messages.pop().data
                assert isinstance(payload, bytes)
                return messages, wire.parse_close(payload)
        except WebSocketError as error:
            return messages, error.code
        if reader.fault is not None:
            return messages, reader.fault.code
    return messages, None


def theirs(*pieces: bytes) -> Verdict:
    judge = FrameProtocol(client=True, extensions=[])
    messages: list[Message] = []
    begun: list[str | bytes] = []
    for piece in pieces:
        judge.receive_bytes(piece)
        try:
            for one in judge.received_frames():
                if one.opcode == wire.CLOSE:
                    return messages, (int(one.payload[0]), one.payload[1])
                if one.opcode in (wire.PING, wire.PONG):
                    messages.append(Message(int(one.opcode), bytes(one.payload)))
                    continue
                begun.append(one.payload)
                if one.message_finished:
                    messages.append(Message(int(one.opcode), begun[0][:0].join(begun)))
                    begun = []
        except ParseFailed as fault:
            return messages, WASTEFUL if "sufficed" in str(fault) else int(fault.code)
    return messages, None


def in_bytes(data: bytes) -> list[bytes]:
    return [data[i : i + 1] for i in range(len(data))]


# The table.


def seen(messages: list[Message], end: object) -> tuple[object, ...]:
    """A verdict in the words of the table."""
    heard = tuple(one.data for one in messages if one.opcode in (wire.TEXT, wire.BINARY))
    pings = tuple(one.data for one in messages if one.opcode == wire.PING)
    return heard, pings, end[0] if isinstance(end, tuple) else end


def expected(case: Case) -> tuple[object, ...]:
    return case.heard, case.pongs, case.end and case.end[1]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_each_case_has_its_verdict_whole_and_byte_by_byte(case):
    assert seen(*ours(case.data)) == expected(case)
    assert seen(*ours(*in_bytes(case.data))) == expected(case)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_what_follows_changes_no_verdict(case):
    behind = frame(wire.PING, b"behind")
    heard, pings, code = expected(case)
    pings = pings if case.end else (*case.pongs, b"behind")
    assert seen(*ours(case.data + behind)) == (heard, pings, code)
    assert seen(*ours(*in_bytes(case.data + behind))) == (heard, pings, code)


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.number not in STRICTER | UNBOUNDED], ids=str
)
def test_wsproto_says_the_same_of_each_case(case):
    assert ours(case.data) == theirs(case.data)


@pytest.mark.parametrize(
    ("case", "head"),
    [
        ("an unknown type", b"\x8b\x7d"),
        ("a reserved bit", b"\xc1\x7d"),
        ("a reserved bit in a long frame", b"\xc2\x7f"),
        ("a continuation of nothing", b"\x80\x7d"),
        ("a ping in parts", b"\x09\x7d"),
        ("a ping that is too long", b"\x89\x7e\x00\x7e"),
        ("a mask", b"\x81\x85"),
    ],
)
def test_fault_is_told_when_the_head_of_its_frame_is_there(case, head):
    assert ours(head) == ([], wire.PROTOCOL_ERROR), case


# Random bytes.

CODES = st.sampled_from([0, 999, 1000, 1004, 1005, 1013, 1014, 2999, 3000, 4999, 5000])
LETTERS = st.text(max_size=9).map(str.encode)
SAID = st.one_of(
    st.builds(frame, st.sampled_from([1, 2, 9, 10]), st.binary(max_size=60)),
    st.builds(lambda opcode, n: frame(opcode, b"x" * n), st.integers(0, 15), st.integers(124, 127)),
    st.builds(frame, st.just(wire.TEXT), LETTERS),
    st.builds(
        lambda opcode, pieces, between: parts(opcode, *pieces, between=between),
        st.sampled_from([1, 2]),
        st.lists(LETTERS, min_size=2, max_size=4),
        st.sampled_from([b"", frame(wire.PING, b"!"), frame(wire.TEXT, b"at once")]),
    ),
    st.builds(
        lambda text, at: parts(wire.TEXT, text.encode()[:at], text.encode()[at:]),
        st.text(min_size=1, max_size=9),
        st.integers(0, 9),
    ),
    st.builds(
        frame,
        st.integers(0, 15),
        st.binary(max_size=130),
        final=st.booleans(),
        rsv=st.sampled_from([0, 0, 0, 1, 2, 4]),
        mask=st.sampled_from([b"", b"", b"", b"mask"]),
    ),
    st.builds(close, CODES, st.one_of(LETTERS, st.binary(max_size=130))),
)
CHANGES = st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), max_size=3)
CUTS = st.lists(st.integers(0, 10_000), max_size=8)


def changed(data: bytes, changes: list[tuple[int, int]]) -> bytes:
    mutable = bytearray(data)
    for at, byte in changes:
        if mutable:
            mutable[at % len(mutable)] = byte
    return bytes(mutable)


def cut(data: bytes, cuts: list[int]) -> list[bytes]:
    places = sorted({at % (len(data) + 1) for at in cuts} | {0, len(data)})
    return [data[a:b] for a, b in pairwise(places)]


@settings(max_examples=1_000)
@given(st.lists(SAID, max_size=5), CHANGES, CUTS)
@example([frame(wire.TEXT, b"\xffno letter")], [], [4])
@example([b"\x82\x7f" + (LARGEST + 1).to_bytes(8)], [], [3])
def test_any_bytes_in_any_pieces_have_the_verdict_of_wsproto(said, changes, cuts):
    pieces = cut(changed(b"".join(said), changes), cuts)
    (messages, end), (theirs_messages, theirs_end) = ours(*pieces), theirs(*pieces)
    if end == wire.TOO_BIG:  # wsproto may have looked into the part that has come already
        assert theirs_end in (None, WASTEFUL, wire.PROTOCOL_ERROR, wire.INVALID_DATA)
        assert messages == theirs_messages
        return
    if theirs_end == WASTEFUL:
        assert messages[: len(theirs_messages)] == theirs_messages
        return
    # Who is still waiting for the rest of a frame has to see the fault when it is there.
    if end is None and theirs_end is not None:
        messages, end = ours(*pieces, FILLER)
    elif theirs_end is None and end is not None:
        theirs_messages, theirs_end = theirs(*pieces, FILLER)
    assert (messages, end) == (theirs_messages, theirs_end)


@given(st.binary(max_size=300), CUTS)
def test_verdict_does_not_depend_on_the_pieces(data, cuts):
    assert ours(*cut(data, cuts)) == ours(data) == ours(*in_bytes(data))
