"""A STOMP 1.2 client over WebSocket: subscriptions of one connection, their messages as events.

An event is a destination as it was subscribed to; its arguments are the body (JSON is decoded,
other text and bytes are what they are) and the headers. A message that nobody waits for is not
decoded. Brokers answer a SEND with other messages or, if they know receipts, with a RECEIPT:
``expect`` and ``first_of`` wait for the ones, ``call`` for the other. Transactions and
subscriptions whose messages must be acknowledged are refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

import gevent
from gevent.event import Event

from ktb_load import fast_json
from ktb_load.clients.event_client import PING_TIMEOUT, EventClient
from ktb_load.clients.network import Network
from ktb_load.clients.websocket import CLIENT, SERVER, TRANSPORT, End, WebSocket, WebSocketOptions
from ktb_load.errors import ConnectFailed, Disconnected, ExchangeFailed, TimedOut
from ktb_load.wire import stomp as wire
from ktb_load.wire.url import parse_url

REFUSED, SAID_ERROR = "REFUSED", "STOMP_ERROR"
BROKEN, SILENT = "BROKEN_FRAME", "NO_HEART_BEAT"
FAREWELL_S = 2.0
"""How long the broker has to answer DISCONNECT."""
_RECEIPT = "a receipt"
_OURS = frozenset({"ack", "content-length", "destination", "id", "receipt", "transaction"})


@dataclass(frozen=True)
class StompOptions:
    """What a connection may be given beside its URL."""

    connect_headers: Mapping[str, str] = field(default_factory=dict)
    """Of the CONNECT frame: ``login``, ``passcode``, ``Authorization``, ..."""
    host: str = ""
    """The virtual host; without it that of the URL."""
    heart_beat_ms: tuple[int, int] = (10_000, 10_000)
    """How often we send something, and want something to come; 0: never. stompjs' own default."""
    name: str = ""
    """The tags ``name`` and ``url`` of the ``ws_*`` samples; without it they are the URL."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """Of the WebSocket handshake."""
    subprotocols: tuple[str, ...] = ("v12.stomp",)
    timeout_s: float = 20.0
    """From the dial to CONNECTED."""


class StompClient(EventClient):
    """An open connection. ``connect`` makes one."""

    def __init__(self, options: StompOptions) -> None:
        super().__init__()
        self._options = options
        self._reader = wire.Reader()
        self._settled = Event()
        self._refusal: ConnectFailed | None = None
        self._subscribed: dict[str, str] = {}
        self._numbers = 0
        self._heard = 0.0
        self._timers: list[Any] = []
        self._cause = ""
        self._error: Disconnected | None = None
        self._socket: WebSocket

    @classmethod
    def connect(cls, network: Network, url: str, options: StompOptions) -> StompClient:
        """Connect to a ``ws(s)://`` URL and wait for CONNECTED.

        Raises:
            ConnectFailed: kind ``connection`` if no connection came about, with the HTTP status of
            a refused handshake as its code; kind ``auth`` if the broker answered CONNECT by ERROR.
        """
        self = cls(options)
        due = perf_counter() + options.timeout_s
        details = WebSocketOptions(
            headers=options.headers,
            subprotocols=options.subprotocols,
            name=options.name,
            timeout_s=options.timeout_s,
        )
        hello = self._hello(url)
        self._socket = WebSocket.connect(network, url, self, details)
        try:
            self._socket.send(hello)
            if not self._settled.wait(max(0.0, due - perf_counter())):
                raise ConnectFailed("no answer to CONNECT", kind="connection", code="TIMED_OUT")
            if self._refusal is not None:
                raise self._refusal
        except BaseException:
            self._socket.abort()
            raise
        return self

    # What a task says.

    def subscribe(
        self,
        destination: str,
        headers: Mapping[str, str] | None = None,
        receipt_timeout_s: float = 0.0,
    ) -> None:
        """Let the messages of a destination come; one that they come of already is left alone.

        Args:
            receipt_timeout_s: wait so long for the broker to say that it is done; 0: go on at once.
                Not every broker says it: Spring's simple one does not.

        Raises:
            TimedOut: no receipt came.
            Disconnected: the connection is closed.
            ValueError: a header that is not for tasks.
        """
        if destination in self._subscribed.values():
            return
        own = {"id": f"sub-{self._number()}", "destination": destination}
        self._subscribed[own["id"]] = destination
        frame = own | _free(headers)
        if receipt_timeout_s:
            self._with_receipt("SUBSCRIBE", frame, "", receipt_timeout_s)
        else:
            self._send("SUBSCRIBE", frame)

    def unsubscribe(self, destination: str) -> None:
        """Let them come no more.

        Raises:
            Disconnected: the connection is closed.
        """
        for id_, subscribed in list(self._subscribed.items()):
            if subscribed == destination:
                self._send("UNSUBSCRIBE", {"id": id_})
                del self._subscribed[id_]

    def send(
        self, destination: str, body: Any = "", headers: Mapping[str, str] | None = None
    ) -> None:
        """Send a message: a text or bytes as they are, anything else as JSON.

        Raises:
            Disconnected: the connection is closed.
            ValueError: a header that is not for tasks.
        """
        content, described = _content(body)
        self._send("SEND", {"destination": destination, **described, **_free(headers)}, content)

    def call(
        self,
        destination: str,
        body: Any = "",
        headers: Mapping[str, str] | None = None,
        timeout_s: float = 10.0,
    ) -> None:
        """Send a message and wait for the broker's receipt.

        Raises:
            TimedOut, Disconnected: none came.
            ValueError: a header that is not for tasks.
        """
        content, described = _content(body)
        frame = {"destination": destination, **described, **_free(headers)}
        self._with_receipt("SEND", frame, content, timeout_s)

    def close(self) -> None:
        """Take leave of the broker, wait for its receipt, then close."""
        try:
            if self.connected:
                self._cause = CLIENT
                self._with_receipt("DISCONNECT", {}, "", FAREWELL_S)
        except ExchangeFailed:
            pass  # it is closed all the same
        finally:
            self._socket.close()
        self._inbox.raise_fault()

    def abort(self) -> None:
        """Cut TCP without a word."""
        self._socket.abort()

    # In the loop.

    def on_message(self, data: str | bytes, at: float) -> None:
        self._heard = at
        try:
            for frame in self._reader.feed(data.encode() if isinstance(data, str) else data):
                if self._error is not None:
                    return  # behind an error comes nothing
                if frame.command == "MESSAGE":
                    self._message(frame, at)
                else:
                    self._control(frame, at)
        except wire.StompError as error:
            self._end(TRANSPORT, BROKEN, str(error))

    def on_end(self, end: End) -> None:
        for timer in self._timers:
            timer.stop()
            timer.close()
        why = f"the connection was {end}"
        gone = self._error or Disconnected(why, kind="connection", code=str(end.code))
        self._has_ended(self._cause or end.cause, gone)
        if not self._settled.is_set():
            refusal = ConnectFailed(str(gone), kind="connection", code=gone.code)
            self._refusal = self._refusal or refusal
            self._settled.set()

    def _message(self, frame: wire.Frame, at: float) -> None:
        event = self._subscribed.get(frame.header("subscription")) or frame.header("destination")
        if self._inbox.wants(event):
            self._inbox.deliver(event, (frame.value, frame.headers), at)

    def _control(self, frame: wire.Frame, at: float) -> None:
        if frame.command == "RECEIPT":
            self._inbox.deliver(_RECEIPT, (frame.header("receipt-id"),), at)
        elif frame.command == "ERROR":
            self._has_said_error(frame)
        elif frame.command == "CONNECTED" and not self.connected:
            self._has_connected(frame)
        else:
            raise wire.StompError(f"not a frame that may come now: {frame.command[:80]!r}")

    def _has_connected(self, frame: wire.Frame) -> None:
        version = frame.header("version") or "1.0"
        if version != wire.VERSION:
            raise wire.StompError(f"the server speaks STOMP {version}")
        silences = wire.silences(self._options.heart_beat_ms, frame.header("heart-beat"))
        loop = gevent.get_hub().loop
        for every_s, turn in zip(silences, (self._beat, self._listen), strict=True):
            if every_s:
                timer = loop.timer(every_s, every_s)
                timer.start(turn, every_s)
                self._timers.append(timer)
        self._has_begun()
        self._settled.set()

    def _has_said_error(self, frame: wire.Frame) -> None:
        said = frame.header("message") or str(frame.value)[:200]
        if not self.connected:
            why = f"the broker refused CONNECT: {said}"
            self._refusal = ConnectFailed(why, kind="auth", code=REFUSED)
        self._end(SERVER, SAID_ERROR, f"the broker said ERROR: {said}")

    def _beat(self, _: float) -> None:
        if self._socket.open:
            self._socket.send(wire.EOL)

    def _listen(self, every_s: float) -> None:
        """A beat may be late; two that are missing are silence."""
        if perf_counter() - self._heard > 2 * every_s:
            self._end(PING_TIMEOUT, SILENT, "no heart-beat came")

    def _end(self, cause: str, code: str, why: str) -> None:
        self._cause = cause
        self._error = Disconnected(why, kind="connection", code=code)
        self._socket.abort()

    # Frames out.

    def _hello(self, url: str) -> wire.Message:
        options = self._options
        host = options.host or parse_url(url, ("ws", "wss")).origin.host
        own = {
            "accept-version": wire.VERSION,
            "host": host,
            "heart-beat": "{},{}".format(*options.heart_beat_ms),
        }
        return wire.encode("CONNECT", own | dict(options.connect_headers))

    def _send(self, command: str, headers: Mapping[str, str], content: wire.Message = "") -> None:
        self._check_connected()
        self._socket.send(wire.encode(command, headers, content))

    def _with_receipt(
        self, command: str, headers: Mapping[str, str], content: wire.Message, timeout_s: float
    ) -> None:
        """Send a frame and wait for its receipt.

        Raises:
            TimedOut, Disconnected: none came.
        """
        id_ = f"receipt-{self._number()}"
        awaited = self._inbox.expect(_RECEIPT, lambda receipt: receipt == id_)
        try:
            self._send(command, {**headers, "receipt": id_}, content)
            self._inbox.first_of((awaited,), timeout_s)
        except TimedOut:
            what = " ".join(filter(None, (command, headers.get("destination"))))
            raise TimedOut(f"no receipt of {what} within {timeout_s:g} s") from None
        finally:
            awaited.cancel()

    def _number(self) -> int:
        self._numbers += 1
        return self._numbers - 1


def _free(headers: Mapping[str, str] | None) -> dict[str, str]:
    """A task's headers.

    Raises:
        ValueError: one of them is the client's business, or belongs to what is left out.
    """
    taken = sorted(_OURS & {name.lower() for name in headers or ()})
    if taken:
        raise ValueError(
            f"a task cannot give the header {taken[0]!r}: the client writes destination, id,"
            " receipt and content-length; transactions and ack modes are not supported"
        )
    return dict(headers or {})


def _content(body: Any) -> tuple[wire.Message, dict[str, str]]:
    """A body, and the headers that describe it."""
    if isinstance(body, str):
        return body, {}
    if isinstance(body, bytes):
        return body, {"content-type": "application/octet-stream"}
    text = fast_json.dumps(body, option=fast_json.OPT_NON_STR_KEYS).decode()
    return text, {"content-type": "application/json"}
