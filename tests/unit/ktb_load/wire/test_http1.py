"""Answers as servers write them, rightly and wrongly: whole, byte by byte, and with more behind.

What is refused and what is not was seen on k6 1.8.1; ``test_answers_like_k6.py`` asks it again.
"""

import pytest

from ktb_load.wire.http1 import MAX_HEAD_BYTES, AnswerReader, Malformed, Truncated, text_of

OK = "HTTP/1.1 200 OK\r\n"
LENGTH = "Content-Length: 3\r\n\r\nabc"
CHUNKED = f"{OK}Transfer-Encoding: chunked\r\n\r\n"


def read(data, piece, method="GET"):
    """The reader, fed in pieces until it had enough or the connection ended."""
    reader = AnswerReader(method)
    for at in range(0, len(data), piece):
        if reader.feed(data[at : at + piece]):
            return reader
    reader.end()
    return reader


def outcome(data, piece, method="GET"):
    try:
        reader = read(data, piece, method)
    except (Malformed, Truncated) as error:
        return type(error), str(error)
    return reader.status, reader.version, reader.pairs, reader.body, reader.keep_alive


def in_every_cut(text, method="GET"):
    data = text.encode("latin-1")
    whole = outcome(data, max(1, len(data)), method)
    for piece in (1, 2, 3, 7, 19):
        assert outcome(data, piece, method) == whole, piece
    return whole


@pytest.mark.parametrize(
    ("case", "text", "body", "keep_alive"),
    [
        ("another minor version", "HTTP/1.7 200 OK\r\n" + LENGTH, b"abc", True),
        ("another major version", "HTTP/9.1 200 OK\r\n" + LENGTH, b"abc", True),
        ("a version before all", "HTTP/0.9 200 OK\r\n" + LENGTH, b"abc", False),
        ("no reason", "HTTP/1.1 200\r\n" + LENGTH, b"abc", True),
        ("blanks before the status", "HTTP/1.1   200 OK\r\n" + LENGTH, b"abc", True),
        ("LF alone", "HTTP/1.1 200 OK\nX: y\nContent-Length: 3\n\nabc", b"abc", True),
        ("some lines with LF alone", "HTTP/1.1 200 OK\r\nX: y\nContent-Length: 3\r\n\nabc", b"abc",
         True),
        ("a folded header", f"{OK}X: a\r\n b\r\n\t c\r\n" + LENGTH, b"abc", True),
        ("a folded length", f"{OK}Content-Length:\r\n 3\r\n\r\nabc", b"abc", True),
        ("a name with blanks", f"{OK}X Y : z\r\n" + LENGTH, b"abc", True),
        ("no value", f"{OK}X:\r\n" + LENGTH, b"abc", True),
        ("the length twice", f"{OK}content-length: 3\r\n" + LENGTH, b"abc", True),
        ("zeros before the length", f"{OK}Content-Length: 0{'0' * 30}3\r\n\r\nabc", b"abc", True),
        ("a length beside chunks", f"{OK}Transfer-Encoding: chunked\r\nContent-Length: 9\r\n\r\n"
         "3\r\nabc\r\n0\r\n\r\n", b"abc", True),
        ("chunks in capitals", f"{OK}TRANSFER-ENCODING: CHUNKED\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
         b"abc", True),
        ("no chunks in the old protocol", "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n"
         "Content-Length: 3\r\n\r\nabc", b"abc", False),
        ("chunk extensions", CHUNKED + '3;a=b;c="d e"\r\nabc\r\n0;z\r\n\r\n', b"abc", True),
        ("blanks behind the size of a chunk", CHUNKED + "3 \t\r\nabc\r\n0\r\n\r\n", b"abc", True),
        ("no chunk at all", CHUNKED + "0\r\n\r\n", b"", True),
        ("a trailer", CHUNKED + "3\r\nabc\r\n0\r\nContent-Length: 7\r\nX: y\r\n\r\n", b"abc", True),
        ("until the end", f"{OK}X: y\r\n\r\nabc", b"abc", False),
        ("nothing until the end", f"{OK}\r\n", b"", False),
        ("close among others", f"{OK}Connection: x, Close\r\n" + LENGTH, b"abc", False),
        ("close in a header of its own", f"{OK}Connection: x\r\nConnection: close\r\n" + LENGTH,
         b"abc", False),
        ("the old protocol kept", "HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\n" + LENGTH, b"abc",
         True),
        ("many interim answers", "HTTP/1.1 100 Go on\r\n\r\n" * 50 + OK + LENGTH, b"abc", True),
        ("an interim answer with a length", "HTTP/1.1 102 Wait\r\nContent-Length: 9\r\n\r\n" + OK
         + LENGTH, b"abc", True),
        ("204 with a length", "HTTP/1.1 204 No\r\nContent-Length: 3\r\n\r\n", b"", True),
        ("304 with chunks", "HTTP/1.1 304 No\r\nTransfer-Encoding: chunked\r\n\r\n", b"", True),
        ("205 with a body", "HTTP/1.1 205 Reset\r\n" + LENGTH, b"abc", True),
    ],
)  # fmt: skip
def test_answer_that_go_reads_is_read(case, text, body, keep_alive):
    assert in_every_cut(text)[3:] == (body, keep_alive), case


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("\r\nHTTP/1.1 200 OK\r\n", 'malformed HTTP response ""'),
        ("HTTP/1.1\r\n", 'malformed HTTP response "HTTP/1.1"'),
        ("HTTP/1.1 20 OK\r\n", 'malformed HTTP status code "20"'),
        ("HTTP/1.1 2000 OK\r\n", 'malformed HTTP status code "2000"'),
        ("HTTP/1.1 099 OK\r\n", 'malformed HTTP status code "099"'),
        ("HTTP/1.1 +20 OK\r\n", 'malformed HTTP status code "+20"'),
        ("HTTP/11 200 OK\r\n", 'malformed HTTP version "HTTP/11"'),
        ("http/1.1 200 OK\r\n", 'malformed HTTP version "http/1.1"'),
        ("HTTP/1.1 200 OK\r\nNo colon\r\n", 'malformed MIME header line: "No colon"'),
        ("HTTP/1.1 200 OK\r\n: x\r\n", 'malformed MIME header line: ": x"'),
        ("HTTP/1.1 200 OK\r\nX{}: x\r\n", 'malformed MIME header line: "X{}: x"'),
        ("HTTP/1.1 200 OK\r\n X: x\r\n", 'malformed MIME header line: " X: x"'),
        ("HTTP/1.1 200 OK\r\nX: a\rb\r\n", 'malformed MIME header line: "X: a\rb"'),
        ("HTTP/1.1 200 OK\r\nX: a\0b\r\n", 'malformed MIME header line: "X: a\0b"'),
        ("HTTP/1.1 200 OK\r\nX: a\r\n \x7f\r\n", 'malformed MIME header line: " \x7f"'),
        (OK + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n",
         "several Content-Length headers: 1, 2"),
        (OK + "Content-Length: 3, 3\r\n\r\n", 'bad Content-Length "3, 3"'),
        (OK + "Content-Length: +3\r\n\r\n", 'bad Content-Length "+3"'),
        (OK + "Content-Length:\r\n\r\n", 'bad Content-Length ""'),
        (OK + "Content-Length: 9999999999999999999\r\n\r\n",
         'bad Content-Length "9999999999999999999"'),
        (OK + "Transfer-Encoding: gzip\r\n\r\n", 'unsupported transfer encoding: "gzip"'),
        (OK + "Transfer-Encoding: gzip, chunked\r\n\r\n",
         'unsupported transfer encoding: "gzip, chunked"'),
        (OK + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n",
         "too many transfer encodings: chunked, chunked"),
        (CHUNKED + "xyz\r\n", "invalid byte in chunk length"),
        (CHUNKED + "\r\n", "invalid byte in chunk length"),
        (CHUNKED + "-3\r\n", "invalid byte in chunk length"),
        (CHUNKED + "0x3\r\n", "invalid byte in chunk length"),
        (CHUNKED + "3 ;x\r\n", "invalid byte in chunk length"),
        (CHUNKED + "3\n", "invalid byte in chunk length"),
        (CHUNKED + "3;\r;\r\n", "invalid byte in chunk length"),
        (CHUNKED + f"{'0' * 16}3\r\n", "http chunk length too large"),
        (CHUNKED + f"3;{'x' * 5000}\r\n", "chunk line too long"),
        (CHUNKED + "3\r\nabcd\r\n", "malformed chunked encoding"),
        (CHUNKED + "3\r\nabc\r\n0\r\n\n", "malformed chunked encoding"),
        (CHUNKED + "3\r\nabc\r\n0\r\nNo colon\r\n", 'malformed MIME header line: "No colon"'),
    ],
)  # fmt: skip
def test_answer_that_go_refuses_is_malformed_at_once(text, reason):
    assert in_every_cut(text) == (Malformed, reason)


@pytest.mark.parametrize(
    "text", [OK + LENGTH, CHUNKED + "3\r\nabc\r\n0\r\nX: y\r\n\r\n", "HTTP/1.1 100 Go\r\n\r\n" + OK]
)
def test_answer_that_is_cut_is_truncated_at_every_byte(text):
    for end in range(len(text)):
        assert in_every_cut(text[:end]) == (Truncated, "unexpected EOF"), end


@pytest.mark.parametrize(
    ("text", "method"),
    [
        (OK + LENGTH, "GET"),
        (CHUNKED + "3\r\nabc\r\n0\r\nX: y\r\n\r\n", "GET"),
        (OK + "Content-Length: 3\r\n\r\n", "HEAD"),
        ("HTTP/1.1 204 No\r\n\r\n", "GET"),
        ("HTTP/1.1 101 Go on\r\nUpgrade: x\r\n\r\n", "GET"),
    ],
)
def test_what_comes_behind_is_the_rest(text, method):
    data = text.encode()
    for behind in (b"", b"\0", b"HTTP/1.1 500 Unasked\r\n\r\n"):
        assert read(data + behind, len(data + behind), method).rest == behind
    assert outcome(data + b"more", 10_000, method) == outcome(data, 10_000, method)


def test_headers_are_those_of_the_final_answer_without_the_framing():
    text = (
        "HTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nTrailer: T\r\nX:  a\t\r\n b \r\n"
        "Set-Cookie: a=1\r\nset-cookie: b=2\r\nTransfer-Encoding: chunked\r\n\r\n"
        "0\r\nT: never seen\r\n folded\r\n\r\n"
    )
    assert in_every_cut(text)[2] == [("X", "a b"), ("Set-Cookie", "a=1"), ("set-cookie", "b=2")]


def test_each_header_has_an_encoding_of_its_own():
    text = OK + "A: caf\xe9\r\nB: \xea\xb0\x80\r\n" + LENGTH
    assert in_every_cut(text)[2][:2] == [("A", "café"), ("B", "가")]


@pytest.mark.parametrize("filler", [b"x", b"X: y\r\n", b"\r\nHTTP/1.1 103 Early\r\n"])
def test_head_without_an_end_is_refused(filler):
    reader = AnswerReader("GET")
    reader.feed(b"HTTP/1.1 103 Early\r\n")
    with pytest.raises(Malformed, match="exceeded"):
        for _ in range(MAX_HEAD_BYTES // 60_000 + 2):
            reader.feed(filler * (60_000 // len(filler)))


@pytest.mark.parametrize(
    ("raw", "text"), [(b"plain", "plain"), ("가".encode(), "가"), (b"caf\xe9", "café")]
)
def test_header_is_utf8_or_else_latin1(raw, text):
    assert text_of(raw) == text


@pytest.mark.parametrize("piece", [1, 2, 7, 1000])
@pytest.mark.parametrize(
    ("case", "head", "wire"),
    [
        ("chunks", b"Transfer-Encoding: chunked\r\n", b"3\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n"),
        ("a length", b"Content-Length: 7\r\n", b"abcdefg"),
        ("until the end", b"", b"abcdefg"),
    ],
)
def test_body_can_be_taken_as_it_comes(case, head, wire, piece):
    data = b"HTTP/1.1 200 OK\r\n" + head + b"\r\n" + wire
    reader = AnswerReader("GET")
    assert not reader.begun
    taken = []
    for begin in range(0, len(data), piece):
        reader.feed(data[begin : begin + piece])
        assert reader.begun
        if reader.in_body:
            taken.append(reader.take())
    if case == "until the end":
        reader.end()
        taken.append(reader.take())
    assert reader.whole
    assert b"".join(taken) == b"abcdefg"
    if piece == 1:
        assert sum(map(bool, taken)) > 1, "it came in pieces"
