"""Messages of rooms, who read them, and reactions to them."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ktb_load.reference_server.ids import hex_id, now_ms

_COLUMNS = "id, room_id, type, content, timestamp, sender_id, ai_type, file_id"
_RECENT_MS = 10 * 60 * 1000
FOREVER = 1 << 62
"""A time, in epoch milliseconds, that no message reaches."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What becomes a message; a message of the system or of an AI has no sender."""

    type: str
    content: str
    sender_id: str | None = None
    ai_type: str | None = None
    file_id: str | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """A message; times are epoch milliseconds. A live one has no readers and reactions yet."""

    id: str
    room_id: str
    type: str
    content: str
    timestamp: int
    sender_id: str | None
    ai_type: str | None
    file_id: str | None
    readers: list[tuple[str, int]] = field(default_factory=list)
    reactions: dict[str, list[str]] = field(default_factory=dict)


class Messages:
    """The messages."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def add(self, room_id: str, draft: Draft) -> Message:
        """Times grow strictly within a room."""
        found = self._database.execute(
            "SELECT max(timestamp) FROM messages WHERE room_id = ?", (room_id,)
        )
        timestamp = max(now_ms(), (found.fetchone()[0] or 0) + 1)
        where = (hex_id(), room_id, draft.type, draft.content, timestamp)
        row = (*where, draft.sender_id, draft.ai_type, draft.file_id)
        self._database.execute(
            f"INSERT INTO messages ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row
        )
        return Message(*row)

    def room_of(self, message_id: str) -> str | None:
        found = self._database.execute("SELECT room_id FROM messages WHERE id = ?", (message_id,))
        row = found.fetchone()
        return row[0] if row else None

    def page(self, room_id: str, limit: int, before: int) -> tuple[Sequence[Message], bool]:
        """The newest messages before a time, oldest first, and whether older ones are left."""
        rows = self._database.execute(
            f"SELECT {_COLUMNS} FROM messages WHERE room_id = ? AND timestamp < ? "
            "ORDER BY timestamp DESC LIMIT ?",
            (room_id, before, limit + 1),
        ).fetchall()
        messages = {row[0]: Message(*row) for row in reversed(rows[:limit])}
        self._add_marks(messages)
        return list(messages.values()), len(rows) > limit

    def _add_marks(self, messages: dict[str, Message]) -> None:
        holes = ", ".join("?" * len(messages))
        for message_id, user_id, read_at in self._database.execute(
            f"SELECT message_id, user_id, read_at FROM readers WHERE message_id IN ({holes}) "
            "ORDER BY read_at",
            tuple(messages),
        ):
            messages[message_id].readers.append((user_id, read_at))
        for message_id, emoji, user_id in self._database.execute(
            f"SELECT message_id, emoji, user_id FROM reactions WHERE message_id IN ({holes}) "
            "ORDER BY seq",
            tuple(messages),
        ):
            messages[message_id].reactions.setdefault(emoji, []).append(user_id)

    def recent_count(self, room_id: str) -> int:
        """How many messages the last ten minutes brought."""
        since = now_ms() - _RECENT_MS
        found = self._database.execute(
            "SELECT count(*) FROM messages WHERE room_id = ? AND timestamp >= ?", (room_id, since)
        )
        return int(found.fetchone()[0])

    def mark_read(self, room_id: str, user_id: str, message_ids: Iterable[str]) -> None:
        """Ids of other rooms' messages change nothing."""
        now = now_ms()
        self._database.executemany(
            "INSERT OR IGNORE INTO readers "
            "SELECT id, ?, ? FROM messages WHERE id = ? AND room_id = ?",
            [(user_id, now, one, room_id) for one in message_ids],
        )

    def react(self, message_id: str, emoji: str, user_id: str, add: bool) -> None:
        if add:
            self._database.execute(
                "INSERT OR IGNORE INTO reactions (message_id, emoji, user_id) VALUES (?, ?, ?)",
                (message_id, emoji, user_id),
            )
        else:
            self._database.execute(
                "DELETE FROM reactions WHERE message_id = ? AND emoji = ? AND user_id = ?",
                (message_id, emoji, user_id),
            )

    def reactions(self, message_id: str) -> dict[str, list[str]]:
        """Emoji -> user ids, both in the order in which they came."""
        reactions: dict[str, list[str]] = {}
        for emoji, user_id in self._database.execute(
            "SELECT emoji, user_id FROM reactions WHERE message_id = ? ORDER BY seq", (message_id,)
        ):
            reactions.setdefault(emoji, []).append(user_id)
        return reactions

    def rooms_sharing(self, file_id: str) -> Sequence[str]:
        """The rooms in which a file was sent."""
        rows = self._database.execute(
            "SELECT DISTINCT room_id FROM messages WHERE file_id = ?", (file_id,)
        )
        return [room_id for (room_id,) in rows]
