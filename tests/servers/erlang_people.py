"""People in front of an erlang-chat server: requests for REST, websocket-client for ``/chat``."""

import json
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import requests
import websocket

ANSWER_WITHIN_S = 3.0


class Chatter:
    """One account, signed in, with the cookie of that, and its sockets."""

    def __init__(self, origin: str, name: str) -> None:
        self.origin = origin
        self.user_id = f"user-{uuid.uuid4().hex[:12]}"
        self.http = requests.Session()
        self._sockets: list[websocket.WebSocket] = []
        account = {"userId": self.user_id, "password": "secret"}
        self.call("POST", "/api/auth/register", json={**account, "name": name})
        self.token = self.call("POST", "/api/auth/login", json=account).json()["token"]

    def call(self, method: str, path: str, **options: Any) -> requests.Response:
        return self.http.request(method, self.origin + path, timeout=ANSWER_WITHIN_S, **options)

    def create_room(self, *others: "Chatter", name: str = "a room") -> str:
        ids = [one.user_id for one in others]
        body = {"creatorId": self.user_id, "targetUserIds": ids, "name": name}
        return str(self.call("POST", "/api/chatrooms", json=body).json()["roomId"])

    def dial(self, **options: Any) -> websocket.WebSocket:
        """``GET /chat`` with the cookie, unless another is given."""
        options.setdefault("cookie", f"jwt_token={self.token}")
        address = self.origin.replace("http", "ws") + "/chat"
        self._sockets.append(websocket.create_connection(address, ANSWER_WITHIN_S, **options))
        return self._sockets[-1]

    def connect(self, room: str) -> requests.Response:
        return self.call("POST", f"/api/chatrooms/{room}/connect", json={"userId": self.user_id})

    def enter(self, room: str) -> websocket.WebSocket:
        """A socket, connected to the room."""
        socket = self.dial()
        assert self.connect(room).status_code == 200
        return socket

    def say(self, room: str, content: str) -> dict[str, Any]:
        body = {"userId": self.user_id, "content": content}
        answer = self.call("POST", f"/api/chatrooms/{room}/messages", json=body)
        said: dict[str, Any] = answer.json()
        return said

    def state(self, room: str) -> str:
        return str(self.call("GET", f"/api/chatrooms/{room}").json()["state"])

    def wait_for_state(self, room: str, state: str) -> None:
        deadline = time.monotonic() + ANSWER_WITHIN_S
        while self.state(room) != state:
            assert time.monotonic() < deadline, f"{self.state(room)} is not {state}"
            time.sleep(0.02)

    def close(self) -> None:
        for one in self._sockets:
            one.shutdown()
        self.http.close()


def hear(socket: websocket.WebSocket, kind: str) -> dict[str, Any]:
    """The next push of a kind; others are passed over."""
    while True:
        told: dict[str, Any] = json.loads(socket.recv())
        if told["type"] == kind:
            return told


@contextmanager
def chatters(origin: str) -> Iterator[Callable[..., Chatter]]:
    """``arrive(name)``: one more; all of them go at the end."""
    there: list[Chatter] = []

    def arrive(name: str = "a visitor") -> Chatter:
        there.append(Chatter(origin, name))
        return there[-1]

    try:
        yield arrive
    finally:
        for one in there:
            one.close()
