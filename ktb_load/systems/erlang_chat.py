"""The Erlang chat: REST for rooms and messages, and one raw WebSocket at ``/chat``, opened with
the cookie ``jwt_token``.

A person opens the socket first, then connects it to a room over REST; what is typed goes out as
plain text and is said in that room. Everybody connected to it hears it, the sender included. The
room itself lives by who is there: creating, active, idle, closing, closed.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ktb_load.chat.connection import ChatConnection, Request, mark_of
from ktb_load.chat.marks import write_mark
from ktb_load.chat.member import ChatMember, refused
from ktb_load.chat.rooms import Room, login_name
from ktb_load.clients.http_answer import Response
from ktb_load.clients.message_socket import MessageSocket, MessageSocketOptions
from ktb_load.errors import ConnectFailed, ExchangeFailed
from ktb_load.vocabulary import check, setting

ROOM = "/api/chatrooms/:id"


@dataclass(frozen=True)
class Account:
    """A person, and the token that the auth server gave."""

    user_id: str
    token: str

    @property
    def headers(self) -> dict[str, str]:
        return {"Cookie": f"jwt_token={self.token}"}


class ErlangSocket(ChatConnection):
    """One open WebSocket of one person."""

    protocol = "WS"
    _client: MessageSocket

    def __init__(self, user: ErlangChatUser, account: Account) -> None:
        super().__init__(user)
        self._user = user
        self._url = user.socket_url()
        self._account = account

    # What a person does.

    def join(self, room_id: str) -> None:
        """Connect this socket to a room; what is said from now on is said there."""
        began = time.perf_counter()
        try:
            messages = self._user.connect_to_room(self._account, room_id)
        except ExchangeFailed as error:
            self._conclude("join", began, None, error)
            self._count_failure("join", error)
            raise
        joined = time.perf_counter()
        self._recorder.add("chat_joining", (joined - began) * 1000)
        self._conclude("join", began, joined, None)
        for message in messages:
            if (mark := mark_of(message)) is not None:
                self._deliveries.known(room_id, mark)

    def say(self, room_id: str, text: str) -> dict[str, Any] | None:
        mark = self._next_mark(room_id)
        written = write_mark(mark)
        request = Request("say", "message", "say", f"{text} {written}", metric="chat_round_trip")
        heard = ("message", lambda message: message["content"].endswith(written))
        answer = self._say_and_hear(room_id, mark, request, heard, "error")
        return dict(answer[0]) if answer else None

    # How it is done.

    def _connect(self) -> MessageSocket:
        options = MessageSocketOptions(name="chat", headers=self._account.headers)
        return MessageSocket.connect(self._vu.network, self._url, options)

    def _listen(self) -> None:
        self._client.on("message", self._on_message)

    def _is_refusal(self, error: ConnectFailed) -> bool:
        return self._is_unauthorized(error)

    def _send(self, request: Request) -> None:
        self._client.send_text(request.payload)

    def _refusal_in(self, args: tuple[Any, ...]) -> tuple[str, str]:
        body = args[0] if args else {}
        return str(body.get("message", "")), str(body.get("error") or "")

    def _on_message(self, message: Mapping[str, Any], *_: object) -> None:
        if (mark := mark_of(message)) is not None:
            room_id = str(message.get("roomId") or "")
            self._deliveries.arrived(room_id, mark, time.time_ns() // 1000)


class ErlangChatUser(ChatMember):
    """One person. Settings beside those of all systems: ``ACCOUNT_PREFIX`` where accounts cannot be
    registered (VU 7 is then ``<prefix>7``), and ``PASSWORD``, the same for all.
    """

    abstract = True
    system = "erlang-chat"
    host = "http://localhost:8080"

    account: Account

    # The frame: how its accounts and rooms are made.

    def prepare_account(self, run: str, number: int) -> list[Any]:
        user_id = self.user_id_of(run, number)
        if not setting("ACCOUNT_PREFIX", ""):
            self.register(user_id)
        account = self.log_in(user_id)
        return [account.user_id, account.token]

    def user_id_of(self, run: str, number: int) -> str:
        """What VU ``number`` logs in as."""
        prefix = setting("ACCOUNT_PREFIX", "")
        return f"{prefix}{number}" if prefix else login_name(run, number)

    def take_account(self, row: list[Any]) -> Account:
        return Account(*row)

    def new_account(self) -> Account:
        return self.take_account(self.prepare_account(self.data["run"], self.vu.id))

    def prepare_room(self, name: str, members: list[list[Any]]) -> Room:
        """Made by the first of them, who logs in for it: the cookie of the last login counts."""
        owner = self.log_in(members[0][0])
        return self.open_room(owner, name, [row[0] for row in members[1:]])

    def create_room(self, name: str) -> Room:
        """Make the room that this VU and those after it share: they are its people already."""
        run = self.data["run"]
        others = [self.user_id_of(run, vu_id) for vu_id in self.neighbours()]
        return self.open_room(self.account, name, others)

    def look_for_room(self, name: str) -> Room | None:
        found = [room for room in self.list_rooms(self.account) if room.name == name]
        return found[0] if found else None

    def socket_url(self) -> str:
        """Where the WebSocket is: beside the REST calls."""
        return f"{(self.host or '').replace('http', 'ws', 1)}/chat"

    def connect(self, account: Account) -> ErlangSocket:
        """Open the socket; use it in a ``with`` statement, which closes it."""
        return ErlangSocket(self, account).open()

    def join(self, socket: ErlangSocket, room: Room) -> None:
        """Connect the socket to a room."""
        socket.join(room.id)

    def say(self, socket: ErlangSocket, room: Room, text: str) -> dict[str, Any] | None:
        """Say something in the room that was joined last, and wait to hear it."""
        return socket.say(room.id, text)

    def connect_with_bad_token(self) -> None:
        """Try to connect with a token that is none; the right answer is 401."""
        nobody = Account("nobody", "no token")
        check(None, {"bad token refused": ErlangSocket(self, nobody).is_refused()})

    # The auth server.

    def register(self, user_id: str) -> None:
        body = {"userId": user_id, "password": self._password()}
        response = self.http.post("/api/auth/register", json=body)
        if not check(response, {"registered": response.status == 201}):
            raise refused("register", "auth", response)

    def log_in(self, user_id: str) -> Account:
        body = {"userId": user_id, "password": self._password()}
        response = self.http.post("/api/auth/login", json=body)
        token = response.json("token")
        if not check(response, {"logged in": response.status == 200 and bool(token)}):
            raise refused("log in", "auth", response)
        return Account(user_id, str(token))

    def come_back(self) -> None:
        """Log in anew, as this VU: tokens do not last as long as tests do, and connections end with
        them.
        """
        self.account = self.log_in(self.account.user_id)

    # Rooms.

    def open_room(self, account: Account, name: str, others: list[str]) -> Room:
        """Make a room for oneself and others; of three people or more one is its admin."""
        body = {"creatorId": account.user_id, "targetUserIds": others, "name": name}
        response = self.http.post("/api/chatrooms", json=body, headers=account.headers)
        room_id = response.json("roomId")
        if not check(response, {"room created": response.status == 201 and bool(room_id)}):
            raise refused("create room", "room", response)
        return Room(str(room_id), name)

    def list_rooms(self, account: Account) -> list[Room]:
        """One's own rooms."""
        response = self.http.get("/api/chatrooms", headers=account.headers)
        check(response, {"rooms listed": response.status == 200})
        return [Room(room["roomId"], room["name"]) for room in response.json("chatrooms") or []]

    def state_of_room(self, account: Account, room: Room) -> str:
        """``creating``, ``active``, ``idle``, ``closing`` or ``closed``; empty if there is none."""
        response = self.http.get(
            f"/api/chatrooms/{room.id}", headers=account.headers, name=ROOM, expected=(200, 404)
        )
        return str(response.json("state") or "")

    def rename_room(self, account: Account, room: Room, name: str) -> None:
        response = self.http.patch(
            f"/api/chatrooms/{room.id}/name",
            json={"name": name},
            headers=account.headers,
            name=f"{ROOM}/name",
        )
        check(response, {"room renamed": response.status == 200})

    def delete_room(self, account: Account, room: Room) -> None:
        response = self.http.delete(f"/api/chatrooms/{room.id}", headers=account.headers, name=ROOM)
        check(response, {"room deleted": 200 <= response.status < 300})

    def add_participant(self, account: Account, room: Room, user_id: str) -> None:
        response = self.http.post(
            f"/api/chatrooms/{room.id}/participants",
            json={"userId": user_id, "role": "member"},
            headers=account.headers,
            name=f"{ROOM}/participants",
        )
        check(response, {"participant added": response.status == 201})

    def change_role(self, account: Account, room: Room, user_id: str, role: str) -> None:
        """``admin``, ``sub-admin`` or ``member``."""
        response = self.http.patch(
            f"/api/chatrooms/{room.id}/participants/{user_id}/role",
            json={"role": role},
            headers=account.headers,
            name=f"{ROOM}/participants/:user/role",
        )
        check(response, {"role changed": response.status == 200})

    def remove_participant(self, account: Account, room: Room, user_id: str) -> None:
        response = self.http.delete(
            f"/api/chatrooms/{room.id}/participants/{user_id}",
            headers=account.headers,
            name=f"{ROOM}/participants/:user",
        )
        check(response, {"participant removed": 200 <= response.status < 300})

    def connect_to_room(self, account: Account, room_id: str) -> list[dict[str, Any]]:
        """Enter a room with the socket that is open; its latest messages."""
        response = self.http.post(
            f"/api/chatrooms/{room_id}/connect",
            json={"userId": account.user_id},
            headers=account.headers,
            name=f"{ROOM}/connect",
        )
        if response.status != 200:
            raise refused("join", "room", response)
        check(response, {"room is active": response.json("state") == "active"})
        return list(response.json("messages") or [])

    # Messages over REST.

    def fetch_messages(self, account: Account, room: Room) -> list[dict[str, Any]]:
        """The latest messages, the oldest first."""
        response = self.http.get(
            f"/api/chatrooms/{room.id}/messages",
            headers=account.headers,
            name=f"{ROOM}/messages",
        )
        check(response, {"messages shown": response.status == 200})
        return list(response.json("messages") or [])

    def post_message(self, account: Account, room: Room, text: str) -> str:
        """Say something over REST; the id of the message."""
        response = self.http.post(
            f"/api/chatrooms/{room.id}/messages",
            json={"userId": account.user_id, "content": text},
            headers=account.headers,
            name=f"{ROOM}/messages",
        )
        message_id = response.json("messageId")
        if not check(response, {"message posted": response.status == 201 and bool(message_id)}):
            raise refused("post message", "message", response)
        return str(message_id)

    def edit_message(self, account: Account, room: Room, message_id: str, text: str) -> None:
        body = {"userId": account.user_id, "newContent": text}
        response = self.http.patch(
            f"/api/chatrooms/{room.id}/messages/{message_id}",
            json=body,
            headers=account.headers,
            name=f"{ROOM}/messages/:id",
        )
        check(response, {"message edited": response.status == 200})

    def delete_message(self, account: Account, room: Room, message_id: str) -> None:
        response = self.http.delete(
            f"/api/chatrooms/{room.id}/messages/{message_id}",
            json={"userId": account.user_id},
            headers=account.headers,
            name=f"{ROOM}/messages/:id",
        )
        check(response, {"message deleted": 200 <= response.status < 300})

    def mark_as_read(self, account: Account, room: Room, message_id: str) -> None:
        response = self._about(account, room, message_id, "read", {})
        check(response, {"marked as read": 200 <= response.status < 300})

    def react(self, account: Account, room: Room, message_id: str, kind: str) -> None:
        """``like``, ``love``, ``laugh``, ``sad``, ``angry``, ..."""
        response = self._about(account, room, message_id, "reactions", {"reactionType": kind})
        check(response, {"reacted": 200 <= response.status < 300})

    def _about(
        self, account: Account, room: Room, message_id: str, what: str, more: dict[str, str]
    ) -> Response:
        return self.http.post(
            f"/api/chatrooms/{room.id}/messages/{message_id}/{what}",
            json={"userId": account.user_id, **more},
            headers=account.headers,
            name=f"{ROOM}/messages/:id/{what}",
        )

    def _password(self) -> str:
        return setting("PASSWORD", "Load-test1!")
