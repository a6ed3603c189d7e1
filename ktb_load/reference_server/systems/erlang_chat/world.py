"""What the REST and the WebSocket half of a server share."""

from collections.abc import Mapping
from typing import Any

from ktb_load.reference_server.accounts import Accounts
from ktb_load.reference_server.rest.answers import Refused
from ktb_load.reference_server.serving import Order
from ktb_load.reference_server.sockets.hub import Hub
from ktb_load.reference_server.sockets.websocket import Visit, json_frame
from ktb_load.reference_server.systems.erlang_chat.chatrooms import Chatroom, Chatrooms, Message
from ktb_load.reference_server.systems.erlang_chat.rooms import RoomManager, Timings

COOKIE = "jwt_token"
PUSHES = (
    "message",
    "message_edited",
    "message_deleted",
    "message_read",
    "reaction",
    "room_renamed",
    "room_deleted",
    "participant_added",
    "participant_removed",
    "participant_renamed",
    "role_changed",
    "user_joined",
    "user_left",
    "session_ended",
    "error",
)
_WORDS = {
    400: "invalid_request",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    409: "conflict",
}


def failure(status: int, message: str, code: str = "") -> dict[str, Any]:
    return {"error": code or _WORDS.get(status, "internal_error"), "message": message}


def failed(status: int, code: str, message: str) -> Refused:
    return Refused(status, failure(status, message, code))


def unknown_token() -> Refused:
    return failed(401, "invalid_token", "JWT token is invalid")


class World:
    """One server's state."""

    def __init__(self, order: Order) -> None:
        asked = order.arguments
        self.token_lifetime_s: float = asked.token_lifetime
        self.accounts = Accounts(self.token_lifetime_s)
        self.names: dict[str, str] = {}
        self.sessions: dict[str, str] = {}
        """Token -> whose it is: what a deployment keeps in Redis."""
        self.chatrooms = Chatrooms(self.names)
        self.rooms = RoomManager(Timings(asked.creating, asked.idle, asked.closing))
        self.hub: Hub[Visit] = Hub(order.faults, _push)

    def log_in(self, user_id: str) -> str:
        token = self.accounts.token(user_id)
        self.sessions[token] = user_id
        return token

    def log_out(self, token: str, why: str) -> None:
        """The connections that were made with this token end."""
        user_id = self.sessions.pop(token, "")
        for visit in self.hub.members(session_channel(token)):
            self.hub.tell(visit, "session_ended", {"userId": user_id, "reason": why})
            visit.close(4001, why)

    def holder(self, token: str) -> str:
        """Whose token it is; empty if it ran out, or was given back, or never was one."""
        return self.accounts.holder(token) and self.sessions.get(token, "")

    # Rooms

    def broadcast(self, room: Chatroom, push: str, told: Mapping[str, Any]) -> None:
        """To everyone who is connected to the room, while it is active."""
        if self.rooms.is_active(room.id):
            self.hub.emit(room.id, push, {"roomId": room.id, **told})

    def say(self, room: Chatroom, user_id: str, content: str) -> Message:
        """Keep a message, and tell it to everyone who is connected, the sender included."""
        message = room.say(user_id, content)
        if self.rooms.is_active(room.id):
            self.hub.deliver(room.id, user_id, "message", message.shape)
        return message

    def disconnect(self, visit: Visit, room_id: str) -> None:
        """One socket leaves a room; the user has left when it was the last one."""
        self.hub.leave(visit, room_id)
        if any(other.user_id == visit.user_id for other in self.hub.members(room_id)):
            return
        told = {"roomId": room_id, "userId": visit.user_id}
        self.hub.emit(room_id, "user_left", told)
        self.rooms.leave(room_id, visit.user_id)

    def expel(self, room: Chatroom, user_id: str) -> None:
        """All sockets of a user leave a room."""
        for visit in self.hub.members(room.id):
            if visit.user_id == user_id:
                self.disconnect(visit, room.id)

    def delete(self, room: Chatroom) -> None:
        self.broadcast(room, "room_deleted", {})
        for visit in self.hub.members(room.id):
            self.hub.leave(visit, room.id)
        self.rooms.remove(room.id)
        self.chatrooms.remove(room)


def _push(kind: str, told: Mapping[str, Any]) -> bytes:
    return json_frame({"type": kind, **told})


def session_channel(token: str) -> str:
    """The channel of the sockets that came with one token."""
    return f"session:{token}"


def user_channel(user_id: str) -> str:
    """The channel of all sockets of one user."""
    return f"user:{user_id}"
