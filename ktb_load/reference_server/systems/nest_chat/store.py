"""People, friendships, rooms and messages, in memory."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ktb_load.reference_server.ids import now_ms, ulid

DIRECT, GROUP, CHALLENGE = "DIRECT", "GROUP", "CHALLENGE"
ROOM_TYPES = (DIRECT, GROUP, CHALLENGE)


@dataclass(frozen=True, slots=True)
class Message:
    """A message; ``number`` counts within its room, from 0."""

    uuid: str
    room_uuid: str
    number: int
    sender_uuid: str
    type: str
    content: str
    image_url: str | None
    created_at: int


@dataclass(eq=False)
class Room:
    """A room; times are epoch milliseconds."""

    type: str
    name: str
    participants: dict[str, None]
    challenge_uuid: str | None
    uuid: str = field(default_factory=ulid)
    created_at: int = field(default_factory=now_ms)
    messages: list[Message] = field(default_factory=list)
    read_up_to: dict[str, int] = field(default_factory=dict)
    """Who -> how many messages of the room they have read."""

    @property
    def last_message(self) -> Message | None:
        return self.messages[-1] if self.messages else None

    def say(self, sender_uuid: str, type: str, content: str, image_url: str | None) -> Message:
        said = (sender_uuid, type, content, image_url, now_ms())
        message = Message(ulid(), self.uuid, len(self.messages), *said)
        self.messages.append(message)
        return message

    def unread(self, user_uuid: str) -> int:
        """How many messages of others somebody has not read."""
        later = self.messages[self.read_up_to.get(user_uuid, 0) :]
        return sum(message.sender_uuid != user_uuid for message in later)

    def readers(self, message: Message) -> Sequence[str]:
        """The sender, and who has read it since."""
        return [
            one
            for one in self.participants
            if one == message.sender_uuid or self.read_up_to.get(one, 0) > message.number
        ]


class Store:
    """Everything there is."""

    def __init__(self) -> None:
        self.nicknames: dict[str, str] = {}
        self.rooms: dict[str, Room] = {}
        self._rooms_of: dict[str, dict[str, None]] = {}
        self._asked: set[tuple[str, str]] = set()
        self._friends: set[frozenset[str]] = set()

    def add_person(self, user_uuid: str, nickname: str) -> str:
        """The nickname that holds: a given one, or the one there was, or one made of the uuid."""
        if nickname or user_uuid not in self.nicknames:
            self.nicknames[user_uuid] = nickname or f"user-{user_uuid[-6:]}"
        return self.nicknames[user_uuid]

    def nickname(self, user_uuid: str) -> str:
        return self.nicknames.get(user_uuid) or f"user-{user_uuid[-6:]}"

    # Friends

    def ask(self, requester: str, addressee: str) -> None:
        self._asked.add((requester, addressee))

    def accept(self, requester: str, addressee: str) -> bool:
        """Whether there was something to accept."""
        if (requester, addressee) not in self._asked:
            return False
        self._friends.add(frozenset((requester, addressee)))
        return True

    def are_friends(self, one: str, other: str) -> bool:
        return frozenset((one, other)) in self._friends

    # Rooms

    def add_room(self, room: Room) -> None:
        self.rooms[room.uuid] = room
        for user_uuid in room.participants:
            self._rooms_of.setdefault(user_uuid, {})[room.uuid] = None

    def rooms_of(self, user_uuid: str) -> Iterable[Room]:
        """In the order in which they were made."""
        return [self.rooms[uuid] for uuid in self._rooms_of.get(user_uuid, ())]

    def leave(self, room: Room, user_uuid: str) -> None:
        """A room that nobody is in any more is gone."""
        room.participants.pop(user_uuid, None)
        self._rooms_of.get(user_uuid, {}).pop(room.uuid, None)
        if not room.participants:
            self.rooms.pop(room.uuid, None)
