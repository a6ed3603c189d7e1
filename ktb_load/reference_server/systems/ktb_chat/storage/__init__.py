"""What a KTB Chat server keeps: people, rooms, messages and files, in one SQLite database.

No network and no answer shapes here. Calls are synchronous: each takes microseconds.
"""

from dataclasses import dataclass

from ktb_load.reference_server.systems.ktb_chat.storage.database import open_database
from ktb_load.reference_server.systems.ktb_chat.storage.files import Files
from ktb_load.reference_server.systems.ktb_chat.storage.messages import Messages
from ktb_load.reference_server.systems.ktb_chat.storage.people import People
from ktb_load.reference_server.systems.ktb_chat.storage.rooms import Rooms


@dataclass(frozen=True)
class Store:
    """The four kinds of things, over one connection."""

    people: People
    rooms: Rooms
    messages: Messages
    files: Files


def open_store(path: str) -> Store:
    """``:memory:`` or the path of a file, which is made if it is missing."""
    database = open_database(path)
    return Store(People(database), Rooms(database), Messages(database), Files(database))
