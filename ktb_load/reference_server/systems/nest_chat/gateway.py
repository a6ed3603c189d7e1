"""The Socket.IO namespace ``/chat``: who is let in, and what each event does.

Nothing is acknowledged; ``newMessage`` goes to everyone in the room but the socket that spoke.
"""

from collections.abc import Callable
from typing import Any

from ktb_load.reference_server.sockets import socketio
from ktb_load.reference_server.sockets.socketio import Client
from ktb_load.reference_server.systems.nest_chat.world import (
    NAMESPACE,
    Forbidden,
    Invalid,
    NotFound,
    World,
    personal,
)

PUSHES = (
    "connected",
    "newMessage",
    "joinedRoom",
    "leftRoom",
    "messagesRead",
    "userTyping",
    "systemMessage",
    "notification",
    "error",
)


def join_room(world: World, client: Client, said: dict[str, Any]) -> None:
    """The others are told, unless this socket was in the room already."""
    room = world.room(said.get("roomUuid"), client.user_id)
    new = room.uuid not in client.channels
    world.hub.join(client, room.uuid)
    world.hub.tell(client, "joinedRoom", {"roomUuid": room.uuid})
    if new:
        name = world.store.nickname(client.user_id)
        world.announce(room, f"{name}님이 입장했습니다.", client)


def leave_room(world: World, client: Client, said: dict[str, Any]) -> None:
    """This socket hears no more of the room; its user stays a participant."""
    room = world.room(said.get("roomUuid"), client.user_id)
    world.hub.leave(client, room.uuid)
    world.hub.tell(client, "leftRoom", {"roomUuid": room.uuid})


def send_message(world: World, client: Client, said: dict[str, Any]) -> None:
    """Participants without a socket in the room get a ``notification`` on those they have."""
    room = world.room(said.get("roomUuid"), client.user_id)
    message = world.say(room, client.user_id, said.get("message"))
    shape = world.message_shape(room, message)
    world.hub.deliver(room.uuid, client.user_id, "newMessage", shape, but=client)
    there = {one.user_id for one in world.hub.members(room.uuid)}
    for user_uuid in room.participants:
        if user_uuid not in there and user_uuid != client.user_id:
            world.notify(user_uuid, "NEW_MESSAGE", room, message.content)


def mark_as_read(world: World, client: Client, said: dict[str, Any]) -> None:
    world.read(world.room(said.get("roomUuid"), client.user_id), client.user_id)


def typing(world: World, client: Client, said: dict[str, Any]) -> None:
    room = world.room(said.get("roomUuid"), client.user_id)
    told = {
        "roomUuid": room.uuid,
        "userUuid": client.user_id,
        "nickname": world.store.nickname(client.user_id),
        "isTyping": said.get("isTyping") is True,
    }
    world.hub.emit(room.uuid, "userTyping", told, but=client)


EVENTS: dict[str, Callable[[World, Client, dict[str, Any]], None]] = {
    "joinRoom": join_room,
    "leaveRoom": leave_room,
    "sendMessage": send_message,
    "markAsRead": mark_as_read,
    "typing": typing,
}


class Gateway(socketio.Contract[Client]):
    """The socket half of a world."""

    namespace = NAMESPACE
    events = EVENTS
    new_client = Client

    def __init__(self, world: World) -> None:
        super().__init__(world.hub)
        self._world = world

    def admit(self, client: Client, auth: Any) -> None:
        """Everybody; those without a good token are sent away again."""
        token = auth.get("token") if isinstance(auth, dict) else None
        client.user_id = self._world.user_of(token or client.peer.headers.get("authorization"))

    def welcome(self, client: Client) -> None:
        world = self._world
        if not client.user_id:
            client.disconnect()
            return
        self.hub.join(client, personal(client.user_id))
        for room in world.store.rooms_of(client.user_id):
            self.hub.join(client, room.uuid)
        told = {"message": "채팅 서버에 연결되었습니다.", "userUuid": client.user_id}
        self.hub.tell(client, "connected", told)

    def handle(self, client: Client, event: str, payload: Any) -> None:
        try:
            EVENTS[event](self._world, client, payload if isinstance(payload, dict) else {})
        except Invalid as error:
            self.refuse(client, event, ", ".join(error.args[0]))
        except (Forbidden, NotFound) as error:
            self.refuse(client, event, str(error))

    def refuse(self, client: Client, event: str, message: str, code: str = "") -> None:
        told = {"message": message}
        self.hub.tell(client, "error", {**told, "code": code} if code else told)

    def gone(self, client: Client) -> None:
        """Nobody is told."""
