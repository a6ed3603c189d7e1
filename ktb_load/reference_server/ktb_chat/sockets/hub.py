"""The connected clients, the channels they are in, and what is delivered to them.

A broadcast is encoded once, and put into the queues of its receivers without waiting.
"""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import orjson
from engineio import packet

from ktb_load.reference_server.faults import MESSAGE, Fault, Faults


@dataclass(frozen=True)
class Peer:
    """Where a connection comes from."""

    address: tuple[str, int]
    user_agent: str
    vu: str | None
    silences: tuple[Fault, ...] = ()
    """The faults that make this connection half-open while their window lasts."""

    @property
    def name(self) -> str:
        return f"{self.address[0]}:{self.address[1]}"

    @property
    def silent(self) -> bool:
        return any(fault.open for fault in self.silences)


@dataclass(eq=False)
class Client:
    """One Socket.IO connection."""

    sid: str
    peer: Peer
    queue: "asyncio.Queue[packet.Packet | None]"
    user_id: str = ""
    """Empty for somebody who connected without any auth payload."""
    session_id: str = ""
    zombie: bool = False
    channels: set[str] = field(default_factory=set)

    def emit(self, event: str, *payload: Any) -> None:
        self.send(encode(event, *payload))

    def send(self, encoded: packet.Packet) -> None:
        if not self.peer.silent:
            self.queue.put_nowait(encoded)


def encode(event: str, *payload: Any) -> packet.Packet:
    """An EVENT packet that any number of clients can be sent."""
    return packet.Packet(packet.MESSAGE, "2" + orjson.dumps([event, *payload]).decode())


class Hub:
    """Who is connected, and who is in what channel: a room, or all sockets of a user."""

    def __init__(self, faults: Faults) -> None:
        self.clients: dict[str, Client] = {}
        self._channels: dict[str, dict[Client, None]] = {}
        self._losses = faults.of(MESSAGE, "lose")
        self._copies = faults.of(MESSAGE, "duplicate")

    def add(self, client: Client) -> None:
        self.clients[client.sid] = client

    def remove(self, client: Client) -> None:
        self.clients.pop(client.sid, None)
        for channel in list(client.channels):
            self.leave(client, channel)

    def join(self, client: Client, channel: str) -> None:
        client.channels.add(channel)
        self._channels.setdefault(channel, {})[client] = None

    def leave(self, client: Client, channel: str) -> None:
        client.channels.discard(channel)
        members = self._channels.get(channel, {})
        members.pop(client, None)
        if not members:
            self._channels.pop(channel, None)

    def members(self, channel: str) -> Iterable[Client]:
        return tuple(self._channels.get(channel, ()))

    def emit(self, channel: str, event: str, *payload: Any) -> None:
        encoded = encode(event, *payload)
        for client in self._channels.get(channel, ()):
            client.send(encoded)

    def emit_to_all(self, event: str, *payload: Any) -> None:
        encoded = encode(event, *payload)
        for client in self.clients.values():
            client.send(encoded)

    def deliver(self, channel: str, sender_id: str, event: str, payload: Any) -> None:
        """Like ``emit``, but what goes to others than the sender can get lost, or come twice."""
        if not self._losses and not self._copies:
            self.emit(channel, event, payload)
            return
        encoded = encode(event, payload)
        for client in self._channels.get(channel, ()):
            for _ in range(1 if client.user_id == sender_id else self._copies_of_one()):
                client.send(encoded)

    def _copies_of_one(self) -> int:
        if any([fault.strikes() for fault in self._losses]):
            return 0
        return 1 + sum(fault.strikes() for fault in self._copies)
