"""Which socket stands for a user, and which rooms the user is in.

Both belong to the user, not to the socket: that is why a socket that connects while the old one is
registered finds itself in its rooms, and loses them when the old one goes.
"""

import asyncio
from functools import partial

from ktb_load.reference_server.ids import now_ms
from ktb_load.reference_server.sockets.hub import Hub
from ktb_load.reference_server.systems.ktb_chat.shapes import Shapes
from ktb_load.reference_server.systems.ktb_chat.sockets.client import Client
from ktb_load.reference_server.systems.ktb_chat.storage import Store
from ktb_load.reference_server.systems.ktb_chat.storage.messages import Draft, Message

_TAKEN_OVER = {
    "reason": "duplicate_login",
    "message": "다른 기기에서 로그인하여 현재 세션이 종료되었습니다.",
}
EXPIRED = {"message": "세션이 만료되었습니다.", "code": "SESSION_EXPIRED"}


class Presence:
    """The users who are there, and what their rooms are told of it."""

    def __init__(self, store: Store, shapes: Shapes, hub: Hub[Client], takeover_s: float) -> None:
        self._store = store
        self._shapes = shapes
        self._hub = hub
        self._takeover_s = takeover_s
        self._standing: dict[str, Client] = {}
        self._rooms: dict[str, dict[str, None]] = {}

    def connected(self, client: Client) -> None:
        """An older socket is told, and ends after a while; without a User-Agent the new one is a
        zombie.
        """
        older = self._standing.get(client.user_id)
        if older is not None and not client.peer.headers.get("user-agent"):
            client.zombie = True
            self._hub.tell(client, "error", EXPIRED)
            return
        if older is not None:
            self._take_over(older, client)
        self._standing[client.user_id] = client
        self._hub.join(client, _channel(client.user_id))
        for room_id in self.rooms(client.user_id):
            self._hub.join(client, room_id)

    def _take_over(self, older: Client, newer: Client) -> None:
        notice = {
            "type": "new_login_attempt",
            "deviceInfo": newer.peer.headers.get("user-agent", ""),
            "ipAddress": newer.peer.address[0],
            "timestamp": now_ms(),
        }
        self._hub.tell(older, "duplicate_login", notice)
        end = partial(self._hub.tell, older, "session_ended", _TAKEN_OVER)
        asyncio.get_running_loop().call_later(self._takeover_s, end)

    def disconnected(self, client: Client) -> None:
        if not client.user_id or client.zombie:
            return
        for room_id in list(self.rooms(client.user_id)):
            self.leave(client.user_id, room_id)
        if self._standing.get(client.user_id) is client:
            del self._standing[client.user_id]

    def rooms(self, user_id: str) -> dict[str, None]:
        """The rooms that a user joined over a socket, in that order."""
        return self._rooms.setdefault(user_id, {})

    def leave(self, user_id: str, room_id: str) -> None:
        """Those who stay are told by ``message``, ``participantsUpdate`` and ``userLeft``."""
        self.rooms(user_id).pop(room_id, None)
        for client in self._hub.members(_channel(user_id)):
            self._hub.leave(client, room_id)
        if self._store.rooms.get(room_id) is None:
            return
        self._store.rooms.remove_member(room_id, user_id)
        name = self._store.people.shown(user_id).name
        self.announce(room_id, f"{name}님이 퇴장하였습니다.")
        self._hub.emit(room_id, "userLeft", {"userName": name, "userId": user_id})

    def announce(self, room_id: str, content: str) -> None:
        """A system message and the people of a room, to everyone in it."""
        message = self._store.messages.add(room_id, Draft("system", content))
        self._hub.emit(room_id, "message", self._shapes.live_message(message))
        self._hub.emit(room_id, "participantsUpdate", self._shapes.participants(room_id))

    def tell(self, message: Message) -> None:
        """What somebody said, to everyone in the room."""
        shape = self._shapes.live_message(message)
        self._hub.deliver(message.room_id, message.sender_id or "", "message", shape)

    def end_session(self, user_id: str, reason: str, message: str) -> None:
        self._hub.emit(_channel(user_id), "session_ended", {"reason": reason, "message": message})


def _channel(user_id: str) -> str:
    """All sockets of one user, under a name that no room has: room ids are hexadecimal."""
    return f"user:{user_id}"
