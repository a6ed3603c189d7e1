"""The judge's rooms and files over REST, as deployed servers answer."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.system
Visit = Callable[..., Any]
ROOM = {
    "_id",
    "name",
    "hasPassword",
    "creator",
    "participants",
    "participantsCount",
    "recentMessageCount",
    "createdAt",
}


def test_room_comes_in_an_envelope_and_its_people_have_ids(visit: Visit) -> None:
    visitor = visit()
    response = visitor.call("POST", "/api/rooms", json={"name": "tea"})
    room = response.json()["data"]
    assert (response.status_code, response.json()["success"]) == (201, True)
    assert room.keys() == ROOM
    assert room["creator"]["id"] == visitor.id
    assert [person["id"] for person in room["participants"]] == [visitor.id]
    assert (room["participantsCount"], room["hasPassword"]) == (1, False)
    assert visitor.call("GET", f"/api/rooms/{room['_id']}").json() == response.json()


def test_room_needs_a_name(visit: Visit) -> None:
    assert visit().call("POST", "/api/rooms", json={"name": " "}).status_code == 400


@pytest.mark.parametrize("room", ["0" * 24, "malformed"])
def test_missing_room_is_404(visit: Visit, room: str) -> None:
    visitor = visit()
    shown, joined = visitor.call("GET", f"/api/rooms/{room}"), visitor.join_by_rest(room)
    assert (shown.status_code, joined.status_code) == (404, 404)
    assert shown.json().keys() == {"success", "message"}


def test_room_is_found_by_part_of_its_name(visit: Visit) -> None:
    visitor, mark = visit(), uuid.uuid4().hex
    rooms = [visitor.create_room(f"{number} {mark} Tea") for number in range(3)]
    query = {"search": f"{mark} tea", "pageSize": 2, "sortField": "name", "sortOrder": "asc"}
    body = visitor.call("GET", "/api/rooms", params=query).json()
    assert [room["_id"] for room in body["data"]] == rooms[:2]
    assert body["metadata"] == {
        "total": 3,
        "page": 0,
        "pageSize": 2,
        "totalPages": 2,
        "hasMore": True,
        "currentCount": 2,
        "sort": {"field": "name", "order": "asc"},
    }


def test_newest_room_comes_first_and_a_page_holds_50_at_most(visit: Visit) -> None:
    visitor = visit()
    visitor.create_room("older")
    newest = visitor.create_room("newest")
    body = visitor.call("GET", "/api/rooms", params={"pageSize": 500}).json()
    assert body["data"][0]["_id"] == newest
    assert body["metadata"]["pageSize"] == 50


def test_only_the_room_list_counts_calls(visit: Visit) -> None:
    visitor = visit()
    headers = visitor.call("GET", "/api/rooms").headers
    assert headers["X-RateLimit-Limit"] == "10000"
    assert headers["X-RateLimit-Window"] == "30"
    assert "X-RateLimit-Remaining" in headers
    assert "X-RateLimit-Reset" in headers
    assert "X-RateLimit-Limit" not in visitor.call("GET", "/api/users/profile").headers


def test_room_list_is_refused_past_its_limit(
    visit: Visit, start_server: Callable[..., Any]
) -> None:
    visitor = visit(start_server("--list-limit", "2"))
    statuses = [visitor.call("GET", "/api/rooms").status_code for _ in range(3)]
    refused = visitor.call("GET", "/api/rooms")
    assert statuses == [200, 200, 429]
    assert refused.json()["code"] == "RATE_LIMIT_EXCEEDED"
    assert 1 <= int(refused.headers["Retry-After"]) <= 30


def test_joined_room_lists_the_new_member_and_its_people_hear_of_it(visit: Visit) -> None:
    host, guest = visit(), visit()
    room = host.create_room()
    inside = host.enter(room)
    joined = guest.join_by_rest(room)
    assert joined.status_code == 200
    assert joined.json()["data"]["participantsCount"] == 2
    updated = inside.wait_for("roomUpdated", lambda got: got["_id"] == room)
    assert guest.id in {person["id"] for person in updated["participants"]}


def test_password_room_opens_to_its_password_alone(visit: Visit) -> None:
    host, guest = visit(), visit()
    room = host.create_room("private", password="sesame")
    assert guest.join_by_rest(room).status_code == 401
    assert guest.join_by_rest(room, password="wrong").status_code == 401
    opened = guest.join_by_rest(room, password="sesame")
    assert (opened.status_code, opened.json()["data"]["hasPassword"]) == (200, True)


def test_join_without_a_json_body_is_the_servers_failure(visit: Visit) -> None:
    visitor = visit()
    response = visitor.call("POST", f"/api/rooms/{visitor.create_room()}/join")
    assert (response.status_code, response.json()["code"]) == (500, "INTERNAL_SERVER_ERROR")


def test_uploaded_file_is_described_and_downloaded_by_its_owner_alone(visit: Visit) -> None:
    owner, other = visit(), visit()
    files = {"file": ("그림.png", b"pixels", "image/png")}
    response = owner.call("POST", "/api/files/upload", files=files)
    file = response.json()["file"]
    assert (response.status_code, response.json()["success"]) == (200, True)
    keys = {"_id", "filename", "originalname", "mimetype", "size", "uploadDate"}
    assert file.keys() == keys
    assert (file["originalname"], file["mimetype"], file["size"]) == ("그림.png", "image/png", 6)
    path = f"/api/files/download/{file['filename']}"
    assert owner.call("GET", path).content == b"pixels"
    assert other.call("GET", path).status_code == 403
    assert other.call("GET", path.replace("download", "view")).status_code == 403
    assert other.call("DELETE", f"/api/files/{file['_id']}").status_code == 403
    assert owner.call("DELETE", f"/api/files/{file['_id']}").status_code == 200
    assert owner.call("GET", path).status_code == 404


@pytest.mark.parametrize(
    ("name", "mime"), [("a.png", "image/jpeg"), ("a.exe", "application/x-msdownload")]
)
def test_type_and_extension_of_a_file_must_agree(visit: Visit, name: str, mime: str) -> None:
    files = {"file": (name, b"content", mime)}
    response = visit().call("POST", "/api/files/upload", files=files)
    assert (response.status_code, response.json()["code"]) == (500, "INTERNAL_SERVER_ERROR")
