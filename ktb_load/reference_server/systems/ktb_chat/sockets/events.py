"""The events a client may send: one function each. An answer is another event."""

from collections.abc import Callable
from typing import Any

from ktb_load.reference_server.systems.ktb_chat.sockets.client import Client
from ktb_load.reference_server.systems.ktb_chat.storage.messages import FOREVER, Draft
from ktb_load.reference_server.systems.ktb_chat.world import World

_PAGE = 30
_MAX_ID = 2**63 - 1
_NO_ACCESS = "채팅방 접근 권한이 없습니다."


class _Refusal(Exception):
    """A message that cannot be sent; says why."""


def join_room(world: World, client: Client, room_id: Any) -> None:
    """A room's id is a bare string; anything else is met with silence."""
    if not isinstance(room_id, str):
        return
    if world.store.rooms.get(room_id) is None:
        world.hub.tell(client, "joinRoomError", {"message": "채팅방을 찾을 수 없습니다."})
        return
    world.hub.join(client, room_id)
    rooms = world.presence.rooms(client.user_id)
    if room_id in rooms:
        world.hub.tell(client, "joinRoomSuccess", {"roomId": room_id})
        return
    rooms[room_id] = None
    world.store.rooms.add_member(room_id, client.user_id)
    messages, has_more = world.store.messages.page(room_id, _PAGE, FOREVER)
    success = {
        "roomId": room_id,
        "participants": world.shapes.participants(room_id),
        "messages": [world.shapes.past_message(message) for message in messages],
        "hasMore": has_more,
        "activeStreams": world.assistants.streams(room_id),
    }
    world.hub.tell(client, "joinRoomSuccess", success)
    name = world.store.people.shown(client.user_id).name
    world.presence.announce(room_id, f"{name}님이 입장하였습니다.")


def leave_room(world: World, client: Client, room_id: Any) -> None:
    if isinstance(room_id, str) and room_id in world.presence.rooms(client.user_id):
        world.presence.leave(client.user_id, room_id)


def chat_message(world: World, client: Client, payload: Any) -> None:
    said = _record(payload)
    if not world.sessions.lives(client.user_id, client.session_id):
        _refuse(world, client, "SESSION_EXPIRED", "세션이 만료되었습니다. 다시 로그인해주세요.")
        return
    turn = world.message_limit.take(client.user_id)
    if not turn.allowed:
        text = "메시지 전송 횟수 제한을 초과했습니다."
        _refuse(world, client, "RATE_LIMIT_EXCEEDED", text, retryAfter=turn.retry_after_s)
        return
    try:
        draft = _draft(world, client, said)
    except _Refusal as refusal:
        _refuse(world, client, "MESSAGE_ERROR", str(refusal))
        return
    if world.banned_words.in_text(draft.content):
        _refuse(world, client, "MESSAGE_REJECTED", "금칙어가 포함된 메시지입니다.")
        return
    if draft.type == "text" and not draft.content.strip():
        return
    world.presence.tell(world.store.messages.add(said["room"], draft))
    world.assistants.answer(said["room"], draft.content)


def _draft(world: World, client: Client, said: dict[str, Any]) -> Draft:
    """``msg`` is an older name of ``content``."""
    if not _is_member(world, client, said.get("room")):
        raise _Refusal(_NO_ACCESS)
    content = next((said[key] for key in ("content", "msg") if said.get(key) is not None), "")
    if not isinstance(content, str):
        raise _Refusal("메시지 내용이 올바르지 않습니다.")
    kind = said.get("type")
    if kind == "text":
        return Draft("text", content, client.user_id)
    if kind != "file":
        raise _Refusal("지원하지 않는 메시지 타입입니다.")
    file_id = _record(said.get("fileData")).get("_id")
    file = world.store.files.get(file_id) if isinstance(file_id, str) else None
    if file is None or file.owner_id != client.user_id:
        raise _Refusal("파일을 찾을 수 없거나 접근 권한이 없습니다.")
    return Draft("file", content, client.user_id, file_id=file.id)


def fetch_previous_messages(world: World, client: Client, payload: Any) -> None:
    wanted = _record(payload)
    room_id, limit = wanted.get("roomId"), wanted.get("limit")
    if not _is_member(world, client, room_id):
        _refuse(world, client, "LOAD_ERROR", _NO_ACCESS)
        return
    world.hub.tell(client, "messageLoadStart")
    size = limit if type(limit) is int and 0 < limit < _MAX_ID else _PAGE
    before = wanted.get("before")
    until = min(int(before), FOREVER) if isinstance(before, int | float) else FOREVER
    messages, has_more = world.store.messages.page(str(room_id), size, until)
    past = [world.shapes.past_message(message) for message in messages]
    world.hub.tell(client, "previousMessagesLoaded", {"messages": past, "hasMore": has_more})


def mark_messages_as_read(world: World, client: Client, payload: Any) -> None:
    """To everyone in the room, the reader included."""
    marked = _record(payload)
    room_id, given = marked.get("roomId"), marked.get("messageIds")
    message_ids = [one for one in given if isinstance(one, str)] if isinstance(given, list) else []
    if not message_ids:
        return
    if not _is_member(world, client, room_id):
        world.hub.tell(client, "error", {"message": _NO_ACCESS})
        return
    world.store.messages.mark_read(str(room_id), client.user_id, message_ids)
    mark = {"userId": client.user_id, "messageIds": message_ids}
    world.hub.emit(str(room_id), "messagesRead", mark)


def message_reaction(world: World, client: Client, payload: Any) -> None:
    asked = _record(payload)
    message_id, emoji, kind = asked.get("messageId"), asked.get("reaction"), asked.get("type")
    room_id = world.store.messages.room_of(message_id) if isinstance(message_id, str) else None
    if room_id is None or not _is_member(world, client, room_id):
        world.hub.tell(client, "error", {"message": "메시지를 찾을 수 없습니다."})
        return
    if not isinstance(emoji, str) or kind not in ("add", "remove"):
        world.hub.tell(client, "error", {"message": "지원하지 않는 리액션 타입입니다."})
        return
    world.store.messages.react(str(message_id), emoji, client.user_id, add=kind == "add")
    reactions = world.store.messages.reactions(str(message_id))
    update = {"messageId": message_id, "reactions": reactions}
    world.hub.emit(room_id, "messageReactionUpdate", update)


def _refuse(world: World, client: Client, code: str, message: str, **more: Any) -> None:
    world.hub.tell(client, "error", {"message": message, "code": code, **more})


def _record(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _is_member(world: World, client: Client, room_id: Any) -> bool:
    return isinstance(room_id, str) and world.store.rooms.has_member(room_id, client.user_id)


EVENTS: dict[str, Callable[[World, Client, Any], None]] = {
    "joinRoom": join_room,
    "leaveRoom": leave_room,
    "chatMessage": chat_message,
    "fetchPreviousMessages": fetch_previous_messages,
    "markMessagesAsRead": mark_messages_as_read,
    "messageReaction": message_reaction,
}
REFUSAL_CODES = {"chatMessage": "MESSAGE_ERROR", "fetchPreviousMessages": "LOAD_ERROR"}
"""The code with which an event is refused; the others are refused without one."""
