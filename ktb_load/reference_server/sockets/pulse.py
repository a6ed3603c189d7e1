"""What faults do to the heartbeat of one Engine.IO connection.

``no-ping``: the server sends no pings. ``no-pong``: it hears no pongs, and so ends the connection
when the time-out has passed. ``half-open``: it sends and hears nothing, and goes on as if all were
well. A client that gets no pings says nothing, so the server never ends such a connection for its
silence.
"""

import time
from typing import Any

from engineio import packet

from ktb_load.reference_server.peer import Silences


def disturb(socket: Any, silences: Silences) -> None:
    """Put what was drawn for a new connection to work."""
    if silences.mutes or silences.halves:
        socket.server = _Patient(socket.server)
        _withhold_pings(socket, silences)
    if silences.deafs:
        _miss_pongs(socket, silences)


class _Patient:
    """An Engine.IO server as a connection sees it that may be silent as long as it likes."""

    ping_timeout = 10 * 365 * 86_400

    def __init__(self, server: Any) -> None:
        self._server = server

    def __getattr__(self, name: str) -> Any:
        return getattr(self._server, name)


def _withhold_pings(socket: Any, silences: Silences) -> None:
    send = socket.send

    async def send_no_ping(sent: packet.Packet) -> None:
        if sent.packet_type == packet.PING and silences.mute:
            socket.last_ping = time.time()
            socket.schedule_ping()
            return
        await send(sent)

    socket.send = send_no_ping


def _miss_pongs(socket: Any, silences: Silences) -> None:
    receive = socket.receive

    async def receive_no_pong(received: packet.Packet) -> None:
        if received.packet_type != packet.PONG or not silences.deaf:
            await receive(received)

    socket.receive = receive_no_pong
