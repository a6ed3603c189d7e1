"""Engine.IO protocol 4 over one WebSocket: the packet types and the opening handshake.

Every WebSocket text message is one packet: a digit, then its data. Binary messages are packets of
type "message" without the digit. Specification: engine.io-protocol, revision 4.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import Any
from urllib.parse import urlencode

OPEN, CLOSE, PING, PONG, MESSAGE, UPGRADE, NOOP = "0123456"

POLLING, WEBSOCKET = "polling", "websocket"
"""The transports."""


class EngineIOError(ValueError):
    """The other side does not speak Engine.IO 4."""


@dataclass(frozen=True, slots=True)
class Open:
    """What the server says first."""

    sid: str
    ping_interval_s: float
    ping_timeout_s: float
    max_payload: int | None = None

    @property
    def silence_s(self) -> float:
        """How long after the last ping the connection counts as dead."""
        return self.ping_interval_s + self.ping_timeout_s


def parse_open(text: str) -> Open:
    """Read the first packet of a connection.

    Raises:
        EngineIOError: it is something else.
    """
    try:
        if not text.startswith(OPEN):
            raise ValueError("no open packet")
        said = json.loads(text[1:])
        interval, timeout = float(said["pingInterval"]), float(said["pingTimeout"])
        if not (0 <= interval < inf and 0 <= timeout < inf):
            raise ValueError("no times")
        return Open(str(said["sid"]), interval / 1000, timeout / 1000, said.get("maxPayload"))
    except (ValueError, KeyError, TypeError, OverflowError) as error:
        raise EngineIOError(f"not an Engine.IO 4 handshake: {text[:80]!r}") from error


def check_transports(transports: Sequence[str]) -> None:
    """See that they can be asked for.

    Raises:
        ValueError: there is none, or one that nobody knows.
    """
    if isinstance(transports, str) or not transports or {*transports} - {POLLING, WEBSOCKET}:
        raise ValueError(f"transports are '{POLLING}' and '{WEBSOCKET}', not {transports!r}")


def websocket_target(path: str, query: Mapping[str, Any]) -> str:
    """The target of a WebSocket handshake: ``path`` with the protocol's parameters, then
    ``query``'s.
    """
    parameters = {"EIO": "4", "transport": "websocket", **query}
    folder = path.strip("/")
    return f"/{folder}/?{urlencode(parameters)}" if folder else f"/?{urlencode(parameters)}"
