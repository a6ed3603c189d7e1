"""Messages by REST: sent, edited, removed, read, reacted to; and what connected sockets hear."""

from collections.abc import Callable
from typing import Any

import pytest
import requests

from tests.servers.erlang_people import hear

pytestmark = pytest.mark.system
Arrive = Callable[..., Any]


def said(answer: requests.Response) -> tuple[int, str]:
    return answer.status_code, answer.json().get("error", "")


def test_message_is_kept_and_heard(arrive: Arrive) -> None:
    host, guest = arrive(), arrive()
    room = host.create_room(guest)
    socket = guest.enter(room)
    body = {"userId": host.user_id, "content": "안녕하세요!"}
    answer = host.call("POST", f"/api/chatrooms/{room}/messages", json=body)
    message = answer.json()
    assert answer.status_code == 201
    assert message.keys() == {"messageId", "roomId", "userId", "content", "createdAt"}
    assert (message["roomId"], message["content"]) == (room, "안녕하세요!")
    assert hear(socket, "message") == {"type": "message", **message}


def test_newest_twenty_are_shown_oldest_first(arrive: Arrive) -> None:
    host = arrive()
    room = host.create_room()
    for number in range(22):
        host.say(room, str(number))
    shown = host.call("GET", f"/api/chatrooms/{room}/messages").json()
    assert shown["chatroomId"] == room
    assert [one["content"] for one in shown["messages"]] == [str(one) for one in range(2, 22)]
    assert shown["messages"][0].keys() == {"userId", "content", "timestamp"}


def test_nobody_speaks_for_another(arrive: Arrive) -> None:
    host, guest = arrive(), arrive()
    room = host.create_room(guest)
    path = f"/api/chatrooms/{room}/messages"
    body = {"userId": host.user_id, "content": "not mine"}
    assert said(guest.call("POST", path, json=body)) == (403, "forbidden")
    assert said(guest.call("POST", path, json={})) == (400, "invalid_request")


def test_only_the_author_edits_and_removes(arrive: Arrive) -> None:
    host, guest = arrive(), arrive()
    room = host.create_room(guest)
    socket = guest.enter(room)
    message_id = host.say(room, "first")["messageId"]
    path = f"/api/chatrooms/{room}/messages/{message_id}"
    new = {"userId": host.user_id, "newContent": "수정된 메시지 내용"}
    theirs = {**new, "userId": guest.user_id}
    assert said(guest.call("PATCH", path, json=theirs)) == (403, "not_author")
    assert said(guest.call("DELETE", path, json=theirs)) == (403, "not_author")
    assert said(guest.call("DELETE", path, json=new)) == (403, "forbidden")
    assert host.call("PATCH", path, json=new).json()["content"] == "수정된 메시지 내용"
    assert hear(socket, "message_edited")["content"] == "수정된 메시지 내용"
    assert said(host.call("PATCH", path, json={})) == (400, "invalid_request")
    assert host.call("DELETE", path, json={"userId": host.user_id}).status_code == 200
    assert hear(socket, "message_deleted")["messageId"] == message_id
    assert said(host.call("DELETE", path)) == (404, "message_not_found")


def test_reading_is_told(arrive: Arrive) -> None:
    host, guest = arrive(), arrive()
    room = host.create_room(guest)
    socket = host.enter(room)
    message_id = host.say(room, "read me")["messageId"]
    path = f"/api/chatrooms/{room}/messages/{message_id}/read"
    answer = guest.call("POST", path, json={"userId": guest.user_id})
    assert (answer.status_code, answer.json()["readBy"]) == (200, [guest.user_id])
    told = hear(socket, "message_read")
    assert (told["messageId"], told["userId"]) == (message_id, guest.user_id)


def test_reactions_are_told_and_counted_once(arrive: Arrive) -> None:
    host, guest = arrive(), arrive()
    room = host.create_room(guest)
    socket = host.enter(room)
    path = f"/api/chatrooms/{room}/messages/{host.say(room, 'like me')['messageId']}/reactions"
    body = {"userId": guest.user_id, "reactionType": "like"}
    for _ in range(2):
        assert guest.call("POST", path, json=body).json()["reactions"] == {"like": [guest.user_id]}
    assert hear(socket, "reaction")["reactionType"] == "like"
    assert said(guest.call("POST", path, json={})) == (400, "invalid_request")
