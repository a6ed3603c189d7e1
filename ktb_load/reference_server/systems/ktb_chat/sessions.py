"""The one session of each user: a login ends every earlier one, and half an hour of silence too."""

import time
import uuid
from collections.abc import Callable

_IDLE_S = 30 * 60


class Sessions:
    """Who is signed in."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._sessions: dict[str, tuple[str, float]] = {}

    def open(self, user_id: str) -> str:
        session_id = uuid.uuid4().hex
        self._sessions[user_id] = (session_id, self._clock())
        return session_id

    def end(self, user_id: str) -> None:
        self._sessions.pop(user_id, None)

    def lives(self, user_id: str, session_id: str) -> bool:
        """Whether this is the user's session still; asking keeps it alive."""
        known, touched = self._sessions.get(user_id, ("", 0.0))
        now = self._clock()
        if not known or known != session_id or now - touched > _IDLE_S:
            return False
        self._sessions[user_id] = (known, now)
        return True
