"""python-engineio's client under gevent: its loops are greenlets, its WebSocket is the reference
driver's, its HTTP is ours.

What python-engineio would share by the whole process is kept out: the signal handler, the list of
clients that it goes through, the logger.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from time import perf_counter
from typing import Any

import engineio
import gevent
import websocket
from engineio import base_client, packet, payload
from gevent.event import Event
from gevent.queue import Empty, JoinableQueue, Queue

from ktb_load.clients.http import HttpClient, HttpOptions
from ktb_load.clients.network import Network
from ktb_load.clients.reference_websocket import ReferenceWebSocket
from ktb_load.clients.websocket import CLOSE_TIMEOUT_S, End, WebSocket, WebSocketOptions
from ktb_load.errors import ConnectFailed, Disconnected
from ktb_load.metrics.recorder import Recorder
from ktb_load.wire.engineio import WEBSOCKET

payload.Payload.max_decode_packets = 10_000
"""As many as a busy room puts into one answer; python-engineio gives up at 16."""

SILENT = logging.Logger("nobody listens", logging.CRITICAL + 1)
"""What fails is told by what it leads to, never by a log of python-engineio."""


class Engine(engineio.Client):  # type: ignore[misc]  # it has no types
    """One Engine.IO session."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._tasks: list[gevent.Greenlet] = []
        self.sockets: list[EngineSocket] = []
        """Every WebSocket that was tried."""
        self.arrived = 0.0
        """``time.perf_counter()`` of the newest bytes."""
        self.failure: ConnectFailed | None = None
        """Why the last thing that was tried on the network failed."""

    def start_background_task(self, target: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        self._tasks.append(gevent.spawn(target, *args, **kwargs))
        return self._tasks[-1]

    def sleep(self, seconds: float = 0) -> None:
        gevent.sleep(seconds)

    def create_queue(self, *args: Any, **kwargs: Any) -> Any:
        return JoinableQueue(*args, **kwargs)

    def get_queue_empty_exception(self) -> Any:
        return Empty

    def create_event(self, *args: Any, **kwargs: Any) -> Any:
        return Event()

    def disconnect(self, abort: bool = False, reason: str | None = None) -> None:
        """The greenlet that reads cannot wait for its own end."""
        reads = self.read_loop_task in (None, gevent.getcurrent())
        super().disconnect(abort or reads, reason)

    def cut(self) -> None:
        """End everything without a word."""
        self.state = "disconnected"
        with suppress(ValueError):
            base_client.connected_clients.remove(self)
        for socket in self.sockets:
            socket.abort()
        current = gevent.getcurrent()
        gevent.killall([task for task in self._tasks if task is not current], block=False)

    def close_behind(self, polling: Polling) -> None:
        """Close what is polled with when nobody polls any more."""
        gevent.joinall(self._tasks)
        polling.close()

    def flush(self) -> None:
        """Have the write loop, which was told to end, send what it has."""
        task = self.write_loop_task
        if task is not None and task is not gevent.getcurrent():
            task.join(CLOSE_TIMEOUT_S)

    def _trigger_event(self, event: str, *args: Any, **kwargs: Any) -> Any:
        """In the order in which things came, one after the other."""
        return super()._trigger_event(event, *args, **{**kwargs, "run_async": False})

    def _send_packet(self, pkt: packet.Packet) -> None:
        """What says that this is the end travels as with socket.io-client: not at all where a
        WebSocket is closed, and else in a request of its own, behind everything.
        """
        if pkt.packet_type == packet.CLOSE:
            if self.current_transport == WEBSOCKET:
                return
            self.queue.join(CLOSE_TIMEOUT_S)
        super()._send_packet(pkt)


class EngineSocket:
    """What python-engineio takes for a connection of websocket-client: the driver's WebSocket, to
    be read by pulling.
    """

    def __init__(self, engine: Engine, network: Network, options: WebSocketOptions) -> None:
        self._engine, self._network, self._options = engine, network, options
        self._inbox: Queue[tuple[str | bytes, float] | End] = Queue()
        self._timeout_s: float | None = None
        self._socket: WebSocket | None = None
        self.end: End | None = None
        self.silent = False
        """Nothing came within the time that was set."""

    @property
    def connected(self) -> bool:
        return self._socket is not None and self._socket.open

    def settimeout(self, seconds: float | None) -> None:
        self._timeout_s = seconds

    def connect(self, url: str, **_options: Any) -> None:
        try:
            self._socket = ReferenceWebSocket.connect(self._network, url, self, self._options)
        except ConnectFailed as error:
            self._engine.failure = error
            raise ConnectionError(str(error)) from None

    def recv(self) -> str | bytes:
        came: tuple[str | bytes, float] | End
        try:
            came = self._inbox.get(timeout=self._timeout_s)
        except Empty:
            self.silent = True
            raise websocket.WebSocketTimeoutException("nothing came") from None
        if isinstance(came, End):
            raise websocket.WebSocketConnectionClosedException(f"the connection was {came}")
        data, self._engine.arrived = came
        return data

    def send(self, data: str | bytes) -> None:
        try:
            self._opened.send(data)
        except Disconnected as error:
            raise websocket.WebSocketConnectionClosedException(str(error)) from None

    send_binary = send

    def close(self) -> None:
        self._engine.flush()
        self._opened.close()

    def abort(self) -> None:
        if self._socket is not None:
            self._socket.abort()

    @property
    def _opened(self) -> WebSocket:
        assert self._socket is not None
        return self._socket

    # In the greenlet that reads frames.

    def on_message(self, data: str | bytes, at: float) -> None:
        self._inbox.put((data, at))

    def on_end(self, end: End) -> None:
        self.end = end
        self._inbox.put(end)


@dataclass
class Polled:
    """An answer as python-engineio reads it."""

    status_code: int
    content: bytes

    def json(self) -> Any:
        return json.loads(self.content)


class Polling:
    """What python-engineio takes for a session of ``requests``.

    No samples: a poll waits for the next event by design, and says nothing about how fast a server
    answers. Its bytes are counted.
    """

    cookies: Iterable[Any] = ()
    """Those of the VU go along by themselves."""
    auth = cert = None
    proxies: Mapping[str, str] = {}
    verify = True

    def __init__(
        self, network: Network, headers: Mapping[str, str], engine: Callable[[], Engine]
    ) -> None:
        self._recorder, self._headers, self._engine = network.recorder, headers, engine
        self._unseen = Recorder(network.recorder.store)
        self._unseen.enabled = False
        inner = replace(network, recorder=self._unseen)
        self._clients = {method: HttpClient(inner, "", HttpOptions()) for method in ("GET", "POST")}

    def request(
        self, method: str, url: str, *, headers: Any, data: Any, timeout: float | None
    ) -> Polled:
        response = self._clients[method].request(
            method,
            url,
            headers={**self._headers, **(headers or {})},
            body=data or b"",
            timeout_s=timeout or 60.0,
        )
        self._engine().arrived = perf_counter()
        self._count()
        if response.status != 200:
            said = response.error or f"bad handshake: HTTP {response.status}"
            code = str(response.error_code or response.status)
            self._engine().failure = ConnectFailed(said, kind="connection", code=code)
        return Polled(response.status, response.body)

    def close(self) -> None:
        for client in self._clients.values():
            client.close()

    def _count(self) -> None:
        unseen, seen = self._unseen, self._recorder
        seen.data_sent += unseen.data_sent
        seen.data_received += unseen.data_received
        unseen.data_sent = unseen.data_received = 0
