"""Answers read from a connection that is none, whole and byte by byte."""

import gzip
import sys
import zlib

import brotli
import pytest

from ktb_load.clients import failure
from ktb_load.clients.failure import Failure, NetworkError
from ktb_load.clients.http_answer import (
    Headers,
    Marks,
    NothingCame,
    Response,
    Timings,
    canonical,
    read_answer,
)

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd


class Pieces:
    """A connection that hands out what it was given, then ends or breaks."""

    def __init__(self, data, piece, broken=None):
        self.left = [data[i : i + piece] for i in range(0, len(data), piece)]
        self.broken = broken

    def receive(self):
        if not self.left and self.broken is not None:
            raise NetworkError(self.broken)
        return self.left.pop(0) if self.left else b""


def test_pieces_come_in_order_and_then_the_end():
    pieces = Pieces(b"abc", 2)
    assert [pieces.receive() for _ in range(4)] == [b"ab", b"c", b"", b""]
    with pytest.raises(NetworkError):
        Pieces(b"", 1, failure.EOF).receive()


def outcome(data, piece, method, broken=None):
    """What the answer was, or the error."""
    try:
        response, keep_alive = read_answer(
            Pieces(data, piece, broken), method, "http://h/", Marks()
        )
    except NetworkError as error:
        return type(error), error.failure
    return response.status, response.proto, response.body, response.pairs, keep_alive


def in_every_cut(data, method="GET", broken=None):
    whole = outcome(data, max(1, len(data)), method, broken)
    for piece in (1, 2, 5, 17):
        assert outcome(data, piece, method, broken) == whole
    return whole


OK = b"HTTP/1.1 200 OK\r\n"
TYPE = ("Content-Type", "text/plain")
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"


def with_length(body, *more):
    lines = [b"Content-Length: %d" % len(body), *more, b"", b""]
    return OK + b"\r\n".join(lines) + body


ANSWERS = [
    ("a length", with_length(b"hello"), "GET", 200, b"hello", True),
    ("a length of nothing", with_length(b""), "GET", 200, b"", True),
    ("chunks", CHUNKED + b"3\r\nabc\r\nA\r\n0123456789\r\n0\r\n\r\n", "GET", 200,
     b"abc0123456789", True),
    ("chunks with extensions and trailers", CHUNKED + b"1;a=b\r\nx\r\n0\r\nX: y\r\n\r\n", "GET",
     200, b"x", True),
    ("until the end", OK + b"\r\nall of it", "GET", 200, b"all of it", False),
    ("the old protocol", b"HTTP/1.0 200 OK\r\n\r\nold", "GET", 200, b"old", False),
    ("the old protocol with a length", b"HTTP/1.0 200 OK\r\nContent-Length: 3\r\n\r\nold", "GET",
     200, b"old", False),
    ("the old protocol, kept", b"HTTP/1.0 200 OK\r\nConnection: keep-alive\r\n"
     b"Content-Length: 3\r\n\r\nold", "GET", 200, b"old", True),
    ("a farewell", with_length(b"x", b"Connection: close"), "GET", 200, b"x", False),
    ("no content", b"HTTP/1.1 204 No Content\r\n\r\n", "GET", 204, b"", True),
    ("not modified, with the length of what is not sent",
     b"HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n", "GET", 304, b"", True),
    ("HEAD, with the length of what is not sent", OK + b"Content-Length: 5\r\n\r\n", "HEAD", 200,
     b"", True),
    ("HEAD of chunks", CHUNKED, "HEAD", 200, b"", True),
    ("continue", b"HTTP/1.1 100 Continue\r\n\r\n" + with_length(b"x"), "POST", 200, b"x", True),
    ("several hints", b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 2 + with_length(b"x"),
     "GET", 200, b"x", True),
    ("no reason", b"HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n", "GET", 200, b"", True),
    ("a refusal", b"HTTP/1.1 503 No\r\nContent-Length: 2\r\n\r\nno", "GET", 503, b"no", True),
]  # fmt: skip
UNTIL_THE_END = {"until the end", "the old protocol"}


@pytest.mark.parametrize(("case", "data", "method", "status", "body", "keep_alive"), ANSWERS)
def test_answer_is_read_whole_and_byte_by_byte(case, data, method, status, body, keep_alive):
    found = in_every_cut(data, method)
    assert (found[0], found[2], found[4]) == (status, body, keep_alive), case
    assert found[1] == data[:8].decode(), case


@pytest.mark.parametrize(
    ("case", "data", "method", "status", "body"),
    [row[:5] for row in ANSWERS if row[0] not in UNTIL_THE_END],
)
@pytest.mark.parametrize(
    "behind", [b"HTTP/1.1 500 Unasked\r\nX: y\r\nContent-Length: 3\r\n\r\nbad", b"garbage", b"\0"]
)
def test_what_follows_an_answer_is_none_of_it(case, data, method, status, body, behind):
    whole = outcome(data, len(data), method)
    found = outcome(data + behind, len(data + behind), method)
    assert found[:4] == whole[:4], case
    assert found[4] is False, "a connection with something in it is not used again"


@pytest.mark.parametrize(
    ("case", "data", "method"),
    [row[:3] for row in ANSWERS if row[0] not in UNTIL_THE_END],
)
def test_answer_that_is_cut_is_an_error_at_every_byte(case, data, method):
    assert outcome(b"", 1, method) == (NothingCame, failure.EOF)
    for end in range(1, len(data)):
        found = outcome(data[:end], end, method)
        assert found == (NetworkError, failure.UNEXPECTED_EOF), (case, end)


RESET = Failure("read: connection reset by peer", 1220)


def test_connection_that_breaks_says_why():
    assert in_every_cut(b"", broken=RESET) == (NothingCame, RESET)
    assert in_every_cut(with_length(b"hello")[:-1], broken=RESET) == (NetworkError, RESET)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"nonsense\r\n", 'malformed HTTP response "nonsense"'),
        (b"HTTP/1.1 101 Go on\r\nUpgrade: x\r\n\r\n", "unsupported response status: 101 Go on"),
    ],
)
def test_what_is_no_answer_is_a_failure(data, reason):
    assert in_every_cut(data) == (NetworkError, Failure(reason, 1000))


def test_chunk_without_a_length_is_named():
    data = CHUNKED + b"3\r\nabc\r\nxyz\r\n"
    assert in_every_cut(data) == (
        NetworkError,
        Failure("invalid byte in chunk length", 1000),
    )


BODY = b'{"hello":"world"}' * 20


def without_header(stream):
    """The deflate stream within one of zlib."""
    return stream[2:-4]


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", gzip.compress(BODY, mtime=0)),
        ("GZIP", gzip.compress(BODY, mtime=0)),
        ("gzip", gzip.compress(BODY[:50], mtime=0) + gzip.compress(BODY[50:], mtime=0)),
        ("deflate", zlib.compress(BODY)),
        ("deflate", without_header(zlib.compress(BODY))),
        ("br", brotli.compress(BODY)),
        ("zstd", zstd.compress(BODY)),
        ("zstd", zstd.compress(BODY[:50]) + zstd.compress(BODY[50:])),
        ("x-gzip", gzip.compress(BODY, mtime=0)),
        ("gzip, br", brotli.compress(gzip.compress(BODY, mtime=0))),
        ("identity", BODY),
        ("unheard-of", BODY),
    ],
)
def test_encoding_is_undone(encoding, body):
    data = with_length(body, f"Content-Encoding: {encoding}".encode())
    assert in_every_cut(data)[2] == BODY


ENCODINGS = ["gzip", "deflate", "br", "zstd"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_nothing_is_not_decoded(encoding):
    head = OK + f"Content-Encoding: {encoding}\r\n".encode()
    assert outcome(head + b"Content-Length: 9\r\n\r\n", 1, "HEAD")[:3:2] == (200, b"")
    assert outcome(head + b"Content-Length: 0\r\n\r\n", 1, "GET")[:3:2] == (200, b"")


def test_several_headers_are_one_list_of_encodings():
    body = brotli.compress(gzip.compress(BODY, mtime=0))
    data = with_length(body, b"Content-Encoding: gzip", b"content-encoding: br")
    assert in_every_cut(data)[2] == BODY


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("body", [b"this is nothing of the kind"])
def test_wrong_encoding_fails_the_response(encoding, body):
    data = with_length(body, f"Content-Encoding: {encoding}".encode())
    response, keep_alive = read_answer(Pieces(data, 7), "GET", "http://h/", Marks())
    assert (response.status, response.error_code, response.body) == (0, 1701, b"")
    assert response.error.startswith("error decompressing response body (")
    assert keep_alive


@pytest.mark.parametrize(
    ("encoding", "whole"),
    [
        ("gzip", gzip.compress(BODY, mtime=0)),
        ("deflate", zlib.compress(BODY)),
        ("deflate", without_header(zlib.compress(BODY))),
        ("br", brotli.compress(BODY)),
        ("zstd", zstd.compress(BODY)),
    ],
)
def test_encoded_body_that_is_cut_is_an_unexpected_end(encoding, whole):
    for end in range(2, len(whole)):
        data = with_length(whole[:end], f"Content-Encoding: {encoding}".encode())
        response, _ = read_answer(Pieces(data, len(data)), "GET", "http://h/", Marks())
        assert (response.error, response.error_code) == ("unexpected EOF", 1000), end


# What a task sees.


@pytest.mark.parametrize(
    ("written", "shown"),
    [("content-type", "Content-Type"), ("ETAG", "Etag"), ("x-Own-ID", "X-Own-Id"), ("", "")],
)
def test_names_of_headers_are_written_as_k6_does_it(written, shown):
    assert canonical(written) == shown


def test_headers_are_found_in_any_case_and_joined():
    headers = Headers([("x-own", "1"), ("X-OWN", "2"), ("Other", "3")])
    assert headers["X-Own"] == headers["x-own"] == headers.get("X-oWn") == "1, 2"
    assert dict(headers) == {"X-Own": "1, 2", "Other": "3"}
    assert "oTHER" in headers
    assert 5 not in headers
    assert headers.get("none") is None
    assert headers.get("none", "x") == "x"


def response(body, content_type=""):
    made = Response("http://h/", 200)
    made.body, made.pairs = body, [("content-type", content_type)]
    return made


@pytest.mark.parametrize(
    ("case", "body", "content_type", "text"),
    [
        ("UTF-8 without a word", "가".encode(), "", "가"),
        ("UTF-8 by name", "가".encode(), "text/plain; charset=UTF-8", "가"),
        ("EUC-KR", "가".encode("euc-kr"), 'text/plain; charset="euc-kr"', "가"),
        ("a charset nobody knows", "가".encode(), "text/plain; charset=x-none", "가"),
        ("a charset that is no charset", "가".encode(), "text/plain; charset=undefined", "가"),
        ("no text at all", b"a\xff", "", "a\ufffd"),
    ],
)
def test_text_is_decoded(case, body, content_type, text):
    assert response(body, content_type).text == text, case


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("", {"user": {"name": "n"}, "data": [{"_id": 7}, None]}),
        ("user.name", "n"),
        ("data.0._id", 7),
        ("data.1", None),
        ("data.2", None),
        ("data.-1", None),
        ("data.x", None),
        ("user.name.first", None),
        ("none", None),
    ],
)
def test_json_is_found_by_its_path(path, found):
    body = b'{"user":{"name":"n"},"data":[{"_id":7},null]}'
    assert response(body).json(path) == found


@pytest.mark.parametrize("body", [b"", b"<html>", b"{", b"\xff", b"[" * 100_000])
def test_what_is_no_json_is_none(body):
    assert response(body).json() is None
    assert response(body).json("a.b") is None


def test_surrogate_pair_in_two_escapes_is_json():
    assert response(rb'"\ud83d\ude42"').json() == "🙂"
    assert response(rb'"\ud83d"').json() == "\ud83d"


@pytest.mark.parametrize(("status", "code"), [(200, 0), (302, 0), (400, 1400), (404, 1404)])
def test_status_of_a_failure_is_an_error_code(status, code):
    assert Response("http://h/", status).error_code == code


def test_failed_response_keeps_nothing():
    made = response(b"x", "text/plain")
    made.proto = "HTTP/1.1"
    made.fail(failure.EOF)
    assert (made.status, made.error, made.error_code) == (0, "EOF", 1000)
    assert (made.body, made.proto, made.pairs, made.text) == (b"", "", (), "")


@pytest.mark.parametrize(
    ("case", "marks", "timings"),
    [
        ("a whole one", Marks(2.0, 3.0, 1.0, 10.0, 11.0, 13.0, 17.0),
         (7000.0, 1.0, 2.0, 3.0, 1000.0, 2000.0, 4000.0)),
        ("nothing came", Marks(2.0, 0.0, 1.0, 10.0, 11.0, 0.0, 17.0),
         (7000.0, 1.0, 2.0, 0.0, 1000.0, 6000.0, 0.0)),
        ("not even written", Marks(2.0, 0.0, 1.0, 10.0, 0.0, 0.0, 17.0),
         (7000.0, 1.0, 2.0, 0.0, 7000.0, 0.0, 0.0)),
        ("not even dialled", Marks(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 17.0), (0.0,) * 7),
    ],
)  # fmt: skip
def test_phases_add_up_as_far_as_they_were_reached(case, marks, timings):
    assert marks.timings() == Timings(*timings), case
