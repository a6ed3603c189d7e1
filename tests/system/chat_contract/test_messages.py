"""What happens in a room of the judge, from joining to the AI that somebody mentions."""

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.system
Visit = Callable[..., Any]


def test_join_over_the_socket_shows_the_room_then_tells_it(visit: Visit) -> None:
    host, guest = visit(), visit()
    room = host.create_room()
    watching = host.enter(room)
    events = guest.enter(room)
    success = events.wait_for("joinRoomSuccess")
    assert success.keys() == {"roomId", "participants", "messages", "hasMore", "activeStreams"}
    assert [person["id"] for person in success["participants"]] == [host.id, guest.id]
    system = watching.wait_for("message", lambda got: guest.name in got["content"], count=2)
    assert (system["type"], "sender" in system) == ("system", False)
    people = watching.wait_for("participantsUpdate", lambda got: len(got) == 2)
    assert {person["id"] for person in people} == {host.id, guest.id}
    events.wait_for("participantsUpdate")
    assert events.names() == ["joinRoomSuccess", "message", "participantsUpdate"]


def test_joining_again_answers_with_the_room_id_alone(visit: Visit) -> None:
    visitor = visit()
    room = visitor.create_room()
    events = visitor.enter(room)
    events.emit("joinRoom", room)
    assert events.wait_for("joinRoomSuccess", count=2) == {"roomId": room}


def test_missing_room_cannot_be_joined_and_an_object_is_met_with_silence(visit: Visit) -> None:
    events = visit().connect()
    events.emit("joinRoom", {"roomId": "x"})
    events.settle()
    assert events.names() == []
    events.emit("joinRoom", "0" * 24)
    assert "message" in events.wait_for("joinRoomError")


def test_new_room_is_announced_to_everyone(visit: Visit) -> None:
    events = visit().connect()
    room = visit().create_room("for all")
    assert events.wait_for("roomCreated", lambda got: got["_id"] == room)["name"] == "for all"


def test_deleted_room_is_announced_by_its_id(visit: Visit) -> None:
    visitor = visit()
    events, room = visitor.connect(), visitor.create_room()
    assert visitor.call("DELETE", f"/judge/rooms/{room}").status_code == 200
    assert events.wait_for("roomDeleted") == room


def test_message_reaches_everyone_the_sender_included(visit: Visit) -> None:
    host, guest = visit(), visit()
    room = host.create_room()
    inside, speaking = host.enter(room), guest.enter(room)
    own = guest.say(speaking, room, "hello")
    heard = inside.wait_for("message", lambda got: got["content"] == "hello")
    assert heard == own
    keys = {"_id", "room", "content", "type", "timestamp", "sender", "reactions", "metadata"}
    assert own.keys() == keys
    sender = {"id": guest.id, "name": guest.name, "email": guest.email, "profileImage": ""}
    assert own["sender"] == sender
    assert isinstance(own["timestamp"], int)


def test_older_name_of_the_content_still_works(visit: Visit) -> None:
    visitor = visit()
    room = visitor.create_room()
    events = visitor.enter(room)
    events.emit("chatMessage", {"room": room, "type": "text", "msg": "as before"})
    events.wait_for("message", lambda got: got["content"] == "as before")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"content": "this is Forbidden here"}, "MESSAGE_REJECTED"),
        ({"room": "0" * 24}, "MESSAGE_ERROR"),
        ({"room": None}, "MESSAGE_ERROR"),
        ({"type": "song"}, "MESSAGE_ERROR"),
        ({"type": "file", "fileData": {"_id": "none"}}, "MESSAGE_ERROR"),
    ],
)
def test_message_is_refused_although_it_is_acknowledged(
    visit: Visit, changes: dict[str, Any], code: str
) -> None:
    visitor = visit()
    room = visitor.create_room()
    events = visitor.enter(room)
    payload = {"room": room, "type": "text", "content": "hello", **changes}
    assert events.call("chatMessage", payload) == []
    assert events.wait_for("error")["code"] == code
    assert not events.all("message", lambda got: got["type"] != "system")


def test_stranger_to_a_room_cannot_speak_in_it(visit: Visit) -> None:
    room = visit().create_room()
    events = visit().connect()
    events.emit("chatMessage", {"room": room, "type": "text", "content": "hello"})
    assert events.wait_for("error")["code"] == "MESSAGE_ERROR"


def test_blank_text_and_unknown_events_are_met_with_silence(visit: Visit) -> None:
    visitor = visit()
    room = visitor.create_room()
    events = visitor.enter(room)
    events.wait_for("participantsUpdate")
    before = events.names()
    events.emit("chatMessage", {"room": room, "type": "text", "content": "  "})
    acknowledged: list[Any] = []
    events.client.emit("noSuchEvent", {}, callback=lambda *args: acknowledged.append(args))
    events.settle()
    assert events.names() == before
    assert acknowledged == []


def test_sender_is_stopped_past_the_limit_and_told_when_to_go_on(
    visit: Visit, start_server: Callable[..., Any]
) -> None:
    visitor = visit(start_server("--message-limit", "1"))
    room = visitor.create_room()
    events = visitor.enter(room)
    visitor.say(events, room, "first")
    events.emit("chatMessage", {"room": room, "type": "text", "content": "second"})
    error = events.wait_for("error")
    assert error["code"] == "RATE_LIMIT_EXCEEDED"
    assert 1 <= error["retryAfter"] <= 60


def test_leaving_tells_those_who_stay(visit: Visit) -> None:
    host, guest = visit(), visit()
    room = host.create_room()
    watching, leaving = host.enter(room), guest.enter(room)
    leaving.emit("leaveRoom", room)
    assert watching.wait_for("userLeft")["userId"] == guest.id
    assert watching.names()[-3:] == ["message", "participantsUpdate", "userLeft"]
    leaving.emit("chatMessage", {"room": room, "type": "text", "content": "still here?"})
    assert leaving.wait_for("error")["code"] == "MESSAGE_ERROR"


def test_history_comes_page_by_page_oldest_first(visit: Visit) -> None:
    visitor = visit()
    room = visitor.create_room()
    events = visitor.enter(room)
    for number in range(5):
        visitor.say(events, room, f"number {number}")
    events.emit("fetchPreviousMessages", {"roomId": room, "limit": 3})
    newest = events.wait_for("previousMessagesLoaded")
    assert events.all("messageLoadStart") == [None]
    assert [got["content"] for got in newest["messages"]] == ["number 2", "number 3", "number 4"]
    assert newest["hasMore"] is True
    before = newest["messages"][0]["timestamp"]
    events.emit("fetchPreviousMessages", {"roomId": room, "limit": 30, "before": before})
    oldest = events.wait_for("previousMessagesLoaded", count=2)
    assert [got["content"] for got in oldest["messages"][1:]] == ["number 0", "number 1"]
    assert oldest["messages"][0]["type"] == "system"
    assert oldest["hasMore"] is False


def test_newcomer_is_shown_the_newest_30(visit: Visit) -> None:
    host, guest = visit(), visit()
    room = host.create_room()
    events = host.enter(room)
    for number in range(31):
        events.emit("chatMessage", {"room": room, "type": "text", "content": f"number {number}"})
    events.wait_for("message", lambda got: got["content"] == "number 30")
    success = guest.enter(room).wait_for("joinRoomSuccess")
    assert [got["content"] for got in success["messages"]] == [f"number {n}" for n in range(1, 31)]
    assert success["hasMore"] is True


def test_history_of_another_room_is_refused(visit: Visit) -> None:
    room = visit().create_room()
    events = visit().connect()
    events.emit("fetchPreviousMessages", {"roomId": room, "limit": 30})
    assert events.wait_for("error")["code"] == "LOAD_ERROR"


def test_read_mark_reaches_everyone_and_stays_in_the_history(visit: Visit) -> None:
    host, guest = visit(), visit()
    room = host.create_room()
    inside, reading = host.enter(room), guest.enter(room)
    message = host.say(inside, room, "read me")["_id"]
    reading.emit("markMessagesAsRead", {"roomId": room, "messageIds": [message]})
    mark = {"userId": guest.id, "messageIds": [message]}
    assert reading.wait_for("messagesRead") == inside.wait_for("messagesRead") == mark
    reading.emit("fetchPreviousMessages", {"roomId": room, "limit": 1})
    [past] = reading.wait_for("previousMessagesLoaded")["messages"]
    assert "profileImage" not in past["sender"]
    [reader] = past["readers"]
    assert reader["userId"] == guest.id
    assert len(reader["readAt"]) == 7


def test_reactions_are_added_and_removed_for_all_to_see(visit: Visit) -> None:
    host, guest = visit(), visit()
    room = host.create_room()
    inside, reacting = host.enter(room), guest.enter(room)
    message = host.say(inside, room, "like me")["_id"]
    reaction = {"messageId": message, "reaction": "👍", "type": "add"}
    reacting.emit("messageReaction", reaction)
    update = {"messageId": message, "reactions": {"👍": [guest.id]}}
    assert inside.wait_for("messageReactionUpdate") == update
    reacting.emit("messageReaction", {**reaction, "type": "remove"})
    assert inside.wait_for("messageReactionUpdate", count=2)["reactions"] == {}
    reacting.emit("messageReaction", {**reaction, "type": "toggle"})
    assert "code" not in reacting.wait_for("error")


def test_file_is_sent_as_a_message_and_seen_by_the_room(visit: Visit) -> None:
    host, guest = visit(), visit()
    room = host.create_room()
    sending, watching = host.enter(room), guest.enter(room)
    upload = {"file": ("a.pdf", b"pages", "application/pdf")}
    file = host.call("POST", "/api/files/upload", files=upload).json()["file"]
    payload = {"room": room, "type": "file", "content": "", "fileData": {"_id": file["_id"]}}
    sending.emit("chatMessage", payload)
    message = watching.wait_for("message", lambda got: got["type"] == "file")
    assert message["file"] == file
    assert guest.call("GET", f"/api/files/view/{file['filename']}").content == b"pages"


def test_mentioned_ai_answers_in_chunks_and_stays_in_the_history(visit: Visit) -> None:
    visitor = visit()
    room = visitor.create_room()
    events = visitor.enter(room)
    visitor.say(events, room, "@wayneAI hello")
    start = events.wait_for("aiMessageStart")
    complete = events.wait_for("aiMessageComplete")
    chunks = events.all("aiMessageChunk")
    assert start["aiType"] == complete["aiType"] == "wayneAI"
    assert {got["messageId"] for got in [start, complete, *chunks]} == {start["messageId"]}
    assert len(chunks) > 1
    assert {got["isCodeBlock"] for got in chunks} == {True, False}
    assert chunks[-1]["fullContent"] == complete["content"]
    events.emit("fetchPreviousMessages", {"roomId": room, "limit": 1})
    [past] = events.wait_for("previousMessagesLoaded")["messages"]
    assert (past["_id"], past["type"]) == (complete["_id"], "ai")


def test_ai_without_a_key_fails_after_its_start(
    visit: Visit, start_server: Callable[..., Any]
) -> None:
    visitor = visit(start_server("--ai", "broken"))
    room = visitor.create_room()
    events = visitor.enter(room)
    visitor.say(events, room, "@consultingAI hello")
    assert events.wait_for("aiMessageStart")["aiType"] == "consultingAI"
    assert events.wait_for("aiMessageError").keys() >= {"messageId", "error"}
