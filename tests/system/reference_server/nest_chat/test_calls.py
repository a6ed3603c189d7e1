"""The REST half of nest-chat, by requests."""

from collections.abc import Callable
from typing import Any

import pytest
import requests

pytestmark = pytest.mark.system
Arrive = Callable[..., Any]


def failed(answer: requests.Response) -> tuple[int, Any, str]:
    body = answer.json()
    assert body["statusCode"] == answer.status_code
    return answer.status_code, body["message"], body.get("error", "")


# Tokens


def test_anybody_gets_a_token(server: Any) -> None:
    address = f"{server.rest}/api/auth/dev-token"
    answer = requests.post(address, json={"userUuid": "01HZQK5J8X2M3N4P5Q6R7S8T9U"}, timeout=3)
    assert answer.status_code == 201
    assert answer.json()["accessToken"].count(".") == 2
    assert answer.json()["nickname"] == "user-7S8T9U"
    empty = requests.post(address, json={}, timeout=3)
    assert failed(empty) == (400, ["userUuid should not be empty"], "Bad Request")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/friends/requests"),
        ("PATCH", "/friends/requests/x/accept"),
        ("POST", "/chat/room"),
        ("POST", "/chat/rooms"),
        ("GET", "/chat/rooms"),
        ("GET", "/chat/room/x"),
        ("POST", "/chat/room/x/message"),
        ("POST", "/chat/rooms/x/messages"),
        ("GET", "/chat/room/x/messages"),
        ("PATCH", "/chat/room/x/read"),
        ("DELETE", "/chat/room/x/leave"),
    ],
)
def test_call_needs_a_token(server: Any, method: str, path: str) -> None:
    headers = {"Authorization": "Bearer nonsense"}
    answer = requests.request(method, f"{server.rest}/api{path}", headers=headers, timeout=3)
    assert failed(answer) == (401, "Unauthorized", "")


def test_unknown_calls_and_bodies_are_refused(arrive: Arrive) -> None:
    someone = arrive()
    for method, path in (("GET", "/api/nowhere"), ("PUT", "/api/chat/rooms")):
        expected = (404, f"Cannot {method} {path}", "Not Found")
        assert failed(someone.call(method, path)) == expected
    answer = someone.call("POST", "/api/chat/room", data="{")
    assert (answer.status_code, answer.json()["error"]) == (400, "Bad Request")


# Rooms


def test_room_has_its_maker_in_it(arrive: Arrive) -> None:
    host, guest = arrive("하나"), arrive("둘")
    body = {"type": "GROUP", "participantUuids": [guest.uuid], "name": "테스트 채팅방"}
    answer = host.call("POST", "/api/chat/room", json=body)
    room = answer.json()
    assert answer.status_code == 201
    assert room == {
        "roomUuid": room["roomUuid"],
        "type": "GROUP",
        "name": "테스트 채팅방",
        "participantUuids": [host.uuid, guest.uuid],
        "participants": [
            {"userUuid": host.uuid, "nickname": "하나"},
            {"userUuid": guest.uuid, "nickname": "둘"},
        ],
        "challengeUuid": None,
        "isActive": True,
        "lastMessage": None,
        "lastMessageAt": None,
        "unreadCount": 0,
        "createdAt": room["createdAt"],
    }
    assert guest.call("GET", f"/api/chat/room/{room['roomUuid']}").json() == room


def test_room_without_a_name_is_called_by_its_people(arrive: Arrive) -> None:
    host = arrive("하나")
    body = {"type": "CHALLENGE", "participantUuids": [arrive("둘").uuid], "challengeUuid": "run"}
    room = host.call("POST", "/api/chat/rooms", json=body).json()
    assert (room["name"], room["challengeUuid"]) == ("둘", "run")


def test_everything_that_is_wrong_is_told_at_once(arrive: Arrive) -> None:
    answer = arrive().call("POST", "/api/chat/room", json={"type": "PARTY", "participantUuids": []})
    assert failed(answer) == (
        400,
        [
            "type must be one of the following values: DIRECT, GROUP, CHALLENGE",
            "participantUuids should not be empty",
        ],
        "Bad Request",
    )


def test_direct_room_needs_a_friend(arrive: Arrive) -> None:
    host, guest = arrive(), arrive()
    body = {"type": "DIRECT", "participantUuids": [guest.uuid]}
    refused = host.call("POST", "/api/chat/room", json=body)
    assert failed(refused) == (403, "친구가 아닌 사용자와는 채팅할 수 없습니다.", "Forbidden")
    asked = host.call("POST", "/api/friends/requests", json={"addresseeUuid": guest.uuid})
    assert (asked.status_code, asked.json()["status"]) == (201, "PENDING")
    assert host.call("POST", "/api/chat/room", json=body).status_code == 403
    accepting = f"/api/friends/requests/{host.uuid}/accept"
    assert arrive().call("PATCH", accepting).status_code == 404
    accepted = guest.call("PATCH", accepting)
    assert (accepted.status_code, accepted.json()["status"]) == (200, "ACCEPTED")
    assert host.call("POST", "/api/chat/room", json=body).status_code == 201
    crowd = {**body, "participantUuids": [guest.uuid, arrive().uuid]}
    assert host.call("POST", "/api/chat/room", json=crowd).status_code == 400
    own = host.call("POST", "/api/friends/requests", json={"addresseeUuid": host.uuid})
    assert own.status_code == 400


def test_own_rooms_come_page_by_page_those_with_news_first(arrive: Arrive) -> None:
    host, guest = arrive(), arrive()
    rooms = [host.create_room(guest, name=str(number)) for number in range(3)]
    host.call("POST", f"/api/chat/room/{rooms[0]}/message", json={"type": "TEXT", "content": "hi"})
    guest.create_room(arrive(), name="not of the host")
    first = host.call("GET", "/api/chat/rooms?page=1&limit=2").json()
    assert [one["name"] for one in first["rooms"]] == ["0", "2"]
    counts = {"total": 3, "page": 1, "limit": 2, "totalPages": 2}
    assert {name: first[name] for name in counts} == counts
    assert first["rooms"][0]["lastMessage"]["content"] == "hi"
    second = host.call("GET", "/api/chat/rooms?page=2&limit=2").json()
    assert [one["name"] for one in second["rooms"]] == ["1"]
    direct = host.call("GET", "/api/chat/rooms?type=DIRECT").json()
    assert direct["rooms"] == []
    assert host.call("GET", "/api/chat/rooms?page=0").status_code == 400


@pytest.mark.parametrize(
    ("method", "what"),
    [
        ("GET", ""),
        ("POST", "/message"),
        ("GET", "/messages"),
        ("PATCH", "/read"),
        ("DELETE", "/leave"),
    ],
)
def test_rooms_of_others_are_closed(arrive: Arrive, method: str, what: str) -> None:
    room, stranger = arrive().create_room(arrive()), arrive()
    unknown = stranger.call(method, f"/api/chat/room/nowhere{what}", json={})
    assert failed(unknown) == (404, "채팅방을 찾을 수 없습니다.", "Not Found")
    closed = stranger.call(method, f"/api/chat/room/{room}{what}", json={})
    assert failed(closed) == (403, "채팅방에 참여하지 않은 사용자입니다.", "Forbidden")


# Messages


def test_message_is_kept_and_pushed_to_nobody(arrive: Arrive) -> None:
    host, guest = arrive("하나"), arrive()
    room = host.create_room(guest)
    watching = guest.enter()
    said = {"type": "TEXT", "content": "안녕하세요! 테스트 메시지입니다."}
    answer = host.call("POST", f"/api/chat/rooms/{room}/messages", json=said)
    message = answer.json()
    assert answer.status_code == 201
    assert message == {
        "messageUuid": message["messageUuid"],
        "roomUuid": room,
        **said,
        "imageUrl": None,
        "sender": {"userUuid": host.uuid, "nickname": "하나"},
        "isMyMessage": True,
        "isRead": True,
        "readByUuids": [host.uuid],
        "createdAt": message["createdAt"],
    }
    watching.emit("joinRoom", {"roomUuid": room})
    watching.wait_for("joinedRoom")
    assert not watching.all("newMessage")
    (seen,) = guest.call("GET", f"/api/chat/room/{room}/messages").json()["messages"]
    assert seen == {**message, "isMyMessage": False}


@pytest.mark.parametrize("said", [{}, {"type": "TEXT", "content": 5}, {"type": "IMAGE"}])
def test_what_is_no_message_is_refused(arrive: Arrive, said: Any) -> None:
    host = arrive()
    room = host.create_room(arrive())
    answer = host.call("POST", f"/api/chat/room/{room}/message", json=said)
    assert (answer.status_code, type(answer.json()["message"])) == (400, list)


def test_newest_messages_come_first(arrive: Arrive) -> None:
    host = arrive()
    room = host.create_room(arrive())
    for number in range(5):
        said = {"type": "TEXT", "content": str(number)}
        host.call("POST", f"/api/chat/room/{room}/message", json=said)
    page = host.call("GET", f"/api/chat/room/{room}/messages?page=2&limit=2").json()
    assert [one["content"] for one in page["messages"]] == ["2", "1"]
    assert (page["total"], page["totalPages"]) == (5, 3)


def test_reading_counts(arrive: Arrive) -> None:
    host, guest = arrive(), arrive()
    room = host.create_room(guest)
    said = {"type": "TEXT", "content": "read me"}
    host.call("POST", f"/api/chat/room/{room}/message", json=said)
    path = f"/api/chat/room/{room}"
    assert guest.call("GET", path).json()["unreadCount"] == 1
    assert host.call("GET", path).json()["unreadCount"] == 0
    read = guest.call("PATCH", f"{path}/read")
    assert (read.status_code, read.json()["roomUuid"]) == (200, room)
    assert guest.call("GET", path).json()["unreadCount"] == 0
    (seen,) = host.call("GET", f"{path}/messages").json()["messages"]
    assert seen["readByUuids"] == [host.uuid, guest.uuid]


def test_who_left_is_no_participant(arrive: Arrive) -> None:
    host, guest = arrive(), arrive()
    room = host.create_room(guest)
    path = f"/api/chat/room/{room}"
    assert guest.call("DELETE", f"{path}/leave").json()["roomUuid"] == room
    assert guest.call("GET", path).status_code == 403
    assert guest.call("GET", "/api/chat/rooms").json()["total"] == 0
    assert host.call("GET", path).json()["participantUuids"] == [host.uuid]
    host.call("DELETE", f"{path}/leave")
    assert host.call("GET", path).status_code == 404
