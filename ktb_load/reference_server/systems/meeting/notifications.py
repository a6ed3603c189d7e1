"""What users are told: kept until they delete it, and pushed to those who listen."""

import itertools
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ktb_load import fast_json
from ktb_load.reference_server.faults import Faults
from ktb_load.reference_server.rest import sse
from ktb_load.reference_server.sockets.hub import Hub

REQUESTED = "NEW_PARTICIPATION_REQUEST"
LEFT = "PARTICIPANT_LEFT"
APPROVED = "PARTICIPANT_APPROVED"
REJECTED = "PARTICIPANT_REJECTED"
KICKED = "PARTICIPANT_KICKED"
MEETING_CLOSED = "PARTICIPANT_MEETING_CLOSED"
CHAT_MESSAGE = "NEW_CHAT_MESSAGE"
KINDS = (REQUESTED, LEFT, APPROVED, REJECTED, KICKED, MEETING_CLOSED, CHAT_MESSAGE)
EVENT = "notification"
_MOST = 1_000


@dataclass(frozen=True)
class Notification:
    """One of them; ids grow."""

    id: int
    content: str
    kind: str

    @property
    def shape(self) -> dict[str, Any]:
        return {"id": self.id, "content": self.content, "notificationType": self.kind}

    @property
    def event(self) -> bytes:
        return sse.encode(EVENT, fast_json.dumps(self.shape).decode(), str(self.id))


class Notifications:
    """Those of all users: of each, the newest thousand."""

    def __init__(self, faults: Faults) -> None:
        self.hub: Hub[sse.Stream] = Hub(faults, lambda _kind, event: event)
        self._ids = itertools.count(1)
        self._of_user: dict[int, deque[Notification]] = {}

    def tell(self, user_id: int, kind: str, content: str) -> None:
        notification = Notification(next(self._ids), content, kind)
        self._of_user.setdefault(user_id, deque(maxlen=_MOST)).append(notification)
        self.hub.emit(str(user_id), kind, notification.event)

    def of(self, user_id: int) -> Iterable[Notification]:
        """The oldest first."""
        return self._of_user.get(user_id, ())

    def delete(self, user_id: int, notification_id: int) -> bool:
        """Whether there was such a one."""
        for one in self.of(user_id):
            if one.id == notification_id:
                self._of_user[user_id].remove(one)
                return True
        return False

    def delete_all(self, user_id: int) -> None:
        self._of_user.pop(user_id, None)
