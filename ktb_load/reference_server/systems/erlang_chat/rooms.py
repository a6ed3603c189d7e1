"""The processes behind chat rooms that somebody is connected to, and their life:

    creating -> active <-> idle -> closing -> closed

A room is made for the first user who connects, idles when the last one is gone, closes when nobody
came back in time; then it is no more, and the next user has a new one made.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

CREATING, ACTIVE, IDLE, CLOSING, CLOSED = "creating", "active", "idle", "closing", "closed"


@dataclass(frozen=True)
class Timings:
    """How long a room stays in a state, in seconds."""

    creating_s: float = 0.0
    idle_s: float = 30 * 60
    closing_s: float = 1.0


class Closing(Exception):
    """The room cannot be connected to any more, or not yet again."""


@dataclass(eq=False)
class Room:
    """One process."""

    state: str = CREATING
    user_ids: dict[str, None] = field(default_factory=dict)
    timer: asyncio.TimerHandle | None = None
    made: asyncio.Event = field(default_factory=asyncio.Event)

    def wait(self, delay_s: float, then: Callable[[], None]) -> None:
        self.stop_waiting()
        self.timer = asyncio.get_running_loop().call_later(delay_s, then)

    def stop_waiting(self) -> None:
        if self.timer is not None:
            self.timer.cancel()
            self.timer = None


class RoomManager:
    """The rooms that there are now, by the id of their chat room."""

    def __init__(self, timings: Timings) -> None:
        self._timings = timings
        self._rooms: dict[str, Room] = {}

    def state(self, room_id: str) -> str:
        room = self._rooms.get(room_id)
        return room.state if room else CLOSED

    def is_active(self, room_id: str) -> bool:
        return self.state(room_id) == ACTIVE

    def user_ids(self, room_id: str) -> list[str]:
        """Who is connected."""
        room = self._rooms.get(room_id)
        return list(room.user_ids) if room else []

    async def connect(self, room_id: str, user_id: str) -> None:
        """
        Raises:
            Closing: not now.
        """
        room = self._rooms.get(room_id) or self._make(room_id)
        if room.state == CLOSING:
            raise Closing
        await room.made.wait()
        if room.state == CLOSED:
            raise Closing
        room.stop_waiting()
        room.state = ACTIVE
        room.user_ids[user_id] = None

    def _make(self, room_id: str) -> Room:
        room = self._rooms[room_id] = Room()
        if self._timings.creating_s:
            room.wait(self._timings.creating_s, room.made.set)
        else:
            room.made.set()
        return room

    def leave(self, room_id: str, user_id: str) -> None:
        room = self._rooms.get(room_id)
        if room is None or room.user_ids.pop(user_id, 0) == 0 or room.user_ids:
            return
        room.state = IDLE
        room.wait(self._timings.idle_s, lambda: self._close(room_id, room))

    def _close(self, room_id: str, room: Room) -> None:
        room.state = CLOSING
        room.wait(self._timings.closing_s, lambda: self.remove(room_id))

    def remove(self, room_id: str) -> None:
        """It is closed, at once."""
        room = self._rooms.pop(room_id, None)
        if room is not None:
            room.stop_waiting()
            room.state = CLOSED
            room.made.set()
