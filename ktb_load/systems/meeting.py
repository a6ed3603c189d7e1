"""People who meet: REST for accounts, meetings and chat rooms, STOMP at ``/ws`` for what is said,
and server-sent events for notifications (``meeting_chat``); all on one port.

A meeting has a chat room. Who wants to come applies, its host hears of that and approves, and then
one is in the room. ``chat_notification`` runs from the application to its notification at the host.
"""

from __future__ import annotations

import json
import time
from typing import Any
from urllib.parse import urlencode

from ktb_load.chat.files import PICTURE
from ktb_load.chat.member import ChatMember, refused
from ktb_load.chat.rooms import Room, login_name
from ktb_load.clients.http_answer import Response
from ktb_load.errors import Rejected
from ktb_load.systems.meeting_chat import Account, MeetingSocket, Notices
from ktb_load.vocabulary import check, setting

ROOM = "/api/v1/chatrooms/:id"
REQUESTED = "NEW_PARTICIPATION_REQUEST"
_PLAN = {
    "locationId": 1,
    "latitude": 37.4012,
    "longitude": 127.1086,
    "address": "경기도 성남시 분당구",
    "meetingDateTime": "2030-01-01T19:00:00",
    "category": ["한식"],
    "content": "같이 먹어요",
}


class MeetingUser(ChatMember):
    """One person. Settings beside those of all systems: ``ACCOUNT_PREFIX`` where there is no
    stand-in for Kakao's login (VU 7 is then ``<prefix>-7@load.test``, who has a profile already),
    and ``PASSWORD``, the same for all.
    """

    abstract = True
    system = "meeting"
    host = "http://localhost:8080"

    account: Account

    # The frame: how its accounts and rooms are made.

    def prepare_account(self, run: str, number: int) -> list[Any]:
        account = self.sign_in_as(run, number)
        if not setting("ACCOUNT_PREFIX", ""):
            self.create_profile(account)
        return [account.name, account.user_id, account.token]

    def take_account(self, row: list[Any]) -> Account:
        return Account(*row)

    def new_account(self) -> Account:
        return self.take_account(self.prepare_account(self.data["run"], self.vu.id))

    def prepare_room(self, name: str, members: list[list[Any]]) -> Room:
        owner, *guests = [self.take_account(row) for row in members]
        return self.open_room(owner, name, guests)

    def create_room(self, name: str) -> Room:
        """Make the room that this VU and those after it share: they are its people already."""
        run = self.data["run"]
        guests = [self.sign_in_as(run, vu_id) for vu_id in self.neighbours()]
        return self.open_room(self.account, name, guests)

    def look_for_room(self, name: str) -> Room | None:
        rooms = self.list_rooms(self.account)
        found = [room["roomId"] for room in rooms if room["meetingTitle"] == name]
        return Room(str(found[0]), name) if found else None

    def open_room(self, owner: Account, name: str, guests: list[Account]) -> Room:
        """A meeting whose guests have applied and are approved; its chat room."""
        meeting_id = self.create_meeting(owner, name, len(guests) + 1)
        for guest in guests:
            self.apply(guest, meeting_id)
        self.approve_all(owner, meeting_id)
        return self.room_of(owner, meeting_id)

    def socket_url(self) -> str:
        """Where the WebSocket is: beside the REST calls."""
        return f"{(self.host or '').replace('http', 'ws', 1)}/ws"

    # What a person does in the chat.

    def connect(self, account: Account) -> MeetingSocket:
        """Open the chat; use it in a ``with`` statement, which closes it."""
        return MeetingSocket(self, account).open()

    def join(self, socket: MeetingSocket, room: Room) -> None:
        """Subscribe to a room, and look into it."""
        socket.join(room.id)

    def say(self, socket: MeetingSocket, room: Room, text: str) -> None:
        """Say something in a room that was joined, and wait to hear it."""
        socket.say(room.id, text)

    def connect_with_bad_token(self) -> None:
        """Ask over REST and over STOMP with a token that is none; the right answers are 401 and
        ERROR.
        """
        nobody = Account("nobody", 0, "no token")
        response = self.http.get(
            "/api/v1/users/me",
            headers=nobody.headers,
            expected=(401,),
            name="/api/v1/users/me (bad token)",
        )
        check(response, {"bad token refused over REST": response.status == 401})
        check(None, {"bad token refused": MeetingSocket(self, nobody).is_refused()})

    def apply_and_notify(self, host: Account, guest: Account, meeting_id: int) -> None:
        """The guest applies for the host's meeting, and the host hears of it; in k6, which reads no
        event streams, the guest only applies.
        """
        notices = Notices(self, host)
        try:
            notices.open_for(REQUESTED)
            began = time.perf_counter()
            self.apply(guest, meeting_id)
            notices.hear("participation request", began)
        finally:
            notices.close()

    def visit(self, account: Account, room: Room) -> None:
        """Join a room, see what is said there, and leave it for good."""
        self.join_room(account, room)
        with self.connect(account) as socket:
            self.join(socket, room)
            self.listen(socket, 1)
            self.leave_room(account, room)

    def browse(self, account: Account, room: Room) -> None:
        """See what goes on, as one does before one goes in."""
        self.show_me(account)
        self.list_meetings(near_me=True)
        self.search_meetings("room")
        self.list_my_meetings(account)
        self.list_participants(account, room)
        self.list_notifications(account)

    # Accounts.

    def sign_in_as(self, run: str, number: int) -> Account:
        """The account of VU ``number``: one of ``ACCOUNT_PREFIX``, or else the stand-in's."""
        prefix = setting("ACCOUNT_PREFIX", "")
        if prefix:
            return self.log_in(f"{prefix}-{number}@load.test")
        return self.sign_in(login_name(run, number))

    def sign_in(self, name: str) -> Account:
        """Log in by the development stand-in for Kakao; who is not known is signed up."""
        response = self.http.post("/api/v1/oauth/kakao/callback", json={"code": f"dev-{name}"})
        return self._signed_in(name, response)

    def log_in(self, email: str) -> Account:
        body = {"email": email, "password": self._password()}
        return self._signed_in(email, self.http.post("/api/v1/users/login", json=body))

    def newcomer(self) -> Account:
        """Somebody new, with a profile."""
        account = self.sign_in(login_name(self.vu.random.text(6), self.vu.id))
        self.create_profile(account)
        return account

    def come_back(self) -> None:
        """Log in anew, as this VU: access tokens do not last as long as tests do."""
        name = self.account.name
        self.account = self.log_in(name) if "@" in name else self.sign_in(name)

    def newcomer_by_mail(self) -> Account:
        """The same with a password: sign up, verify the address, log in. Reads the mailbox of a
        development server.
        """
        name = self.vu.random.text(8)
        email = f"{name}-1@load.test"
        body = {"email": email, "password": self._password(), "nickname": name}
        body["phone"] = f"010{self.vu.random.integer(10_000_000, 99_999_999)}"
        response = self.http.post("/api/v1/users/signup", json=body)
        if not check(response, {"signed up": response.status == 201}):
            raise refused("sign up", "auth", response)
        mail = self.http.get(f"/dev/mail?{urlencode({'email': email})}", name="/dev/mail")
        code = mail.json("messages.0.code") or ""
        verified = self.http.post(
            f"/api/v1/users/signup/verify?code={code}", name="/api/v1/users/signup/verify"
        )
        check(verified, {"address verified": verified.status == 200})
        account = self.log_in(email)
        self.create_profile(account)
        return account

    def refresh(self, account: Account) -> Account:
        """A new access token, by the cookie that the latest login of this VU has left."""
        response = self.http.post("/api/v1/auth/token/reissue")
        token = response.json("accessToken")
        if not check(response, {"token reissued": response.status == 200 and bool(token)}):
            raise refused("reissue", "auth", response)
        return Account(account.name, account.user_id, str(token))

    def create_profile(self, account: Account) -> None:
        """With a picture. Who has no profile cannot look into a room."""
        fields = {"gender": "FEMALE", "birth": "2000-02-29", "introduction": "안녕하세요"}
        response = self._send_form("/api/v1/profiles", account, "request", fields, "profileImage")
        if not check(response, {"profile created": response.status == 201}):
            raise refused("create profile", "auth", response)

    def show_me(self, account: Account) -> None:
        response = self.http.get("/api/v1/users/me", headers=account.headers)
        mine = response.status == 200 and response.json("userId") == account.user_id
        check(response, {"own profile shown": mine})

    # Meetings.

    def create_meeting(self, account: Account, title: str, people: int) -> int:
        """Plan one, with a picture; its id. Its chat room comes with it."""
        plan = {**_PLAN, "title": title, "maxCount": people}
        response = self._send_form("/api/v1/meetings", account, "params", plan, "thumbnail")
        meeting_id = response.json("id")
        created = response.status == 201 and str(meeting_id).isdigit()
        if not check(response, {"meeting created": created}):
            raise refused("create meeting", "room", response)
        return int(meeting_id)

    def list_meetings(self, near_me: bool = False) -> list[dict[str, Any]]:
        """The first page: the next ones, or the nearest."""
        query: dict[str, Any] = {"pageSize": 10}
        if near_me:
            query |= {"latitude": 37.4, "longitude": 127.1}
        response = self.http.get(f"/api/v1/meetings?{urlencode(query)}", name="/api/v1/meetings")
        check(response, {"meetings listed": response.status == 200})
        return list(response.json("meetings") or [])

    def search_meetings(self, word: str) -> list[dict[str, Any]]:
        """Those with a word in the title."""
        query = urlencode({"searchType": "TITLE", "keyword": word, "pageSize": 10})
        response = self.http.get(f"/api/v1/meetings/search?{query}", name="/api/v1/meetings/search")
        found = response.json("meetings") or []
        right = all(word in one["title"] for one in found)
        check(response, {"meetings found": response.status == 200 and right})
        return list(found)

    def cancel_meeting(self, account: Account, meeting_id: int) -> None:
        """With its chat room; who applied is told."""
        response = self.http.delete(
            f"/api/v1/meetings/{meeting_id}", headers=account.headers, name="/api/v1/meetings/:id"
        )
        check(response, {"meeting canceled": response.status == 204})

    def apply(self, account: Account, meeting_id: int) -> None:
        """Ask to take part."""
        response = self.http.post(
            f"/api/v1/participations/{meeting_id}",
            headers=account.headers,
            name="/api/v1/participations/:id",
        )
        if not check(response, {"applied": response.status == 201}):
            raise refused("apply", "room", response)

    def approve_all(self, host: Account, meeting_id: int) -> None:
        """Approve whoever waits; they are in the chat room then."""
        response = self.http.get(
            f"/api/v1/meetings/{meeting_id}/participants",
            headers=host.headers,
            name="/api/v1/meetings/:id/participants",
        )
        check(response, {"applicants listed": response.status == 200})
        for one in response.json("participants") or []:
            if one["participationStatus"] == "PENDING":
                approved = self.http.patch(
                    f"/api/v1/participations/{one['participationId']}/approve",
                    headers=host.headers,
                    name="/api/v1/participations/:id/approve",
                )
                check(approved, {"approved": approved.status == 200})

    def list_my_meetings(self, account: Account) -> None:
        """Those that one has made, and those that one has applied for."""
        for path in ("/api/v1/meetings/created", "/api/v1/participations"):
            response = self.http.get(path, headers=account.headers)
            check(response, {"own meetings listed": response.status == 200})

    # Chat rooms.

    def list_rooms(self, account: Account) -> list[dict[str, Any]]:
        """One's own rooms, as the server tells them."""
        response = self.http.get("/api/v1/chatrooms", headers=account.headers)
        check(response, {"rooms listed": response.status == 200})
        return list(response.json() or []) if response.status == 200 else []

    def room_of(self, account: Account, meeting_id: int) -> Room:
        for room in self.list_rooms(account):
            if room["meetingId"] == meeting_id:
                return Room(str(room["roomId"]), room["meetingTitle"])
        raise Rejected(f"meeting {meeting_id} has no chat room", kind="room")

    def look_in(self, account: Account, room_id: str) -> list[dict[str, Any]]:
        """Go in, which makes everything read; what was said so far."""
        response = self._in_room(account, room_id, "in")
        if not check(response, {"looked in": response.status == 200}):
            raise refused("look in", "room", response)
        return list(response.json() or [])

    def look_away(self, account: Account, room: Room) -> None:
        """Back to the list of rooms; one stays a member."""
        response = self._in_room(account, room.id, "out")
        check(response, {"looked away": response.status == 200})

    def join_room(self, account: Account, room: Room) -> None:
        """Become a member without asking."""
        response = self._in_room(account, room.id, "join")
        check(response, {"joined": response.status == 200})

    def leave_room(self, account: Account, room: Room) -> None:
        """Leave the room and its meeting for good."""
        response = self._in_room(account, room.id, "leave")
        check(response, {"left": response.status == 200})

    def list_participants(self, account: Account, room: Room) -> None:
        response = self.http.get(
            f"/api/v1/chatrooms/{room.id}/participants",
            headers=account.headers,
            name=f"{ROOM}/participants",
        )
        check(response, {"participants listed": response.status == 200})

    def list_notifications(self, account: Account) -> None:
        response = self.http.get("/api/v1/notifications", headers=account.headers)
        check(response, {"notifications listed": response.status == 200})

    def clear_notifications(self, account: Account) -> None:
        response = self.http.delete("/api/v1/notifications", headers=account.headers)
        check(response, {"notifications cleared": response.status == 204})

    # How it is asked.

    def _in_room(self, account: Account, room_id: str, what: str) -> Response:
        return self.http.post(
            f"/api/v1/chatrooms/{room_id}/{what}", headers=account.headers, name=f"{ROOM}/{what}"
        )

    def _send_form(
        self, path: str, account: Account, part: str, fields: dict[str, Any], picture: str
    ) -> Response:
        """Fields as a JSON part, as browsers send a Blob, and a picture beside it."""
        files = {
            part: ("blob", json.dumps(fields).encode(), "application/json"),
            picture: ("picture.png", PICTURE, "image/png"),
        }
        return self.http.post(path, files=files, headers=account.headers)

    def _signed_in(self, name: str, response: Response) -> Account:
        token, user_id = response.json("accessToken"), response.json("userId")
        logged_in = response.status == 200 and bool(token) and str(user_id).isdigit()
        if not check(response, {"logged in": logged_in}):
            raise refused("log in", "auth", response)
        return Account(name, int(user_id), str(token))

    def _password(self) -> str:
        return setting("PASSWORD", "Load-test1!")
