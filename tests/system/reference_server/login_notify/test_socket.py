"""What comes over ``/ws``, as websocket-client sees it."""

import json
import time
from collections.abc import Callable
from typing import Any

import pytest
import websocket

from tests.servers.listeners import hear

pytestmark = pytest.mark.system
Arrive = Callable[..., Any]


def test_second_login_is_told_to_the_first(arrive: Arrive) -> None:
    someone, other = arrive(), arrive()
    first, elsewhere = someone.listen(), other.listen()
    someone.log_in()
    told = hear(first)
    assert told == {
        "type": "LOGOUT",
        "message": "새로운 로그인이 확인되었습니다. 자동으로 로그아웃됩니다!",
        "timestamp": told["timestamp"],
    }
    assert abs(told["timestamp"] / 1000 - time.time()) < 60
    other.notify(message="to all")
    assert hear(elsewhere)["type"] == "NOTIFICATION"


def test_who_was_logged_out_hears_no_more(arrive: Arrive) -> None:
    someone = arrive()
    first = someone.listen()
    someone.log_in()
    assert hear(first)["type"] == "LOGOUT"
    second = someone.listen()
    someone.notify(userId=someone.user_id, message="for the second")
    assert hear(second)["message"] == "for the second"
    first.settimeout(0.2)
    with pytest.raises(websocket.WebSocketTimeoutException):
        first.recv()


def test_notification_reaches_one_user_on_all_sockets(arrive: Arrive) -> None:
    someone, other = arrive(), arrive()
    sockets = [someone.listen(), someone.listen()]
    elsewhere = other.listen()
    other.notify(userId=someone.user_id, message="새 소식")
    for one in sockets:
        told = hear(one)
        assert (told["type"], told["message"]) == ("NOTIFICATION", "새 소식")
    other.notify(message="to all")
    assert hear(elsewhere)["message"] == "to all"


def test_notification_may_be_sent_over_the_socket(arrive: Arrive) -> None:
    someone, other = arrive(), arrive()
    speaking, listening = someone.listen(), other.listen()
    wanted = {"type": "NOTIFICATION", "userId": other.user_id, "message": "over here"}
    speaking.send(json.dumps(wanted))
    assert hear(listening)["message"] == "over here"


@pytest.mark.parametrize(
    "said",
    ["", "no JSON", "[]", "{}", '{"type": "LOGOUT"}', '{"type": "NOTIFICATION", "message": 5}'],
)
def test_what_is_no_message_is_answered_with_an_error(arrive: Arrive, said: str) -> None:
    speaking = arrive().listen()
    speaking.send(said)
    assert hear(speaking)["type"] == "ERROR"


@pytest.mark.parametrize("header", [[], ["Authorization: Bearer nonsense"]])
def test_handshake_needs_a_token(arrive: Arrive, header: list[str]) -> None:
    with pytest.raises(websocket.WebSocketBadStatusException) as refused:
        arrive().listen(header=header)
    assert refused.value.status_code == 401
    assert json.loads(refused.value.resp_body)["success"] is False


def test_token_may_stand_in_the_query(arrive: Arrive) -> None:
    someone = arrive()
    listening = someone.dial(f"/ws?token={someone.access_token}")
    someone.notify(message="heard")
    assert hear(listening)["message"] == "heard"


def test_other_paths_are_unknown(arrive: Arrive) -> None:
    with pytest.raises(websocket.WebSocketBadStatusException) as refused:
        arrive().dial("/elsewhere")
    assert refused.value.status_code == 404
