"""A person in front of a KTB Chat server: requests for REST, python-socketio for the events."""

import queue
import socket
import threading
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from typing import Any

import requests
import socketio

ANSWER_WITHIN_S = 3.0
Predicate = Callable[[Any], bool]


class Events:
    """One Socket.IO connection and everything that came over it, in order."""

    def __init__(self, namespace: str = "/") -> None:
        self.http = requests.Session()
        self.client = socketio.Client(reconnection=False, http_session=self.http)
        self.seen: list[tuple[str, Any]] = []
        self._namespace = namespace
        self._news = threading.Condition()
        self.client.on("*", self._take, namespace)
        self.client.on("connect_error", lambda data: self._take("connect_error", data), namespace)

    def _take(self, event: str, *args: Any) -> None:
        with self._news:
            self.seen.append((event, args[0] if args else None))
            self._news.notify_all()

    def emit(self, event: str, payload: Any) -> None:
        self.client.emit(event, payload, self._namespace)

    def call(self, event: str, payload: Any) -> list[Any]:
        """Emit, and return what the acknowledgement carries."""
        answers: queue.Queue[list[Any]] = queue.Queue()
        self.client.emit(
            event, payload, self._namespace, callback=lambda *args: answers.put(list(args))
        )
        return answers.get(timeout=ANSWER_WITHIN_S)

    def all(self, event: str, where: Predicate = lambda _: True) -> list[Any]:
        with self._news:
            return [payload for name, payload in self.seen if name == event and where(payload)]

    def wait_for(self, event: str, where: Predicate = lambda _: True, count: int = 1) -> Any:
        """The payload of the count-th such event, past or to come."""
        with self._news:
            if not self._news.wait_for(
                lambda: len(self.all(event, where)) >= count, ANSWER_WITHIN_S
            ):
                raise TimeoutError(f"no {event}; what came: {[name for name, _ in self.seen]}")
        return self.all(event, where)[count - 1]

    def names(self) -> list[str]:
        with self._news:
            return [name for name, _ in self.seen]

    def settle(self) -> None:
        """Return when the server has dealt with all that was sent before."""
        self.call("leaveRoom", "no such room")

    def leave(self) -> None:
        """Disconnect as a client should; it takes python-socketio a second."""
        self.client.disconnect()

    def close(self) -> None:
        """Let go of everything: cut a WebSocket, end polling in the regular way."""
        web_socket = self.client.eio.ws
        if web_socket is None:
            self.client.disconnect()
        else:
            if web_socket.connected:
                web_socket.sock.shutdown(socket.SHUT_RDWR)
            self.client.eio.wait()
            web_socket.shutdown()
        self.http.close()


class Visitor:
    """One account, its REST calls and its connections."""

    def __init__(self, rest: str, socket_origin: str) -> None:
        self.rest, self.socket_origin = rest, socket_origin
        self.http = requests.Session()
        self.name = "Visitor"
        self.email = f"{uuid.uuid4().hex}@example.org"
        self.password = "secret1"
        self.id = self.token = self.session_id = ""
        self._connections: list[Events] = []

    def call(self, method: str, path: str, **options: Any) -> requests.Response:
        headers = {**self.headers(), **options.pop("headers", {})}
        given = {name: value for name, value in headers.items() if value}
        address = self.rest + path
        return self.http.request(method, address, headers=given, timeout=ANSWER_WITHIN_S, **options)

    def headers(self) -> Mapping[str, str]:
        if not self.token:
            return {}
        return {"Authorization": f"Bearer {self.token}", "x-session-id": self.session_id}

    def register(self) -> requests.Response:
        account = {"name": self.name, "email": self.email, "password": self.password}
        return self.call("POST", "/api/auth/register", json=account)

    def log_in(self) -> requests.Response:
        account = {"email": self.email, "password": self.password}
        response = self.call("POST", "/api/auth/login", json=account)
        body = response.json()
        self.token, self.session_id = body["token"], body["sessionId"]
        self.id = body["user"]["_id"]
        return response

    def create_room(self, name: str = "a room", **more: str) -> str:
        body = self.call("POST", "/api/rooms", json={"name": name, **more}).json()
        return str(body.get("data", body)["_id"])

    def join_by_rest(self, room: str, **body: str) -> requests.Response:
        return self.call("POST", f"/api/rooms/{room}/join", json=body)

    def connect(self, user_agent: str = "a judge", transport: str = "websocket") -> Events:
        auth = {"token": self.token, "sessionId": self.session_id}
        return self.connect_with(auth, user_agent, transport)

    def connect_with(
        self, auth: Any, user_agent: str = "a judge", transport: str = "websocket"
    ) -> Events:
        """Connect with any auth payload; a refusal raises, and is the last of ``refusals()``."""
        events = Events()
        self._connections.append(events)
        headers = {"User-Agent": user_agent} if user_agent else {}
        events.client.connect(
            self.socket_origin, headers=headers, auth=auth, transports=[transport], wait_timeout=3
        )
        return events

    def refusals(self) -> list[Any]:
        return self._connections[-1].all("connect_error")

    def enter(self, room: str, **connection: str) -> Events:
        """Connect, join over the socket, and be told."""
        events = self.connect(**connection)
        events.emit("joinRoom", room)
        events.wait_for("joinRoomSuccess")
        return events

    def say(self, events: Events, room: str, content: str) -> dict[str, Any]:
        """Send a text and wait for one's own copy of it."""
        events.emit("chatMessage", {"room": room, "type": "text", "content": content})
        message = events.wait_for("message", lambda got: got["content"] == content)
        assert isinstance(message, dict)
        return message

    def close(self) -> None:
        for events in self._connections:
            events.close()
        self.http.close()


@contextmanager
def visitors(usual: Any) -> Iterator[Callable[..., Visitor]]:
    """Make visitors, signed in unless told otherwise, to the usual server unless another."""
    with ExitStack() as all_of_them:

        def arrive(server: Any = usual, signed_in: bool = True) -> Visitor:
            visitor = all_of_them.enter_context(closing(Visitor(server.rest, server.socket)))
            if signed_in:
                visitor.register()
                visitor.log_in()
            return visitor

        yield arrive
