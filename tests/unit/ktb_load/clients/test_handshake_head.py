"""The head of a WebSocket handshake: whatever comes is a status with headers, or refused."""

import h11
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ktb_load.clients.websocket import parse_head
from ktb_load.wire.websocket import WebSocketError

HEAD = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: x=="


@given(st.binary(max_size=80))
@example(b"HTTP/1.1 \xb2\xb2\xb2")
@example(b"HTTP/1.1 1")
def test_anything_is_read_or_refused(head):
    try:
        status, pairs = parse_head(head)
    except WebSocketError:
        return
    assert 0 <= status <= 999
    assert all(isinstance(name, str) and isinstance(value, str) for name, value in pairs)


@given(st.integers(0, len(HEAD) - 1), st.binary(min_size=1, max_size=1))
def test_what_h11_takes_reads_the_same(at, byte):
    changed = HEAD[:at] + byte + HEAD[at + 1 :]
    reader = h11.Connection(h11.CLIENT)
    reader.send(h11.Request(method="GET", target="/", headers=[("Host", "a")]))
    reader.receive_data(changed + b"\r\n\r\n")
    try:
        answer = reader.next_event()
    except h11.RemoteProtocolError:
        return
    status, pairs = parse_head(changed)
    assert status == answer.status_code
    assert [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in pairs] == [
        *answer.headers
    ]


@pytest.mark.parametrize("head", [b"", b"SSH-2.0-OpenSSH", b"HTTP/2 200", b"HTTP/1.1 OK"])
def test_no_http_is_no_handshake(head):
    with pytest.raises(WebSocketError, match="is no HTTP"):
        parse_head(head)
