import pytest

from ktb_load.reference_server.rest.uploads import Upload
from ktb_load.reference_server.systems.ktb_chat.shapes import Shapes, date_list
from ktb_load.reference_server.systems.ktb_chat.storage import Store, open_store
from ktb_load.reference_server.systems.ktb_chat.storage.messages import FOREVER, Draft
from ktb_load.reference_server.systems.ktb_chat.storage.people import Person
from ktb_load.reference_server.systems.ktb_chat.storage.rooms import Room


@pytest.fixture
def store() -> Store:
    return open_store(":memory:")


@pytest.fixture
def host(store: Store) -> Person:
    return store.people.add("Host", "host@example.org", "secret1")


@pytest.fixture
def room(store: Store, host: Person) -> Room:
    return store.rooms.add("tea", host.id, "")


def test_dates_are_lists_on_deployed_servers() -> None:
    assert date_list(1_765_413_910_994) == [2025, 12, 11, 0, 45, 10, 994_000_000]


def test_envelope_belongs_to_deployed_servers(store: Store) -> None:
    assert Shapes("deployed", store).answer({"a": 1}) == {"success": True, "data": {"a": 1}}
    assert Shapes("documented", store).answer({"a": 1}) == {"a": 1}


def test_system_message_has_no_sender_key(store: Store, room: Room) -> None:
    message = store.messages.add(room.id, Draft("system", "hello"))
    shape = Shapes("deployed", store).live_message(message)
    assert shape.keys() == {
        "_id", "room", "content", "type", "timestamp", "reactions", "metadata"
    }  # fmt: skip


def test_live_message_has_readers_in_the_document_alone(
    store: Store, host: Person, room: Room
) -> None:
    message = store.messages.add(room.id, Draft("text", "hello", host.id))
    assert "readers" not in Shapes("deployed", store).live_message(message)
    assert Shapes("documented", store).live_message(message)["readers"] == []


def test_past_message_shows_readers_reactions_and_its_file(
    store: Store, host: Person, room: Room
) -> None:
    file = store.files.add(host.id, Upload("a.PNG", "image/png", b"pixels"))
    message = store.messages.add(room.id, Draft("file", "", host.id, file_id=file.id))
    store.messages.mark_read(room.id, host.id, [message.id, "unknown"])
    store.messages.react(message.id, "👍", host.id, add=True)
    store.files.remove(file)
    [past], has_more = store.messages.page(room.id, 30, FOREVER)
    deployed = Shapes("deployed", store).past_message(past)
    documented = Shapes("documented", store).past_message(past)
    assert not has_more
    assert deployed["reactions"] == {"👍": [host.id]}
    assert deployed["file"]["filename"].endswith(".png")
    assert "profileImage" not in deployed["sender"]
    assert documented["sender"]["profileImage"] == ""
    assert len(deployed["readers"][0]["readAt"]) == 7
    assert documented["readers"][0]["readAt"].endswith("Z")


def test_room_of_somebody_who_left_for_good_has_a_stand_in(
    store: Store, host: Person, room: Room
) -> None:
    store.people.remove(host.id)
    shape = Shapes("deployed", store).room(room)
    assert (shape["creator"]["id"], shape["participantsCount"]) == ("", 0)


def test_times_grow_strictly_within_a_room(store: Store, room: Room) -> None:
    times = [store.messages.add(room.id, Draft("system", "x")).timestamp for _ in range(50)]
    assert times == sorted(set(times))


def test_removed_room_takes_everything_with_it(store: Store, host: Person, room: Room) -> None:
    message = store.messages.add(room.id, Draft("text", "x", host.id))
    assert store.rooms.remove(room.id)
    assert not store.rooms.remove(room.id)
    assert store.messages.room_of(message.id) is None
