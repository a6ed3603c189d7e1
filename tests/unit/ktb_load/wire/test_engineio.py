"""Engine.IO's handshake; the judge is python-engineio's packet."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from engineio import packet as judge
from hypothesis import given
from hypothesis import strategies as st

from ktb_load.wire import engineio as wire
from ktb_load.wire.engineio import EngineIOError, Open

HANDSHAKE = '0{"sid":"a","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":9}'


def test_packet_types_are_those_of_another_implementation():
    ours = (wire.OPEN, wire.CLOSE, wire.PING, wire.PONG, wire.MESSAGE, wire.UPGRADE, wire.NOOP)
    theirs = (judge.OPEN, judge.CLOSE, judge.PING, judge.PONG, judge.MESSAGE, judge.UPGRADE)
    assert ours == tuple(map(str, (*theirs, judge.NOOP)))


def test_handshake_tells_times_in_seconds():
    opened = wire.parse_open(HANDSHAKE)
    assert opened == Open("a", 25.0, 20.0, 9)
    assert opened.silence_s == 45.0


@given(st.text(min_size=1), st.integers(0, 10**6), st.integers(0, 10**6))
def test_handshake_of_another_implementation_is_read(sid, interval, timeout):
    said = {"sid": sid, "upgrades": [], "pingInterval": interval, "pingTimeout": timeout}
    opened = wire.parse_open(judge.Packet(judge.OPEN, said).encode())
    assert opened == Open(sid, interval / 1000, timeout / 1000, None)


@pytest.mark.parametrize(
    ("case", "text"),
    [
        ("nothing", ""),
        ("another packet", '4{"sid":"a","pingInterval":1,"pingTimeout":1}'),
        ("no JSON", "0{"),
        ("something behind the JSON", HANDSHAKE + "}"),
        ("a list", "0[]"),
        ("null", "0null"),
        ("text", '0"sid"'),
        ("no sid", '0{"pingInterval":1,"pingTimeout":1}'),
        ("no interval", '0{"sid":"a","pingTimeout":1}'),
        ("an interval that is no number", '0{"sid":"a","pingInterval":"x","pingTimeout":1}'),
        ("an interval that is a list", '0{"sid":"a","pingInterval":[],"pingTimeout":1}'),
        ("an interval that is not finite", '0{"sid":"a","pingInterval":NaN,"pingTimeout":1}'),
        ("an interval in the past", '0{"sid":"a","pingInterval":-9000,"pingTimeout":1}'),
        ("a timeout beyond numbers", f'0{{"sid":"a","pingInterval":1,"pingTimeout":1{"0" * 400}}}'),
    ],
)
def test_anything_else_is_no_handshake(case, text):
    with pytest.raises(EngineIOError, match=r"not an Engine.IO 4 handshake"):
        wire.parse_open(text)


@pytest.mark.parametrize("end", range(len(HANDSHAKE)))
def test_handshake_that_is_cut_is_none(end):
    with pytest.raises(EngineIOError):
        wire.parse_open(HANDSHAKE[:end])


def test_long_nonsense_is_not_repeated_whole():
    with pytest.raises(EngineIOError) as caught:
        wire.parse_open("x" * 10_000)
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize(
    ("case", "path", "query", "target"),
    [
        ("the usual one", "/socket.io/", {}, "/socket.io/?EIO=4&transport=websocket"),
        ("no slashes", "socket.io", {}, "/socket.io/?EIO=4&transport=websocket"),
        ("a longer path", "/a/b", {}, "/a/b/?EIO=4&transport=websocket"),
        ("the root", "/", {}, "/?EIO=4&transport=websocket"),
        ("a query", "/s/", {"t": "1 2&3"}, "/s/?EIO=4&transport=websocket&t=1+2%263"),
    ],
)
def test_target_has_the_parameters_of_the_protocol(case, path, query, target):
    assert wire.websocket_target(path, query) == target, case


@given(st.dictionaries(st.text(min_size=1), st.text(), max_size=5))
def test_any_query_arrives_as_it_was_meant(query):
    query = {k: v.encode("utf-8", "replace").decode() for k, v in query.items()}
    query = {k: v for k, v in query.items() if k.isascii() and k not in ("EIO", "transport")}
    parts = urlsplit(wire.websocket_target("/socket.io/", query))
    read = dict(parse_qsl(parts.query, keep_blank_values=True))
    assert read == {"EIO": "4", "transport": "websocket", **query}


@pytest.mark.parametrize("given", [("websocket",), ("polling",), ["polling", "websocket"]])
def test_transports_that_there_are_may_be_asked_for(given):
    wire.check_transports(given)


@pytest.mark.parametrize("given", [(), "polling", ("webtransport",), ("polling", "sse")])
def test_any_others_may_not(given):
    with pytest.raises(ValueError, match="transports are 'polling' and 'websocket', not"):
        wire.check_transports(given)
