"""Accounts in memory, and the tokens of those who are signed in."""

import time

from ktb_load.reference_server.tokens import Tokens


class Accounts:
    """Who there is, by a name of their own choice.

    Args:
        lifetime_s: of a token.
    """

    def __init__(self, lifetime_s: float = 24 * 3600) -> None:
        self._passwords: dict[str, str] = {}
        self._tokens = Tokens()
        self._lifetime_s = lifetime_s

    def __contains__(self, name: str) -> bool:
        return name in self._passwords

    def add(self, name: str, password: str) -> bool:
        """Whether the name was free."""
        return self._passwords.setdefault(name, password) is password

    def fits(self, name: object, password: object) -> bool:
        return isinstance(name, str) and self._passwords.get(name, None) == password

    def token(self, name: str) -> str:
        return self._tokens.issue({"sub": name}, self._lifetime_s)

    def holder(self, token: str) -> str:
        """Whose token that is; empty if it is not a good one."""
        claims = self._tokens.read(token)
        return str(claims["sub"]) if claims else ""

    def left_s(self, token: str) -> float:
        """For how long a good token will be one."""
        claims = self._tokens.read(token)
        return max(0.0, claims["exp"] - time.time()) if claims else 0.0
