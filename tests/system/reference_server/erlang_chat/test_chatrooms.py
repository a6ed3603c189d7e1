"""Chat rooms, participants and roles, by requests."""

from collections.abc import Callable
from typing import Any

import pytest
import requests

pytestmark = pytest.mark.system
Arrive = Callable[..., Any]
INVALID_TOKEN = {"error": "invalid_token", "message": "JWT token is invalid"}


def said(answer: requests.Response) -> tuple[int, str]:
    return answer.status_code, answer.json().get("error", "")


# The auth server


def test_login_sets_the_cookie_that_all_else_needs(arrive: Arrive) -> None:
    someone = arrive()
    assert someone.http.cookies["jwt_token"] == someone.token
    someone.http.cookies.clear()
    answer = someone.call("GET", "/api/chatrooms")
    assert (answer.status_code, answer.json()) == (401, INVALID_TOKEN)
    headers = {"Authorization": f"Bearer {someone.token}"}
    assert someone.call("GET", "/api/chatrooms", headers=headers).status_code == 200


def test_wrong_password_and_taken_name_are_refused(arrive: Arrive) -> None:
    someone = arrive()
    account = {"userId": someone.user_id, "password": "another"}
    assert said(someone.call("POST", "/api/auth/login", json=account)) == (
        401,
        "invalid_credentials",
    )
    assert said(someone.call("POST", "/api/auth/register", json=account)) == (409, "user_exists")
    assert said(someone.call("POST", "/api/auth/register", json={})) == (400, "invalid_request")


def test_logout_takes_the_token_back(arrive: Arrive) -> None:
    someone = arrive()
    headers = {"Authorization": f"Bearer {someone.token}"}
    assert someone.call("POST", "/api/auth/logout").status_code == 200
    assert someone.call("GET", "/api/chatrooms", headers=headers).status_code == 401


# Rooms


def test_room_of_three_has_its_creator_as_admin(arrive: Arrive) -> None:
    host, guest, third = arrive("하나"), arrive("둘"), arrive("셋")
    body = {
        "creatorId": host.user_id,
        "targetUserIds": [guest.user_id, third.user_id, "nobody"],
        "name": "Study Group",
        "createdAt": "2025-07-15T13:00:00Z",
    }
    answer = host.call("POST", "/api/chatrooms", json=body)
    room = answer.json()
    assert answer.status_code == 201
    assert room == {
        "roomId": room["roomId"],
        "name": "Study Group",
        "createdAt": "2025-07-15T13:00:00Z",
        "participants": [
            {"userId": host.user_id, "edited_name": "하나", "role": "admin"},
            {"userId": guest.user_id, "edited_name": "둘", "role": "member"},
            {"userId": third.user_id, "edited_name": "셋", "role": "member"},
            {"userId": "nobody", "edited_name": "", "role": "member"},
        ],
        "userCount": 4,
    }
    listed = guest.call("GET", "/api/chatrooms").json()["chatrooms"]
    assert [(one["roomId"], one["state"]) for one in listed] == [(room["roomId"], "closed")]


def test_room_of_two_has_no_admin(arrive: Arrive) -> None:
    host = arrive()
    room = host.create_room(arrive())
    people = host.call("GET", f"/api/chatrooms/{room}").json()["participants"]
    assert [one["role"] for one in people] == ["member", "member"]


@pytest.mark.parametrize(
    "body", [{}, {"targetUserIds": "x", "name": "a"}, {"targetUserIds": [5], "name": "a"}]
)
def test_what_is_no_room_is_refused(arrive: Arrive, body: dict[str, Any]) -> None:
    assert said(arrive().call("POST", "/api/chatrooms", json=body)) == (400, "invalid_request")


def test_nobody_makes_a_room_for_another(arrive: Arrive) -> None:
    body = {"creatorId": arrive().user_id, "targetUserIds": [], "name": "x"}
    assert said(arrive().call("POST", "/api/chatrooms", json=body)) == (403, "forbidden")


def test_room_is_renamed(arrive: Arrive) -> None:
    host = arrive()
    room = host.create_room()
    answer = host.call("PATCH", f"/api/chatrooms/{room}/name", json={"name": "New Name"})
    assert (answer.status_code, answer.json()) == (200, {"roomId": room, "name": "New Name"})
    assert host.call("GET", f"/api/chatrooms/{room}").json()["name"] == "New Name"
    assert said(host.call("PATCH", f"/api/chatrooms/{room}/name", json={})) == (
        400,
        "invalid_request",
    )


def test_room_is_deleted_by_its_admin(arrive: Arrive) -> None:
    host, guest, third = arrive(), arrive(), arrive()
    room = host.create_room(guest, third)
    path = f"/api/chatrooms/{room}"
    assert said(guest.call("DELETE", path)) == (403, "forbidden")
    assert host.call("DELETE", path).status_code == 200
    assert said(host.call("GET", path)) == (404, "room_not_found")
    assert guest.call("GET", "/api/chatrooms").json() == {"chatrooms": []}


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", ""),
        ("PATCH", "/name"),
        ("DELETE", ""),
        ("POST", "/participants"),
        ("DELETE", "/participants/x"),
        ("PATCH", "/participants/x/role"),
        ("PATCH", "/participants/x/name"),
        ("POST", "/connect"),
        ("POST", "/messages"),
        ("GET", "/messages"),
        ("DELETE", "/messages/x"),
        ("PATCH", "/messages/x"),
        ("POST", "/messages/x/read"),
        ("POST", "/messages/x/reactions"),
    ],
)
def test_every_call_needs_a_token_a_room_and_to_be_in_it(
    arrive: Arrive, method: str, path: str
) -> None:
    room = arrive().create_room()
    stranger = arrive()

    def call(room: str, **options: Any) -> requests.Response:
        return stranger.call(method, f"/api/chatrooms/{room}{path}", json={}, **options)

    assert said(call("nowhere")) == (404, "room_not_found")
    assert said(call(room)) == (403, "not_participant")
    assert call(room, cookies={"jwt_token": "nonsense"}).status_code == 401


# Participants


def test_participant_is_added_and_removed(arrive: Arrive) -> None:
    host, guest = arrive(), arrive("둘")
    room = host.create_room()
    path = f"/api/chatrooms/{room}/participants"
    answer = host.call("POST", path, json={"userId": guest.user_id})
    told = {"roomId": room, "userId": guest.user_id, "edited_name": "둘", "role": "member"}
    assert (answer.status_code, answer.json()) == (201, told)
    again = host.call("POST", path, json={"userId": guest.user_id})
    assert said(again) == (409, "already_participant")
    assert host.call("DELETE", f"{path}/{guest.user_id}").status_code == 200
    gone = host.call("DELETE", f"{path}/{guest.user_id}")
    assert said(gone) == (404, "participant_not_found")
    assert host.call("GET", f"/api/chatrooms/{room}").json()["userCount"] == 1


@pytest.mark.parametrize("body", [{}, {"userId": "x", "role": "king"}])
def test_what_is_no_participant_is_refused(arrive: Arrive, body: dict[str, str]) -> None:
    host = arrive()
    path = f"/api/chatrooms/{host.create_room()}/participants"
    assert said(host.call("POST", path, json=body)) == (400, "invalid_request")


def test_role_is_changed_by_the_admin_alone(arrive: Arrive) -> None:
    host, guest, third = arrive(), arrive(), arrive()
    room = host.create_room(guest, third)
    path = f"/api/chatrooms/{room}/participants/{guest.user_id}"
    assert said(guest.call("PATCH", f"{path}/role", json={"role": "admin"})) == (403, "forbidden")
    assert said(host.call("PATCH", f"{path}/role", json={"role": "king"})) == (
        400,
        "invalid_request",
    )
    answer = host.call("PATCH", f"{path}/role", json={"role": "sub-admin"})
    assert (answer.status_code, answer.json()["role"]) == (200, "sub-admin")
    other = f"/api/chatrooms/{room}/participants/{third.user_id}"
    assert guest.call("DELETE", other).status_code == 200


def test_a_member_removes_nobody_but_itself(arrive: Arrive) -> None:
    host, guest, third = arrive(), arrive(), arrive()
    room = host.create_room(guest, third)
    path = f"/api/chatrooms/{room}/participants"
    assert said(guest.call("DELETE", f"{path}/{third.user_id}")) == (403, "forbidden")
    assert guest.call("DELETE", f"{path}/{guest.user_id}").status_code == 200


def test_name_in_a_room_is_edited_and_given_back(arrive: Arrive) -> None:
    host = arrive("하나")
    path = f"/api/chatrooms/{host.create_room()}/participants/{host.user_id}/name"
    assert host.call("PATCH", path, json={"edited_name": "대장"}).json()["edited_name"] == "대장"
    assert host.call("PATCH", path, json={"edited_name": ""}).json()["edited_name"] == "하나"
    assert said(host.call("PATCH", path, json={})) == (400, "invalid_request")


def test_unknown_calls_and_bodies_are_refused(arrive: Arrive) -> None:
    someone = arrive()
    assert said(someone.call("GET", "/api/nowhere")) == (404, "not_found")
    assert said(someone.call("PUT", "/api/chatrooms")) == (405, "method_not_allowed")
    assert said(someone.call("POST", "/api/chatrooms", data="{")) == (400, "invalid_request")
