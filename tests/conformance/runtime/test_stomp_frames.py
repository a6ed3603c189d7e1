"""STOMP frames: the runtime reads and writes what the Python half does."""

import json
from base64 import b64decode, b64encode

import pytest

from ktb_load.wire.stomp import Reader, StompError, encode

pytestmark = pytest.mark.k6

TEXTS = [
    "CONNECTED\nversion:1.2\nheart-beat:0,0\n\n\0",
    "\n\r\n\nRECEIPT\r\nreceipt-id:a\\cb\r\n\r\n\0\r\n\n",
    'MESSAGE\ndestination:/a\n\n{"a": [1, 2.0, "안녕 👍"]}\0',
    "MESSAGE\ncontent-length:14\n\n안녕 \0👍ab\0",
    "MESSAGE\ncontent-length:12\n\n안녕 \0👍x\0" * 3,
    "MESSAGE\ncontent-type:application/json\n\n1\0",
    "MESSAGE\ncontent-type:application/json\n\nno\0",
    "MESSAGE\ncontent-type:application/octet-stream\n\n가\0",
    "MESSAGE\n방\\n:서울\\\\\\r\na:1\na:2\n\n[1, 2\0",
    "MESSAGE\nempty:\n\n\0MESSAGE\n\nx\0",
    "MESSAGE\ncontent-length:0\n\n\0MESSAGE\n\n\n\nx\0",
    "MESSAGE\na:\0b\n\n\0",
    "MESSAGE\nnothing\n\n\0",
    "MESSAGE\na:\\t\n\n\0",
    "MESSAGE\na:\\\n\n\0",
    "RECEIPT\n\n\0MESSAGE\ncontent-length:x\n\n\0",
    "RECEIPT\n\n\0MESSAGE\ncontent-length:1\n\nab\0",
    "MESSAGE\ncontent-length:99999999999\n\n",
    "MESSAGE\n\nhalf",
]
BYTES = [
    b"MESSAGE\ncontent-length:4\n\n\xff\0\xfe\0\0",
    b"MESSAGE\ncontent-length:4\ncontent-type:application/json\n\n\xff\0\xfe\0\0",
    b"MESSAGE\na:\xff\n\n\0",
    b"\xff\n\n\0",
]
WRITTEN = [
    ("SEND", {"destination": "/a", "my": "a:b\n\r\\"}, ""),
    ("SEND", {"destination": "/안녕"}, "안녕 👍"),
    ("SEND", {"destination": "/a"}, "a\0b"),
    ("SEND", {"destination": "/가"}, b"\0\xff"),
    ("CONNECT", {"Authorization": "Bearer a:b\\c"}, ""),
]


def pieces_of(content, size):
    return [content[start : start + size] for start in range(0, len(content), size)]


def read(pieces):
    reader, told = Reader(), []
    try:
        for piece in pieces:
            for frame in reader.feed(piece):
                told.append(repr((frame.command, frame.headers, frame.value)))
    except StompError as error:
        told.append(str(error))
    return told


def cases():
    """What the script is given, and what it should tell."""
    for size in (1, 3, 10_000):
        for text in TEXTS:
            plain = pieces_of(text, size)
            yield {"pieces": plain}, read([piece.encode() for piece in plain])
        for content in [*(text.encode() for text in TEXTS), *BYTES]:
            pieces = pieces_of(content, size)
            encoded = [b64encode(piece).decode() for piece in pieces]
            yield {"pieces": encoded, "binary": True}, read(pieces)


def test_frames_are_read_and_written_alike(run_script, tmp_path):
    given, expected = zip(*cases(), strict=True)
    written = [
        {"command": command, "headers": list(headers.items())}
        | ({"text": body} if isinstance(body, str) else {"base64": b64encode(body).decode()})
        for command, headers, body in WRITTEN
    ]
    file = tmp_path / "cases.json"
    file.write_text(json.dumps({"read": given, "write": written}), encoding="utf-8")
    outcome = run_script("stomp_frames.k6.js", {"CASES": str(file)})
    assert outcome.exit_code == 0, outcome.log
    [[told, wrote]] = outcome.told
    for case, ours, theirs in zip(given, expected, told, strict=True):
        assert (case, theirs) == (case, ours)
    for case, theirs in zip(WRITTEN, wrote, strict=True):
        plain = theirs if isinstance(theirs, str) else b64decode(theirs["base64"])
        assert (case, plain) == (case, encode(*case))
