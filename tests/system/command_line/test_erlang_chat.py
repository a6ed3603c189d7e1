"""People in the Erlang chat: whose names they go by, how long their tokens last, and what counts as
the refusal of a bad one.
"""

import pytest
import requests

from tests.system.command_line.conftest import checks, count

pytestmark = pytest.mark.system
PEOPLE, ROOM_SIZE = 3, 3
HEAD = """
from locust import task

from ktb_load import think
from ktb_load.systems.erlang_chat import ErlangChatUser


class People(ErlangChatUser):
    @task
    def go(self):
"""
TALK = """
with self.enter(self.my_room()) as socket:
    self.listen(socket, 3)  # longer than anyone needs to find the room
    self.say(socket, self.my_room(), "hello")
    self.listen(socket, 3)
"""


@pytest.fixture
def serve(start_reference):
    """An Erlang chat with these options."""
    return lambda *options: start_reference(*options, system="erlang-chat")


def test_a_bad_token_has_to_be_refused(visit, serve):
    with serve() as running:
        _, summary = visit(running, "self.connect_with_bad_token()\n")
    assert checks(summary, "bad token refused") == (PEOPLE, 0)
    assert count(summary, "chat_errors") == 0


@pytest.mark.parametrize("fault", ["error=1,status=503", "drop"])
def test_a_failure_is_no_refusal(visit, serve, fault):
    with serve("--fault", f"connect:{fault}") as running:
        _, summary = visit(running, "self.connect_with_bad_token()\n")
    assert checks(summary, "bad token refused") == (0, PEOPLE)
    assert count(summary, "chat_errors") == PEOPLE


def test_who_comes_back_has_a_token_again(visit, serve):
    body = "think(2.5)\nself.come_back()\nself.post_message(self.account, self.my_room(), 'hi')\n"
    with serve("--token-lifetime", "1") as running:  # in whole seconds: at most 2
        ended, summary = visit(running, body)
        late, _ = visit(running, body.replace("self.come_back()\n", ""))
    assert checks(summary, "message posted") == (PEOPLE, 0), ended.err
    assert "post message: HTTP 401" in late.err


def test_people_with_names_of_their_own_share_a_room_that_one_of_them_made(visit, serve):
    with serve() as running:
        for number in range(1, PEOPLE + 1):
            person = {"userId": f"mine{number}", "password": "Load-test1!"}
            made = requests.post(f"{running.rest}/api/auth/register", json=person, timeout=10)
            assert made.status_code == 201
        ended, summary = visit(running, TALK, ACCOUNT_PREFIX="mine", PREPARED_ACCOUNTS="0")
    assert ended.code == 0, ended.err
    assert count(summary, "chat_messages_received") == PEOPLE * ROOM_SIZE
