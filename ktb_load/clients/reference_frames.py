"""websocket-client over a connection of ours: the handshake, and frames in and out.

What would be shared by the whole process is kept out: its jar of cookies, its locks of threads.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from time import perf_counter, time

import gevent
import websocket
from gevent.lock import BoundedSemaphore
from websocket import _handshake as its_handshake

from ktb_load.clients.connection import Connection
from ktb_load.clients.failure import EOF, NetworkError
from ktb_load.clients.network import Network
from ktb_load.clients.websocket import (
    MAX_HEAD_BYTES,
    Opened,
    WebSocketOptions,
    handshake_headers,
    parse_head,
)
from ktb_load.wire import websocket as wire
from ktb_load.wire.url import Url


class Stream:
    """What websocket-client takes for a socket: a connection of ours."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._data = b""
        self._at = 0
        self.arrived = 0.0
        """``time.perf_counter()`` of the newest bytes."""
        self.head = b""
        """The first bytes, up to the end of the server's handshake."""

    def recv(self, size: int) -> bytes:
        if self._at == len(self._data):
            gevent.sleep(0)  # others want their turn, even if there always is more
            self._data, self._at = self._connection.receive(), 0
            self.arrived = perf_counter()
            if b"\r\n\r\n" not in self.head:
                self._keep_head()
        taken = self._data[self._at : self._at + size]
        self._at += len(taken)
        return taken

    def _keep_head(self) -> None:
        if len(self.head) > MAX_HEAD_BYTES:
            raise NetworkError(EOF)
        self.head += self._data

    def send(self, data: bytes) -> int:
        self._connection.send(data)
        return len(data)

    def gettimeout(self) -> None:
        """Deadlines are of those who wait, not of the socket."""

    def close(self) -> None:
        self._connection.close()


class Frames(websocket.WebSocket):
    """websocket-client, but whoever reads answers close frames, with the code that came."""

    def __init__(self) -> None:
        super().__init__(enable_multithread=False)
        self.lock = BoundedSemaphore(1)  # the reader answers pings

    def send_close(self, status: int = wire.NORMAL, reason: str | bytes = b"") -> None:
        pass


@dataclass(frozen=True)
class Shaken(Opened):
    """What a handshake of websocket-client's leaves behind."""

    frames: Frames
    stream: Stream


def shake_hands(
    network: Network, url: Url, options: WebSocketOptions, tags: dict[str, str]
) -> Shaken:
    """Dial and shake hands; puts what the handshake tells into ``tags``, as far as it goes.

    Raises:
        NetworkError: no connection came about, or it broke.
        WebSocketError: the server does not agree.
    """
    began = perf_counter()
    connection = network.dialer.dial(url.origin, network.recorder)
    frames, stream = Frames(), Stream(connection)
    try:
        subprotocol = _agree(frames, stream, url, network, options)
    except BaseException:
        connection.close()
        raise
    finally:
        its_handshake.CookieJar.jar.clear()
        _tell(stream.head, network, url, tags)
    tags["subproto"] = subprotocol
    return Shaken(connection, began, subprotocol, tags, b"", frames, stream)


def _agree(
    frames: Frames, stream: Stream, url: Url, network: Network, options: WebSocketOptions
) -> str:
    """The subprotocol that the server chose."""
    offered = ", ".join(options.subprotocols)
    headers = handshake_headers(network, url, options, offered)
    try:
        frames.connect(  # type: ignore[no-untyped-call]
            url.text,
            socket=stream,
            host=url.host_header,
            header=[f"{name}: {value}" for name, value in headers.items()],
            suppress_origin=True,
            redirect_limit=0,
        )
    except websocket.WebSocketConnectionClosedException:
        raise NetworkError(EOF) from None
    except websocket.WebSocketException as error:
        status = getattr(error, "status_code", None)
        said = f"HTTP {status}" if status else str(error)
        raise wire.WebSocketError(f"bad handshake: {said}") from None
    chosen = (frames.getheaders() or {}).get("sec-websocket-protocol", "")
    if chosen and chosen not in options.subprotocols:
        raise wire.WebSocketError(f"bad handshake: nobody offered the subprotocol {chosen!r}")
    return str(chosen)


def _tell(head: bytes, network: Network, url: Url, tags: dict[str, str]) -> None:
    """What the lean driver takes from an answer: its status as a tag, and its cookies."""
    if b"\r\n\r\n" not in head:
        return
    with suppress(wire.WebSocketError):
        status, headers = parse_head(head.partition(b"\r\n\r\n")[0])
        tags["status"] = str(status)
        for cookie in (value for name, value in headers if name.lower() == "set-cookie"):
            network.cookies.store(url, cookie, time())
