"""Who speaks WebSocket and Socket.IO: ``lean`` is our own code, ``reference`` stands on
websocket-client and python-socketio.

The reference driver judges the lean one: same interface, same samples, and not a line of the wire
in common. It costs many times as much, and alone has Engine.IO's long polling.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ktb_load.clients.socketio import SocketIOClient
    from ktb_load.clients.websocket import WebSocket

LEAN, REFERENCE = "lean", "reference"

NO_POLLING = "the lean driver has no long polling"
INSTEAD_OF_POLLING = "run with --driver reference, or leave out 'polling'"


@dataclass(frozen=True)
class Driver:
    """What stands in for our own clients."""

    websocket: type[WebSocket]
    socketio: type[SocketIOClient]


def driver_named(name: str) -> Driver | None:
    """The driver of a name; None is the lean one."""
    if name == LEAN:
        return None
    # Only who asks for them waits for these packages to load.
    from ktb_load.clients.reference_socketio import ReferenceSocketIOClient  # noqa: PLC0415
    from ktb_load.clients.reference_websocket import ReferenceWebSocket  # noqa: PLC0415

    return Driver(ReferenceWebSocket, ReferenceSocketIOClient)
