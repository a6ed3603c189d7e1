"""What the REST and the socket half of a server share, and what both of them do."""

import re
from functools import partial
from typing import Any

from ktb_load.reference_server.ids import iso, now_ms
from ktb_load.reference_server.serving import Order
from ktb_load.reference_server.sockets.hub import Hub
from ktb_load.reference_server.sockets.socketio import Client, encode
from ktb_load.reference_server.systems.nest_chat.store import DIRECT, GROUP, Message, Room, Store
from ktb_load.reference_server.tokens import Tokens

NAMESPACE = "/chat"
_LIFETIME_S = 24 * 3600
_MESSAGE_TYPES = ("TEXT", "IMAGE")
_NOT_IN_ROOM = "채팅방에 참여하지 않은 사용자입니다."
_BEARER = re.compile("^Bearer ")


class Forbidden(Exception):
    """Somebody may not do that; says why."""


class NotFound(Exception):
    """There is no such thing; says which."""


class Invalid(Exception):
    """What was sent is not what the call takes; the argument lists all that is wrong."""


class World:
    """One server's state."""

    def __init__(self, order: Order) -> None:
        self.store = Store()
        self.hub: Hub[Client] = Hub(order.faults, partial(encode, NAMESPACE))
        self._tokens = Tokens()

    def token(self, user_uuid: str, nickname: str) -> str:
        claims = {"userUuid": user_uuid, "nickname": nickname}
        return self._tokens.issue(claims, _LIFETIME_S)

    def user_of(self, token: object) -> str:
        """Whose token it is, with or without ``Bearer``; empty if it is not a good one."""
        claims = self._tokens.read(_BEARER.sub("", token)) if isinstance(token, str) else None
        return str(claims["userUuid"]) if claims else ""

    def room(self, room_uuid: object, user_uuid: str) -> Room:
        """
        Raises:
            NotFound: no such room.
            Forbidden: the user is none of its participants.
        """
        room = self.store.rooms.get(room_uuid) if isinstance(room_uuid, str) else None
        if room is None:
            raise NotFound("채팅방을 찾을 수 없습니다.")
        if user_uuid not in room.participants:
            raise Forbidden(_NOT_IN_ROOM)
        return room

    def say(self, room: Room, user_uuid: str, said: Any) -> Message:
        """
        Args:
            said: ``{"type", "content"}``, or ``imageUrl`` with an image.

        Raises:
            Invalid: it is something else.
        """
        fields = said if isinstance(said, dict) else {}
        kind, content, image = (fields.get(key) for key in ("type", "content", "imageUrl"))
        problems = []
        if kind not in _MESSAGE_TYPES:
            problems.append(
                f"type must be one of the following values: {', '.join(_MESSAGE_TYPES)}"
            )
        if not isinstance(content or "", str) or (kind == "TEXT" and not content):
            problems.append("content should not be empty")
        if kind == "IMAGE" and not isinstance(image, str):
            problems.append("imageUrl must be a string")
        if problems:
            raise Invalid(problems)
        return room.say(user_uuid, str(kind), content or "", image)

    def read(self, room: Room, user_uuid: str) -> None:
        """Everybody in the room is told, the reader included."""
        room.read_up_to[user_uuid] = len(room.messages)
        told = {"roomUuid": room.uuid, "userUuid": user_uuid, "readAt": iso(now_ms())}
        self.hub.emit(room.uuid, "messagesRead", told)

    def announce(self, room: Room, message: str, but: Client | None = None) -> None:
        told = {"roomUuid": room.uuid, "message": message, "createdAt": iso(now_ms())}
        self.hub.emit(room.uuid, "systemMessage", told, but=but)

    def notify(self, user_uuid: str, kind: str, room: Room, message: str) -> None:
        """To all sockets of somebody."""
        told = {"type": kind, "roomUuid": room.uuid, "roomName": room.name, "message": message}
        self.hub.emit(personal(user_uuid), "notification", told)

    # Shapes

    def message_shape(self, room: Room, message: Message, for_user: str = "") -> dict[str, Any]:
        readers = room.readers(message)
        return {
            "messageUuid": message.uuid,
            "roomUuid": room.uuid,
            "type": message.type,
            "content": message.content,
            "imageUrl": message.image_url,
            "sender": self._person_shape(message.sender_uuid),
            "isMyMessage": message.sender_uuid == for_user,
            "isRead": room.type != DIRECT or len(readers) > 1,
            "readByUuids": readers if room.type == GROUP else [],
            "createdAt": iso(message.created_at),
        }

    def room_shape(self, room: Room, for_user: str) -> dict[str, Any]:
        last = room.last_message
        return {
            "roomUuid": room.uuid,
            "type": room.type,
            "name": room.name,
            "participantUuids": list(room.participants),
            "participants": [self._person_shape(one) for one in room.participants],
            "challengeUuid": room.challenge_uuid,
            "isActive": True,
            "lastMessage": self.message_shape(room, last, for_user) if last else None,
            "lastMessageAt": iso(last.created_at) if last else None,
            "unreadCount": room.unread(for_user),
            "createdAt": iso(room.created_at),
        }

    def _person_shape(self, user_uuid: str) -> dict[str, str]:
        return {"userUuid": user_uuid, "nickname": self.store.nickname(user_uuid)}


def personal(user_uuid: str) -> str:
    """The channel of all sockets of one user."""
    return f"user:{user_uuid}"
