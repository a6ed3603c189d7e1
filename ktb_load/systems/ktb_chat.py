"""KTB Chat: REST on 5001, Socket.IO on 5002; what a person does there, as methods.

Both forms of the REST answers are understood: the published document's, and that of deployed
servers (register without a token, rooms inside ``data``). An answer over the socket is another
event, so every exchange waits for the event that answers it; the automatic empty acknowledgement
is no success.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from ktb_load.chat.files import PICTURE, media_type
from ktb_load.chat.member import ChatMember, refused
from ktb_load.chat.rooms import Room
from ktb_load.clients.http_answer import Response
from ktb_load.errors import ConnectFailed
from ktb_load.systems.ktb_chat_socket import ChatSocket
from ktb_load.vocabulary import check, setting

__all__ = ["PICTURE", "Account", "File", "KtbChatUser", "Room"]

PASSWORD = "Passw0rd!"


@dataclass(frozen=True)
class Account:
    """A registered user; ``token`` and ``session_id`` are empty until it has logged in."""

    name: str
    email: str
    password: str = PASSWORD
    id: str = ""
    token: str = ""
    session_id: str = ""

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}", "x-session-id": self.session_id}


@dataclass(frozen=True)
class File:
    """An uploaded file: ``id`` goes into messages, ``filename`` into download URLs."""

    id: str
    filename: str


class KtbChatUser(ChatMember):
    """One person in KTB Chat. A setting beside those of all systems: ``JOIN``."""

    abstract = True
    system = "ktb-chat"
    host = "http://localhost:5001"

    socket_host: str = ""
    """The Socket.IO origin; empty: the host's, on port 5002."""

    transports: tuple[str, ...] = ("websocket",)
    """Engine.IO's, the first to begin with; with ``polling`` they need ``--driver reference``."""

    account: Account

    # The frame: where it is, and how its accounts and rooms are made.

    @classmethod
    def endpoints(cls) -> Mapping[str, str]:
        return {"host": cls.host or "", "socket_host": cls.socket_url()}

    @classmethod
    def socket_url(cls) -> str:
        if cls.socket_host:
            return cls.socket_host
        scheme, _, rest = (cls.host or "").partition("://")
        name = rest.partition("/")[0]
        if ":" in name.rpartition("]")[2]:
            name = name.rpartition(":")[0]
        return f"{scheme}://{name}:5002"

    def prepare_account(self, run: str, number: int) -> list[Any]:
        account = self.log_in(self.register(f"user {number}", f"{run}-{number}@load.test"))
        return [account.name, account.email, account.id, account.token, account.session_id]

    def take_account(self, row: list[Any]) -> Account:
        name, email, user_id, token, session_id = row
        return Account(name, email, PASSWORD, user_id, token, session_id)

    def new_account(self) -> Account:
        return self.register_and_log_in(f"user {self.vu.id}")

    def prepare_room(self, name: str, members: list[list[Any]]) -> Room:
        return self.create_room(name, by=self.take_account(members[0]))

    def enter(self, room: Room) -> ChatSocket:
        """Connect and join; with ``JOIN=rest`` become a member over REST first, as the web page
        does.
        """
        if setting("JOIN", "socket") == "rest":
            self.join_over_rest(self.account, room)
        socket: ChatSocket = super().enter(room)
        return socket

    # Accounts.

    def register(self, name: str = "", email: str = "", password: str = PASSWORD) -> Account:
        """Sign up. An account that is there already (409, an earlier run of the same seed) is as
        good.
        """
        email = email or f"{self.vu.random.text(12)}@load.test"
        account = Account(name or email.partition("@")[0], email.lower(), password)
        body = {"name": account.name, "email": account.email, "password": password}
        response = self.http.post("/api/auth/register", json=body, expected=(201, 409))
        if not check(response, {"registered": response.status in (201, 409)}):
            raise refused("register", "auth", response)
        return self._with_session(account, response)

    def log_in(self, account: Account) -> Account:
        """Log in; ends every earlier session of the account."""
        body = {"email": account.email, "password": account.password}
        response = self.http.post("/api/auth/login", json=body)
        account = self._with_session(account, response)
        if not check(response, {"logged in": response.status == 200 and account.token != ""}):
            raise refused("log in", "auth", response)
        return account

    def register_and_log_in(self, name: str = "", email: str = "") -> Account:
        """A new account with a session; logs in only where registering gave no token."""
        account = self.register(name, email)
        return account if account.token else self.log_in(account)

    def log_in_with_wrong_password(self, account: Account) -> None:
        """Try to log in with a password that is not the account's; the right answer is a
        refusal.
        """
        body = {"email": account.email, "password": f"not {account.password}"}
        response = self.http.post(
            "/api/auth/login", json=body, name="/api/auth/login (wrong password)", expected=(401,)
        )
        check(response, {"wrong password refused": response.status == 401})

    def verify(self, account: Account) -> bool:
        """Whether the account's session is alive."""
        response = self.http.post("/api/auth/verify-token", headers=account.headers)
        return check(response, {"session is alive": response.status == 200})

    def refresh(self, account: Account) -> Account:
        """Exchange the session for a new one."""
        response = self.http.post("/api/auth/refresh-token", headers=account.headers)
        renewed = self._with_session(account, response)
        if not check(response, {"session refreshed": response.status == 200}):
            raise refused("refresh", "auth", response)
        return renewed

    def log_out(self, account: Account) -> None:
        response = self.http.post("/api/auth/logout", headers=account.headers)
        check(response, {"logged out": response.status == 200})

    def delete_account(self, account: Account) -> None:
        response = self.http.delete("/api/users/account", headers=account.headers)
        check(response, {"account deleted": response.status == 200})

    @staticmethod
    def _with_session(account: Account, response: Response) -> Account:
        answer = response.json()
        if not isinstance(answer, dict):
            return account
        user = answer.get("user") or {}
        return replace(
            account,
            id=user.get("_id") or user.get("id") or account.id,
            token=answer.get("token") or account.token,
            session_id=answer.get("sessionId") or account.session_id,
        )

    # Profile.

    def profile(self, account: Account) -> dict[str, Any]:
        response = self.http.get("/api/users/profile", headers=account.headers)
        check(response, {"profile shown": response.status == 200})
        return response.json("user") or {}

    def rename(self, account: Account, name: str) -> Account:
        response = self.http.put("/api/users/profile", json={"name": name}, headers=account.headers)
        check(response, {"profile changed": response.json("user.name") == name})
        return replace(account, name=name)

    def change_picture(self, account: Account, image: bytes, filename: str = "me.png") -> None:
        """Upload a profile image (at most 5 MB)."""
        response = self.http.post(
            "/api/users/profile-image",
            files={"profileImage": (filename, image, media_type(filename))},
            headers=account.headers,
        )
        check(response, {"picture changed": response.status == 200})

    def remove_picture(self, account: Account) -> None:
        response = self.http.delete("/api/users/profile-image", headers=account.headers)
        check(response, {"picture removed": response.status == 200})

    # Rooms.

    def list_rooms(self, account: Account, *, page: int = 0, search: str = "") -> list[Room]:
        """One page of rooms, the newest first; ``search`` is a part of the name."""
        query = {"page": page, "pageSize": 10, "sortField": "createdAt", "sortOrder": "desc"}
        if search:
            query["search"] = search
        url = f"/api/rooms?{urlencode(query)}"
        response = self.http.get(url, headers=account.headers, name="/api/rooms")
        check(response, {"rooms listed": response.status == 200})
        found = response.json("data")
        return [Room(room["_id"], room["name"]) for room in found or []]

    def look_for_room(self, name: str) -> Room | None:
        """The newest room of that name."""
        found = [r for r in self.list_rooms(self.account, search=name) if r.name == name]
        return found[0] if found else None

    def look_at_room(self, account: Account, room: Room) -> dict[str, Any]:
        response = self.http.get(
            f"/api/rooms/{room.id}", headers=account.headers, name="/api/rooms/:id"
        )
        check(response, {"room shown": response.status == 200})
        answer = response.json() or {}
        return answer.get("data") or answer

    def create_room(self, name: str, *, password: str = "", by: Account | None = None) -> Room:
        body = {"name": name, **({"password": password} if password else {})}
        account = by or self.account
        response = self.http.post("/api/rooms", json=body, headers=account.headers)
        room_id = response.json("_id") or response.json("data._id")
        if not check(response, {"room created": response.status == 201 and bool(room_id)}):
            raise refused("create room", "room", response)
        return Room(str(room_id), name, password)

    def join_over_rest(self, account: Account, room: Room) -> None:
        """Become a member. Many at once can lose members on deployed servers; a socket join
        cannot.
        """
        body = {"password": room.password} if room.password else {}
        response = self.http.post(
            f"/api/rooms/{room.id}/join",
            json=body,
            headers=account.headers,
            name="/api/rooms/:id/join",
        )
        if not check(response, {"joined over REST": response.status == 200}):
            raise refused("join over REST", "room", response)

    # Files.

    def upload_file(self, account: Account, filename: str, content: bytes) -> File | None:
        """Upload a file; None if the server does not say under which id it keeps it, as the
        published document has it.
        """
        response = self.http.post(
            "/api/files/upload",
            files={"file": (filename, content, media_type(filename))},
            headers=account.headers,
        )
        if not check(response, {"file uploaded": response.status == 200}):
            raise refused("upload file", "file", response)
        file = response.json("file")
        return File(str(file["_id"]), str(file["filename"])) if file else None

    def download_file(self, account: Account, file: File, size: int) -> None:
        """Download a file of one's own, which has ``size`` bytes."""
        response = self.http.get(
            f"/api/files/download/{file.filename}",
            headers=account.headers,
            name="/api/files/download/:filename",
        )
        whole = response.status == 200 and len(response.body) == size
        check(response, {"file downloaded whole": whole})

    # The socket, and what goes over it.

    def connect(self, account: Account) -> ChatSocket:
        """Open the chat; use it in a ``with`` statement, which closes it."""
        if not account.token:
            raise ConnectFailed("log in before you connect", kind="auth")
        return ChatSocket(self, account.id, account.token, account.session_id).open()

    def join(self, socket: ChatSocket, room: Room) -> dict[str, Any]:
        """Enter a room over the socket; what the server tells about it (people, newest
        messages).
        """
        return socket.join(room.id)

    def leave(self, socket: ChatSocket, room: Room) -> None:
        socket.leave(room.id)

    def say(self, socket: ChatSocket, room: Room, text: str) -> dict[str, Any] | None:
        """Send a message and wait for it to come back; None if it did not."""
        return socket.say(room.id, text)

    def say_banned(self, socket: ChatSocket, room: Room, word: str) -> None:
        """Say a banned word; the right answer is a refusal."""
        socket.say_banned(room.id, word)

    def share_file(self, socket: ChatSocket, room: Room, file: File) -> dict[str, Any] | None:
        """Send a message that carries an uploaded file."""
        return socket.say(room.id, "a file for you", file_id=file.id)

    def react(self, socket: ChatSocket, message: Mapping[str, Any], emoji: str) -> None:
        """Add a reaction to a message."""
        socket.react(message["_id"], emoji, "add")

    def take_back_reaction(
        self, socket: ChatSocket, message: Mapping[str, Any], emoji: str
    ) -> None:
        socket.react(message["_id"], emoji, "remove")

    def mark_as_read(
        self, socket: ChatSocket, room: Room, messages: list[Mapping[str, Any]]
    ) -> None:
        socket.mark_as_read(room.id, [message["_id"] for message in messages])

    def fetch_history(
        self, socket: ChatSocket, room: Room, before: int | None = None
    ) -> list[dict[str, Any]]:
        """The newest 30 messages, or the 30 before an instant (epoch ms); the oldest first."""
        return socket.fetch_history(room.id, before)

    def mention_ai(self, socket: ChatSocket, room: Room, question: str, ai: str = "wayneAI") -> str:
        """Ask the AI in a room and wait for its whole answer; empty if it failed."""
        return socket.mention_ai(room.id, f"@{ai} {question}")
