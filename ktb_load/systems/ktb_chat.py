"""KTB Chat: REST on 5001, Socket.IO on 5002; what a person does there, as methods.

Both forms of the REST answers are understood: the published document's, and that of deployed
servers (register without a token, rooms inside ``data``). An answer over the socket is another
event, so every exchange waits for the event that answers it; the automatic empty acknowledgement
is no success.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import ceil
from typing import Any
from urllib.parse import urlencode

from ktb_load.clients.http_answer import Response
from ktb_load.errors import ConnectFailed, Rejected
from ktb_load.locust_host.user import LoadUser
from ktb_load.systems.ktb_chat_socket import ChatSocket
from ktb_load.vocabulary import check, setting, think

PASSWORD = "Passw0rd!"
FIND_ROOM_TRIES = 30

PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c02"
    "0000000b4944415478da6364f80f00010501012718e3660000000049454e44ae426082"
)
"""A whole PNG of one pixel, for uploads."""


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
class Room:
    id: str
    name: str = ""
    password: str = ""


@dataclass(frozen=True)
class File:
    """An uploaded file: ``id`` goes into messages, ``filename`` into download URLs."""

    id: str
    filename: str


class KtbChatUser(LoadUser):
    """One person in KTB Chat. Settings: ``ROOM_SIZE``, ``PREPARED_ACCOUNTS``,
    ``ACCOUNTS_PER_SECOND``.
    """

    abstract = True
    system = "ktb-chat"
    host = "http://localhost:5001"

    socket_host: str = ""
    """The Socket.IO origin; empty: the host's, on port 5002."""

    answer_timeout_s: float = 10.0
    """How long an event may take to be answered before it counts as a time-out."""

    account: Account
    """This VU's account, from ``on_start`` on."""

    def __init__(self, environment: Any) -> None:
        super().__init__(environment)
        self._rooms: dict[str, Room] = {}
        self.message_numbers: dict[str, int] = {}
        """Room -> how many messages this VU has sent there, over all its connections."""

    # The frame: who is who, and who shares a room with whom.

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

    def setup(self) -> dict[str, Any]:
        """Prepare accounts at a pace of their own, and one room for every ``ROOM_SIZE`` of them.

        Hashing passwords is slow (some ten logins a second and core on a deployed server), so this
        is kept out of the scenarios: its samples have the group ``::setup`` and no ``scenario``
        tag.
        """
        count = setting("PREPARED_ACCOUNTS", self.vu.run.expected_vus)
        size = setting("ROOM_SIZE", 20)
        pause_s = 1 / setting("ACCOUNTS_PER_SECOND", 10.0)
        run = self.vu.random.text(6)
        accounts: list[Account] = []
        rooms: list[Room] = []
        for number in range(count):
            account = self.register(f"user {number + 1}", f"{run}-{number + 1}@load.test")
            accounts.append(self.log_in(account))
            think(pause_s)
        for number in range(ceil(count / size)):
            rooms.append(self.create_room(room_name(run, number), by=accounts[number * size]))
        return {
            "run": run,
            "room_sizes": [size, setting("ROOM_SIZE_MIN", 0)],
            "accounts": [[a.name, a.email, a.id, a.token, a.session_id] for a in accounts],
            "rooms": [[room.id, room.name] for room in rooms],
        }

    def on_start(self) -> None:
        """Take the account that ``setup()`` prepared for this VU, or register one now."""
        prepared = self.data["accounts"]
        if self.vu.id <= len(prepared):
            name, email, user_id, token, session_id = prepared[self.vu.id - 1]
            self.account = Account(name, email, PASSWORD, user_id, token, session_id)
        else:
            self.account = self.register_and_log_in(f"user {self.vu.id}")

    def my_room(self, offset: int = 0) -> Room:
        """The room of this VU: VUs 1 to ``ROOM_SIZE`` share the first, and so on.

        ``offset`` counts rooms on from it, round and round. Where ``setup()`` prepared no rooms,
        the first VU of each room makes it, and the others look for it by its name.
        """
        rooms = self.data["rooms"]
        number, seat = seat_of(self.vu.id, *self.data["room_sizes"])
        if rooms:
            return Room(*rooms[(number + offset) % len(rooms)])
        name = room_name(self.data["run"], number + offset)
        if name not in self._rooms:
            mine = seat == 0 and offset == 0
            self._rooms[name] = self.create_room(name) if mine else self.find_room(name)
        return self._rooms[name]

    def enter(self, room: Room) -> ChatSocket:
        """Connect and join; with ``JOIN=rest`` become a member over REST first, as the web page
        does.
        """
        if setting("JOIN", "socket") == "rest":
            self.join_over_rest(self.account, room)
        socket = self.connect(self.account)
        try:
            self.join(socket, room)
        except BaseException:
            socket.close()
            raise
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

    def find_room(self, name: str) -> Room:
        """The newest room of that name; looks for it until somebody has made it."""
        for _ in range(FIND_ROOM_TRIES):
            found = [r for r in self.list_rooms(self.account, search=name) if r.name == name]
            if found:
                return found[0]
            think(1)
        raise Rejected(f"nobody has made the room {name!r}", kind="room")

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
        return ChatSocket.open(self, account.id, account.token, account.session_id)

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

    def listen(self, socket: ChatSocket, seconds: float) -> None:
        """Only read for a while; what arrives is measured."""
        think(seconds)
        socket.must_be_open()


def room_name(run: str, number: int) -> str:
    return f"room {run} {number + 1}"


def seat_of(vu_id: int, size: int, smallest: int = 0) -> tuple[int, int]:
    """The room (from 0) and the seat in it (from 0) of a VU.

    Rooms have ``size`` people; with ``smallest`` given their sizes go round from it to ``size``.
    """
    if not smallest:
        return divmod(vu_id - 1, size)
    sizes = range(smallest, size + 1)
    rounds, left = divmod(vu_id - 1, sum(sizes))
    place = 0
    while left >= sizes[place]:
        left -= sizes[place]
        place += 1
    return rounds * len(sizes) + place, left


def refused(what: str, kind: str, response: Response) -> Rejected:
    """The failure that an unwanted REST answer is."""
    reason = response.error or response.json("message") or ""
    return Rejected(
        f"{what}: HTTP {response.status} {reason}".rstrip(),
        kind=kind,
        code=str(response.json("code") or response.error_code or response.status),
    )


_MEDIA_TYPES = {
    "jpg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "webp": "image/webp",
    "pdf": "application/pdf",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
}


def media_type(filename: str) -> str:
    """The media type that goes with a file name; servers refuse where the two disagree."""
    return _MEDIA_TYPES.get(filename.rpartition(".")[2].lower(), "application/octet-stream")
