"""The official STOMP client for JavaScript and a standard EventSource judge the server."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.servers.foreign import foreign_client

pytestmark = [pytest.mark.system, pytest.mark.node]
Serve = Callable[..., Any]


def test_stompjs_talks_in_a_room(serve: Serve) -> None:
    arrive = serve("--heart-beat-out", "0.3", "--heart-beat-in", "0.3")
    host = arrive()
    room = host.room_of(host.create_meeting())
    subscription = f"/sub/chat/room/{room}"
    with foreign_client("stomp.mjs", host.origin, host.token, subscription, "300") as client:
        assert client.told("connected") == {"version": "1.2", "user": str(host.id)}
        client.told("subscribed")
        for text in ("안녕하세요: 반갑습니다\n", "x" * 500):
            said = {"userId": host.id, "roomId": room, "message": text}
            client.say({"destination": "/pub/chat/message", "body": json.dumps(said)})
            assert json.loads(client.told("message")["body"])["message"] == text
        other = host.enter(room)  # two seconds of heart-beats pass below
        other.socket.settimeout(2)
        with pytest.raises(Exception, match="timed out"):
            other.socket.recv()
        host.speak(other, room, "still there?")
        assert json.loads(client.told("message")["body"])["message"] == "still there?"
        client.end()
        client.told("disconnected")
        assert client.told("closed")["code"] in {1000, 1005}


def test_stompjs_is_told_of_an_error(arrive: Serve) -> None:
    someone = arrive()
    arguments = (someone.origin, someone.token, "/sub/chat/room/0", "0")
    with foreign_client("stomp.mjs", *arguments) as client:
        client.told("connected")
        error = client.told("error")
        assert error["headers"]["message"] == "해당 채팅방이 없습니다."
        assert json.loads(error["body"])["status"] == 404
        client.told("closed")


def test_eventsource_comes_back_for_what_it_missed(serve: Serve) -> None:
    arrive = serve("--retry-ms", "1500", "--fault", "push PARTICIPANT_LEFT:drop")
    host, guest = arrive(), arrive()
    meeting = host.create_meeting()
    room = host.room_of(meeting)
    url = f"{host.origin}/api/v1/notifications/subscribe"
    with foreign_client("events.mjs", url, host.token, "connect", "notification") as client:
        client.told("open")
        assert client.told("connect")["data"] == "connected"
        guest.apply(meeting)
        assert "NEW_PARTICIPATION_REQUEST" in client.told("notification")["data"]
        guest.call("POST", f"/chatrooms/{room}/join")
        guest.call("POST", f"/chatrooms/{room}/leave")
        client.told("error")
        arrive().apply(meeting)
        client.told("open")
        client.told("connect")
        missed = [json.loads(client.told("notification")["data"]) for _ in range(2)]
        kinds = [one["notificationType"] for one in missed]
        assert kinds == ["PARTICIPANT_LEFT", "NEW_PARTICIPATION_REQUEST"]


def test_eventsource_is_refused_without_a_token(arrive: Serve) -> None:
    url = f"{arrive().origin}/api/v1/notifications/subscribe"
    with foreign_client("events.mjs", url, "nonsense", "notification") as client:
        assert client.told("error") == {"code": 401}
