"""People in front of a meeting server: requests for REST and event streams, websocket-client for
STOMP, whose frames are written by hand.
"""

import json
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import requests
import websocket

ANSWER_WITHIN_S = 3.0
PROFILE = {"gender": "FEMALE", "birth": "2000-02-29"}
PLAN = {
    "title": "같이 먹어요",
    "locationId": 1,
    "latitude": 37.5665,
    "longitude": 126.978,
    "address": "서울시 중구",
    "meetingDateTime": "2030-01-01T19:00:00",
    "maxCount": 4,
    "category": ["한식", "분식"],
    "content": "김밥",
}


@dataclass(frozen=True)
class Frame:
    """A frame as it came."""

    command: str
    headers: dict[str, str]
    body: str

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Stomp:
    """One connection to ``/ws``."""

    def __init__(self, origin: str, **options: Any) -> None:
        options.setdefault("subprotocols", ["v12.stomp"])
        address = f"{origin.replace('http', 'ws')}/ws"
        self.socket = websocket.create_connection(address, ANSWER_WITHIN_S, **options)

    def say(self, command: str, body: Any = None, **headers: Any) -> None:
        """Underscores in names of headers become dashes."""
        lines = [f"{name.replace('_', '-')}:{value}" for name, value in headers.items()]
        text = json.dumps(body, ensure_ascii=False) if body is not None else ""
        self.socket.send("\n".join([command, *lines, "", text]) + "\0")

    def hear(self) -> Frame:
        """The next frame; heart-beats are passed over."""
        while (text := str(self.socket.recv())) == "\n":
            pass
        head, _, body = text.partition("\n\n")
        command, *lines = head.split("\n")
        headers = dict(line.split(":", 1) for line in lines)
        return Frame(command, headers, body.removesuffix("\0"))

    def connect(self, token: str, **headers: Any) -> Frame:
        usual = {"accept_version": "1.2", "host": "x", "Authorization": f"Bearer {token}"}
        self.say("CONNECT", **{**usual, **headers})
        return self.hear()

    def settle(self) -> None:
        """Return when the server has dealt with all that was sent before."""
        self.say("ACK", id="none", receipt="settled")
        heard = self.hear()
        assert (heard.command, heard.headers) == ("RECEIPT", {"receipt-id": "settled"}), heard


class Member:
    """One user, signed in by way of OAuth."""

    def __init__(self, origin: str, with_profile: bool) -> None:
        self.origin = origin
        self.nickname = uuid.uuid4().hex[:10]
        self.http = requests.Session()
        told = self.call("POST", "/oauth/kakao/callback", json={"code": f"dev-{self.nickname}"})
        self.token, self.id = told.json()["accessToken"], told.json()["userId"]
        self.http.headers["Authorization"] = f"Bearer {self.token}"
        self._open: list[Any] = []
        if with_profile:
            self.send_form("POST", "/profiles", PROFILE)

    def call(self, method: str, path: str, **options: Any) -> requests.Response:
        """A call below ``/api/v1``."""
        options.setdefault("timeout", ANSWER_WITHIN_S)
        return self.http.request(method, f"{self.origin}/api/v1{path}", **options)

    def send_form(
        self, method: str, path: str, fields: Any, name: str = "request", **files: Any
    ) -> requests.Response:
        """A multipart body with the fields as a JSON part."""
        part = (None, json.dumps(fields), "application/json")
        return self.call(method, path, files={name: part, **files})

    def create_meeting(self, **other: Any) -> int:
        created = self.send_form("POST", "/meetings", {**PLAN, **other})
        return int(created.json()["id"])

    def room_of(self, meeting: int) -> int:
        rooms = self.call("GET", "/chatrooms").json()
        return next(int(one["roomId"]) for one in rooms if one["meetingId"] == meeting)

    def apply(self, meeting: int) -> int:
        """The id of the participation."""
        assert self.call("POST", f"/participations/{meeting}").status_code == 201
        applied = self.call("GET", "/participations").json()["appliedMeetings"]
        return next(int(one["id"]) for one in applied if one["meetingId"] == meeting)

    def notices(self) -> list[str]:
        listed = self.call("GET", "/notifications").json()
        return [one["notificationType"] for one in listed]

    def stomp(self, **options: Any) -> Stomp:
        """A connection that is not connected yet."""
        stomp = Stomp(self.origin, **options)
        self._open.append(stomp.socket.shutdown)
        return stomp

    def enter(self, room: int) -> Stomp:
        """Connected, and subscribed to a room."""
        stomp = self.stomp()
        assert stomp.connect(self.token).command == "CONNECTED"
        stomp.say("SUBSCRIBE", id="s", destination=f"/sub/chat/room/{room}", receipt="1")
        assert stomp.hear().command == "RECEIPT"
        return stomp

    def speak(self, stomp: Stomp, room: int, message: str, **headers: Any) -> None:
        body = {"userId": self.id, "roomId": room, "message": message}
        stomp.say("SEND", body, destination="/pub/chat/message", **headers)

    def listen(self, last_event_id: str = "") -> "Listening":
        headers = {"Last-Event-ID": last_event_id} if last_event_id else {}
        answer = self.call("GET", "/notifications/subscribe", headers=headers, stream=True)
        self._open.append(answer.close)
        return Listening(answer)

    def close(self) -> None:
        for close in self._open:
            close()
        self.http.close()


class Listening:
    """One event stream."""

    def __init__(self, answer: requests.Response) -> None:
        self.answer = answer
        self._lines = answer.iter_lines(chunk_size=1)

    def block(self) -> list[str]:
        """The lines up to the next empty one."""
        lines = []
        while line := next(self._lines).decode():
            lines.append(line)
        return lines

    def event(self) -> dict[str, str]:
        """The next event, by the names of its fields; comments are passed over."""
        while (lines := self.block())[0].startswith(":"):
            pass
        return dict(line.split(": ", 1) for line in lines)


@contextmanager
def members(origin: str) -> Iterator[Callable[..., Member]]:
    """``arrive()``: one more, with a profile unless told otherwise; all of them go at the end."""
    there: list[Member] = []

    def arrive(with_profile: bool = True) -> Member:
        there.append(Member(origin, with_profile))
        return there[-1]

    try:
        yield arrive
    finally:
        for one in there:
            one.close()
