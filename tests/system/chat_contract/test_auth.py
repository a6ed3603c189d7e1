"""The judge's accounts and sessions, as deployed servers answer."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.system
Visit = Callable[..., Any]


def test_register_gives_no_token_so_that_one_must_log_in(visit: Visit) -> None:
    visitor = visit(signed_in=False)
    response = visitor.register()
    body = response.json()
    assert response.status_code == 201
    assert (body["success"], body["token"], body["sessionId"]) == (True, None, None)
    assert set(body) == {"success", "token", "sessionId", "user", "message"}
    assert set(body["user"]) == {"_id", "name", "email", "profileImage"}
    assert body["user"]["profileImage"] is None


def test_login_answers_in_the_body_and_in_headers(visit: Visit) -> None:
    visitor = visit()
    response = visitor.log_in()
    body = response.json()
    assert response.status_code == 200
    assert response.headers["Authorization"] == f"Bearer {body['token']}"
    assert response.headers["x-session-id"] == body["sessionId"]
    assert body["user"]["email"] == visitor.email


def test_email_is_lower_cased_and_taken_once(visit: Visit) -> None:
    visitor = visit()
    account = {"name": "Other", "email": visitor.email.upper(), "password": "secret2"}
    response = visitor.call("POST", "/api/auth/register", json=account)
    assert response.status_code == 409
    assert response.json().keys() == {"success", "message"}


def test_invalid_registration_names_every_field(visit: Visit) -> None:
    account = {"name": "x", "email": "nobody", "password": "12345"}
    response = visit(signed_in=False).call("POST", "/api/auth/register", json=account)
    body = response.json()
    assert response.status_code == 400
    assert (body["success"], body["code"]) == (False, "VALIDATION_ERROR")
    assert [problem["field"] for problem in body["errors"]] == ["name", "email", "password"]


@pytest.mark.parametrize("who", ["wrong password", "unknown user"])
def test_login_refuses(visit: Visit, who: str) -> None:
    visitor = visit()
    email = visitor.email if who == "wrong password" else f"{uuid.uuid4().hex}@example.org"
    account = {"email": email, "password": "no such one"}
    response = visitor.call("POST", "/api/auth/login", json=account)
    assert response.status_code == 401
    assert response.json().keys() == {"success", "message"}


@pytest.mark.parametrize("token", ["", "Bearer nonsense", "Basic eDp5"])
def test_call_without_a_good_token_is_401_with_an_empty_body(visit: Visit, token: str) -> None:
    response = visit().call("GET", "/api/rooms", headers={"Authorization": token})
    assert response.status_code == 401
    assert response.content == b""
    assert "WWW-Authenticate" in response.headers


def test_second_login_ends_the_first_token(visit: Visit) -> None:
    visitor = visit()
    first = visitor.headers()
    visitor.log_in()
    assert visitor.call("GET", "/api/users/profile", headers=first).status_code == 401
    assert visitor.call("GET", "/api/users/profile").status_code == 200


def test_x_auth_token_stands_in_for_authorization(visit: Visit) -> None:
    visitor = visit()
    headers = {"Authorization": "", "x-auth-token": visitor.token}
    assert visitor.call("GET", "/api/users/profile", headers=headers).status_code == 200


def test_wrong_session_id_is_ignored_except_by_logout(visit: Visit) -> None:
    visitor = visit()
    wrong, missing = {"x-session-id": "wrong"}, {"x-session-id": ""}
    assert visitor.call("GET", "/api/users/profile", headers=wrong).status_code == 200
    assert visitor.call("GET", "/api/users/profile", headers=missing).status_code == 200
    assert visitor.call("POST", "/api/auth/logout", headers=missing).status_code == 400


def test_logout_ends_the_session_and_tells_the_socket(visit: Visit) -> None:
    visitor = visit()
    events = visitor.connect()
    assert visitor.call("POST", "/api/auth/logout").status_code == 200
    assert events.wait_for("session_ended")["reason"] == "logout"
    assert visitor.call("GET", "/api/rooms").status_code == 401


def test_token_is_verified_with_its_session(visit: Visit) -> None:
    visitor = visit()
    verified = visitor.call("POST", "/api/auth/verify-token")
    stale = visitor.call("POST", "/api/auth/verify-token", headers={"x-session-id": "stale"})
    missing = visitor.call("POST", "/api/auth/verify-token", headers={"x-session-id": ""})
    assert (verified.status_code, stale.status_code, missing.status_code) == (200, 401, 400)
    assert verified.json()["user"]["_id"] == visitor.id
    assert stale.json()["valid"] is False
    assert missing.json()["valid"] is False


def test_refreshed_token_replaces_the_old_one(visit: Visit) -> None:
    visitor = visit()
    response = visitor.call("POST", "/api/auth/refresh-token")
    assert response.status_code == 200
    assert visitor.call("GET", "/api/users/profile").status_code == 401
    visitor.token, visitor.session_id = response.json()["token"], response.json()["sessionId"]
    assert visitor.call("GET", "/api/users/profile").status_code == 200


def test_body_that_is_no_json_is_the_servers_failure(visit: Visit) -> None:
    headers = {"Content-Type": "application/json"}
    visitor = visit(signed_in=False)
    broken = visitor.call("POST", "/api/auth/login", data=b"{", headers=headers)
    absent = visitor.call("POST", "/api/auth/login")
    assert (broken.status_code, absent.status_code) == (500, 500)
    assert broken.json()["code"] == absent.json()["code"] == "INTERNAL_SERVER_ERROR"


@pytest.mark.parametrize(
    "path", ["/api", "/api/health", "/api/auth", "/api/users/status", "/api/rooms/health"]
)
def test_status_is_open_to_everyone(visit: Visit, path: str) -> None:
    assert visit(signed_in=False).call("GET", path).status_code == 200


def test_profile_is_renamed_and_the_account_removed(visit: Visit) -> None:
    visitor = visit()
    renamed = visitor.call("PUT", "/api/users/profile", json={"name": "New name"})
    too_short = visitor.call("PUT", "/api/users/profile", json={"name": "x"})
    assert (renamed.status_code, too_short.status_code) == (200, 400)
    assert renamed.json()["user"] == {
        "id": visitor.id,
        "name": "New name",
        "email": visitor.email,
        "profileImage": "",
    }
    assert visitor.call("DELETE", "/api/users/account").status_code == 200
    assert visitor.call("GET", "/api/users/profile").status_code == 401
    assert visitor.register().status_code == 201


def test_profile_image_is_an_image_of_at_most_5_mb(visit: Visit) -> None:
    visitor = visit()

    def put(name: str, content: bytes, mime: str) -> Any:
        files = {"profileImage": (name, content, mime)}
        return visitor.call("POST", "/api/users/profile-image", files=files)

    assert put("me.png", b"small", "image/png").json()["imageUrl"].endswith(".png")
    assert put("me.pdf", b"small", "application/pdf").status_code == 400
    large = put("me.png", bytes(5 * 1024 * 1024 + 1), "image/png")
    assert (large.status_code, large.json()["code"]) == (413, "FILE_TOO_LARGE")
    assert visitor.call("DELETE", "/api/users/profile-image").status_code == 200
    assert visitor.call("GET", "/api/users/profile").json()["user"]["profileImage"] == ""
