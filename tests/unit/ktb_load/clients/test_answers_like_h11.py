"""Random answers that h11 writes, changed and cut at random: h11 and we see the same in them.

Where we do not, ``DIFFERENCES`` says why; k6 (Go's ``net/http``) is on our side in each of them
(``tests/unit/ktb_load/wire/test_http1.py``, ``tests/system/clients/test_answers_like_k6.py``).
"""

import re
from typing import NamedTuple

import h11
from hypothesis import given, settings
from hypothesis import strategies as st

from ktb_load.clients.failure import NetworkError
from ktb_load.clients.http_answer import Marks, read_answer

ANSWER, MALFORMED, TRUNCATED = "answer", "malformed", "truncated"


class Difference(NamedTuple):
    """One way in which h11 and we do not agree."""

    reason: str
    ours: tuple[str, ...]
    h11: tuple[str, ...]
    where: bytes
    """What the answer then has in it."""


_HEAD_LINE = rb"(?:\A|\n)"
DIFFERENCES = [
    Difference("h11 judges a head when it is whole, Go line by line", (MALFORMED,), (TRUNCATED,),
               rb""),
    Difference("Go takes any reason", (ANSWER, TRUNCATED), (MALFORMED,),
               _HEAD_LINE + rb"HTTP/\d\.\d +\d{3}[^\n]*[\x00-\x08\x0b-\x1f\x7f][^\n]*\n"),
    Difference("Go takes blanks before the status", (ANSWER, TRUNCATED), (MALFORMED,),
               _HEAD_LINE + rb"HTTP/\d\.\d  +\d{3}"),
    Difference("Go takes names with blanks", (ANSWER, TRUNCATED), (MALFORMED,),
               rb"\n[^:\n]* [^:\n]*:"),
    Difference("Go takes no control characters in values", (MALFORMED,), (ANSWER,),
               rb"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]"),
    Difference("h11 takes a list of equal lengths", (MALFORMED,), (ANSWER,),
               rb"(?i)\ncontent-length:[ \t]*\d+[ \t]*,"),
    Difference("Go reads no chunks in HTTP/1.0", (ANSWER,), (ANSWER, MALFORMED, TRUNCATED),
               rb"(?is)HTTP/0\.\d.*\ntransfer-encoding:"),
    Difference("h11 keeps no connection of HTTP/1.0", (ANSWER,), (ANSWER,),
               rb"(?is)HTTP/1\.0.*\nconnection:"),
    Difference("Go takes blanks behind the size of a chunk", (ANSWER,), (MALFORMED,),
               rb"[0-9A-Fa-f][ \t]+\r\n"),
    Difference("Go ends chunks in CR LF alone", (MALFORMED,), (ANSWER,),
               rb"(?is)transfer-encoding:.*\n0[^\n]*\r\n(?:[^\n]+\n)*\n"),
    Difference("h11 needs one byte to refuse, Go a line", (TRUNCATED,), (MALFORMED,),
               rb"\A[\x00-\x20]"),
]  # fmt: skip


class Pieces:
    def __init__(self, pieces):
        self.left = list(pieces)

    def receive(self):
        return self.left.pop(0) if self.left else b""


def ours(pieces, method):
    try:
        response, keep_alive = read_answer(Pieces(pieces), method, "http://h/", Marks())
    except NetworkError as error:
        return (TRUNCATED if "EOF" in error.failure.text else MALFORMED, error.failure.text)
    pairs = [(name.lower(), value) for name, value in response.pairs]
    return ANSWER, response.status, pairs, response.body, keep_alive


def of_h11(pieces, method):
    connection = h11.Connection(h11.CLIENT, max_incomplete_event_size=1 << 20)
    connection.send(h11.Request(method=method, target="/", headers=[("Host", "h")]))
    connection.send(h11.EndOfMessage())
    left, body, ended = list(pieces), b"", False
    try:
        while not isinstance(event := connection.next_event(), h11.EndOfMessage):
            if event is h11.NEED_DATA:
                ended = not left
                connection.receive_data(left.pop(0) if left else b"")
            elif isinstance(event, h11.Response):
                head = event
            elif isinstance(event, h11.Data):
                body += event.data
            elif not isinstance(event, h11.InformationalResponse) or event.status_code == 101:
                return MALFORMED, repr(event)
    except h11.RemoteProtocolError as error:
        return TRUNCATED if ended else MALFORMED, str(error)
    kept = connection.their_state is h11.DONE and connection.trailing_data == (b"", False)
    return ANSWER, head.status_code, without_framing(head.headers), body, kept


def without_framing(headers):
    """As we and Go show them."""
    pairs = [(name.decode(), text_of(value)) for name, value in headers]
    hidden = {"transfer-encoding"}
    if hidden & {name for name, _ in pairs}:
        hidden |= {"content-length", "trailer"}
    return [pair for pair in pairs if pair[0] not in hidden]


def text_of(value):
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")


# What is read.

BYTES = st.binary(max_size=30) | st.text("ab\r\n0:1;", max_size=30).map(str.encode)
HEADERS = st.lists(
    st.tuples(
        st.sampled_from(["X-One", "x-two", "Set-Cookie", "Content-Encoding"]),
        st.text("ab ,;=:\t\xe9가", max_size=8).map(lambda text: text.strip().encode()),
    ),
    max_size=3,
)


@st.composite
def written(draw):
    """A method, and what h11 writes to answer it."""
    method = draw(st.sampled_from(["GET", "POST", "HEAD"]))
    version = draw(st.sampled_from(["1.1", "1.1", "1.0"]))
    server = h11.Connection(h11.SERVER)
    length = "Content-Length: 0\r\n" if method == "POST" else ""
    server.receive_data(f"{method} / HTTP/{version}\r\nHost: h\r\n{length}\r\n".encode())
    while not isinstance(server.next_event(), h11.EndOfMessage):
        pass
    data = b""
    if version == "1.1":
        for status in draw(st.lists(st.sampled_from([100, 102, 103]), max_size=2)):
            data += server.send(h11.InformationalResponse(status_code=status, headers=[]))
    status = draw(st.sampled_from([200, 200, 200, 204, 304, 404, 503]))
    parts = [] if method == "HEAD" or status in (204, 304) else draw(st.lists(BYTES, max_size=4))
    headers = draw(HEADERS)
    if draw(st.booleans()):
        headers.append(("Content-Length", b"%d" % sum(map(len, parts))))
    if draw(st.integers(0, 4)) == 0:
        headers.append(("Connection", b"close"))
    reason = draw(st.sampled_from([b"OK", b"", b"Not so"]))
    data += server.send(h11.Response(status_code=status, headers=headers, reason=reason))
    for part in parts:
        data += server.send(h11.Data(data=part))
    return method, data + server.send(h11.EndOfMessage())


BITS = [
    b"\r", b"\n", b"\r\n", b" ", b"\t", b":", b";", b",", b"0", b"1", b"9", b"f", b"+", b"-", b"\0",
    b"\x01", b"\x7f", b"\x80", b"close", b"chunked", b"HTTP/1.0", b"204", b"100",
]  # fmt: skip
LINES = [
    b"Content-Length: 3\r\n", b"Content-Length: 3, 3\r\n", b"Content-Length: 03\r\n",
    b"Content-Length:\r\n", b"Transfer-Encoding: chunked\r\n", b"Transfer-Encoding: gzip\r\n",
    b"transfer-encoding: Chunked\r\n", b"Connection: close\r\n", b" folded\r\n", b"\r\n",
    b"3\r\nabc\r\n", b"3;x=y\r\nabc\r\n", b"3 \r\nabc\r\n", b"X: y\r\n", b"HTTP/1.1 200 OK\r\n",
]  # fmt: skip
CHANGES = st.tuples(
    st.floats(0, 1),
    st.integers(0, 5),
    st.sampled_from(BITS) | st.sampled_from(LINES) | st.binary(min_size=1, max_size=1),
)


def changed(data, changes):
    for place, size, bit in changes:
        at = int(place * len(data))
        end = at + size
        if bit in LINES:
            at = end = data.find(b"\n", at) + 1
        data = data[:at] + bit + data[end:]
    return data


def cut(data, sizes):
    """In pieces of the given sizes, over and over."""
    pieces = []
    while data:
        size = sizes[len(pieces) % len(sizes)]
        pieces.append(data[:size])
        data = data[size:]
    return pieces


@settings(max_examples=500, deadline=None)
@given(
    written(),
    st.lists(CHANGES, max_size=3),
    st.none() | st.floats(0, 1),
    st.lists(st.integers(1, 40) | st.just(1 << 20), min_size=1, max_size=4),
)
def test_h11_and_we_see_the_same_in_an_answer(answer, changes, end, sizes):
    method, data = answer
    data = changed(data, changes)
    pieces = cut(data if end is None else data[: int(end * len(data))], sizes)
    found, expected = ours(pieces, method), of_h11(pieces, method)
    if found == expected or found[0] == expected[0] != ANSWER:
        return
    read = b"".join(pieces)
    assert any(
        found[0] in one.ours and expected[0] in one.h11 and re.search(one.where, read)
        for one in DIFFERENCES
    ), (found, expected, read)


@settings(max_examples=200, deadline=None)
@given(written(), st.lists(st.integers(1, 40) | st.just(1 << 20), min_size=1, max_size=4))
def test_answer_that_nobody_changed_is_read(answer, sizes):
    method, data = answer
    pieces = cut(data, sizes)
    assert ours(pieces, method)[0] == ANSWER
    assert ours(pieces, method) == of_h11(pieces, method)
