"""A WebSocket for tasks, without a protocol on top: JSON, texts and bytes go both ways.

A JSON object is the event that one of its fields names (``type``, unless the options say another),
or ``json`` where it has no such field. Every other text is the event ``text``, and what is binary
the event ``binary``. A message that nobody waits for is not decoded.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ktb_load import fast_json
from ktb_load.clients.event_client import EventClient
from ktb_load.clients.network import Network
from ktb_load.clients.websocket import End, WebSocket, WebSocketOptions
from ktb_load.errors import Disconnected
from ktb_load.wire import websocket as wire
from ktb_load.wire.content import json_of

_OBJECT, _TEXT, _BINARY = "json", "text", "binary"


@dataclass(frozen=True)
class MessageSocketOptions:
    """What a connection may be given beside its URL."""

    key: str = "type"
    """The field of a JSON object that names its event."""
    name: str = ""
    """The tags ``name`` and ``url`` of the ``ws_*`` samples; without it they are the URL."""
    headers: Mapping[str, str] = field(default_factory=dict)
    subprotocols: tuple[str, ...] = ()
    timeout_s: float = 20.0
    """For dial and handshake."""


class MessageSocket(EventClient):
    """An open connection. ``connect`` makes one."""

    def __init__(self, options: MessageSocketOptions) -> None:
        super().__init__()
        self._key = options.key
        self._head = f'{{"{options.key}":"'
        self._socket: WebSocket

    @classmethod
    def connect(cls, network: Network, url: str, options: MessageSocketOptions) -> MessageSocket:
        """Connect to a ``ws(s)://`` URL.

        Raises:
            ConnectFailed: no connection came about; the code is the HTTP status of a handshake
            that was refused, else k6's error code.
        """
        self = cls(options)
        details = WebSocketOptions(
            headers=options.headers,
            subprotocols=options.subprotocols,
            name=options.name,
            timeout_s=options.timeout_s,
        )
        self._socket = WebSocket.connect(network, url, self, details)
        self._has_begun()
        return self

    @property
    def subprotocol(self) -> str:
        """The one that the server chose; empty if none."""
        return self._socket.subprotocol

    def send_json(self, value: Any) -> None:
        """Send a value as JSON text.

        Raises:
            Disconnected: the connection is closed.
            TypeError: JSON does not know such a value.
        """
        self.send_text(fast_json.dumps(value, option=fast_json.OPT_NON_STR_KEYS).decode())

    def send_text(self, text: str) -> None:
        """Send a text.

        Raises:
            Disconnected: the connection is closed.
        """
        self._check_connected()
        self._socket.send(text)

    def send_bytes(self, data: bytes) -> None:
        """Send a binary message.

        Raises:
            Disconnected: the connection is closed.
        """
        self._check_connected()
        self._socket.send(data)

    def close(self, code: int = wire.NORMAL, reason: str = "") -> None:
        """Say goodbye, and wait for the other side's."""
        self._socket.close(code, reason)
        self._inbox.raise_fault()

    def abort(self) -> None:
        """Cut TCP without a word."""
        self._socket.abort()

    # In the loop.

    def on_message(self, data: str | bytes, at: float) -> None:
        if isinstance(data, bytes):
            self._inbox.deliver(_BINARY, (data,), at)
            return
        if data.startswith(self._head):  # nearly all: no call but one is made for what nobody wants
            start = len(self._head)
            name = data[start : data.find('"', start)]
            if not self._inbox.wants(name) and "\\" not in name:
                return
        elif data.lstrip()[:1] != "{":
            self._inbox.deliver(_TEXT, (data,), at)
            return
        elif not self._may_be_wanted(data):
            return
        event, content = self._read(data)
        self._inbox.deliver(event, (content,), at)

    def on_end(self, end: End) -> None:
        why = f"the connection was {end}"
        self._has_ended(end.cause, Disconnected(why, kind="connection", code=str(end.code)))

    def _may_be_wanted(self, data: str) -> bool:
        """Whether an object has to be decoded whose field is not certainly the first: nobody wants
        one that contains the name of no event that is wanted, unless there are escapes in it.
        """
        wanted = self._inbox.wanted()
        if "\\" in data or _TEXT in wanted or _OBJECT in wanted:
            return bool(wanted)
        return any(name in data for name in wanted)

    def _read(self, data: str) -> tuple[str, Any]:
        """The event that a text is, and its content."""
        try:
            content = json_of(data)
        except ValueError:
            return _TEXT, data
        name = content.get(self._key)
        if isinstance(name, str) or type(name) is int:
            return str(name), content
        return _OBJECT, content
