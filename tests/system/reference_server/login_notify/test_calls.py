"""Logging in and renewing the token, by requests."""

import time
from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.system
Arrive = Callable[..., Any]
NO_ACCOUNT = {"success": False, "message": "유효하지 않은 아이디 또는 비밀번호입니다!"}
BAD_REFRESH = {"success": False, "message": "유효하지 않은 갱신 토큰입니다."}


def test_login_gives_both_tokens(arrive: Arrive) -> None:
    someone = arrive(signed_in=False)
    registered = someone.register()
    assert (registered.status_code, registered.json()["success"]) == (201, True)
    answer = someone.log_in()
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    told = answer.json()
    assert (told["success"], told["message"]) == (True, "로그인 성공")
    assert told["accessToken"].count(".") == told["refreshToken"].count(".") == 2


def test_the_account_of_the_document_is_there(arrive: Arrive) -> None:
    account = {"userId": "user123", "password": "pass123!"}
    assert arrive(signed_in=False).post("/api/login", account).status_code == 200


def test_wrong_password_is_refused(arrive: Arrive) -> None:
    someone = arrive()
    answer = someone.post("/api/login", {"userId": someone.user_id, "password": "secret2!"})
    assert (answer.status_code, answer.json()) == (401, NO_ACCOUNT)


@pytest.mark.parametrize(
    "account",
    [
        {},
        {"userId": "ab", "password": "secret1!"},
        {"userId": "Upper", "password": "secret1!"},
        {"userId": "a" * 21, "password": "secret1!"},
        {"userId": "abc", "password": "s1!"},
        {"userId": "abc", "password": "secret!!"},
        {"userId": "abc", "password": "secret11"},
        {"userId": "abc", "password": "a1!" * 11},
        {"userId": 5, "password": None},
    ],
)
@pytest.mark.parametrize("path", ["/api/login", "/api/register"])
def test_accounts_of_another_form_are_refused(
    arrive: Arrive, path: str, account: dict[str, Any]
) -> None:
    answer = arrive(signed_in=False).post(path, account)
    assert (answer.status_code, answer.json()) == (400, NO_ACCOUNT)


def test_name_is_taken_once(arrive: Arrive) -> None:
    answer = arrive().register()
    assert (answer.status_code, answer.json()["success"]) == (409, False)


def test_token_is_renewed(arrive: Arrive) -> None:
    someone = arrive()
    answer = someone.post("/api/token/refresh", {"refreshToken": someone.refresh_token})
    assert answer.status_code == 200
    told = answer.json()
    assert (told["success"], told["message"]) == (True, "토큰 갱신 성공")
    assert told["accessToken"] != someone.access_token
    someone.access_token = told["accessToken"]
    someone.listen()


@pytest.mark.parametrize("token", ["nonsense", 5, None])
def test_wrong_refresh_token_is_refused(arrive: Arrive, token: Any) -> None:
    answer = arrive().post("/api/token/refresh", {"refreshToken": token})
    assert (answer.status_code, answer.json()) == (401, BAD_REFRESH)


def test_access_token_is_no_refresh_token(arrive: Arrive) -> None:
    someone = arrive()
    answer = someone.post("/api/token/refresh", {"refreshToken": someone.access_token})
    assert (answer.status_code, answer.json()) == (401, BAD_REFRESH)


def test_second_login_ends_the_tokens_of_the_first(arrive: Arrive) -> None:
    someone = arrive()
    old = someone.refresh_token
    someone.log_in()
    assert someone.post("/api/token/refresh", {"refreshToken": old}).status_code == 401


def test_access_token_runs_out(serve: Callable[..., Any]) -> None:
    someone = serve("--access-lifetime", "1")()
    time.sleep(2.1)
    assert someone.notify(message="too late").status_code == 401
    assert (
        someone.post("/api/token/refresh", {"refreshToken": someone.refresh_token}).status_code
        == 200
    )


@pytest.mark.parametrize("wanted", [{}, {"message": ""}, {"message": "x" * 201}, {"message": 5}])
def test_what_is_no_notification_is_refused(arrive: Arrive, wanted: dict[str, Any]) -> None:
    assert arrive().notify(**wanted).status_code == 400


def test_notifying_nobody_is_refused(arrive: Arrive) -> None:
    answer = arrive().notify(userId="nobody1", message="hello?")
    assert (answer.status_code, answer.json()["message"]) == (400, "사용자를 찾을 수 없습니다.")


def test_notifying_needs_a_token(arrive: Arrive) -> None:
    answer = arrive(signed_in=False).notify(message="hello?")
    assert (answer.status_code, answer.json()["success"]) == (401, False)


def test_other_paths_and_methods_and_bodies_are_refused(arrive: Arrive) -> None:
    someone = arrive()
    assert someone.post("/api/nowhere", {}).status_code == 404
    assert someone.http.get(f"{someone.origin}/api/login", timeout=3).status_code == 405
    answer = someone.http.post(f"{someone.origin}/api/login", data="{", timeout=3)
    assert (answer.status_code, answer.json()["success"]) == (400, False)
