"""STOMP 1.2 over WebSocket: frames by hand, so that everything can be said wrongly."""

import time
from collections.abc import Callable
from typing import Any

import pytest
import websocket

pytestmark = pytest.mark.system
Arrive = Callable[..., Any]
ROOM = "/sub/chat/room/{}"


def room_for(host: Any, *guests: Any) -> int:
    room = host.room_of(host.create_meeting())
    for guest in guests:
        guest.call("POST", f"/chatrooms/{room}/join")
    return int(room)


def ended_with(stomp: Any) -> int:
    """The code of the close frame that comes now."""
    opcode, content = stomp.socket.recv_data()
    assert opcode == websocket.ABNF.OPCODE_CLOSE
    return int.from_bytes(content[:2], "big")


def refused(stomp: Any) -> Any:
    """The body of the ERROR that comes now and ends the connection."""
    frame = stomp.hear()
    assert (frame.command, frame.headers["content-type"]) == ("ERROR", "application/json")
    assert ended_with(stomp) == 1002
    return frame.json


# Connecting


def test_subprotocol_is_taken_if_it_is_offered(arrive: Arrive) -> None:
    someone = arrive()
    offered = someone.stomp(subprotocols=["v10.stomp", "v12.stomp"])
    assert offered.socket.getsubprotocol() == "v12.stomp"
    assert someone.stomp(subprotocols=[]).socket.getsubprotocol() is None


def test_connected_says_who_one_is_and_what_holds(arrive: Arrive) -> None:
    someone = arrive()
    frame = someone.stomp().connect(someone.token, accept_version="1.0,1.1,1.2")
    assert frame.command == "CONNECTED"
    assert frame.headers.pop("session")
    told = {"version": "1.2", "heart-beat": "10000,10000", "user-name": str(someone.id)}
    assert frame.headers == told


def test_stomp_is_another_word_for_connect(arrive: Arrive) -> None:
    someone = arrive()
    stomp = someone.stomp()
    stomp.say("STOMP", accept_version="1.2", Authorization=f"Bearer {someone.token}")
    assert stomp.hear().command == "CONNECTED"


@pytest.mark.parametrize(
    ("headers", "message"),
    [
        ({"Authorization": "Bearer nonsense"}, "인증에 실패했습니다."),
        ({"Authorization": ""}, "인증에 실패했습니다."),
        ({"accept_version": "1.0,1.1"}, "supported protocol versions are 1.2"),
        ({"heart_beat": "soon"}, "heart-beat is two numbers of milliseconds"),
        ({"heart_beat": "-1,0"}, "heart-beat is two numbers of milliseconds"),
    ],
)
def test_connect_is_refused(arrive: Arrive, headers: dict[str, str], message: str) -> None:
    someone = arrive()
    stomp = someone.stomp()
    frame = stomp.connect(someone.token, **headers)
    assert (frame.command, frame.json["message"]) == ("ERROR", message)
    assert ended_with(stomp) == 1002


def test_nothing_goes_before_connect_and_connect_once(arrive: Arrive) -> None:
    someone = arrive()
    early, twice = someone.stomp(), someone.stomp()
    early.say("SUBSCRIBE", id="s", destination=ROOM.format(1))
    assert refused(early) == {"message": "SUBSCRIBE while not connected"}
    twice.connect(someone.token)
    twice.say("CONNECT", accept_version="1.2")
    assert refused(twice) == {"message": "CONNECT while connected already"}


# Messages


def test_message_goes_to_all_who_are_subscribed(arrive: Arrive) -> None:
    host, guest = arrive(), arrive()
    room = room_for(host, guest)
    listening, speaking = host.enter(room), guest.enter(room)
    guest.speak(speaking, room, "안녕: 하세요\n")
    heard, echo = listening.hear(), speaking.hear()
    assert heard.command == "MESSAGE"
    assert heard.json == {
        "roomId": room,
        "message": "안녕: 하세요\n",
        "senderNickname": guest.nickname,
        "senderId": guest.id,
        "userProfileImageUrl": "",
    }
    assert heard.headers == {
        "subscription": "s",
        "message-id": heard.headers["message-id"],
        "destination": ROOM.format(room).replace(":", "\\c"),
        "content-type": "application/json",
        "content-length": str(len(heard.body.encode())),
    }
    assert echo == heard
    assert host.notices()[-1] == "NEW_CHAT_MESSAGE"


def test_one_may_be_subscribed_twice_and_unsubscribe(arrive: Arrive) -> None:
    host = arrive()
    room = room_for(host)
    stomp = host.enter(room)
    stomp.say("SUBSCRIBE", id="two\\c", destination=ROOM.format(room), ack="client")
    host.speak(stomp, room, "twice")
    frames = [stomp.hear(), stomp.hear()]
    assert [one.headers["subscription"] for one in frames] == ["s", "two\\c"]
    assert len({one.headers["message-id"] for one in frames}) == 1
    assert ["ack" in one.headers for one in frames] == [False, True]
    stomp.say("ACK", id=frames[1].headers["ack"])
    stomp.say("NACK", id=frames[1].headers["ack"])
    stomp.say("UNSUBSCRIBE", id="s")
    host.speak(stomp, room, "once", receipt="r")
    assert stomp.hear().headers["subscription"] == "two\\c"
    assert stomp.hear().headers == {"receipt-id": "r"}


def test_who_looks_at_the_room_is_not_notified(arrive: Arrive) -> None:
    host, guest = arrive(), arrive()
    room = room_for(host, guest)
    host.call("POST", f"/chatrooms/{room}/in")
    stomp = guest.enter(room)
    guest.speak(stomp, room, "hello")
    stomp.hear()
    assert host.notices() == []


def test_who_left_hears_no_more(arrive: Arrive) -> None:
    host, guest, other = arrive(), arrive(), arrive()
    room = room_for(host, guest, other)
    leaving, expelled, speaking = guest.enter(room), other.enter(room), host.enter(room)
    guest.call("POST", f"/chatrooms/{room}/leave")
    host.call("POST", f"/chatrooms/{room}/withdrawal/{other.id}")
    host.speak(speaking, room, "alone")
    speaking.hear()
    leaving.settle()
    expelled.settle()


# Errors


@pytest.mark.parametrize(
    ("command", "headers", "message"),
    [
        ("SUBSCRIBE", {"destination": ROOM.format(0), "id": "1"}, "해당 채팅방이 없습니다."),
        ("SUBSCRIBE", {"destination": ROOM.format("x"), "id": "1"}, "해당 채팅방이 없습니다."),
        ("SUBSCRIBE", {"destination": "/nowhere", "id": "1"}, "there is no destination /nowhere"),
        ("SUBSCRIBE", {"destination": ROOM.format(0)}, "SUBSCRIBE needs an id of its own"),
        (
            "SUBSCRIBE",
            {"destination": ROOM.format(0), "id": "1", "ack": "never"},
            "ack is one of auto, client, client-individual",
        ),
        ("UNSUBSCRIBE", {"id": "1"}, "UNSUBSCRIBE needs the id of a subscription"),
        ("SEND", {"destination": "/nowhere"}, "there is no destination /nowhere"),
        ("SEND", {"destination": "/pub/chat/message"}, "유효하지 않은 요청"),
        ("SEND", {"transaction": "1"}, "there are no transactions"),
        ("BEGIN", {"transaction": "1"}, "there are no transactions"),
        ("COMMIT", {"transaction": "1"}, "there are no transactions"),
        ("ABORT", {"transaction": "1"}, "there are no transactions"),
        ("ACK", {}, "ACK needs the id of a message"),
        ("NACK", {}, "NACK needs the id of a message"),
        ("SHOUT", {}, "there is no command SHOUT"),
    ],
)
def test_error_ends_the_connection(
    arrive: Arrive, command: str, headers: dict[str, str], message: str
) -> None:
    someone = arrive()
    stomp = someone.stomp()
    stomp.connect(someone.token)
    stomp.say(command, **headers, receipt="r")
    frame = stomp.hear()
    assert (frame.command, frame.json["message"]) == ("ERROR", message)
    assert (frame.headers["message"], frame.headers["receipt-id"]) == (message, "r")
    assert ended_with(stomp) == 1002


@pytest.mark.parametrize(
    ("other", "status"),
    [
        ({"roomId": 0}, 404),
        ({"roomId": "1"}, 400),
        ({"message": ""}, 400),
        ({"message": 5}, 400),
        ({"userId": 0}, 400),
    ],
)
def test_what_cannot_be_said_is_an_error(arrive: Arrive, other: Any, status: int) -> None:
    host = arrive()
    room = room_for(host)
    stomp = host.enter(room)
    body = {"userId": host.id, "roomId": room, "message": "x", **other}
    stomp.say("SEND", body, destination="/pub/chat/message")
    assert refused(stomp)["status"] == status


def test_rooms_of_others_are_closed(arrive: Arrive) -> None:
    room, stranger = room_for(arrive()), arrive()
    listening, speaking = stranger.stomp(), stranger.stomp()
    listening.connect(stranger.token)
    listening.say("SUBSCRIBE", id="1", destination=ROOM.format(room))
    not_in_it = {"status": 403, "message": "해당 채팅방에 참여 중이 아닙니다."}
    assert refused(listening) == not_in_it
    speaking.connect(stranger.token)
    stranger.speak(speaking, room, "hello?")
    assert refused(speaking) == not_in_it


def test_what_is_no_frame_is_an_error(arrive: Arrive) -> None:
    stomp = arrive().stomp()
    stomp.socket.send("CONNECT\nno colon\n\n\0")
    assert refused(stomp) == {"message": "a header without a colon: no colon"}


def test_frames_may_come_in_pieces_and_in_bytes(arrive: Arrive) -> None:
    someone = arrive()
    stomp = someone.stomp()
    frame = f"CONNECT\naccept-version:1.2\nAuthorization:Bearer {someone.token}\n\n\0"
    stomp.socket.send(frame[:20])
    stomp.socket.send_binary(frame[20:].encode() + b"\nACK\nid:1\nreceipt:2\n\n\0")
    assert [stomp.hear().command for _ in range(2)] == ["CONNECTED", "RECEIPT"]


# The end, and heart-beats


def test_disconnect_gets_its_receipt_and_ends(arrive: Arrive) -> None:
    someone = arrive()
    stomp = someone.stomp()
    stomp.connect(someone.token)
    stomp.say("DISCONNECT", receipt="bye")
    assert stomp.hear().headers == {"receipt-id": "bye"}
    assert ended_with(stomp) == 1000


def test_heart_beats_go_both_ways(serve: Callable[..., Any]) -> None:
    someone = serve("--heart-beat-out", "0.2", "--heart-beat-in", "0.2")()
    stomp = someone.stomp()
    told = stomp.connect(someone.token, heart_beat="300,300")
    assert told.headers["heart-beat"] == "200,200"
    began = time.monotonic()
    beats = 0
    while time.monotonic() - began < 1.5:
        stomp.socket.send("\n")
        assert stomp.socket.recv() == "\n"
        beats += 1
    assert 3 <= beats <= 6


def test_missing_heart_beat_ends_the_connection(serve: Callable[..., Any]) -> None:
    someone = serve("--heart-beat-out", "0", "--heart-beat-in", "0.2")()
    stomp = someone.stomp()
    assert stomp.connect(someone.token, heart_beat="100,100").headers["heart-beat"] == "0,200"
    assert refused(stomp) == {"message": "no heart-beat came"}


def test_who_promised_no_heart_beat_may_be_silent(serve: Callable[..., Any]) -> None:
    someone = serve("--heart-beat-out", "0.2", "--heart-beat-in", "0.2")()
    stomp = someone.stomp()
    stomp.connect(someone.token, heart_beat="0,0")
    stomp.socket.settimeout(1)
    with pytest.raises(websocket.WebSocketTimeoutException):
        stomp.socket.recv()
    stomp.settle()
