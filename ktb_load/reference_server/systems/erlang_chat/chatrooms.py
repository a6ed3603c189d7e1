"""Chat rooms, who is in them with what role, and their messages: what the database keeps."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ktb_load.reference_server.ids import hex_id, iso, now_ms

ADMIN, SUB_ADMIN, MEMBER = "admin", "sub-admin", "member"
ROLES = (ADMIN, SUB_ADMIN, MEMBER)
_ADMIN_FROM = 3
_RECENT = 20


@dataclass
class Participant:
    """Somebody in a room; an empty ``edited_name`` is that of the account."""

    role: str = MEMBER
    edited_name: str = ""


@dataclass
class Message:
    """One message; the time is epoch milliseconds."""

    room_id: str
    user_id: str
    content: str
    id: str = field(default_factory=lambda: f"msg{hex_id()}")
    created_at: int = field(default_factory=now_ms)
    readers: dict[str, None] = field(default_factory=dict)
    reactions: dict[str, dict[str, None]] = field(default_factory=dict)

    @property
    def shape(self) -> dict[str, Any]:
        return {
            "messageId": self.id,
            "roomId": self.room_id,
            "userId": self.user_id,
            "content": self.content,
            "createdAt": iso(self.created_at),
        }


@dataclass
class Chatroom:
    """One chat room."""

    name: str
    created_at: str
    id: str = field(default_factory=lambda: f"room{hex_id()}")
    participants: dict[str, Participant] = field(default_factory=dict)
    messages: dict[str, Message] = field(default_factory=dict)

    @property
    def has_admin(self) -> bool:
        return any(one.role == ADMIN for one in self.participants.values())

    def say(self, user_id: str, content: str) -> Message:
        message = Message(self.id, user_id, content)
        self.messages[message.id] = message
        return message

    def recent(self) -> Sequence[dict[str, str]]:
        """The newest 20 messages, the oldest of them first."""
        newest = list(self.messages.values())[-_RECENT:]
        return [
            {"userId": one.user_id, "content": one.content, "timestamp": iso(one.created_at)}
            for one in newest
        ]


class Chatrooms:
    """All of them.

    Args:
        names: user id -> name, from the accounts.
    """

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names
        self._rooms: dict[str, Chatroom] = {}
        self._rooms_of: dict[str, dict[str, None]] = {}

    def add(self, creator_id: str, others: Iterable[str], name: str, created_at: str) -> Chatroom:
        """From three people on the creator is the admin."""
        room = Chatroom(name, created_at or iso(now_ms()))
        self._rooms[room.id] = room
        for user_id in (creator_id, *others):
            self.enter(room, user_id)
        if len(room.participants) >= _ADMIN_FROM:
            room.participants[creator_id].role = ADMIN
        return room

    def get(self, room_id: str) -> Chatroom | None:
        return self._rooms.get(room_id)

    def of(self, user_id: str) -> Iterable[Chatroom]:
        """Somebody's rooms, in the order in which they came into them."""
        return [self._rooms[room_id] for room_id in self._rooms_of.get(user_id, ())]

    def enter(self, room: Chatroom, user_id: str, role: str = MEMBER) -> None:
        room.participants.setdefault(user_id, Participant(role))
        self._rooms_of.setdefault(user_id, {})[room.id] = None

    def leave(self, room: Chatroom, user_id: str) -> None:
        room.participants.pop(user_id, None)
        self._rooms_of.get(user_id, {}).pop(room.id, None)

    def remove(self, room: Chatroom) -> None:
        for user_id in list(room.participants):
            self.leave(room, user_id)
        self._rooms.pop(room.id, None)

    def shape(self, room: Chatroom) -> dict[str, Any]:
        return {
            "roomId": room.id,
            "name": room.name,
            "createdAt": room.created_at,
            "participants": [self.participant_shape(room, one) for one in room.participants],
            "userCount": len(room.participants),
        }

    def participant_shape(self, room: Chatroom, user_id: str) -> dict[str, str]:
        participant = room.participants[user_id]
        name = participant.edited_name or self._names.get(user_id, "")
        return {"userId": user_id, "edited_name": name, "role": participant.role}
