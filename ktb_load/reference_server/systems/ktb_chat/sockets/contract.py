"""KTB Chat over Socket.IO: who is let in, and the way of an event to its handler."""

from typing import Any

from ktb_load.reference_server.sockets import socketio
from ktb_load.reference_server.sockets.socketio import Refused
from ktb_load.reference_server.systems.ktb_chat.sockets.client import Client
from ktb_load.reference_server.systems.ktb_chat.sockets.events import EVENTS, REFUSAL_CODES
from ktb_load.reference_server.systems.ktb_chat.sockets.presence import EXPIRED
from ktb_load.reference_server.systems.ktb_chat.world import World


class Contract(socketio.Contract[Client]):
    """The socket half of a world."""

    events = EVENTS
    acknowledges = True
    new_client = Client

    def __init__(self, world: World) -> None:
        super().__init__(world.hub)
        self._world = world

    def admit(self, client: Client, auth: Any) -> None:
        """Without any auth payload one gets in, as nobody; else it takes a good token and a live
        session.
        """
        world = self._world
        if auth is None:
            return
        token, session_id = (
            (auth.get("token"), auth.get("sessionId")) if isinstance(auth, dict) else (None, None)
        )
        if not isinstance(token, str) or not isinstance(session_id, str):
            raise Refused("Authentication error")
        claims = world.tokens.read(token)
        if claims is None:
            raise Refused({"message": "Invalid token"})
        if world.store.people.get(claims.user_id) is None:
            raise Refused({"message": "User not found"})
        if not world.sessions.lives(claims.user_id, session_id):
            raise Refused({"message": "Invalid session"})
        client.user_id, client.session_id = claims.user_id, session_id

    def welcome(self, client: Client) -> None:
        if client.user_id:
            self._world.presence.connected(client)

    def handle(self, client: Client, event: str, payload: Any) -> None:
        if client.zombie:
            self.hub.tell(client, "error", EXPIRED)
        elif client.user_id:
            EVENTS[event](self._world, client, payload)
        else:
            self.refuse(client, event, "인증이 필요합니다.", "UNAUTHORIZED")

    def refuse(self, client: Client, event: str, message: str, code: str = "") -> None:
        code = code or REFUSAL_CODES.get(event, "")
        answer = "joinRoomError" if event == "joinRoom" else "error"
        refusal = {"message": message}
        self.hub.tell(client, answer, {**refusal, "code": code} if code else refusal)

    def gone(self, client: Client) -> None:
        self._world.presence.disconnected(client)
