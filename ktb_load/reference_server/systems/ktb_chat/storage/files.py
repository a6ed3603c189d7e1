"""Uploaded files. A removed file loses its content; messages go on describing it."""

import secrets
import sqlite3
from dataclasses import dataclass

from ktb_load.reference_server.ids import hex_id, now_ms
from ktb_load.reference_server.rest.uploads import Upload

_COLUMNS = "id, owner_id, filename, originalname, mimetype, size, uploaded_at"


@dataclass(frozen=True, slots=True)
class File:
    """A file without its content; ``uploaded_at`` is epoch milliseconds."""

    id: str
    owner_id: str
    filename: str
    originalname: str
    mimetype: str
    size: int
    uploaded_at: int


class Files:
    """The files."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def add(self, owner_id: str, upload: Upload) -> File:
        now = now_ms()
        filename = f"{now}_{secrets.token_hex(8)}.{upload.extension}"
        size = len(upload.content)
        row = (hex_id(), owner_id, filename, upload.originalname, upload.mimetype, size, now)
        self._database.execute(
            f"INSERT INTO files ({_COLUMNS}, content) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (*row, upload.content),
        )
        return File(*row)

    def described(self, file_id: str) -> File | None:
        """A file, be it removed."""
        found = self._database.execute(f"SELECT {_COLUMNS} FROM files WHERE id = ?", (file_id,))
        row = found.fetchone()
        return File(*row) if row else None

    def get(self, file_id: str) -> File | None:
        found = self._database.execute(
            f"SELECT {_COLUMNS} FROM files WHERE id = ? AND content IS NOT NULL", (file_id,)
        )
        row = found.fetchone()
        return File(*row) if row else None

    def by_name(self, filename: str) -> File | None:
        found = self._database.execute(
            f"SELECT {_COLUMNS} FROM files WHERE filename = ? AND content IS NOT NULL", (filename,)
        )
        row = found.fetchone()
        return File(*row) if row else None

    def content(self, file: File) -> bytes:
        found = self._database.execute("SELECT content FROM files WHERE id = ?", (file.id,))
        return bytes(found.fetchone()[0])

    def remove(self, file: File) -> None:
        self._database.execute("UPDATE files SET content = NULL WHERE id = ?", (file.id,))
