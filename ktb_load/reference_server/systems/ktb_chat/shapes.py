"""How things look in answers and events, in the two forms the contract knows.

``documented`` is the published REST document; ``deployed`` is what was measured on a running
deployment: a room has ``_id`` and its people have ``id``; a live message has no ``readers``, a
message of the history has them with the time as a list of numbers, and its sender has no profile
image. What is null is left out of socket payloads.
"""

from datetime import UTC, datetime
from typing import Any

from ktb_load.reference_server.ids import iso
from ktb_load.reference_server.systems.ktb_chat.storage import Store
from ktb_load.reference_server.systems.ktb_chat.storage.files import File
from ktb_load.reference_server.systems.ktb_chat.storage.messages import Message
from ktb_load.reference_server.systems.ktb_chat.storage.people import Person
from ktb_load.reference_server.systems.ktb_chat.storage.rooms import Room

Shape = dict[str, Any]


def date_list(epoch_ms: int) -> list[int]:
    """Year, month, day, hour, minute, second and nanosecond, as Java writes a date by default."""
    seconds, ms = divmod(epoch_ms, 1000)
    return [*datetime.fromtimestamp(seconds, UTC).timetuple()[:6], ms * 1_000_000]


def account(person: Person) -> Shape:
    """The user as the authentication calls show it."""
    shape = person_shape(person)
    return {"_id": shape.pop("id"), **shape}


def person_shape(person: Person) -> Shape:
    return {
        "id": person.id,
        "name": person.name,
        "email": person.email,
        "profileImage": person.profile_image,
    }


def file_shape(file: File) -> Shape:
    return {
        "_id": file.id,
        "filename": file.filename,
        "originalname": file.originalname,
        "mimetype": file.mimetype,
        "size": file.size,
        "uploadDate": iso(file.uploaded_at),
    }


class Shapes:
    """The shapes of one dialect."""

    def __init__(self, dialect: str, store: Store) -> None:
        self.deployed = dialect == "deployed"
        self._store = store

    def answer(self, data: Shape) -> Shape:
        """One thing: bare in the document, in an envelope on deployed servers."""
        return {"success": True, "data": data} if self.deployed else data

    def participants(self, room_id: str) -> list[Shape]:
        return [person_shape(person) for person in self._store.people.members(room_id)]

    def room(self, room: Room) -> Shape:
        participants = self.participants(room.id)
        return {
            "_id": room.id,
            "name": room.name,
            "hasPassword": room.password is not None,
            "creator": person_shape(self._store.people.shown(room.creator_id)),
            "participants": participants,
            "participantsCount": len(participants),
            "recentMessageCount": self._store.messages.recent_count(room.id),
            "createdAt": iso(room.created_at),
        }

    def live_message(self, message: Message) -> Shape:
        shape = self._message(message)
        if not self.deployed:
            shape["readers"] = []
        return shape

    def past_message(self, message: Message) -> Shape:
        shape = self._message(message)
        if self.deployed and "sender" in shape:
            del shape["sender"]["profileImage"]
        moment = date_list if self.deployed else iso
        shape["readers"] = [
            {"userId": user_id, "readAt": moment(read_at)} for user_id, read_at in message.readers
        ]
        return shape

    def _message(self, message: Message) -> Shape:
        shape: Shape = {
            "_id": message.id,
            "room": message.room_id,
            "content": message.content,
            "type": message.type,
            "timestamp": message.timestamp,
            "reactions": message.reactions,
            "metadata": {},
        }
        if message.ai_type:
            shape["aiType"] = message.ai_type
        if message.sender_id:
            shape["sender"] = person_shape(self._store.people.shown(message.sender_id))
        if message.file_id and (file := self._store.files.described(message.file_id)):
            shape["file"] = file_shape(file)
        return shape
