"""The reference driver's WebSocket: websocket-client reads and writes. Connections, samples and the
words for what fails are those of the lean driver.

Two greenlets for each connection: one reads, one writes what waits. What the listener does runs in
the first and must not block.
"""

from __future__ import annotations

from itertools import count
from time import perf_counter

import gevent
import websocket
from gevent.event import Event
from gevent.queue import Queue
from websocket import ABNF

from ktb_load.clients.failure import EOF, NetworkError
from ktb_load.clients.network import Network
from ktb_load.clients.reference_frames import Shaken, shake_hands
from ktb_load.clients.websocket import (
    CLIENT,
    CLOSE_TIMEOUT_S,
    SERVER,
    TRANSPORT,
    End,
    Listener,
    Opened,
    WebSocket,
    WebSocketOptions,
)
from ktb_load.wire import websocket as wire
from ktb_load.wire.url import Url

_TEXT_FROM = {ABNF.OPCODE_TEXT: 0, ABNF.OPCODE_CLOSE: 2}
"""Where the text begins in a payload; websocket-client lets a letter pass that the end cuts."""


class ReferenceWebSocket(WebSocket):
    """An open connection. ``connect`` makes one."""

    def __init__(self, opened: Opened, network: Network, listener: Listener) -> None:
        assert isinstance(opened, Shaken)
        recorder = network.recorder
        self._backlog = network.backlog
        self._backlog.sockets += 1
        self._connection = opened.connection
        self._frames, self._stream = opened.frames, opened.stream
        self.subprotocol = opened.subprotocol
        self._recorder, self._listener = recorder, listener
        self._began, self._tags = opened.began, opened.tags
        self._received = recorder.series("ws_msgs_received", opened.tags)
        self._sent = recorder.series("ws_msgs_sent", opened.tags)
        self._closing = False
        self._ended = Event()
        self._awaited: dict[bytes, float] = {}
        """The pings that were sent: payload -> when."""
        self._numbers = count()
        self._outbox: Queue[tuple[int, str | bytes, int]] = Queue()
        self._held = 0
        """So many bytes wait because others go first."""
        self._reader = gevent.spawn(self._read)
        self._writer = gevent.spawn(self._write_out)

    @classmethod
    def _open(
        cls, network: Network, url: Url, options: WebSocketOptions, tags: dict[str, str]
    ) -> Opened:
        return shake_hands(network, url, options, tags)

    def send(self, data: str | bytes) -> None:
        self._check_open()
        self._put(ABNF.OPCODE_TEXT if isinstance(data, str) else ABNF.OPCODE_BINARY, data)

    def ping(self) -> None:
        self._check_open()
        payload = str(next(self._numbers)).encode()
        self._awaited[payload] = perf_counter()
        self._put(ABNF.OPCODE_PING, payload)

    def close(self, code: int = wire.NORMAL, reason: str = "") -> None:
        if self.open:
            self._closing = True
            self._put(ABNF.OPCODE_CLOSE, _close_payload(code, reason))
        if self._ended.is_set() or gevent.getcurrent() in (gevent.get_hub(), self._reader):
            return
        try:
            self._ended.wait(CLOSE_TIMEOUT_S)
        finally:
            self._finish(End(CLIENT, code, reason))

    def _put(self, opcode: int, data: str | bytes) -> None:
        held = len(data) if len(self._outbox) else 0
        self._hold_more(held)
        self._outbox.put((opcode, data, held))
        self._count_sent()

    def _hold_more(self, size: int) -> None:
        self._held += size
        (self._backlog.grow if size > 0 else self._backlog.shrink)(abs(size))

    # In the greenlets of the connection.

    def _write_out(self) -> None:
        for opcode, data, held in self._outbox:
            try:
                self._frames.send(data, opcode)
                self._hold_more(-held)
            except (NetworkError, websocket.WebSocketException) as error:
                self._finish(End(TRANSPORT, reason=str(error)))
                return

    def _read(self) -> None:
        while not self._ended.is_set():
            try:
                opcode, frame = self._frames.recv_data_frame(control_frame=True)
                text = frame.data[_TEXT_FROM[opcode] :].decode() if opcode in _TEXT_FROM else ""
            except NetworkError as error:
                self._finish(End(TRANSPORT, reason=str(error)))
            except websocket.WebSocketConnectionClosedException:
                self._finish(End(TRANSPORT, reason=EOF.text))
            except (websocket.WebSocketPayloadException, UnicodeDecodeError) as error:
                self._fail(wire.WebSocketError(str(error), wire.INVALID_DATA))
            except websocket.WebSocketException as error:
                self._fail(wire.WebSocketError(str(error)))
            else:
                self._take_frame(opcode, frame.data, text)

    def _take_frame(self, opcode: int, payload: bytes, text: str) -> None:
        if opcode == ABNF.OPCODE_PONG:
            sent = self._awaited.pop(payload, None)
            if sent is not None:
                self._recorder.add("ws_ping", (self._stream.arrived - sent) * 1000, self._tags)
        elif opcode == ABNF.OPCODE_CLOSE:
            code = int.from_bytes(payload[:2]) if payload else wire.NO_STATUS
            cause = CLIENT if self._closing else SERVER
            self._say_goodbye(payload[:2])
            self._finish(End(cause, code, text))
        elif opcode != ABNF.OPCODE_PING and not self._closing:
            if self._recorder.enabled:
                self._received.add(1.0)
            data = text if opcode == ABNF.OPCODE_TEXT else payload
            self._listener.on_message(data, self._stream.arrived)

    def _fail(self, error: wire.WebSocketError) -> None:
        self._say_goodbye(_close_payload(error.code, ""))
        self._finish(End(TRANSPORT, error.code, str(error)))

    def _say_goodbye(self, payload: bytes) -> None:
        """Send a close frame behind everything that waits, if the other side takes it."""
        if not self._closing:
            self._closing = True
            self._outbox.put((ABNF.OPCODE_CLOSE, payload, 0))
            self._outbox.put(StopIteration)
            self._writer.join(CLOSE_TIMEOUT_S)

    def _finish(self, end: End) -> None:
        if self._ended.is_set():
            return
        self._ended.set()
        self._connection.close()  # whoever reads or writes wakes with an error
        self._outbox.put(StopIteration)
        self._backlog.sockets -= 1
        self._hold_more(-self._held)
        duration_ms = (perf_counter() - self._began) * 1000
        self._recorder.add("ws_session_duration", duration_ms, self._tags)
        self._listener.on_end(end)


def _close_payload(code: int, reason: str) -> bytes:
    """A reason that is too long for a control frame is cut, but in no letter."""
    return code.to_bytes(2) + reason.encode()[:123].decode(errors="ignore").encode()
