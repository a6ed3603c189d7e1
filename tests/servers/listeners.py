"""People in front of a login-notify server: requests for REST, websocket-client for ``/ws``."""

import json
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import requests
import websocket

ANSWER_WITHIN_S = 3.0
PASSWORD = "secret1!"


class Person:
    """One account, the tokens of its last login, and its sockets."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.user_id = f"u{uuid.uuid4().hex[:15]}"
        self.http = requests.Session()
        self.access_token = self.refresh_token = ""
        self._sockets: list[websocket.WebSocket] = []

    def post(self, path: str, body: Any, **options: Any) -> requests.Response:
        address = self.origin + path
        return self.http.post(address, json=body, timeout=ANSWER_WITHIN_S, **options)

    def register(self) -> requests.Response:
        return self.post("/api/register", {"userId": self.user_id, "password": PASSWORD})

    def log_in(self) -> requests.Response:
        response = self.post("/api/login", {"userId": self.user_id, "password": PASSWORD})
        told = response.json()
        self.access_token, self.refresh_token = told["accessToken"], told["refreshToken"]
        return response

    def notify(self, **wanted: Any) -> requests.Response:
        headers = {"Authorization": f"Bearer {self.access_token}"}
        return self.post("/api/notifications", wanted, headers=headers)

    def listen(self, **options: Any) -> websocket.WebSocket:
        """A WebSocket with the access token in a header."""
        options.setdefault("header", [f"Authorization: Bearer {self.access_token}"])
        return self.dial("/ws", **options)

    def dial(self, path: str, **options: Any) -> websocket.WebSocket:
        address = self.origin.replace("http", "ws") + path
        options.setdefault("timeout", ANSWER_WITHIN_S)
        self._sockets.append(websocket.create_connection(address, **options))
        return self._sockets[-1]

    def close(self) -> None:
        for one in self._sockets:
            one.shutdown()
        self.http.close()


def hear(listening: websocket.WebSocket) -> dict[str, Any]:
    heard: dict[str, Any] = json.loads(listening.recv())
    return heard


@contextmanager
def people(origin: str) -> Iterator[Callable[..., Person]]:
    """``arrive()``: one more, signed in unless told otherwise; all of them go at the end."""
    there: list[Person] = []

    def arrive(signed_in: bool = True) -> Person:
        there.append(Person(origin))
        if signed_in:
            there[-1].register()
            there[-1].log_in()
        return there[-1]

    try:
        yield arrive
    finally:
        for one in there:
            one.close()
