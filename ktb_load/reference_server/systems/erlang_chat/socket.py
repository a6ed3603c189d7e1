"""``GET /chat``: the raw WebSocket. What comes is text, or the same as UTF-8 bytes.

A text is said in the room that its user connected to last; ``{"roomId", "content"}`` names one.
"""

import asyncio
from functools import partial

from starlette.requests import cookie_parser

from ktb_load import fast_json
from ktb_load.reference_server.faults import Verdict
from ktb_load.reference_server.sockets.websocket import Visit, Wire
from ktb_load.reference_server.systems.erlang_chat.world import (
    COOKIE,
    World,
    failure,
    session_channel,
    unknown_token,
    user_channel,
)
from ktb_load.reference_server.turnstile import FAULT

SAY = "say"


class ChatSocket(Visit):
    """One connection."""

    def __init__(self, world: World, wire: Wire) -> None:
        super().__init__(wire)
        self._world = world
        self._token = ""
        self._rooms: dict[str, None] = {}
        self._expiry: asyncio.TimerHandle | None = None

    def admit(self) -> None:
        self._token = cookie_parser(self.peer.headers.get("cookie", "")).get(COOKIE, "")
        self.user_id = self._world.holder(self._token)
        if not self.user_id:
            raise unknown_token()

    def opened(self) -> None:
        for channel in (session_channel(self._token), user_channel(self.user_id)):
            self._world.hub.join(self, channel)
        left_s = self._world.accounts.left_s(self._token)
        end = partial(self._world.log_out, self._token, "token_expired")
        self._expiry = asyncio.get_running_loop().call_later(left_s, end)

    def enter(self, room_id: str) -> None:
        """From now on it hears this room, and speaks in it."""
        self._world.hub.join(self, room_id)
        self._rooms.pop(room_id, None)
        self._rooms[room_id] = None

    def received(self, said: str | bytes) -> None:
        try:
            text = said if isinstance(said, str) else said.decode()
        except UnicodeDecodeError:
            self.arrive(SAY, len(said), partial(self._fail, "invalid_utf8", "no UTF-8"))
            return
        room_id, content = _addressed(text)
        self.arrive(SAY, text, partial(self._say, room_id, content))

    def _say(self, room_id: str, content: str) -> str:
        known = [one for one in self._rooms if one in self.channels]
        room_id = room_id or (known[-1] if known else "")
        room = self._world.chatrooms.get(room_id) if room_id in known else None
        if room is None or self.user_id not in room.participants:
            return self._fail("not_connected", "user is not connected to a room")
        if not content:
            return self._fail("invalid_request", "a message is not empty")
        self._world.say(room, self.user_id, content)
        return "handled"

    def _fail(self, code: str, message: str) -> str:
        self._world.hub.tell(self, "error", failure(400, message, code))
        return "refused"

    def refuse(self, action: str, verdict: Verdict) -> None:
        told = failure(verdict.status, FAULT, verdict.code)
        self._world.hub.tell(self, "error", told)

    def gone(self) -> None:
        if self._expiry is not None:
            self._expiry.cancel()
        for room_id in [one for one in self._rooms if one in self.channels]:
            self._world.disconnect(self, room_id)
        self._world.hub.remove(self)


def _addressed(text: str) -> tuple[str, str]:
    """The room that a text names, if it does, and what it says."""
    if text.startswith("{"):
        try:
            said = fast_json.loads(text)
        except fast_json.JSONDecodeError:
            return "", text
        if isinstance(said.get("roomId"), str) and isinstance(said.get("content"), str):
            return said["roomId"], said["content"]
    return "", text
