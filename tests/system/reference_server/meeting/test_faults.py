"""Each kind of fault on STOMP frames and on event streams."""

import time
from collections.abc import Callable
from typing import Any

import pytest
import requests
import websocket

pytestmark = pytest.mark.system
Serve = Callable[..., Any]
SUBSCRIBE = "SUBSCRIBE /sub/chat/room/{roomId}"
SEND = "SEND /pub/chat/message"
MESSAGE = "push MESSAGE /sub/chat/room/{roomId}"
GONE = (ConnectionError, websocket.WebSocketConnectionClosedException)


def faulty(serve: Serve, *faults: str, options: tuple[str, ...] = ()) -> Any:
    """``arrive`` to a server with faults."""
    return serve(*[word for fault in faults for word in ("--fault", fault)], *options)


def in_a_room(someone: Any) -> tuple[Any, int]:
    room = someone.room_of(someone.create_meeting())
    return someone.enter(room), room


# Frames


@pytest.mark.parametrize(("frame", "code"), [("CONNECT", ""), (SUBSCRIBE, "BUSY"), (SEND, "BUSY")])
def test_frame_is_answered_with_an_error(serve: Serve, frame: str, code: str) -> None:
    someone = faulty(serve, f"{frame}:error=1,code={code}")()
    room = someone.room_of(someone.create_meeting())
    stomp = someone.stomp()
    heard = stomp.connect(someone.token)
    if frame == SUBSCRIBE:
        stomp.say("SUBSCRIBE", id="s", destination=f"/sub/chat/room/{room}")
        heard = stomp.hear()
    elif frame == SEND:
        someone.speak(stomp, room, "hello")
        heard = stomp.hear()
    told = {"message": "injected fault", "code": code} if code else {"message": "injected fault"}
    assert (heard.command, heard.json) == ("ERROR", told)
    assert stomp.socket.recv_data()[0] == websocket.ABNF.OPCODE_CLOSE


def test_frame_is_delayed(serve: Serve) -> None:
    someone = faulty(serve, f"{SEND}:delay=300ms")()
    stomp, room = in_a_room(someone)
    began = time.perf_counter()
    someone.speak(stomp, room, "slow")
    assert stomp.hear().json["message"] == "slow"
    assert time.perf_counter() - began >= 0.3


def test_frame_is_never_answered(serve: Serve) -> None:
    someone = faulty(serve, f"{SEND}:never")()
    stomp, room = in_a_room(someone)
    someone.speak(stomp, room, "hello?", receipt="never")
    stomp.settle()


def test_frame_ends_the_connection(serve: Serve) -> None:
    someone = faulty(serve, f"{SEND}:drop")()
    stomp, room = in_a_room(someone)
    someone.speak(stomp, room, "bye")
    with pytest.raises(GONE):
        stomp.hear()


def test_handshake_is_refused_in_the_words_of_the_system(serve: Serve) -> None:
    someone = faulty(serve, "connect:error=1,status=503")()
    with pytest.raises(websocket.WebSocketBadStatusException) as refused:
        someone.stomp()
    assert refused.value.status_code == 503


# What the broker sends


def test_messages_are_lost_doubled_and_delayed(serve: Serve) -> None:
    someone = faulty(serve, f"{MESSAGE}:duplicate", f"{MESSAGE}:delay=300ms")()
    stomp, room = in_a_room(someone)
    began = time.perf_counter()
    someone.speak(stomp, room, "twice", receipt="r")
    heard = [stomp.hear() for _ in range(3)]
    assert time.perf_counter() - began >= 0.3
    assert [one.command for one in heard] == ["RECEIPT", "MESSAGE", "MESSAGE"]


def test_lost_messages_reach_their_sender_alone(serve: Serve) -> None:
    arrive = faulty(serve, "message:lose")
    host, guest = arrive(), arrive()
    speaking, room = in_a_room(host)
    guest.call("POST", f"/chatrooms/{room}/join")
    listening = guest.enter(room)
    host.speak(speaking, room, "can you hear me?")
    assert speaking.hear().command == "MESSAGE"
    listening.settle()


def test_receipts_are_lost(serve: Serve) -> None:
    someone = faulty(serve, "push RECEIPT:lose")()
    stomp = someone.stomp()
    stomp.connect(someone.token)
    stomp.say("ACK", id="x", receipt="r")
    stomp.socket.settimeout(0.3)
    with pytest.raises(websocket.WebSocketTimeoutException):
        stomp.hear()


def test_message_ends_the_connection_instead(serve: Serve) -> None:
    someone = faulty(serve, f"{MESSAGE}:drop")()
    stomp, room = in_a_room(someone)
    someone.speak(stomp, room, "never seen")
    with pytest.raises(GONE):
        stomp.hear()


# Heart-beats

QUICK = ("--heart-beat-out", "0.2", "--heart-beat-in", "0.2")


def test_no_heart_beats_come(serve: Serve) -> None:
    someone = faulty(serve, "socket:no-ping", options=QUICK)()
    stomp = someone.stomp()
    stomp.connect(someone.token, heart_beat="0,200")
    stomp.socket.settimeout(0.8)
    with pytest.raises(websocket.WebSocketTimeoutException):
        stomp.socket.recv()
    stomp.socket.settimeout(3)
    stomp.settle()


def test_heart_beats_are_not_heard(serve: Serve) -> None:
    someone = faulty(serve, "socket:no-pong", options=QUICK)()
    stomp = someone.stomp()
    stomp.connect(someone.token, heart_beat="200,0")
    for _ in range(10):
        stomp.socket.send("\n")
        time.sleep(0.1)
    assert stomp.hear().json == {"message": "no heart-beat came"}


def test_half_open_connection_is_silent_but_stays(serve: Serve) -> None:
    someone = faulty(serve, "socket:half-open,after=1s,for=2s", options=QUICK)()
    stomp = someone.stomp()
    stomp.connect(someone.token, heart_beat="0,200")
    time.sleep(1)
    while stomp.socket.sock.setblocking(False) is None:
        try:
            stomp.socket.sock.recv(1000)
        except BlockingIOError:
            break
    stomp.socket.settimeout(0.8)
    with pytest.raises(websocket.WebSocketTimeoutException):
        stomp.socket.recv()
    time.sleep(1.5)
    stomp.socket.settimeout(3)
    assert stomp.socket.recv() == "\n"


# Event streams

STREAM = "GET /api/v1/notifications/subscribe"


def test_subscription_fails_on_demand(serve: Serve) -> None:
    answer = faulty(serve, f"{STREAM}:error=1,status=503,code=BUSY")().listen().answer
    told = {"message": "injected fault", "code": "BUSY"}
    assert (answer.status_code, answer.json()) == (503, told)


def test_subscription_is_delayed(serve: Serve) -> None:
    someone = faulty(serve, f"{STREAM}:delay=300ms")()
    began = time.perf_counter()
    someone.listen().event()
    assert time.perf_counter() - began >= 0.3


def test_subscription_is_dropped(serve: Serve) -> None:
    with pytest.raises(requests.ConnectionError):
        faulty(serve, f"{STREAM}:drop")().listen()


def test_subscription_is_never_answered(serve: Serve) -> None:
    someone = faulty(serve, f"{STREAM}:never")()
    with pytest.raises(requests.ReadTimeout):
        someone.call("GET", "/notifications/subscribe", stream=True, timeout=0.3)


def test_events_are_lost_doubled_and_delayed_by_name(serve: Serve) -> None:
    arrive = faulty(
        serve,
        "push NEW_PARTICIPATION_REQUEST:lose",
        "push PARTICIPANT_LEFT:duplicate",
        "push PARTICIPANT_LEFT:delay=300ms",
    )
    host, guest = arrive(), arrive()
    meeting = host.create_meeting()
    listening = host.listen()
    listening.event()
    host.call("PATCH", f"/participations/{guest.apply(meeting)}/approve")
    began = time.perf_counter()
    guest.call("POST", f"/chatrooms/{guest.room_of(meeting)}/leave")
    heard = [listening.event() for _ in range(2)]
    assert time.perf_counter() - began >= 0.3
    assert heard[0] == heard[1]
    assert "PARTICIPANT_LEFT" in heard[0]["data"]
    assert host.notices() == ["NEW_PARTICIPATION_REQUEST", "PARTICIPANT_LEFT"]


def test_event_ends_the_stream_instead(serve: Serve) -> None:
    arrive = faulty(serve, "push NEW_PARTICIPATION_REQUEST:drop")
    host = arrive()
    meeting = host.create_meeting()
    listening = host.listen()
    listening.event()
    arrive().apply(meeting)
    with pytest.raises((requests.ConnectionError, requests.exceptions.ChunkedEncodingError)):
        listening.event()


def test_no_comments_keep_the_stream_alive(serve: Serve) -> None:
    arrive = faulty(serve, "socket:no-ping", options=("--keep-alive", "0.1"))
    host = arrive()
    meeting = host.create_meeting()
    listening = host.listen()
    listening.event()
    time.sleep(0.5)
    arrive().apply(meeting)
    assert listening.block()[0] == "event: notification"


def test_half_open_stream_is_silent_but_stays(serve: Serve) -> None:
    options = ("--keep-alive", "0.1")
    arrive = faulty(serve, "socket:half-open,after=500ms,for=1500ms", options=options)
    host = arrive()
    meeting = host.create_meeting()
    listening = host.listen()
    assert listening.event()["event"] == "connect"
    time.sleep(0.7)
    arrive().apply(meeting)
    time.sleep(1.5)
    arrive().apply(meeting)
    ids = [str(one["id"]) for one in host.call("GET", "/notifications").json()]
    assert listening.event()["id"] == ids[1]
