"""JSON web tokens: who the caller is, and which session the token was made for."""

import secrets
import time
from dataclasses import dataclass

import jwt

from ktb_load.reference_server.systems.ktb_chat.storage.people import Person

_LIFETIME_S = 24 * 3600


@dataclass(frozen=True, slots=True)
class Claims:
    """What a good token says."""

    user_id: str
    session_id: str


class Tokens:
    """Tokens of one run of the server: another run takes none of them."""

    def __init__(self) -> None:
        self._secret = secrets.token_bytes(32)

    def issue(self, person: Person, session_id: str) -> str:
        now = int(time.time())
        claims = {"sub": person.id, "email": person.email, "sessionId": session_id}
        return jwt.encode({**claims, "iat": now, "exp": now + _LIFETIME_S}, self._secret, "HS256")

    def read(self, token: str, even_expired: bool = False) -> Claims | None:
        """The claims of a good token."""
        try:
            claims = jwt.decode(
                token, self._secret, ["HS256"], options={"verify_exp": not even_expired}
            )
            return Claims(str(claims["sub"]), str(claims["sessionId"]))
        except (jwt.InvalidTokenError, KeyError):
            return None
