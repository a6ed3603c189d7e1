"""Our STOMP and event stream codecs against those of @stomp/stompjs and eventsource-parser."""

import json
import subprocess
from base64 import b64decode, b64encode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ktb_load.wire import sse, stomp
from tests.servers.node import install
from tests.servers.tools import tool

pytestmark = [pytest.mark.system, pytest.mark.node]
MANY = settings(max_examples=300, deadline=None)


@pytest.fixture(scope="module")
def judge(tests_folder):
    """``judge("read_sse", pieces=[...])``: what the other codec says."""
    folder = tests_folder / "servers" / "protocols_node"
    install(folder)
    pipe = subprocess.PIPE
    command = [tool("node"), "codecs.mjs"]
    with subprocess.Popen(command, cwd=folder, stdin=pipe, stdout=pipe, text=True) as process:
        assert "read_stomp" in json.loads(process.stdout.readline())["knows"]

        def ask(verb, **question):
            if "pieces" in question:
                question["pieces"] = [b64encode(piece).decode() for piece in question["pieces"]]
            process.stdin.write(json.dumps({"ask": verb, **question}) + "\n")
            process.stdin.flush()
            return json.loads(process.stdout.readline())

        yield ask
        process.stdin.close()
        process.wait(5)


def cut(draw, data):
    """``data`` in pieces."""
    places = sorted(draw(st.lists(st.integers(0, len(data)), max_size=6)))
    return [data[a:b] for a, b in zip([0, *places], [*places, len(data)], strict=True)]


# STOMP.

LETTERS = st.characters(exclude_categories=["Cs"])
NAMES = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=8).filter(
    lambda name: name not in ("content-length", "__proto__")
)
HEADERS = st.dictionaries(NAMES, st.text(LETTERS, max_size=12), max_size=4)


@MANY
@given(HEADERS, st.text(LETTERS, max_size=30), st.data())
def test_frame_that_stompjs_writes_is_read(judge, headers, text, data):
    written = b64decode(judge("write_stomp", command="MESSAGE", headers=headers, text=text))
    reader = stomp.Reader()
    frames = [f for piece in cut(data.draw, written * 2) for f in reader.feed(piece)]
    announced = {"content-length": str(len(text.encode()))} if text else {}
    expected = ("MESSAGE", headers | announced, text.encode())
    assert [(f.command, f.headers, f.body) for f in frames] == [expected, expected]


@MANY
@given(st.binary(max_size=30))
def test_binary_frame_that_stompjs_writes_is_read(judge, body):
    binary = b64encode(body).decode()
    written = b64decode(judge("write_stomp", command="MESSAGE", headers={}, binary=binary))
    assert [frame.body for frame in stomp.Reader().feed(written)] == [body]


# stompjs takes blanks off the ends of values, and mistakes an escaped backslash before a letter.
KEPT = HEADERS.map(
    lambda headers: {name: value.replace("\\", "/").strip() for name, value in headers.items()}
)


@MANY
@given(KEPT, st.text(LETTERS, max_size=30) | st.binary(max_size=30), st.data())
def test_frame_that_we_write_is_read_by_stompjs(judge, headers, body, data):
    headers = {
        name: value.strip("\ufeff \t\r\n\v\f\x1c\x1d\x1e\x1f\x85")
        for name, value in headers.items()
    }
    written = stomp.encode("SEND", headers, body)
    plain = written.encode() if isinstance(written, str) else written
    beats = data.draw(st.sampled_from([b"", b"\n", b"\n\n"]))
    frames = judge("read_stomp", pieces=cut(data.draw, plain + beats + plain))
    content = body.encode() if isinstance(body, str) else body
    announced = {"content-length": str(len(content))} if content else {}
    expected = {
        "command": "SEND",
        "headers": headers | announced,
        "body": b64encode(content).decode(),
    }
    assert frames == [expected, expected]


# Server-sent events.

VALUES = st.sampled_from(
    [
        "",
        " ",
        "  two",
        "text",
        "안녕 👍",
        ": colon",
        "a:b",
        '{"a":1}',
        "1000",
        "12x",
        "-5",
        "\u2028",
    ]
)
FIELDS = st.sampled_from(["data", "event", "id", "retry", "", "Data", "data ", "other", "id x"])
LINES = st.builds(
    lambda name, colon, value: f"{name}{colon}{value}",
    FIELDS,
    st.sampled_from([":", ": ", ""]),
    VALUES,
) | st.just("")
STREAMS = st.lists(st.tuples(LINES, st.sampled_from(["\n", "\r", "\r\n"])), max_size=14)


@MANY
@given(st.sampled_from(["", "\ufeff"]), STREAMS, st.data())
def test_streams_mean_what_they_mean_to_eventsource_parser(judge, mark, lines, data):
    stream = (mark + "".join(line + end for line, end in lines)).encode()
    pieces = [*cut(data.draw, stream), b":\n"]  # it waits for what follows a CR
    reader = sse.Reader()
    ours = [event for piece in pieces for event in reader.feed(piece)]
    theirs = judge("read_sse", pieces=pieces)
    assert [[event.type, event.data] for event in ours] == [said[:2] for said in theirs["events"]]
    assert reader.retry_ms == theirs["retry"]
    # It tells the id of an event that brings one; ours tells the last that came.
    named = [
        (e.last_id, said[2]) for e, said in zip(ours, theirs["events"], strict=True) if said[2]
    ]
    assert all(ours_ == theirs_ for ours_, theirs_ in named)
