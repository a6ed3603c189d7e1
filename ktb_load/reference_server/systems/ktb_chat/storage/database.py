"""The tables, and the one connection to them."""

import sqlite3

SCHEMA = """
CREATE TABLE IF NOT EXISTS users (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL UNIQUE,
    profile_image TEXT NOT NULL DEFAULT '', salt BLOB NOT NULL, password BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS rooms (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
    creator_id TEXT NOT NULL, created_at INTEGER NOT NULL, salt BLOB, password BLOB);
CREATE TABLE IF NOT EXISTS members (
    seq INTEGER PRIMARY KEY, room_id TEXT NOT NULL, user_id TEXT NOT NULL,
    UNIQUE (room_id, user_id));
CREATE INDEX IF NOT EXISTS members_by_user ON members (user_id);
CREATE TABLE IF NOT EXISTS messages (
    id TEXT PRIMARY KEY, room_id TEXT NOT NULL, type TEXT NOT NULL, content TEXT NOT NULL,
    timestamp INTEGER NOT NULL, sender_id TEXT, ai_type TEXT, file_id TEXT);
CREATE UNIQUE INDEX IF NOT EXISTS messages_by_time ON messages (room_id, timestamp);
CREATE INDEX IF NOT EXISTS messages_by_file ON messages (file_id) WHERE file_id IS NOT NULL;
CREATE TABLE IF NOT EXISTS reactions (
    seq INTEGER PRIMARY KEY, message_id TEXT NOT NULL, emoji TEXT NOT NULL,
    user_id TEXT NOT NULL, UNIQUE (message_id, emoji, user_id));
CREATE TABLE IF NOT EXISTS readers (
    message_id TEXT NOT NULL, user_id TEXT NOT NULL, read_at INTEGER NOT NULL,
    PRIMARY KEY (message_id, user_id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS files (
    id TEXT PRIMARY KEY, owner_id TEXT NOT NULL, filename TEXT NOT NULL UNIQUE,
    originalname TEXT NOT NULL, mimetype TEXT NOT NULL, size INTEGER NOT NULL,
    uploaded_at INTEGER NOT NULL, content BLOB);
"""


def open_database(path: str) -> sqlite3.Connection:
    """A crash of the machine may cost a file its last writes; a crash of the server does not."""
    database = sqlite3.connect(path, isolation_level=None, cached_statements=256)
    database.create_function("fold", 1, str.lower, deterministic=True)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = OFF")
    database.executescript(SCHEMA)
    return database
