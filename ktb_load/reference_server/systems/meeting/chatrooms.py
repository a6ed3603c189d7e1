"""The chat room of each meeting: who is in it, who looks at it, what was said."""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ktb_load.reference_server.systems.meeting.meetings import Meeting


@dataclass(frozen=True)
class Line:
    """One message."""

    user_id: int
    message: str
    at: str


@dataclass
class Chatroom:
    """One chat room; its host is the author of the meeting."""

    id: int
    meeting: Meeting
    member_ids: dict[int, None]
    lines: list[Line] = field(default_factory=list)
    read: dict[int, int] = field(default_factory=dict)
    """Who has ever been inside -> how many lines they have read."""
    inside: set[int] = field(default_factory=set)
    """Those who look at it now: for them nothing is unread."""

    @property
    def host_id(self) -> int:
        return self.meeting.author_id

    def say(self, user_id: int, message: str) -> None:
        self.lines.append(Line(user_id, message, datetime.now().isoformat(timespec="microseconds")))
        for one in self.inside:
            self.read[one] = len(self.lines)

    def look(self, user_id: int) -> None:
        self.inside.add(user_id)
        self.read[user_id] = len(self.lines)

    def look_away(self, user_id: int) -> bool:
        """Whether the user was ever inside."""
        self.inside.discard(user_id)
        return user_id in self.read

    def leave(self, user_id: int) -> None:
        self.member_ids.pop(user_id, None)
        self.inside.discard(user_id)
        self.read.pop(user_id, None)

    def shape(self, user_id: int) -> dict[str, Any]:
        """As one of its members sees it; nobody counts what they never began to read."""
        read = self.read.get(user_id)
        return {
            "roomId": self.id,
            "meetingId": self.meeting.id,
            "meetingThumbnailUrl": self.meeting.plan.thumbnail,
            "meetingTitle": self.meeting.plan.title,
            "lastMessage": self.lines[-1].message if self.lines else "",
            "hostId": self.host_id,
            "readerId": list(self.member_ids),
            "unreadMessagesCount": None if read is None else len(self.lines) - read,
        }


class Chatrooms:
    """All of them."""

    def __init__(self) -> None:
        self._ids = itertools.count(1)
        self._rooms: dict[int, Chatroom] = {}
        self._of_meeting: dict[int, Chatroom] = {}
        self._of_user: dict[int, dict[int, None]] = {}

    def add(self, meeting: Meeting) -> Chatroom:
        room = Chatroom(next(self._ids), meeting, {})
        self._rooms[room.id] = self._of_meeting[meeting.id] = room
        self.enter(room, meeting.author_id)
        return room

    def get(self, room_id: int) -> Chatroom | None:
        return self._rooms.get(room_id)

    def of_meeting(self, meeting: Meeting) -> Chatroom | None:
        return self._of_meeting.get(meeting.id)

    def of_user(self, user_id: int) -> Iterable[Chatroom]:
        return [self._rooms[room_id] for room_id in self._of_user.get(user_id, ())]

    def enter(self, room: Chatroom, user_id: int) -> None:
        room.member_ids[user_id] = None
        self._of_user.setdefault(user_id, {})[room.id] = None

    def leave(self, room: Chatroom, user_id: int) -> None:
        room.leave(user_id)
        self._of_user.get(user_id, {}).pop(room.id, None)

    def remove(self, room: Chatroom) -> None:
        for user_id in list(room.member_ids):
            self.leave(room, user_id)
        del self._rooms[room.id]
        del self._of_meeting[room.meeting.id]
