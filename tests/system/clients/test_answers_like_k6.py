"""Answers of every kind, right, wrong and made up, to the real k6 and to our client: both see the
same status, error code and body.
"""

import gzip
import random
import sys
import zlib

import brotli
import pytest

from tests.system.clients.k6_side import ask, run_k6

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

pytestmark = [pytest.mark.system, pytest.mark.k6]

HELLO = b"hello hello hello"
OK = b"HTTP/1.1 200 OK\r\n"
LENGTH = b"Content-Length: 3\r\n\r\nabc"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"


def encoded(encoding, body):
    return OK + b"Content-Encoding: %b\r\nContent-Length: %d\r\n\r\n%b" % (
        encoding,
        len(body),
        body,
    )


ANSWERS = {
    "gzip": encoded(b"gzip", gzip.compress(HELLO)),
    "deflate": encoded(b"deflate", zlib.compress(HELLO)),
    "br": encoded(b"br", brotli.compress(HELLO)),
    "zstd": encoded(b"zstd", zstd.compress(HELLO)),
    "zstd in frames": encoded(b"zstd", zstd.compress(HELLO) * 2),
    "gzip in members": encoded(b"gzip", gzip.compress(HELLO) * 2),
    "gzip, then br": encoded(b"gzip, br", brotli.compress(gzip.compress(HELLO))),
    "gzip, then something": encoded(b"gzip, unheard-of", gzip.compress(HELLO)),
    "half gzip": encoded(b"gzip", gzip.compress(HELLO)[:-9]),
    "half deflate": encoded(b"deflate", zlib.compress(HELLO)[:-5]),
    "half br": encoded(b"br", brotli.compress(HELLO)[:-3]),
    "half zstd": encoded(b"zstd", zstd.compress(HELLO)[:-3]),
    "no gzip": encoded(b"gzip", b"this is something else"),
    "no deflate": encoded(b"deflate", b"this is something else"),
    "no br": encoded(b"br", b"\xff\xff\xff\xff"),
    "no zstd": encoded(b"zstd", b"this is something else"),
    "gzip with another checksum": encoded(b"gzip", gzip.compress(HELLO)[:-8] + b"\0" * 8),
    "deflate and more": encoded(b"deflate", zlib.compress(HELLO) + b"xyz"),
    "br and more": encoded(b"br", brotli.compress(HELLO) + b"xyz"),
    "nothing in zstd": encoded(b"zstd", b""),
    "nothing in gzip": encoded(b"gzip", b""),
    "raw deflate": encoded(b"deflate", zlib.compress(HELLO)[2:-4]),
    "GZIP": encoded(b"GZIP", gzip.compress(HELLO)),
    "x-gzip": encoded(b"x-gzip", gzip.compress(HELLO)),
    "gzip of no content": b"HTTP/1.1 204 No\r\nContent-Encoding: gzip\r\n\r\n",
    "204 with a length": b"HTTP/1.1 204 No\r\nContent-Length: 5\r\n\r\n",
    "204 with a body": b"HTTP/1.1 204 No\r\nContent-Length: 5\r\n\r\nabcde",
    "204 in chunks": b"HTTP/1.1 204 No\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "304 with a length": b"HTTP/1.1 304 No\r\nContent-Length: 5\r\n\r\n",
    "205 with a body": b"HTTP/1.1 205 Reset\r\n" + LENGTH,
    "another protocol": b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n"
    b"Connection: Upgrade\r\n\r\n",
    "hints": b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + OK + LENGTH,
    "a lot of them": b"HTTP/1.1 100 Continue\r\n\r\n" * 30 + OK + LENGTH,
    "an interim status that is none": b"HTTP/1.1 199 What\r\n\r\n" + OK + LENGTH,
    "an interim answer with a length": b"HTTP/1.1 102 Wait\r\nContent-Length: 5\r\n\r\n"
    + OK
    + LENGTH,
    "an interim answer and no more": b"HTTP/1.1 100 Continue\r\n\r\n",
    "1.0 in chunks": b"HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
    "1.2": b"HTTP/1.2 200 OK\r\n" + LENGTH,
    "9.1": b"HTTP/9.1 200 OK\r\n" + LENGTH,
    "0.9": b"HTTP/0.9 200 OK\r\n" + LENGTH,
    "11": b"HTTP/11 200 OK\r\n" + LENGTH,
    "in small letters": b"http/1.1 200 OK\r\n" + LENGTH,
    "RTSP": b"RTSP/1.0 200 OK\r\n" + LENGTH,
    "nothing before it": b"\r\n" + OK + LENGTH,
    "two blanks": b"HTTP/1.1  200 OK\r\n" + LENGTH,
    "no reason": b"HTTP/1.1 200\r\n" + LENGTH,
    "a short status": b"HTTP/1.1 20 OK\r\n" + LENGTH,
    "a long status": b"HTTP/1.1 2000 OK\r\n" + LENGTH,
    "status 999": b"HTTP/1.1 999 OK\r\n" + LENGTH,
    "status 099": b"HTTP/1.1 099 OK\r\n" + LENGTH,
    "a coding": OK + b"Transfer-Encoding: gzip\r\n\r\nabc",
    "a coding and chunks": OK + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
    "identity": OK + b"Transfer-Encoding: identity\r\n" + LENGTH,
    "chunked twice": OK + b"Transfer-Encoding: chunked\r\n" + CHUNKED[len(OK) :] + b"0\r\n\r\n",
    "Chunked": OK + b"Transfer-Encoding: Chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
    "chunks and a length": OK + b"Content-Length: 9\r\n" + CHUNKED[len(OK) :]
    + b"3\r\nabc\r\n0\r\n\r\n",
    "one length twice": OK + b"Content-Length: 3\r\n" + LENGTH,
    "two lengths": OK + b"Content-Length: 2\r\n" + LENGTH,
    "two lengths in one": OK + b"Content-Length: 3, 3\r\n\r\nabc",
    "+3": OK + b"Content-Length: +3\r\n\r\nabc",
    "-3": OK + b"Content-Length: -3\r\n\r\nabc",
    "003": OK + b"Content-Length: 003\r\n\r\nabc",
    "an empty length": OK + b"Content-Length:\r\n\r\nabc",
    "a huge length": OK + b"Content-Length: 99999999999999999999\r\n\r\nabc",
    "LF alone": b"HTTP/1.1 200 OK\nX: y\nContent-Length: 3\n\nabc",
    "CR alone": OK + b"X: a\rb\r\n" + LENGTH,
    "a fold": OK + b"X: a\r\n b\r\n" + LENGTH,
    "a fold in the first header": OK + b" X: a\r\n" + LENGTH,
    "a blank before the colon": OK + b"X : y\r\n" + LENGTH,
    "a blank in a name": OK + b"X Y: z\r\n" + LENGTH,
    "no name": OK + b": y\r\n" + LENGTH,
    "no colon": OK + b"nonsense\r\n" + LENGTH,
    "an odd name": OK + b"X{}: y\r\n" + LENGTH,
    "NUL": OK + b"X: a\0b\r\n" + LENGTH,
    "DEL": OK + b"X: a\x7fb\r\n" + LENGTH,
    "a control character in the reason": b"HTTP/1.1 200 \x01\r\n" + LENGTH,
    "bytes past ASCII": OK + b"X: \xe9\r\n" + LENGTH,
    "a long head": OK + b"X: y\r\n" * 20_000 + LENGTH,
    "a long line": OK + b"X: " + b"y" * 200_000 + b"\r\n" + LENGTH,
    "a trailer": CHUNKED + b"3\r\nabc\r\n0\r\nX: y\r\n\r\n",
    "a length in the trailer": CHUNKED + b"3\r\nabc\r\n0\r\nContent-Length: 9\r\n\r\n",
    "no trailer's end": CHUNKED + b"3\r\nabc\r\n0\r\nX: y\r\n",
    "a bad trailer": CHUNKED + b"3\r\nabc\r\n0\r\nnonsense\r\n\r\n",
    "chunk 0x3": CHUNKED + b"0x3\r\nabc\r\n0\r\n\r\n",
    "chunk 0003": CHUNKED + b"0003\r\nabc\r\n0\r\n\r\n",
    "chunk 17 digits": CHUNKED + b"0" * 16 + b"3\r\nabc\r\n0\r\n\r\n",
    "chunk ffffffffffffffff": CHUNKED + b"f" * 16 + b"\r\nabc\r\n0\r\n\r\n",
    "chunk with extensions": CHUNKED + b'3;a=b;c="d"\r\nabc\r\n0;z\r\n\r\n',
    "chunk and a blank": CHUNKED + b"3 \r\nabc\r\n0\r\n\r\n",
    "chunk, a blank and an extension": CHUNKED + b"3 ;a\r\nabc\r\n0\r\n\r\n",
    "chunk after a blank": CHUNKED + b" 3\r\nabc\r\n0\r\n\r\n",
    "chunk with LF": CHUNKED + b"3\nabc\n0\n\n",
    "chunk that is longer": CHUNKED + b"3\r\nabcd\r\n0\r\n\r\n",
    "chunk without a size": CHUNKED + b"\r\nabc\r\n0\r\n\r\n",
    "chunks with much beside them": CHUNKED
    + (b"1;" + b"x" * 100 + b"\r\na\r\n") * 400
    + b"0\r\n\r\n",
    "a trailer of 4,000 bytes": CHUNKED + b"0\r\nT: " + b"y" * 3993 + b"\r\n\r\n",
    "a trailer of 5,000 bytes": CHUNKED + b"0\r\nT: " + b"y" * 4993 + b"\r\n\r\n",
    "a trailer of many lines": CHUNKED + b"0\r\n" + b"T: y\r\n" * 1000 + b"\r\n",
    "chunk -3": CHUNKED + b"-3\r\nabc\r\n0\r\n\r\n",
}  # fmt: skip
OF_HEAD = {
    "a length": OK + b"Content-Length: 3\r\n\r\n",
    "chunks": CHUNKED,
    "neither": OK + b"\r\n",
    "a bad length": OK + b"Content-Length: x\r\n\r\n",
    "gzip": encoded(b"gzip", b""),
}
BY_CHOICE = {
    "GET nothing in gzip": "k6 fails: nothing is no gzip",
    "HEAD gzip": "the same",
    "GET raw deflate": "k6 wants zlib's header",
    "GET GZIP": "k6 wants small letters",
    "GET x-gzip": "k6 does not know it",
    "GET status 099": "k6 takes any three digits for a status",
}


# Made-up ones: some of the above that nobody differs on, with random changes.

BITS = [
    b"\r", b"\n", b"\r\n", b" ", b"\t", b":", b";", b",", b"0", b"1", b"9", b"f", b"+", b"\x01",
    b"\x7f", b"close", b"chunked", b"HTTP/1.0", b"204", b"100", b"a", b"X: y\r\n", b" folded\r\n",
    b"Content-Length: 3\r\n", b"Transfer-Encoding: chunked\r\n", b"3;x\r\nabc\r\n",
]  # fmt: skip
DISPUTED = (b"Content-Encoding", b" 099 ")
SHORT = [
    data
    for data in ANSWERS.values()
    if len(data) < 150 and data.isascii() and not any(bit in data for bit in DISPUTED)
]


def made_up(number):
    chance = random.Random(number)
    data = chance.choice(SHORT)
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(data) + 1)
        data = data[:at] + chance.choice(BITS) + data[at + chance.randrange(4) :]
    return data[: chance.randrange(len(data))] if chance.random() < 0.2 else data


CASES = {
    **{f"GET {name}": data for name, data in ANSWERS.items()},
    **{f"HEAD {name}": data for name, data in OF_HEAD.items()},
    **{f"GET made up {number}": made_up(number) for number in range(600)},
}


def test_k6_and_we_see_the_same_in_every_answer(k6, vu, new_client, server, tmp_path):
    server.also |= {f"/{number}": [data, "close"] for number, data in enumerate(CASES.values())}
    cases = [
        {"case": name, "method": name.partition(" ")[0], "url": f"{server.url}/{number}"}
        for number, name in enumerate(CASES)
    ]
    theirs = run_k6(k6, cases, tmp_path).seen
    ours = ask(new_client(vu), cases)
    assert theirs.keys() == ours.keys() == CASES.keys()
    different = {
        name: {"k6": theirs[name], "ours": ours[name], "answer": CASES[name][:300]}
        for name in CASES
        if shown(theirs[name]) != shown(ours[name])
    }
    assert {name: found for name, found in different.items() if name not in BY_CHOICE} == {}
    assert different.keys() == BY_CHOICE.keys()


def shown(seen):
    """Without the words, and without the part of a body that k6 keeps of an answer that failed."""
    return seen.status, seen.code, seen.body if seen.status else b""
