"""What all calls share, and what several of them do."""

import secrets
from typing import Any

from ktb_load.reference_server.ids import hex_id
from ktb_load.reference_server.rate_limit import RateLimit
from ktb_load.reference_server.rest.uploads import Upload
from ktb_load.reference_server.serving import Order
from ktb_load.reference_server.sockets.stomp import Broker
from ktb_load.reference_server.systems.meeting.chatrooms import Chatroom, Chatrooms
from ktb_load.reference_server.systems.meeting.meetings import APPROVED, CANCELED, Meeting, Meetings
from ktb_load.reference_server.systems.meeting.notifications import CHAT_MESSAGE, Notifications
from ktb_load.reference_server.systems.meeting.people import People, User
from ktb_load.reference_server.tokens import Tokens

REFRESH_LIFETIME_S = 14 * 24 * 3600
_DAY_S = 24 * 3600.0


class World:
    """One server's state."""

    broker: Broker
    """Set when it is there."""

    def __init__(self, order: Order) -> None:
        asked = order.arguments
        self.faults = order.faults
        self.people = People()
        self.meetings = Meetings()
        self.chatrooms = Chatrooms()
        self.notifications = Notifications(order.faults)
        self.keep_alive_s: float = asked.keep_alive
        self.retry_ms: int = asked.retry_ms
        self.posts = RateLimit(asked.daily_posts, _DAY_S)
        self.images: dict[str, Upload] = {}
        self.mail: dict[str, list[dict[str, str]]] = {}
        """E-mail address -> what was sent there."""
        self._codes: dict[str, tuple[str, int]] = {}
        self._tokens = Tokens()
        self._access_lifetime_s: float = asked.access_lifetime
        self._refresh_tokens: dict[int, set[str]] = {}

    # Tokens

    def log_in(self, user: User) -> dict[str, Any]:
        refresh = self._tokens.issue({"sub": str(user.id), "kind": "refresh"}, REFRESH_LIFETIME_S)
        self._refresh_tokens.setdefault(user.id, set()).add(refresh)
        access = self.access_token(user.id)
        return {"accessToken": access, "refreshToken": refresh, "userId": user.id}

    def access_token(self, user_id: int) -> str:
        claims = {"sub": str(user_id), "kind": "access"}
        return self._tokens.issue(claims, self._access_lifetime_s)

    def log_out(self, user: User) -> None:
        """No access token of the user is renewed any more; those that run go on."""
        self._refresh_tokens.pop(user.id, None)

    def user_of(self, token: str) -> User | None:
        """Whose access token it is; None if it is not a good one."""
        claims = self._tokens.read(token)
        return (
            self.people.get(int(claims["sub"])) if claims and claims["kind"] == "access" else None
        )

    def has_expired(self, token: str) -> bool:
        return self._tokens.read(token) is None and bool(self._tokens.read(token, True))

    def refreshed(self, token: str) -> str:
        """A new access token; empty if the refresh token is not a good one."""
        claims = self._tokens.read(token)
        user_id = int(claims["sub"]) if claims else 0
        return self.access_token(user_id) if token in self._refresh_tokens.get(user_id, ()) else ""

    # Mail

    def send_code(self, user: User, purpose: str) -> None:
        code = secrets.token_hex(8)
        self._codes[code] = (purpose, user.id)
        self.mail.setdefault(user.email, []).append({"purpose": purpose, "code": code})

    def redeem(self, code: str, purpose: str) -> User | None:
        """Whose code it was; it is good once."""
        known, user_id = self._codes.get(code, ("", 0))
        if known != purpose:
            return None
        del self._codes[code]
        return self.people.get(user_id)

    # Images

    def keep_image(self, upload: Upload) -> str:
        """Where it can be seen from now on."""
        name = f"{hex_id()}.{upload.extension}"
        self.images[name] = upload
        return f"/images/{name}"

    # Chat

    def leave_room(self, room: Chatroom, user_id: int) -> None:
        """To leave the chat room is to leave the meeting."""
        self.chatrooms.leave(room, user_id)
        self.broker.expel(destination_of(room), str(user_id))
        participation = room.meeting.participations.get(user_id)
        if participation is not None and participation.status == APPROVED:
            participation.status = CANCELED

    def tell_absent(self, room: Chatroom, sender: User, message: str) -> None:
        """A new message, to the members who do not look at the room."""
        content = f"{sender.nickname}: {message}"
        for user_id in room.member_ids:
            if user_id != sender.id and user_id not in room.inside:
                self.notifications.tell(user_id, CHAT_MESSAGE, content)

    def remove_room(self, room: Chatroom) -> None:
        self.broker.expel(destination_of(room))
        self.chatrooms.remove(room)

    def remove_meeting(self, meeting: Meeting) -> None:
        room = self.chatrooms.of_meeting(meeting)
        if room is not None:
            self.remove_room(room)
        self.meetings.remove(meeting)

    def remove_user(self, user: User) -> None:
        """With the meetings of the user, and out of all others."""
        self.log_out(user)
        for meeting in tuple(self.meetings.created_by(user.id)):
            self.remove_meeting(meeting)
        for room in self.chatrooms.of_user(user.id):
            self.leave_room(room, user.id)
        for participation in tuple(self.meetings.applied_by(user.id)):
            self.meetings.withdraw(participation)
        for stream in self.notifications.hub.members(str(user.id)):
            stream.end()
        self.people.remove(user)


def destination_of(room: Chatroom) -> str:
    """Where messages of a room are heard."""
    return f"/sub/chat/room/{room.id}"
