"""What faults do to the heartbeat of one Engine.IO connection.

``no-ping``: the server sends no pings. ``no-pong``: it hears no pongs, and so ends the connection
when the time-out has passed. ``half-open``: it sends and hears nothing, and goes on as if all were
well. Each connection draws once; the windows open and close for those that were chosen. A client
that gets no pings says nothing, so the server never ends such a connection for its silence.
"""

import time
from typing import Any

from engineio import packet

from ktb_load.reference_server.faults import SOCKET, Fault, Faults


def disturb(socket: Any, faults: Faults) -> tuple[Fault, ...]:
    """Put the chosen faults to work on a new connection; those that make it half-open are
    returned.
    """
    silences = _chosen(faults, "half-open")
    mutes = (*_chosen(faults, "no-ping"), *silences)
    deafs = _chosen(faults, "no-pong")
    if mutes:
        socket.server = _Patient(socket.server)
        _withhold_pings(socket, mutes)
    if deafs:
        _miss_pongs(socket, deafs)
    return silences


class _Patient:
    """An Engine.IO server as a connection sees it that may be silent as long as it likes."""

    ping_timeout = 10 * 365 * 86_400

    def __init__(self, server: Any) -> None:
        self._server = server

    def __getattr__(self, name: str) -> Any:
        return getattr(self._server, name)


def _chosen(faults: Faults, kind: str) -> tuple[Fault, ...]:
    return tuple(fault for fault in faults.of(SOCKET, kind) if fault.chosen())


def _withhold_pings(socket: Any, faults: tuple[Fault, ...]) -> None:
    send = socket.send

    async def send_no_ping(sent: packet.Packet) -> None:
        if sent.packet_type == packet.PING and any(fault.open for fault in faults):
            socket.last_ping = time.time()
            socket.schedule_ping()
            return
        await send(sent)

    socket.send = send_no_ping


def _miss_pongs(socket: Any, faults: tuple[Fault, ...]) -> None:
    receive = socket.receive

    async def receive_no_pong(received: packet.Packet) -> None:
        if received.packet_type != packet.PONG or not any(fault.open for fault in faults):
            await receive(received)

    socket.receive = receive_no_pong
