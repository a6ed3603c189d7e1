"""Who gets a socket at the judge, and what a second socket does to the first."""

import json
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest
import socketio
import websocket

pytestmark = pytest.mark.system
Visit = Callable[..., Any]


def refusal(visitor: Any, auth: Any) -> Any:
    with pytest.raises(socketio.exceptions.ConnectionError):
        visitor.connect_with(auth)
    return visitor.refusals()[-1]


def test_bad_token_is_refused_by_name(visit: Visit) -> None:
    visitor = visit()
    auth = {"token": "nonsense", "sessionId": visitor.session_id}
    assert refusal(visitor, auth) == {"message": "Invalid token"}


def test_superseded_session_is_refused_by_name(visit: Visit) -> None:
    visitor = visit()
    auth = {"token": visitor.token, "sessionId": visitor.session_id}
    visitor.log_in()
    assert refusal(visitor, auth) == {"message": "Invalid session"}


def test_removed_user_is_refused_by_name(visit: Visit) -> None:
    visitor = visit()
    auth = {"token": visitor.token, "sessionId": visitor.session_id}
    visitor.call("DELETE", "/api/users/account")
    assert refusal(visitor, auth) == {"message": "User not found"}


def test_empty_auth_payload_is_refused_with_a_bare_string(visit: Visit) -> None:
    visitor = visit()
    with pytest.raises(socketio.exceptions.ConnectionError):
        visitor.connect_with({})
    assert visitor.refusals() == ["Authentication error"]


def test_connect_without_any_auth_payload_succeeds_as_nobody(deployed_server: Any) -> None:
    address = deployed_server.socket.replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket"
    with closing(websocket.create_connection(address, timeout=3)) as raw:
        assert str(raw.recv()).startswith('0{"sid"')
        raw.send("40")
        assert str(raw.recv()).startswith('40{"sid"')
        raw.send('42["joinRoom","any room"]')
        assert str(raw.recv()).startswith('42["joinRoomError"')
        raw.send('42["chatMessage",{}]')
        assert '"UNAUTHORIZED"' in str(raw.recv())


def test_handshake_offers_the_deployments_ping(deployed_server: Any) -> None:
    address = deployed_server.socket.replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket"
    with closing(websocket.create_connection(address, timeout=3)) as raw:
        opening = json.loads(str(raw.recv()).removeprefix("0"))
    assert (opening["pingInterval"], opening["pingTimeout"]) == (25_000, 60_000)


def test_polling_serves_as_well(visit: Visit) -> None:
    visitor = visit()
    room = visitor.create_room()
    events = visitor.enter(room, transport="polling")
    assert visitor.say(events, room, "over polling")["type"] == "text"


def test_second_socket_ends_the_first_after_a_while_but_leaves_it_connected(visit: Visit) -> None:
    visitor = visit()
    room = visitor.create_room()
    first = visitor.enter(room)
    visitor.log_in()
    second = visitor.connect(user_agent="another judge")
    notice = first.wait_for("duplicate_login")
    assert notice.keys() == {"type", "deviceInfo", "ipAddress", "timestamp"}
    assert notice["deviceInfo"] == "another judge"
    assert visitor.say(second, room, "in the room by itself")["room"] == room
    assert first.wait_for("session_ended").keys() == {"reason", "message"}
    assert first.client.connected
    first.settle()


def test_first_socket_may_fetch_but_not_speak_after_a_second_login(visit: Visit) -> None:
    visitor = visit()
    room = visitor.create_room()
    first = visitor.connect()
    visitor.log_in()
    first.emit("joinRoom", room)
    assert first.wait_for("joinRoomSuccess")["roomId"] == room
    first.emit("fetchPreviousMessages", {"roomId": room, "limit": 30})
    first.wait_for("previousMessagesLoaded")
    first.emit("chatMessage", {"room": room, "type": "text", "content": "too late"})
    assert first.wait_for("error")["code"] == "SESSION_EXPIRED"


def test_room_is_lost_to_the_second_socket_when_the_first_closes(visit: Visit) -> None:
    host, visitor = visit(), visit()
    room = host.create_room()
    watching = host.enter(room)
    first = visitor.enter(room)
    second = visitor.connect()
    first.leave()
    watching.wait_for("userLeft", lambda got: got["userId"] == visitor.id)
    second.emit("chatMessage", {"room": room, "type": "text", "content": "anyone?"})
    assert second.wait_for("error")["code"] == "MESSAGE_ERROR"


def test_second_socket_without_a_user_agent_is_a_zombie(visit: Visit) -> None:
    visitor = visit()
    visitor.connect()
    second = visitor.connect(user_agent="")
    assert second.wait_for("error")["code"] == "SESSION_EXPIRED"


def test_disconnecting_leaves_every_room_and_needs_a_new_join(visit: Visit) -> None:
    host, guest = visit(), visit()
    room = host.create_room()
    watching = host.enter(room)
    guest.enter(room).leave()
    left = watching.wait_for("userLeft")
    assert left == {"userName": guest.name, "userId": guest.id}
    kinds = [name for name in watching.names() if name in {"message", "participantsUpdate"}]
    assert kinds == ["message", "participantsUpdate"] * 3
    again = guest.enter(room)
    assert len(again.wait_for("joinRoomSuccess")["participants"]) == 2


def test_frame_over_64_kib_ends_the_connection(visit: Visit) -> None:
    visitor = visit()
    room = visitor.create_room()
    events = visitor.enter(room)
    assert visitor.say(events, room, "-" * 20_000)["content"] == "-" * 20_000
    events.emit("chatMessage", {"room": room, "type": "text", "content": "-" * 70_000})
    events.client.wait()
    assert not events.client.connected
