"""Who calls: the token of a request and the account behind it."""

from starlette.requests import Request

from ktb_load.reference_server.rest.answers import Refused
from ktb_load.reference_server.rest.gate import USER
from ktb_load.reference_server.systems.ktb_chat.storage.people import Person
from ktb_load.reference_server.systems.ktb_chat.world import World
from ktb_load.reference_server.tokens import bearer


def token_of(request: Request) -> str:
    """``x-auth-token``, or else ``Authorization: Bearer``; empty without either."""
    return request.headers.get("x-auth-token") or bearer(request)


def caller(world: World, request: Request) -> Person:
    """A wrong or missing ``x-session-id`` is ignored.

    Raises:
        Refused: 401 with an empty body.
    """
    claims = world.tokens.read(token_of(request))
    person = world.store.people.get(claims.user_id) if claims else None
    if claims is None or person is None or not world.sessions.lives(person.id, claims.session_id):
        raise Refused(401, None, {"WWW-Authenticate": "Bearer"})
    request.scope[USER] = person.id
    return person
