"""What a WebSocket server may say, and what a client has to make of it, as a table.

The numbers are those of the Autobahn test suite, whose cases these are in spirit; ``K`` are ours.
The codec reads each row whole, byte by byte and with more behind it; both drivers meet each row as
a server's bytes. Frames are written here by hand: no library writes most of them.
"""

from __future__ import annotations

from dataclasses import dataclass

TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10
CLEAN, FAILED = "server", "transport"
"""The cause of the end: a close frame that was in order, or a connection that had to be failed."""


def frame(
    opcode: int, payload: bytes = b"", *, final: bool = True, rsv: int = 0, mask: bytes = b""
) -> bytes:
    """A frame with any bits that one likes."""
    length = len(payload)
    bit = 0x80 if mask else 0
    if length < 126:
        size = bytes([bit | length])
    elif length < 65_536:
        size = bytes([bit | 126]) + length.to_bytes(2)
    else:
        size = bytes([bit | 127]) + length.to_bytes(8)
    masked = bytes(byte ^ mask[i % 4] for i, byte in enumerate(payload)) if mask else payload
    return bytes([(0x80 if final else 0) | rsv << 4 | opcode]) + size + mask + masked


def parts(opcode: int, *payloads: bytes, between: bytes = b"") -> bytes:
    """A message in fragments, with ``between`` behind each but the last."""
    frames = [
        frame(opcode if number == 0 else 0, payload, final=number == len(payloads) - 1)
        for number, payload in enumerate(payloads)
    ]
    return between.join(frames)


def close(code: int, reason: bytes = b"") -> bytes:
    return frame(CLOSE, code.to_bytes(2) + reason)


@dataclass(frozen=True)
class Case:
    """One row."""

    number: str
    words: str
    data: bytes
    heard: tuple[str | bytes, ...] = ()
    """The messages."""
    pongs: tuple[bytes, ...] = ()
    """What the client answers to pings."""
    end: tuple[str, int] | None = None
    """Cause and code of the end; None: the connection stays."""

    def __str__(self) -> str:
        return f"{self.number} {self.words}"


HELLO = frame(TEXT, b"hello")
KOREAN = "안녕하세요 🙂".encode()
LENGTHS = (0, 125, 126, 127, 128, 65_535, 65_536)

ORDERLY = [
    *(
        Case(f"1.1.{i}", f"a text of {n:,} bytes", frame(TEXT, b"*" * n), ("*" * n,))
        for i, n in enumerate(LENGTHS, 1)
    ),
    *(
        Case(f"1.2.{i}", f"{n:,} bytes", frame(BINARY, b"\xfe" * n), (b"\xfe" * n,))
        for i, n in enumerate(LENGTHS, 1)
    ),
    Case("2.1", "a ping without payload", frame(PING), pongs=(b"",)),
    Case("2.2", "a ping", frame(PING, b"Hello"), pongs=(b"Hello",)),
    Case("2.3", "a ping of bytes", frame(PING, b"\x00\xff\xfe\xfd"), pongs=(b"\x00\xff\xfe\xfd",)),
    Case("2.4", "the longest ping", frame(PING, b"\xfe" * 125), pongs=(b"\xfe" * 125,)),
    Case("2.7", "a pong that nobody asked for", frame(PONG) + HELLO, ("hello",)),
    Case("2.8", "the same with a payload", frame(PONG, b"unasked") + HELLO, ("hello",)),
    Case("2.9", "a pong, then a ping", frame(PONG, b"x") + frame(PING, b"y"), pongs=(b"y",)),
    Case(
        "2.10",
        "ten pings",
        b"".join(frame(PING, b"%d" % i) for i in range(10)),
        pongs=tuple(b"%d" % i for i in range(10)),
    ),
    Case("5.3", "a text in two frames", parts(TEXT, b"one ", b"two"), ("one two",)),
    Case(
        "5.6",
        "a ping between two fragments",
        parts(TEXT, b"one ", b"two", between=frame(PING, b"!")),
        ("one two",),
        (b"!",),
    ),
    Case(
        "5.19",
        "pings and pongs between five fragments",
        parts(TEXT, b"1", b"2", b"3", b"4", b"5", between=frame(PING, b"?") + frame(PONG)),
        ("12345",),
        (b"?",) * 4,
    ),
    Case("6.1.1", "an empty text", frame(TEXT), ("",)),
    Case("6.1.2", "an empty text in three frames", parts(TEXT, b"", b"", b""), ("",)),
    Case("6.1.3", "one whose middle alone is filled", parts(TEXT, b"", b"mid", b""), ("mid",)),
    Case("6.2.1", "letters of three and four bytes", frame(TEXT, KOREAN), (KOREAN.decode(),)),
    Case("6.2.2", "the same cut in a letter", parts(TEXT, KOREAN[:4], KOREAN[4:]),
         (KOREAN.decode(),)),
    Case("6.2.3", "the same, each byte a frame", parts(TEXT, *(bytes([b]) for b in KOREAN)),
         (KOREAN.decode(),)),
    Case("6.6.5", "letters beyond ASCII, one a message",
         b"".join(frame(TEXT, one.encode()) for one in ("κ", "ό", "σ", "μ", "ε")),
         ("κ", "ό", "σ", "μ", "ε")),
    Case("6.7.1", "U+0000", frame(TEXT, b"\x00"), ("\0",)),
    Case("6.9.4", "U+10FFFF, the last of all", frame(TEXT, b"\xf4\x8f\xbf\xbf"), ("\U0010ffff",)),
    Case("6.22.1", "U+FFFE, which is no letter", frame(TEXT, b"\xef\xbf\xbe"), ("\ufffe",)),
    Case("K1", "a hundred frames in one read", HELLO * 100, ("hello",) * 100),
    Case("K2", "a length that takes more bytes than it needs", b"\x82\x7e\x00\x01x", (b"x",)),
]  # fmt: skip

FAULTS = [
    Case("2.5", "a ping of 126 bytes", frame(PING, b"\xfe" * 126), end=(FAILED, 1002)),
    Case("3.1", "the third reserved bit", frame(TEXT, b"x", rsv=1), end=(FAILED, 1002)),
    Case("3.2", "the second, behind a text", HELLO + frame(TEXT, b"x", rsv=2), ("hello",),
         end=(FAILED, 1002)),
    Case("3.4", "the first, behind text and ping", HELLO + frame(PING) + frame(TEXT, rsv=4),
         ("hello",), (b"",), (FAILED, 1002)),
    Case("3.5", "all of them in bytes", frame(BINARY, b"x" * 8, rsv=7), end=(FAILED, 1002)),
    Case("3.6", "one in a ping", frame(PING, rsv=4), end=(FAILED, 1002)),
    Case("3.7", "one in a close frame", frame(CLOSE, b"\x03\xe8", rsv=1), end=(FAILED, 1002)),
    *(
        Case(f"4.1.{opcode - 2}", f"type {opcode}", frame(opcode), end=(FAILED, 1002))
        for opcode in range(3, 8)
    ),
    *(
        Case(f"4.2.{opcode - 10}", f"type {opcode} with a payload, behind a text",
             HELLO + frame(opcode, b"payload"), ("hello",), end=(FAILED, 1002))
        for opcode in range(11, 16)
    ),
    Case("5.1", "a ping in two frames", parts(PING, b"a", b"b"), end=(FAILED, 1002)),
    Case("5.2", "a pong in two frames", parts(PONG, b"a", b"b"), end=(FAILED, 1002)),
    Case("5.9", "a continuation of nothing", frame(0, b"x") + HELLO, end=(FAILED, 1002)),
    Case("5.12", "one that goes on", frame(0, b"x", final=False) + HELLO, end=(FAILED, 1002)),
    Case("5.15", "one behind a message in parts", parts(TEXT, b"a", b"b") + frame(0, b"c"),
         ("ab",), end=(FAILED, 1002)),
    Case("5.18", "two messages at once", frame(TEXT, b"a", final=False) + frame(TEXT, b"b"),
         end=(FAILED, 1002)),
    Case("6.3.1", "a text with a surrogate in it", frame(TEXT, KOREAN + b"\xed\xa0\x80edited"),
         end=(FAILED, 1007)),
    Case("6.4.1", "one in parts, the second wrong",
         parts(TEXT, KOREAN, b"\xf4\x90\x80\x80", b"edited"), end=(FAILED, 1007)),
    Case("6.5.1", "a letter that is cut by the end", parts(TEXT, b"ok", KOREAN[:2]),
         end=(FAILED, 1007)),
    Case("6.10.1", "a code point that there is not", frame(TEXT, b"\xf7\xbf\xbf\xbf"),
         end=(FAILED, 1007)),
    Case("6.14.1", "a byte that continues nothing", frame(TEXT, b"\x80"), end=(FAILED, 1007)),
    Case("6.20.1", "a byte that never occurs", frame(TEXT, b"\xfe"), end=(FAILED, 1007)),
    Case("6.21.1", "a letter in more bytes than it takes", frame(TEXT, b"\xc0\xaf"),
         end=(FAILED, 1007)),
    Case("K3", "a masked frame", frame(TEXT, b"masked", mask=b"abcd"), end=(FAILED, 1002)),
    Case("K4", "a masked ping", frame(PING, b"x", mask=b"abcd"), end=(FAILED, 1002)),
    Case("K5", "a masked close frame", frame(CLOSE, b"\x03\xe8", mask=b"abcd"),
         end=(FAILED, 1002)),
    Case("K6", "a frame of a terabyte", b"\x82\x7f" + (1 << 40).to_bytes(8), end=(FAILED, 1009)),
    Case("K7", "a length with its first bit set", b"\x82\x7f" + b"\xff" * 8, end=(FAILED, 1009)),
]  # fmt: skip

GOOD_CODES = (1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 3000, 3999, 4000)
BAD_CODES = (0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65_535)
CLOSES = [
    Case("7.3.1", "a close frame without a code", frame(CLOSE), end=(CLEAN, 1005)),
    Case("7.3.2", "one with half a code", frame(CLOSE, b"\x03"), end=(FAILED, 1002)),
    Case("7.3.4", "one with a reason", close(1000, KOREAN), end=(CLEAN, 1000)),
    Case("7.3.5", "the longest reason", close(1000, b"*" * 123), end=(CLEAN, 1000)),
    Case("7.3.6", "one that is too long", close(1000, b"*" * 124), end=(FAILED, 1002)),
    Case("7.1.3", "a ping behind it", close(1000) + frame(PING), end=(CLEAN, 1000)),
    Case("7.1.4", "a text behind it", HELLO + close(1001) + HELLO, ("hello",), end=(CLEAN, 1001)),
    Case("7.1.5", "one in the middle of a message",
         frame(TEXT, b"frag", final=False) + close(1000), end=(CLEAN, 1000)),
    Case("7.5.1", "a reason that is no UTF-8", close(1000, b"\xce\xba\xed\xa0"),
         end=(FAILED, 1007)),
    Case("K8", "one in parts", frame(CLOSE, b"\x03\xe8", final=False), end=(FAILED, 1002)),
    *(
        Case(f"7.7.{i}", f"the code {code}", close(code), end=(CLEAN, code))
        for i, code in enumerate(GOOD_CODES, 1)
    ),
    *(
        Case(f"7.9.{i}", f"the code {code}, which nobody may send", close(code, b"x"),
             end=(FAILED, 1002))
        for i, code in enumerate(BAD_CODES, 1)
    ),
]  # fmt: skip

CASES = [*ORDERLY, *FAULTS, *CLOSES]
