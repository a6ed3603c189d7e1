"""Rooms and their members."""

import hmac
import secrets
import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ktb_load.reference_server.ids import hex_id, now_ms
from ktb_load.reference_server.systems.ktb_chat.storage.people import digest

_COLUMNS = "id, name, creator_id, created_at, salt, password"
_SORT_KEYS = {
    "createdAt": "created_at",
    "name": "name",
    "participantsCount": "(SELECT count(*) FROM members WHERE room_id = rooms.id)",
}
SORT_FIELDS: Collection[str] = _SORT_KEYS.keys()


@dataclass(frozen=True, slots=True)
class Room:
    """A room; ``created_at`` is epoch milliseconds."""

    id: str
    name: str
    creator_id: str
    created_at: int
    salt: bytes | None
    password: bytes | None

    def opens_to(self, password: str) -> bool:
        if self.password is None or self.salt is None:
            return True
        return hmac.compare_digest(self.password, digest(password, self.salt))


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rooms a list shows, and in what order."""

    search: str
    field: str
    order: str
    page: int
    size: int


class Rooms:
    """The rooms."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def add(self, name: str, creator_id: str, password: str) -> Room:
        salt = secrets.token_bytes(8) if password else None
        kept = digest(password, salt) if salt else None
        room = Room(hex_id(), name, creator_id, now_ms(), salt, kept)
        self._database.execute(
            f"INSERT INTO rooms ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)",
            (room.id, name, creator_id, room.created_at, salt, kept),
        )
        self.add_member(room.id, creator_id)
        return room

    def get(self, room_id: str) -> Room | None:
        found = self._database.execute(f"SELECT {_COLUMNS} FROM rooms WHERE id = ?", (room_id,))
        row = found.fetchone()
        return Room(*row) if row else None

    def list(self, wanted: Wanted) -> tuple[int, Sequence[Room]]:
        """How many rooms match, and those of the wanted page."""
        search = wanted.search.lower()
        found = "FROM rooms WHERE instr(fold(name), ?) > 0"
        total = self._database.execute(f"SELECT count(*) {found}", (search,)).fetchone()[0]
        direction = "ASC" if wanted.order == "asc" else "DESC"
        order = f"ORDER BY {_SORT_KEYS[wanted.field]} {direction}, seq {direction}"
        rows = self._database.execute(
            f"SELECT {_COLUMNS} {found} {order} LIMIT ? OFFSET ?",
            (search, wanted.size, wanted.page * wanted.size),
        )
        return total, [Room(*row) for row in rows]

    def remove(self, room_id: str) -> bool:
        """Whether there was such a room."""
        for table in ("readers", "reactions"):
            self._database.execute(
                f"DELETE FROM {table} WHERE message_id IN "
                "(SELECT id FROM messages WHERE room_id = ?)",
                (room_id,),
            )
        for table in ("messages", "members"):
            self._database.execute(f"DELETE FROM {table} WHERE room_id = ?", (room_id,))
        return bool(self._database.execute("DELETE FROM rooms WHERE id = ?", (room_id,)).rowcount)

    def add_member(self, room_id: str, user_id: str) -> None:
        self._database.execute(
            "INSERT OR IGNORE INTO members (room_id, user_id) VALUES (?, ?)", (room_id, user_id)
        )

    def remove_member(self, room_id: str, user_id: str) -> None:
        self._database.execute(
            "DELETE FROM members WHERE room_id = ? AND user_id = ?", (room_id, user_id)
        )

    def has_member(self, room_id: str, user_id: str) -> bool:
        found = self._database.execute(
            "SELECT 1 FROM members WHERE room_id = ? AND user_id = ?", (room_id, user_id)
        )
        return found.fetchone() is not None

    def member_ids(self, room_id: str) -> Sequence[str]:
        rows = self._database.execute(
            "SELECT user_id FROM members WHERE room_id = ? ORDER BY seq", (room_id,)
        )
        return [user_id for (user_id,) in rows]

    def replace_members(self, room_id: str, user_ids: Sequence[str]) -> None:
        """Write the whole list back, as a document store does: whoever came since is lost."""
        self._database.execute("DELETE FROM members WHERE room_id = ?", (room_id,))
        for user_id in user_ids:
            self.add_member(room_id, user_id)
