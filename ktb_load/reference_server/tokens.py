"""JSON web tokens, signed by one run of a server: another run takes none of them."""

import math
import secrets
import time
from collections.abc import Mapping
from typing import Any

import jwt
from starlette.requests import Request

_ALGORITHM = "HS256"


class Tokens:
    """Makes tokens, and reads its own."""

    def __init__(self) -> None:
        self._secret = secrets.token_bytes(32)

    def issue(self, claims: Mapping[str, Any], lifetime_s: float) -> str:
        """No two are the same."""
        now = time.time()
        times = {"iat": int(now), "exp": math.ceil(now + lifetime_s), "jti": secrets.token_hex(8)}
        return jwt.encode({**claims, **times}, self._secret, _ALGORITHM)

    def read(self, token: str, even_expired: bool = False) -> dict[str, Any] | None:
        """The claims of a good token."""
        options: Any = {"verify_exp": not even_expired}
        try:
            return jwt.decode(token, self._secret, [_ALGORITHM], options=options)
        except jwt.InvalidTokenError:
            return None


def bearer(request: Request) -> str:
    """The token of ``Authorization: Bearer``; empty without one."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme == "Bearer" else ""
