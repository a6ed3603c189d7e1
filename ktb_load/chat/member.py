"""``ChatMember``: one person in a chat system, with an account and a room that others share.

A system's user class says how an account and a room are made there; when that happens, at what
pace, and who gets which is decided here, the same for all systems.
"""

from __future__ import annotations

from typing import Any

from ktb_load.chat.connection import ChatConnection
from ktb_load.chat.rooms import Room, room_name, seat_of
from ktb_load.clients.http_answer import Response
from ktb_load.errors import Rejected
from ktb_load.locust_host.user import LoadUser
from ktb_load.vocabulary import setting, think

FIND_ROOM_TRIES = 30


class ChatMember(LoadUser):
    """One person. Settings: ``PREPARED_ACCOUNTS``, ``ACCOUNTS_PER_SECOND``, ``ROOM_SIZE``,
    ``ROOM_SIZE_MIN``.
    """

    abstract = True

    answer_timeout_s: float = 10.0
    """How long an event may take to be answered before it counts as a time-out."""

    account: Any
    """This VU's account, from ``on_start`` on."""

    def __init__(self, environment: Any) -> None:
        super().__init__(environment)
        self._rooms: dict[str, Room] = {}
        self.message_numbers: dict[str, int] = {}
        """Room -> how many messages this VU has sent there, over all its connections."""

    # What a system says for itself.

    def prepare_account(self, run: str, number: int) -> list[Any]:
        """Make the account of VU ``number``: whatever ``take_account`` needs, as JSON."""
        raise NotImplementedError

    def prepare_room(self, name: str, members: list[list[Any]]) -> Room:
        """Make a room for accounts that are prepared; the first of them is its owner."""
        raise NotImplementedError

    def take_account(self, row: list[Any]) -> Any:
        """The account that ``prepare_account`` has made."""
        raise NotImplementedError

    def new_account(self) -> Any:
        """Make an account now, for a VU that none was prepared for."""
        raise NotImplementedError

    def create_room(self, name: str) -> Room:
        """Make a room as this VU's person."""
        raise NotImplementedError

    def look_for_room(self, name: str) -> Room | None:
        """The room of that name, None if nobody has made it so far."""
        raise NotImplementedError

    def connect(self, account: Any) -> Any:
        """Open the chat as somebody."""
        raise NotImplementedError

    def join(self, socket: Any, room: Room) -> Any:
        """Enter a room over an open connection."""
        raise NotImplementedError

    # Who is who, and who shares a room with whom.

    def setup(self) -> dict[str, Any]:
        """Prepare accounts at a pace of their own, and the rooms that they share.

        Hashing passwords is slow (some ten logins a second and core on a deployed server), so this
        is kept out of the scenarios: its samples have the group ``::setup`` and no ``scenario``
        tag.
        """
        sizes = [setting("ROOM_SIZE", 20), setting("ROOM_SIZE_MIN", 0)]
        pause_s = 1 / setting("ACCOUNTS_PER_SECOND", 10.0)
        run = self.vu.random.text(6)
        accounts: list[list[Any]] = []
        members: list[list[list[Any]]] = []
        for number in range(1, setting("PREPARED_ACCOUNTS", self.vu.run.expected_vus) + 1):
            accounts.append(self.prepare_account(run, number))
            if seat_of(number, *sizes)[1] == 0:
                members.append([])
            members[-1].append(accounts[-1])
            think(pause_s)
        rooms = [self.prepare_room(room_name(run, n), people) for n, people in enumerate(members)]
        return {
            "run": run,
            "room_sizes": sizes,
            "accounts": accounts,
            "rooms": [[room.id, room.name] for room in rooms],
        }

    def on_start(self) -> None:
        """Take the account that ``setup()`` prepared for this VU, or make one now."""
        prepared = self.data["accounts"]
        if self.vu.id <= len(prepared):
            self.account = self.take_account(prepared[self.vu.id - 1])
        else:
            self.account = self.new_account()

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

    def neighbours(self) -> list[int]:
        """The numbers of the VUs that share this VU's room and come after it."""
        sizes = self.data["room_sizes"]
        number, _ = seat_of(self.vu.id, *sizes)
        found: list[int] = []
        while seat_of(self.vu.id + len(found) + 1, *sizes)[0] == number:
            found.append(self.vu.id + len(found) + 1)
        return found

    def find_room(self, name: str) -> Room:
        """The room of that name; looks for it until somebody has made it."""
        for _ in range(FIND_ROOM_TRIES):
            found = self.look_for_room(name)
            if found:
                return found
            think(1)
        raise Rejected(f"nobody has made the room {name!r}", kind="room")

    def enter(self, room: Room) -> Any:
        """Connect and join; use it in a ``with`` statement, which closes the connection."""
        socket = self.connect(self.account)
        try:
            self.join(socket, room)
        except BaseException:
            socket.close()
            raise
        return socket

    def listen(self, socket: ChatConnection, seconds: float) -> None:
        """Only read for a while; what arrives is measured."""
        think(seconds)
        socket.must_be_open()


def refused(what: str, kind: str, response: Response) -> Rejected:
    """The failure that an unwanted REST answer is."""
    reason = response.error or response.json("message") or ""
    return Rejected(
        f"{what}: HTTP {response.status} {reason}".rstrip(),
        kind=kind,
        code=str(response.json("code") or response.error_code or response.status),
    )
