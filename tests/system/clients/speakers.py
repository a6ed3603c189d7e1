"""Who speaks Socket.IO in the tests: each driver, over each transport that it has."""

from ktb_load.clients.drivers import LEAN, REFERENCE

SPEAKERS = {
    "lean": (LEAN, ("websocket",)),
    "reference": (REFERENCE, ("websocket",)),
    "polling": (REFERENCE, ("polling",)),
    "upgraded": (REFERENCE, ("polling", "websocket")),
}
"""Name -> driver and transports."""
OVER_WEBSOCKET = ("lean", "reference")
"""Who begins with a WebSocket."""
