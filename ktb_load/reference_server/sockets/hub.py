"""Who is connected, who is in what channel, and what they are told.

A broadcast is encoded once. Nothing here waits.
"""

from collections.abc import Callable, Iterable
from typing import Any, Generic, Protocol, TypeVar

from ktb_load.reference_server.deliveries import Deliveries
from ktb_load.reference_server.faults import Faults


class Member(Protocol):
    """A connection that can be in channels."""

    user_id: str
    channels: set[str]

    def send(self, encoded: Any) -> None: ...

    def cut(self) -> None: ...


M = TypeVar("M", bound=Member)


class Hub(Generic[M]):
    """Members and channels: a channel is a room, or all connections of a user, or what you will.

    Args:
        encode: name and payload of a push -> what any number of members can be sent.
    """

    def __init__(self, faults: Faults, encode: Callable[..., Any]) -> None:
        self._deliveries = Deliveries(faults)
        self._encode = encode
        self._members: dict[M, None] = {}
        self._channels: dict[str, dict[M, None]] = {}

    def add(self, member: M) -> None:
        self._members[member] = None

    def remove(self, member: M) -> None:
        self._members.pop(member, None)
        for channel in list(member.channels):
            self.leave(member, channel)

    def join(self, member: M, channel: str) -> None:
        member.channels.add(channel)
        self._channels.setdefault(channel, {})[member] = None

    def leave(self, member: M, channel: str) -> None:
        member.channels.discard(channel)
        members = self._channels.get(channel, {})
        members.pop(member, None)
        if not members:
            self._channels.pop(channel, None)

    def members(self, channel: str) -> Iterable[M]:
        return tuple(self._channels.get(channel, ()))

    def tell(self, member: M, push: str, *payload: Any) -> None:
        """One of them alone."""
        self._deliveries.send(member, push, self._encode(push, *payload))

    def emit(self, channel: str, push: str, *payload: Any, but: M | None = None) -> None:
        """Everyone in a channel, perhaps but for one."""
        self._send(self.members(channel), push, payload, but)

    def emit_to_all(self, push: str, *payload: Any) -> None:
        self._send(tuple(self._members), push, payload)

    def deliver(
        self, channel: str, sender_id: str, push: str, *payload: Any, but: M | None = None
    ) -> None:
        """Like ``emit``, and the faults of ``message`` strike what goes to others than the
        sender.
        """
        encoded = self._encode(push, *payload)
        for member in self.members(channel):
            if member is not but:
                self._deliveries.send(member, push, encoded, member.user_id != sender_id)

    def _send(
        self, members: Iterable[M], push: str, payload: tuple[Any, ...], but: M | None = None
    ) -> None:
        encoded = self._encode(push, *payload)
        for member in members:
            if member is not but:
                self._deliveries.send(member, push, encoded)
