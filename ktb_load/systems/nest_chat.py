"""A NestJS chat: REST and the Socket.IO namespace ``/chat`` on one port, 7777.

A message goes to everybody in the room *but its sender*, so there is no round trip: what is
measured is the delivery to the others (``chat_delivery``), by the sender's clock in the message.
What the server does not answer (``sendMessage``, ``markAsRead``) counts as refused if an ``error``
comes before the next thing is said, and else as taken.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any
from urllib.parse import urlencode

from ktb_load.chat.connection import ChatConnection, Request, mark_of
from ktb_load.chat.marks import write_mark
from ktb_load.chat.member import ChatMember, refused
from ktb_load.chat.rooms import Room
from ktb_load.clients.socketio import SocketIOClient, SocketIOOptions
from ktb_load.errors import Disconnected, ExchangeFailed
from ktb_load.metrics.recorder import Exchange
from ktb_load.vocabulary import Counter, check, local_only, setting

REFUSALS = ("error", "exception")
"""``error`` is what the gateway says, ``exception`` what NestJS says where the gateway raised."""

_ULID = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

system_messages = Counter("nest_chat_system_messages")
notifications = Counter("nest_chat_notifications")


@dataclass(frozen=True)
class Account:
    """A user, and the JWT that says so."""

    uuid: str
    token: str

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}


class NestSocket(ChatConnection):
    """An open chat: one connection to the namespace."""

    _client: SocketIOClient

    def __init__(self, user: NestChatUser, token: str) -> None:
        super().__init__(user)
        self._network = user.vu.network
        self._origin = user.host or ""
        self._transports = user.transports
        self._token = token
        self._unanswered: Request | None = None
        """What was said last, if nothing answers it."""
        self._began = 0.0
        self._asking = False
        self._number = 0
        """The unanswered message's number in its room."""

    # What a person does.

    def join(self, room_id: str) -> None:
        self._settle()
        self._asking = True
        request = Request("join", "room", "joinRoom", {"roomUuid": room_id}, metric="chat_joining")
        try:
            self._exchange(request, ("joinedRoom", lambda to: to["roomUuid"] == room_id), REFUSALS)
        finally:
            self._asking = False

    def leave(self, room_id: str) -> None:
        """Nothing refuses it: an error that comes now is about what was said before."""
        request = Request("leave", "room", "leaveRoom", {"roomUuid": room_id})
        self._exchange(request, ("leftRoom", lambda left: left["roomUuid"] == room_id))
        self._settle()
        self._deliveries.left(room_id)

    def say(self, room_id: str, text: str, image_url: str = "") -> None:
        self._settle()
        mark = self._next_mark(room_id)
        message = {"type": "TEXT", "content": f"{text} {write_mark(mark)}"}
        if image_url:
            message |= {"type": "IMAGE", "imageUrl": image_url}
        self._number = mark.number
        payload = {"roomUuid": room_id, "message": message}
        self._tell(Request("say", "message", "sendMessage", payload))

    def mark_as_read(self, room_id: str) -> None:
        self._settle()
        self._tell(Request("mark as read", "message", "markAsRead", {"roomUuid": room_id}))

    def typing(self, room_id: str, is_typing: bool) -> None:
        self._client.emit("typing", {"roomUuid": room_id, "isTyping": is_typing})

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Leave the room before going: Socket.IO servers drop a message that is followed by the
        farewell at once.
        """
        try:
            if kind is None and self._unanswered is not None:
                self.leave(self._unanswered.payload["roomUuid"])
        finally:
            self.close()

    def close(self) -> None:
        self._settle()
        super().close()

    def drop(self) -> None:
        self._settle()
        super().drop()

    # How it is said, and what is made of it.

    def _connect(self) -> SocketIOClient:
        bearer = {"Authorization": f"Bearer {self._token}"}
        in_header = setting("TOKEN_IN", "auth") == "header"
        options = SocketIOOptions(
            auth=None if in_header else {"token": self._token},
            headers=bearer if in_header else {},
            namespace="/chat",
            name="chat",
            welcome="connected",
            transports=self._transports,
        )
        return SocketIOClient.connect(self._network, self._origin, options)

    def _listen(self) -> None:
        self._client.on("newMessage", self._on_message)
        self._client.on("systemMessage", lambda *_: system_messages.add(1))
        self._client.on("notification", lambda *_: notifications.add(1))
        system_messages.add(0)  # who listens has heard none so far
        notifications.add(0)
        for event in REFUSALS:
            self._client.on(event, self._on_refusal)

    def _send(self, request: Request) -> None:
        self._client.emit(request.event, request.payload)

    def _refusal_in(self, args: tuple[Any, ...]) -> tuple[str, str]:
        body = args[0] if args and isinstance(args[0], Mapping) else {}
        message, reason = body.get("message") or "", body.get("error") or ""
        return f"{message} {reason}".strip(), str(body.get("code") or "REFUSED")

    def _tell(self, request: Request) -> None:
        """Say something that nothing answers, unless it is refused."""
        self._unanswered = request
        self._began = time.perf_counter()
        try:
            self._send(request)
        except Disconnected as error:
            self._not_taken(error)
            self._take_back_unanswered(request)
            raise

    def _settle(self) -> None:
        """Nothing has come against what was said last: it was taken, if anybody was there."""
        if self._unanswered is None:
            return
        if not self.connected:
            cause = self._client.close_cause
            why = f"{self._unanswered.name}: the chat was closed by {cause}"
            self._not_taken(Disconnected(why, kind="connection"))
            return
        check(None, {f"{self._unanswered.name}: taken": True})
        self._unanswered = None

    def _not_taken(self, error: ExchangeFailed) -> None:
        request = self._unanswered
        assert request is not None
        self._unanswered = None
        check(None, {f"{request.name}: taken": False})
        self._count_failure(request.event, error, request.kind)
        self._report(request.name, self._began, error)

    def _take_back_unanswered(self, request: Request) -> None:
        """What others will never get needs no number."""
        if request.event == "sendMessage":
            self._take_back(request.payload["roomUuid"], self._number)

    # What comes unasked.

    def _on_message(self, message: Mapping[str, Any], *_: object) -> None:
        if (mark := mark_of(message)) is not None:
            now_us = time.time_ns() // 1000
            self._deliveries.arrived(message.get("roomUuid") or "", mark, now_us)
            if mark.vu != self._vu.id:
                self._show_delivery((now_us - mark.sent_us) / 1000)

    @local_only
    def _show_delivery(self, ms: float) -> None:
        """A message has reached another member: that is what Locust's table has to show of it."""
        if self._recorder.on_exchange is not None and self._recorder.enabled:
            self._recorder.on_exchange(Exchange(self.protocol, "say", ms, 0))

    def _on_refusal(self, *args: Any) -> None:
        if self._asking:
            return  # whoever asked hears of it
        if self._unanswered is None:
            message, code = self._refusal_in(args)
            self._count_failure("error", ExchangeFailed(message, kind="unasked", code=code))
        else:
            request = self._unanswered
            self._not_taken(self._rejection(request, args))
            self._take_back_unanswered(request)


class NestChatUser(ChatMember):
    """One person. A setting beside those of all systems: ``TOKEN_IN`` (``auth`` or ``header``)."""

    abstract = True
    system = "nest-chat"
    host = "http://localhost:7777"

    transports: tuple[str, ...] = ("websocket",)
    """Engine.IO's, the first to begin with; with ``polling`` they need ``--driver reference``."""

    account: Account

    # The frame: how its accounts and rooms are made.

    def prepare_account(self, run: str, number: int) -> list[Any]:
        account = self.log_in(user_uuid(run, number))
        return [account.uuid, account.token]

    def take_account(self, row: list[Any]) -> Account:
        return Account(*row)

    def new_account(self) -> Account:
        return self.log_in(user_uuid(self.data["run"], self.vu.id))

    def prepare_room(self, name: str, members: list[list[Any]]) -> Room:
        return self.open_room(name, [row[0] for row in members], self.take_account(members[0]))

    def create_room(self, name: str) -> Room:
        """Make the room that this VU and those after it share: they are its people already."""
        run = self.data["run"]
        people = [user_uuid(run, vu_id) for vu_id in (self.vu.id, *self.neighbours())]
        return self.open_room(name, people, self.account)

    def look_for_room(self, name: str) -> Room | None:
        found = [room for room in self.list_rooms(self.account) if room.name == name]
        return found[0] if found else None

    # Over REST.

    def log_in(self, uuid: str) -> Account:
        """The token of a user; one that nobody knew is made."""
        response = self.http.post("/api/auth/dev-token", json={"userUuid": uuid})
        token = response.json("accessToken")
        if not check(response, {"logged in": response.status in (200, 201) and bool(token)}):
            raise refused("log in", "auth", response)
        return Account(uuid, str(token))

    def open_room(self, name: str, people: list[str], account: Account) -> Room:
        """Make a group room for people, by their uuids."""
        body = {"type": "GROUP", "name": name, "participantUuids": people}
        response = self.http.post("/api/chat/room", json=body, headers=account.headers)
        room_id = response.json("roomUuid")
        if not check(response, {"room created": response.status == 201 and bool(room_id)}):
            raise refused("create room", "room", response)
        return Room(str(room_id), name)

    def list_rooms(self, account: Account, *, page: int = 1) -> list[Room]:
        """A page of one's own rooms, the newest message first."""
        url = f"/api/chat/rooms?{urlencode({'page': page, 'limit': 20})}"
        response = self.http.get(url, headers=account.headers, name="/api/chat/rooms")
        check(response, {"rooms listed": response.status == 200})
        found = response.json("rooms") or response.json("chatRooms")
        return [Room(room["roomUuid"], room["name"]) for room in found or []]

    def look_at_room(self, account: Account, room: Room) -> dict[str, Any]:
        response = self.http.get(
            f"/api/chat/room/{room.id}", headers=account.headers, name="/api/chat/room/:uuid"
        )
        check(response, {"room shown": response.status == 200})
        return response.json() or {}

    def fetch_history(self, account: Account, room: Room, *, page: int = 1) -> list[dict[str, Any]]:
        """A page of 50 messages."""
        response = self.http.get(
            f"/api/chat/room/{room.id}/messages?{urlencode({'page': page, 'limit': 50})}",
            headers=account.headers,
            name="/api/chat/room/:uuid/messages",
        )
        check(response, {"history shown": response.status == 200})
        return list(response.json("messages") or [])

    def post_message(self, account: Account, room: Room, text: str) -> None:
        """Leave a message over REST; nobody is sent it."""
        response = self.http.post(
            f"/api/chat/room/{room.id}/message",
            json={"type": "TEXT", "content": text},
            headers=account.headers,
            name="/api/chat/room/:uuid/message",
        )
        check(response, {"message posted": response.status == 201})

    def mark_all_as_read(self, account: Account, room: Room) -> None:
        response = self.http.patch(
            f"/api/chat/room/{room.id}/read",
            headers=account.headers,
            name="/api/chat/room/:uuid/read",
        )
        check(response, {"marked as read": response.status == 200})

    # Over the socket.

    def connect(self, account: Account) -> NestSocket:
        """Open the chat; use it in a ``with`` statement, which closes it."""
        return NestSocket(self, account.token).open()

    def connect_with_bad_token(self) -> None:
        """Try to connect with a token that is none; the right answer is a refusal."""
        check(None, {"bad token refused": NestSocket(self, "no token").is_refused()})

    def join(self, socket: NestSocket, room: Room) -> None:
        socket.join(room.id)

    def leave(self, socket: NestSocket, room: Room) -> None:
        """Hear no more of a room; one stays a member."""
        socket.leave(room.id)

    def say(self, socket: NestSocket, room: Room, text: str) -> None:
        """Send a message to the others; it does not come back."""
        socket.say(room.id, text)

    def share_image(self, socket: NestSocket, room: Room, url: str) -> None:
        """Send a message with the URL of an image."""
        socket.say(room.id, "an image for you", url)

    def mark_as_read(self, socket: NestSocket, room: Room) -> None:
        socket.mark_as_read(room.id)

    def type_for(self, socket: NestSocket, room: Room, seconds: float) -> None:
        """Let the others see that one types."""
        socket.typing(room.id, True)
        self.listen(socket, seconds)
        socket.typing(room.id, False)


def user_uuid(run: str, number: int) -> str:
    """What VU ``number`` of a run is called, in the form of a ULID: all VUs can work it out."""
    letters = "".join(_ULID[ord(letter) % 32] for letter in run)
    return f"01{letters}{number:018}"
