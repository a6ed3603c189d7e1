"""The STOMP half: ``/sub/chat/room/{roomId}`` is heard, ``/pub/chat/message`` is spoken to."""

from collections.abc import Mapping
from typing import Any

from ktb_load import fast_json
from ktb_load.reference_server.sockets.stomp import Application, Destination, Refused
from ktb_load.reference_server.systems.meeting.answers import AUTH_ERROR, BAD_REQUEST, failure
from ktb_load.reference_server.systems.meeting.chatrooms import Chatroom
from ktb_load.reference_server.systems.meeting.people import User
from ktb_load.reference_server.systems.meeting.world import World, destination_of

ROOM = "/sub/chat/room/{roomId}"
MESSAGE = "/pub/chat/message"
_BEARER = "Bearer "


class Chat(Application):
    """What the destinations do."""

    subscriptions = (ROOM,)
    sends = (MESSAGE,)

    def __init__(self, world: World) -> None:
        self._world = world

    def log_in(self, headers: Mapping[str, str]) -> str:
        token = headers.get("Authorization", headers.get("authorization", ""))
        user = self._world.user_of(token.removeprefix(_BEARER))
        if user is None:
            raise _refused(401, "인증에 실패했습니다.", AUTH_ERROR)
        return str(user.id)

    def subscribe(self, user_id: str, destination: Destination) -> None:
        text = destination.places["roomId"]
        self._room(int(user_id), int(text) if text.isascii() and text.isdigit() else 0)

    def receive(self, user_id: str, destination: Destination, body: bytes) -> None:
        sender, room, message = self._read(int(user_id), body)
        room.say(sender.id, message)
        told = {
            "roomId": room.id,
            "message": message,
            "senderNickname": sender.nickname,
            "senderId": sender.id,
            "userProfileImageUrl": sender.image_url,
        }
        self._world.broker.publish(destination_of(room), user_id, told)
        self._world.tell_absent(room, sender, message)

    def _read(self, user_id: int, body: bytes) -> tuple[User, Chatroom, str]:
        try:
            said: Any = fast_json.loads(body)
        except fast_json.JSONDecodeError:
            said = None
        fields = said if isinstance(said, dict) else {}
        room_id, message = fields.get("roomId"), fields.get("message")
        sender = self._world.people.get(user_id)
        if sender is None or fields.get("userId", user_id) != user_id:
            raise _refused(400, BAD_REQUEST)
        if not isinstance(room_id, int) or not isinstance(message, str) or not message:
            raise _refused(400, BAD_REQUEST)
        return sender, self._room(user_id, room_id), message

    def _room(self, user_id: int, room_id: int) -> Chatroom:
        room = self._world.chatrooms.get(room_id)
        if room is None:
            raise _refused(404, "해당 채팅방이 없습니다.")
        if user_id not in room.member_ids:
            raise _refused(403, "해당 채팅방에 참여 중이 아닙니다.")
        return room


def _refused(status: int, message: str, code: str = "") -> Refused:
    return Refused(message, {"status": status, **failure(status, message, code)})
