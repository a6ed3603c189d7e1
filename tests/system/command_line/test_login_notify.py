"""People who log in and listen: what counts as the refusal of a session that is over."""

import pytest

from tests.system.command_line.conftest import checks, count

pytestmark = pytest.mark.system
PEOPLE, ROOM_SIZE = 2, 2
HEAD = """
from locust import task

from ktb_load.systems.login_notify import Account, LoginNotifyUser


class People(LoginNotifyUser):
    @task
    def go(self):
"""
NOBODY = "self.connect_with_void_token(Account('nobody', 'no token'))\n"


@pytest.mark.parametrize(
    ("fault", "refused"), [("*:delay=1ms", True), ("connect:error=1,status=503", False)]
)
def test_only_401_refuses_a_void_token(visit, start_reference, fault, refused):
    with start_reference("--fault", fault, system="login-notify") as running:
        _, summary = visit(running, NOBODY)
    assert checks(summary, "void token refused") == ((PEOPLE, 0) if refused else (0, PEOPLE))
    assert count(summary, "chat_errors") == (0 if refused else PEOPLE)
