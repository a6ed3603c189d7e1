"""JSON web tokens: who the caller is, and which session the token was made for."""

from dataclasses import dataclass

from ktb_load.reference_server import tokens
from ktb_load.reference_server.systems.ktb_chat.storage.people import Person

_LIFETIME_S = 24 * 3600


@dataclass(frozen=True, slots=True)
class Claims:
    """What a good token says."""

    user_id: str
    session_id: str


class Tokens:
    """The tokens of KTB Chat."""

    def __init__(self) -> None:
        self._tokens = tokens.Tokens()

    def issue(self, person: Person, session_id: str) -> str:
        claims = {"sub": person.id, "email": person.email, "sessionId": session_id}
        return self._tokens.issue(claims, _LIFETIME_S)

    def read(self, token: str, even_expired: bool = False) -> Claims | None:
        """The claims of a good token."""
        claims = self._tokens.read(token, even_expired)
        return Claims(claims["sub"], claims["sessionId"]) if claims else None
