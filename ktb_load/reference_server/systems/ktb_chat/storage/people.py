"""Accounts, and how a password is kept."""

import hashlib
import hmac
import secrets
import sqlite3
from dataclasses import dataclass

from ktb_load.reference_server.ids import hex_id

_COLUMNS = "users.id, users.name, users.email, users.profile_image"


@dataclass(frozen=True, slots=True)
class Person:
    """An account as everybody may see it."""

    id: str
    name: str
    email: str
    profile_image: str = ""


FORMER = Person("", "(탈퇴한 사용자)", "")
"""Stands for those whose account is gone."""


def digest(password: str, salt: bytes) -> bytes:
    return hashlib.sha256(salt + password.encode()).digest()


class People:
    """The accounts."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def add(self, name: str, email: str, password: str) -> Person:
        person, salt = Person(hex_id(), name, email), secrets.token_bytes(8)
        self._database.execute(
            "INSERT INTO users (id, name, email, salt, password) VALUES (?, ?, ?, ?, ?)",
            (person.id, name, email, salt, digest(password, salt)),
        )
        return person

    def get(self, user_id: str) -> Person | None:
        found = self._database.execute(f"SELECT {_COLUMNS} FROM users WHERE id = ?", (user_id,))
        row = found.fetchone()
        return Person(*row) if row else None

    def shown(self, user_id: str) -> Person:
        """The account, or a stand-in where it is gone."""
        return self.get(user_id) or FORMER

    def by_email(self, email: str) -> Person | None:
        found = self._database.execute(f"SELECT {_COLUMNS} FROM users WHERE email = ?", (email,))
        row = found.fetchone()
        return Person(*row) if row else None

    def password_fits(self, user_id: str, password: str) -> bool:
        found = self._database.execute("SELECT salt, password FROM users WHERE id = ?", (user_id,))
        salt, kept = found.fetchone()
        return hmac.compare_digest(kept, digest(password, salt))

    def members(self, room_id: str) -> list[Person]:
        """Those in a room, in the order in which they came."""
        rows = self._database.execute(
            f"SELECT {_COLUMNS} FROM members JOIN users ON users.id = members.user_id "
            "WHERE members.room_id = ? ORDER BY members.seq",
            (room_id,),
        )
        return [Person(*row) for row in rows]

    def rename(self, user_id: str, name: str) -> None:
        self._database.execute("UPDATE users SET name = ? WHERE id = ?", (name, user_id))

    def set_image(self, user_id: str, image: str) -> None:
        self._database.execute("UPDATE users SET profile_image = ? WHERE id = ?", (image, user_id))

    def remove(self, user_id: str) -> None:
        self._database.execute("DELETE FROM members WHERE user_id = ?", (user_id,))
        self._database.execute("DELETE FROM users WHERE id = ?", (user_id,))
