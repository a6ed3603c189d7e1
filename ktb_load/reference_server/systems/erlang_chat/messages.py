"""REST calls about the messages of a room."""

from starlette.requests import Request

from ktb_load.reference_server.rest.answers import Json, json_object, text
from ktb_load.reference_server.systems.erlang_chat.callers import room_of, speaker
from ktb_load.reference_server.systems.erlang_chat.chatrooms import Chatroom, Message
from ktb_load.reference_server.systems.erlang_chat.world import World, failed


async def send(world: World, request: Request) -> Json:
    room, user_id = room_of(world, request)
    body = await json_object(request)
    speaker(world, request, body, "userId")
    return Json(world.say(room, user_id, _content(body.get("content"))).shape, 201)


def _content(value: object) -> str:
    """
    Raises:
        Refused: 400, there is none.
    """
    if content := text(value):
        return content
    raise failed(400, "invalid_request", "content is required")


async def show(world: World, request: Request) -> Json:
    """The newest 20, the oldest of them first."""
    room, _ = room_of(world, request)
    return Json({"chatroomId": room.id, "messages": room.recent()})


async def remove(world: World, request: Request) -> Json:
    """By its author alone."""
    room, message = await _own(world, request)
    del room.messages[message.id]
    world.broadcast(room, "message_deleted", {"messageId": message.id})
    return Json({"roomId": room.id, "messageId": message.id})


async def edit(world: World, request: Request) -> Json:
    """By its author alone."""
    room, message = await _own(world, request)
    message.content = _content((await json_object(request)).get("newContent"))
    world.broadcast(room, "message_edited", message.shape)
    return Json(message.shape)


async def read(world: World, request: Request) -> Json:
    room, message, user_id = await _any(world, request)
    message.readers[user_id] = None
    told = {"messageId": message.id, "userId": user_id}
    world.broadcast(room, "message_read", told)
    return Json({"roomId": room.id, **told, "readBy": list(message.readers)})


async def react(world: World, request: Request) -> Json:
    room, message, user_id = await _any(world, request)
    kind = text((await json_object(request)).get("reactionType"))
    if not kind:
        raise failed(400, "invalid_request", "reactionType is required")
    message.reactions.setdefault(kind, {})[user_id] = None
    told = {"messageId": message.id, "userId": user_id, "reactionType": kind}
    world.broadcast(room, "reaction", told)
    reactions = {kind: list(users) for kind, users in message.reactions.items()}
    return Json({"roomId": room.id, **told, "reactions": reactions})


async def _any(world: World, request: Request) -> tuple[Chatroom, Message, str]:
    """The message of the path, and who speaks.

    Raises:
        Refused: 401, 403 or 404.
    """
    room, user_id = room_of(world, request)
    speaker(world, request, await json_object(request, needed=False), "userId")
    message = room.messages.get(request.path_params["messageId"])
    if message is None:
        raise failed(404, "message_not_found", "there is no such message")
    return room, message, user_id


async def _own(world: World, request: Request) -> tuple[Chatroom, Message]:
    room, message, user_id = await _any(world, request)
    if message.user_id != user_id:
        raise failed(403, "not_author", "user is not the author of the message")
    return room, message
