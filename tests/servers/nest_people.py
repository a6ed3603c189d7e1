"""People in front of a nest-chat server: requests for REST, python-socketio for ``/chat``."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import requests

from tests.servers.visitor import ANSWER_WITHIN_S, Events

NAMESPACE = "/chat"


class Soapfter:
    """One user, the token of one, and the sockets of one."""

    def __init__(self, origin: str, nickname: str) -> None:
        self.origin = origin
        self.nickname = nickname
        self.uuid = uuid.uuid4().hex.upper()
        self.http = requests.Session()
        self._sockets: list[Events] = []
        body = {"userUuid": self.uuid, "nickname": nickname}
        self.token = self.call("POST", "/api/auth/dev-token", json=body).json()["accessToken"]
        self.http.headers["Authorization"] = f"Bearer {self.token}"

    def call(self, method: str, path: str, **options: Any) -> requests.Response:
        return self.http.request(method, self.origin + path, timeout=ANSWER_WITHIN_S, **options)

    def create_room(self, *others: "Soapfter", **more: Any) -> str:
        body = {"type": "GROUP", "participantUuids": [one.uuid for one in others], **more}
        return str(self.call("POST", "/api/chat/room", json=body).json()["roomUuid"])

    def connect(
        self, auth: Any = None, headers: dict[str, str] | None = None, transport: str = "websocket"
    ) -> Events:
        """With the token in ``auth``, unless something else is given."""
        events = Events(NAMESPACE)
        self._sockets.append(events)
        token = {"token": self.token} if auth is None and headers is None else auth
        events.client.connect(
            self.origin,
            headers=headers or {},
            auth=token,
            transports=[transport],
            namespaces=[NAMESPACE],
            wait_timeout=3,
        )
        return events

    def last_refusal(self) -> Any:
        return self._sockets[-1].all("connect_error")[-1]

    def enter(self) -> Events:
        """Connect, and be told."""
        events = self.connect()
        events.wait_for("connected")
        return events

    def close(self) -> None:
        for events in self._sockets:
            events.close()
        self.http.close()


@contextmanager
def soapfters(origin: str) -> Iterator[Callable[..., Soapfter]]:
    """``arrive(nickname)``: one more; all of them go at the end."""
    there: list[Soapfter] = []

    def arrive(nickname: str = "a visitor") -> Soapfter:
        there.append(Soapfter(origin, nickname))
        return there[-1]

    try:
        yield arrive
    finally:
        for one in there:
            one.close()
