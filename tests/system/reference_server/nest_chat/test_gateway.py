"""The Socket.IO half of nest-chat, as python-socketio sees it."""

from collections.abc import Callable
from typing import Any

import pytest
import requests
import websocket

pytestmark = pytest.mark.system
Arrive = Callable[..., Any]


def message(room: str, content: str) -> dict[str, Any]:
    return {"roomUuid": room, "message": {"type": "TEXT", "content": content}}


def settle(events: Any) -> None:
    """Return when the server has dealt with all that was sent before."""
    count = len(events.all("error"))
    events.emit("joinRoom", {"roomUuid": "no such room"})
    events.wait_for("error", count=count + 1)


# Connecting


@pytest.mark.parametrize("transport", ["websocket", "polling"])
def test_connecting_with_a_token_in_auth_is_confirmed(arrive: Arrive, transport: str) -> None:
    someone = arrive()
    events = someone.connect(transport=transport)
    told = {"message": "채팅 서버에 연결되었습니다.", "userUuid": someone.uuid}
    assert events.wait_for("connected") == told


@pytest.mark.parametrize("prefix", ["Bearer ", ""])
def test_the_token_may_come_in_a_header(arrive: Arrive, prefix: str) -> None:
    someone = arrive()
    events = someone.connect(headers={"Authorization": prefix + someone.token})
    assert events.wait_for("connected")["userUuid"] == someone.uuid


@pytest.mark.parametrize("auth", ['{"token":"nonsense"}', '{"token":5}', "{}", ""])
def test_without_a_good_token_one_is_sent_away(server: Any, auth: str) -> None:
    address = server.socket.replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket"
    raw = websocket.create_connection(address, 3)
    raw.recv()
    raw.send(f"40/chat,{auth}")
    assert str(raw.recv()).startswith('40/chat,{"sid":')
    assert raw.recv() == "41/chat,"
    raw.shutdown()


def test_other_namespaces_are_none(server: Any) -> None:
    url = f"{server.socket}/socket.io/?EIO=4&transport=polling"
    with requests.Session() as session:
        sid = session.get(url, timeout=3).text.partition('"sid":"')[2].partition('"')[0]
        session.post(f"{url}&sid={sid}", data="40", timeout=3)
        assert session.get(f"{url}&sid={sid}", timeout=3).text.startswith('44{"message"')


def test_one_is_in_all_ones_rooms_from_the_start(arrive: Arrive) -> None:
    host, guest = arrive(), arrive()
    room = host.create_room(guest)
    watching, speaking = guest.enter(), host.enter()
    speaking.emit("sendMessage", message(room, "hello"))
    assert watching.wait_for("newMessage")["content"] == "hello"


# Messages


def test_a_message_reaches_the_others_and_not_its_sender(arrive: Arrive) -> None:
    host, guest = arrive("하나"), arrive()
    room = host.create_room(guest)
    speaking, watching, second = host.enter(), guest.enter(), host.enter()
    speaking.emit("sendMessage", message(room, "안녕하세요"))
    seen = watching.wait_for("newMessage")
    assert seen["sender"] == {"userUuid": host.uuid, "nickname": "하나"}
    assert (seen["roomUuid"], seen["type"], seen["content"]) == (room, "TEXT", "안녕하세요")
    assert (seen["isMyMessage"], seen["readByUuids"]) == (False, [host.uuid])
    assert second.wait_for("newMessage") == seen
    settle(speaking)
    assert not speaking.all("newMessage")


def test_an_image_is_a_message(arrive: Arrive) -> None:
    host, guest = arrive(), arrive()
    room = host.create_room(guest)
    speaking, watching = host.enter(), guest.enter()
    image = {"type": "IMAGE", "imageUrl": "https://example.org/a.png"}
    speaking.emit("sendMessage", {"roomUuid": room, "message": image})
    assert watching.wait_for("newMessage")["imageUrl"] == "https://example.org/a.png"


@pytest.mark.parametrize(
    "said", [{}, {"type": "TEXT"}, {"type": "VOICE", "content": "x"}, {"type": "IMAGE"}, "hello"]
)
def test_what_is_no_message_is_an_error(arrive: Arrive, said: Any) -> None:
    host = arrive()
    room = host.create_room(arrive())
    events = host.enter()
    events.emit("sendMessage", {"roomUuid": room, "message": said})
    assert events.wait_for("error")["message"]


@pytest.mark.parametrize("event", ["joinRoom", "leaveRoom", "sendMessage", "markAsRead", "typing"])
def test_rooms_of_others_are_closed(arrive: Arrive, event: str) -> None:
    room = arrive().create_room(arrive())
    events = arrive().enter()
    events.emit(event, {"roomUuid": room})
    assert events.wait_for("error") == {"message": "채팅방에 참여하지 않은 사용자입니다."}
    events.emit(event, {"roomUuid": "nowhere"})
    assert events.wait_for("error", count=2) == {"message": "채팅방을 찾을 수 없습니다."}
    events.emit(event, "not even an object")
    assert events.wait_for("error", count=3)


def test_somebody_without_a_socket_in_the_room_is_notified(arrive: Arrive) -> None:
    host, guest = arrive("하나"), arrive()
    watching, speaking = guest.enter(), host.enter()
    room = host.create_room(guest, name="새 방")
    invited = watching.wait_for("notification")
    assert (invited["type"], invited["roomUuid"], invited["roomName"]) == (
        "NEW_ROOM",
        room,
        "새 방",
    )
    speaking.emit("sendMessage", message(room, "over here"))
    told = watching.wait_for("notification", count=2)
    assert (told["type"], told["message"]) == ("NEW_MESSAGE", "over here")
    assert not watching.all("newMessage")


# Rooms


def test_joining_is_confirmed_and_told_to_the_others_once(arrive: Arrive) -> None:
    host, guest = arrive(), arrive("둘")
    watching, coming = host.enter(), guest.enter()
    room = host.create_room(guest)
    watching.emit("joinRoom", {"roomUuid": room})
    assert watching.wait_for("joinedRoom") == {"roomUuid": room}
    for number in (1, 2):
        coming.emit("joinRoom", {"roomUuid": room})
        assert coming.wait_for("joinedRoom", count=number) == {"roomUuid": room}
    settle(watching)
    told = watching.all("systemMessage")
    assert [(one["roomUuid"], one["message"]) for one in told] == [(room, "둘님이 입장했습니다.")]
    assert not coming.all("systemMessage")


def test_who_left_the_room_hears_no_more_of_it(arrive: Arrive) -> None:
    host, guest = arrive(), arrive()
    room = host.create_room(guest)
    speaking, leaving = host.enter(), guest.enter()
    leaving.emit("leaveRoom", {"roomUuid": room})
    assert leaving.wait_for("leftRoom") == {"roomUuid": room}
    speaking.emit("sendMessage", message(room, "anybody?"))
    assert leaving.wait_for("notification")["type"] == "NEW_MESSAGE"
    assert not leaving.all("newMessage")


def test_reading_is_told_to_everybody_in_the_room(arrive: Arrive) -> None:
    host, guest = arrive(), arrive()
    room = host.create_room(guest)
    speaking, reading = host.enter(), guest.enter()
    speaking.emit("sendMessage", message(room, "read me"))
    reading.wait_for("newMessage")
    assert guest.call("GET", f"/api/chat/room/{room}").json()["unreadCount"] == 1
    reading.emit("markAsRead", {"roomUuid": room})
    for events in (speaking, reading):
        told = events.wait_for("messagesRead")
        assert (told["roomUuid"], told["userUuid"]) == (room, guest.uuid)
    assert guest.call("GET", f"/api/chat/room/{room}").json()["unreadCount"] == 0


def test_typing_is_told_to_the_others(arrive: Arrive) -> None:
    host, guest = arrive("하나"), arrive()
    room = host.create_room(guest)
    writing, watching = host.enter(), guest.enter()
    for number, state in enumerate((True, False), 1):
        writing.emit("typing", {"roomUuid": room, "isTyping": state})
        told = {"roomUuid": room, "userUuid": host.uuid, "nickname": "하나", "isTyping": state}
        assert watching.wait_for("userTyping", count=number) == told
    settle(writing)
    assert not writing.all("userTyping")


def test_leaving_for_good_is_told_to_those_who_stay(arrive: Arrive) -> None:
    host, guest = arrive(), arrive("둘")
    room = host.create_room(guest)
    watching, gone = host.enter(), guest.enter()
    assert guest.call("DELETE", f"/api/chat/room/{room}/leave").status_code == 200
    assert watching.wait_for("systemMessage")["message"] == "둘님이 채팅방을 나갔습니다."
    watching.emit("sendMessage", message(room, "bye"))
    settle(watching)
    settle(gone)
    assert not gone.all("newMessage")
    assert not gone.all("systemMessage")


def test_nothing_is_acknowledged(arrive: Arrive) -> None:
    host = arrive()
    room = host.create_room(arrive())
    events = host.enter()
    acknowledged: list[Any] = []
    joining = {"roomUuid": room}
    events.client.emit("joinRoom", joining, "/chat", callback=lambda *args: acknowledged.append(1))
    settle(events)
    assert not acknowledged
