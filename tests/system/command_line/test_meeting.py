"""People who meet: what becomes of a broker that says ERROR, of a token that is refused, and of
event streams that stall.
"""

import pytest
import requests

from tests.system.command_line.conftest import checks, count

pytestmark = pytest.mark.system
PEOPLE, ROOM_SIZE = 4, 4
HEAD = """
from locust import task

from ktb_load import check, think
from ktb_load.errors import Disconnected
from ktb_load.systems.meeting import Account, MeetingUser


class People(MeetingUser):
    answer_timeout_s = 1.5

    @task
    def go(self):
        room = self.my_room()
"""
HOST = """
host = self.newcomer()
meeting_id = self.create_meeting(host, "hungry", 4)
self.apply_and_notify(host, self.account, meeting_id)
self.approve_all(host, meeting_id)
"""
TALK = """
with self.enter(room) as socket:
    self.listen(socket, 1)
    for number in range(5):
        self.say(socket, room, f"hello {number}")
        self.listen(socket, 0.2)
    self.listen(socket, 1)
"""
STREAM = "GET /api/v1/notifications/subscribe"
REQUESTED = "push NEW_PARTICIPATION_REQUEST"


@pytest.fixture
def serve(start_reference):
    """A meeting server with these faults."""

    def start(*faults, options=()):
        words = [word for fault in faults for word in ("--fault", fault)]
        return start_reference(*words, *options, system="meeting")

    return start


def sign_up(origin, email):
    """An account with a password and a profile, as a deployment has them before the test."""
    calls, name = f"{origin}/api/v1", email.partition("@")[0]
    login = {"email": email, "password": "Load-test1!"}
    body = {**login, "nickname": name, "phone": f"010{int(name.partition('-')[2]):08}"}
    requests.post(f"{calls}/users/signup", json=body, timeout=5).raise_for_status()
    mail = requests.get(f"{origin}/dev/mail", {"email": email}, timeout=5).json()["messages"][0]
    code = {"code": mail["code"]}
    requests.post(f"{calls}/users/signup/verify", params=code, timeout=5).raise_for_status()
    token = requests.post(f"{calls}/users/login", json=login, timeout=5).json()["accessToken"]
    form = {"request": (None, '{"gender": "MALE", "birth": "2000-02-29"}', "application/json")}
    headers = {"Authorization": f"Bearer {token}"}
    made = requests.post(f"{calls}/profiles", files=form, headers=headers, timeout=5)
    made.raise_for_status()


def row(tmp_path, name):
    """Requests and failures of a row of Locust's table."""
    lines = (tmp_path / "stats_stats.csv").read_text("utf-8").splitlines()
    (found,) = [line.split(",") for line in lines if line.split(",")[:2] == name.split(",")]
    return int(found[2]), int(found[3])


def test_what_is_said_comes_to_everybody_and_a_notification_to_the_host(visit, serve, processes):
    with serve() as running:
        ended, summary = visit(running, TALK + HOST, *processes)
    assert ended.code == 0, ended.err
    assert count(summary, "chat_messages_sent") == PEOPLE * 5
    assert count(summary, "chat_messages_received") == PEOPLE * 5 * ROOM_SIZE
    assert count(summary, "chat_messages_lost") == count(summary, "chat_timeouts") == 0
    assert summary["metrics"]["chat_notification"]["min"] > 0


@pytest.mark.parametrize("prepared", [PEOPLE, 0], ids=["prepared", "as they come"])
def test_who_has_accounts_of_their_own_needs_no_stand_in(visit, serve, prepared):
    with serve("POST /api/v1/oauth/kakao/callback:error=1,status=404") as running:
        for number in range(1, PEOPLE + 1):
            sign_up(running.rest, f"own-{number}@load.test")
        own = {"ACCOUNT_PREFIX": "own", "PREPARED_ACCOUNTS": str(prepared)}
        ended, summary = visit(running, f"self.come_back()\n{TALK}", **own)
    assert ended.code == 0, ended.err
    assert checks(summary, "say: answered") == (PEOPLE * 5, 0)
    assert summary["metrics"]["http_req_failed"]["passes"] == 0


def test_a_message_that_the_broker_answers_by_error_is_a_failure_and_nobody_misses_it(visit, serve):
    """It hangs up, too; who comes back counts on from the last message that was taken."""
    body = """
    for _ in range(3):
        try:
            with self.enter(room) as socket:
                self.listen(socket, 1)
                for number in range(3):
                    self.say(socket, room, f"hello {number}")
                    self.listen(socket, 0.3)
        except Disconnected:
            continue
    """
    refusing = "SEND /pub/chat/message:error=0.3,code=BUSY"
    with serve(refusing, options=("--seed", "1")) as running:
        ended, summary = visit(running, body)
    assert ended.code == 0, ended.err
    taken, failed = checks(summary, "say: answered")
    assert taken > 0
    assert failed > 0
    assert count(summary, "chat_errors") == failed
    assert count(summary, "chat_unexpected_disconnections") == failed
    assert count(summary, "chat_messages_lost") == count(summary, "chat_messages_duplicated") == 0


def test_a_refused_token_is_a_failed_connection(visit, serve):
    with serve() as running:
        ended, summary = visit(running, 'self.connect(Account("nobody", 0, "no token"))\n')
    assert checks(summary, "chat connected") == (0, PEOPLE)
    assert count(summary, "chat_errors") == PEOPLE
    assert "chat_connecting" not in summary["metrics"]
    assert "the broker refused CONNECT" in ended.err


def test_a_bad_token_has_to_be_refused_over_rest_and_by_the_broker(visit, serve):
    """An answer that never comes, and one that says something else, are no refusals."""
    body = "self.connect_with_bad_token()\n"
    with serve() as running:
        _, summary = visit(running, body)
    assert checks(summary, "bad token refused") == (PEOPLE, 0)
    assert checks(summary, "bad token refused over REST") == (PEOPLE, 0)
    with serve("CONNECT:never", "GET /api/v1/users/me:error=1,status=500") as running:
        _, summary = visit(running, body, people=1)
    assert checks(summary, "bad token refused") == (0, 1)
    assert checks(summary, "bad token refused over REST") == (0, 1)


@pytest.mark.parametrize(
    "faults",
    [
        pytest.param([f"{REQUESTED}:lose"], id="the event is lost"),
        pytest.param(["socket:half-open,after=200ms"], id="the stream stalls"),
        pytest.param([f"{REQUESTED}:drop"], id="the stream is cut"),
    ],
)
def test_a_notification_that_does_not_come_is_a_time_out_and_the_visit_goes_on(
    visit, serve, tmp_path, faults
):
    body = HOST + 'check(None, {"went on": True})\nthink(2)  # until the table is written\n'
    with serve(*faults) as running:
        ended, summary = visit(running, body, "--csv", str(tmp_path / "stats"))
    assert ended.code == 0, ended.err
    assert count(summary, "chat_timeouts") == count(summary, "chat_errors") == PEOPLE
    assert "chat_notification" not in summary["metrics"]
    assert checks(summary, "went on") == (PEOPLE, 0)
    assert row(tmp_path, "SSE,participation request") == (PEOPLE, PEOPLE)


def test_an_event_stream_that_is_refused_is_a_failed_request_and_ends_the_visit(visit, serve):
    with serve(f"{STREAM}:error=1,status=503") as running:
        ended, summary = visit(running, HOST)
    assert count(summary, "chat_errors") == PEOPLE
    assert summary["metrics"]["http_req_failed"]["passes"] == PEOPLE
    assert "applied" not in summary["root_group"]["checks"]
    assert "the server answered HTTP 503" in ended.err
