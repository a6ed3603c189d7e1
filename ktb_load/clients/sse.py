"""A client of server-sent events: one stream, opened again where it was lost (WHATWG HTML, 9.2).

An event is its type; its arguments are the data (a JSON list or object is decoded, other text is
what it is) and the id. Data that nobody waits for is not decoded. The GET is sampled like any HTTP
request, from the dial to the head of the answer; what follows has no end that could be measured.

No greenlet reads: see ``websocket``. A greenlet of its own only opens a lost stream again.

k6 cannot do this: its HTTP hands an answer over when it has ended. So methods that use a stream are
marked ``@local_only``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import gevent

from ktb_load.clients.event_client import PING_TIMEOUT, EventClient
from ktb_load.clients.failure import Failure, NetworkError
from ktb_load.clients.http_request import build
from ktb_load.clients.http_samples import Shown
from ktb_load.clients.http_stream import HttpStream, open_stream
from ktb_load.clients.network import Network
from ktb_load.clients.websocket import CLIENT, SERVER, TRANSPORT
from ktb_load.errors import ConnectFailed, Disconnected
from ktb_load.wire import sse as wire
from ktb_load.wire.content import value_of

NO_STREAM = "NO_STREAM"
_TYPE = "text/event-stream"
_HEADERS = {"Accept": _TYPE, "Cache-Control": "no-cache"}


@dataclass(frozen=True)
class SseOptions:
    """What a stream may be given beside its URL."""

    name: str = ""
    """The tags ``name`` and ``url`` of the ``http_*`` samples; without it they are the URL."""
    headers: Mapping[str, str] = field(default_factory=dict)
    timeout_s: float = 20.0
    """From the dial to the head of the answer."""
    idle_timeout_s: float = 0.0
    """A stream on which nothing comes for so long, no comment either, is lost; 0: never."""
    reconnect: bool = True
    """Open a lost stream again, as browsers do: with the id of the last event."""
    retry_s: float = 3.0
    """How long that waits, until the server says another time."""


class SseClient(EventClient):
    """An open stream. ``connect`` makes one."""

    def __init__(self, network: Network, url: str, options: SseOptions) -> None:
        super().__init__()
        self._network = network
        self._options = options
        given = {name.lower() for name in options.headers}
        own = {k: v for k, v in {**_HEADERS, **network.marks}.items() if k.lower() not in given}
        self._request = build("GET", url, {"headers": {**own, **options.headers}})
        self._shown = Shown("GET", options.name, options.name or url, None, {})
        self._reader = wire.Reader()
        self._retry_s = options.retry_s
        self._stream: HttpStream | None = None
        self._silence: Any = None
        self._reopening: Any = None
        self.reconnections = 0
        """How often a lost stream was opened again."""

    @classmethod
    def connect(cls, network: Network, url: str, options: SseOptions) -> SseClient:
        """Open a stream at an ``http(s)://`` URL.

        Raises:
            ConnectFailed: there is none; the code is the HTTP status of a refusal, ``NO_STREAM``
            where something else was sent, else k6's error code.
            ValueError: not an http(s):// URL.
        """
        self = cls(network, url, options)
        try:
            self._open()
        except NetworkError as error:
            code = str(error.failure.code)
            raise ConnectFailed(str(error), kind="connection", code=code) from None
        self._has_begun()
        return self

    @property
    def last_event_id(self) -> str:
        """What a new connection would tell the server."""
        return self._reader.last_id

    def close(self) -> None:
        """Cut TCP: the protocol has no farewell."""
        self._end(CLIENT, Disconnected("the stream was closed by the client", kind="connection"))
        self._inbox.raise_fault()

    def _open(self) -> None:
        """Blocks.

        Raises:
            NetworkError: the server cannot be reached.
            ConnectFailed: it answers something else, and would again.
        """
        request, last_id, options = self._request, self._reader.last_id, self._options
        if last_id:
            request = request._replace(headers={**request.headers, "Last-Event-ID": last_id})
        stream = open_stream(self._network, request, self._shown, options.timeout_s)
        if (refusal := _refusal(stream)) is not None:
            stream.close()
            raise refusal
        self._stream = stream
        self._reader = wire.Reader(last_id)
        if options.idle_timeout_s:
            loop = gevent.get_hub().loop
            self._silence = loop.timer(options.idle_timeout_s, options.idle_timeout_s)
            self._silence.start(self._went_silent)
        stream.listen(self._take, self._ended)

    # In the loop.

    def _take(self, data: bytes, at: float) -> None:
        if self._silence is not None:
            self._silence.again(self._went_silent)
        try:
            events = self._reader.feed(data)
        except wire.SseError as error:
            self._lost(TRANSPORT, str(error))
            return
        if self._reader.retry_ms is not None:
            self._retry_s = self._reader.retry_ms / 1000
        for event in events:
            if self._stream is None:
                return  # a handler has closed it
            if self._inbox.wants(event.type):
                self._inbox.deliver(event.type, (value_of(event.data), event.last_id), at)

    def _ended(self, why: Failure | None) -> None:
        if why is None:
            self._lost(SERVER, "the server ended the stream")
        else:
            self._lost(TRANSPORT, f"the stream broke: {why.text}")

    def _went_silent(self) -> None:
        self._lost(PING_TIMEOUT, f"nothing came for {self._options.idle_timeout_s:g} s")

    def _lost(self, cause: str, why: str) -> None:
        self._release()
        if self._options.reconnect:
            self._reopening = gevent.spawn_later(self._retry_s, self._reopen)
        else:
            self._end(cause, Disconnected(why, kind="connection"))

    def _reopen(self) -> None:
        try:
            self._open()
            self.reconnections += 1
        except NetworkError as error:
            self._lost(TRANSPORT, str(error))
        except ConnectFailed as error:
            self._end(SERVER, Disconnected(str(error), kind="connection", code=error.code))

    def _end(self, cause: str, why: Disconnected) -> None:
        if not self.connected:
            return
        self._release()
        if self._reopening is not None and self._reopening is not gevent.getcurrent():
            self._reopening.kill(block=False)
        self._has_ended(cause, why)

    def _release(self) -> None:
        if self._silence is not None:
            self._silence.stop()
            self._silence.close()
            self._silence = None
        if self._stream is not None:
            self._stream.close()
            self._stream = None


def _refusal(stream: HttpStream) -> ConnectFailed | None:
    """Why an answer is no stream that can be read; None if it is one."""
    if stream.status != 200:
        why = f"the server answered HTTP {stream.status}"
        return ConnectFailed(why, kind="connection", code=str(stream.status))
    type_ = stream.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    encoding = stream.headers.get("Content-Encoding", "identity")
    if type_ == _TYPE and encoding == "identity":
        return None
    why = f"the stream is compressed: {encoding}" if type_ == _TYPE else f"no stream: {type_!r}"
    return ConnectFailed(why, kind="connection", code=NO_STREAM)
