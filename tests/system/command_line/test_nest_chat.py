"""People in a NestJS chat: what is measured of messages that do not come back to their sender."""

import subprocess
from pathlib import Path

import pytest

from tests.system.command_line.conftest import checks, count

pytestmark = pytest.mark.system
SERVERS = [
    pytest.param("start_reference", id="reference"),
    pytest.param("start_nest_server", id="nestjs", marks=pytest.mark.node),
]
SCRIPTS = Path(__file__).parents[3] / "k6_export" / "scripts" / "nest-chat"
PEOPLE, ROOM_SIZE, MESSAGES = 6, 3, 4
HEAD = """
from locust import task

from ktb_load.chat.connection import Request
from ktb_load.chat.rooms import Room
from ktb_load.systems.nest_chat import Account, NestChatUser


class People(NestChatUser):
    @task
    def go(self):
        room = self.my_room()
"""


@pytest.fixture
def serve(request):
    """``serve(name, *options)``: a nest-chat server, by the name of the fixture that starts it."""

    def start(name, *options):
        system = {"system": "nest-chat"} if name == "start_reference" else {}
        return request.getfixturevalue(name)(*options, **system)

    return start


CONVERSATION = f"""
with self.enter(room) as socket:
    self.listen(socket, 2)
    for number in range({MESSAGES}):
        self.say(socket, room, f"hello {{number}}")
        self.listen(socket, 0.2)
    self.listen(socket, 1)
"""


@pytest.mark.node
def test_the_smoke_plan_holds_against_nestjs(runner, serve):
    plan = ("--system", "nest-chat", "--plan", "smoke")
    with serve("start_nest_server") as running:
        ended = runner("ktb_load", "run", *plan, "--host", running.rest)
    assert ended.code == 0, ended.err + ended.out
    assert "✗" not in ended.out
    assert "Traceback" not in ended.err


@pytest.mark.node
@pytest.mark.k6
def test_the_script_that_we_ship_holds_in_k6_against_nestjs(k6, serve):
    script = SCRIPTS / "nest_chat-smoke.js"
    with serve("start_nest_server") as running:
        command = [k6, "run", "--quiet", "-e", f"BASE_URL={running.rest}", str(script)]
        ended = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert ended.returncode == 0, ended.stderr + ended.stdout
    assert "✗" not in ended.stdout


@pytest.mark.parametrize("server", SERVERS)
def test_every_message_is_delivered_to_every_other_member_and_measured(
    visit, serve, server, processes
):
    """Of two workers the people of a room are in both: a delivery needs no memory in common."""
    with serve(server) as running:
        ended, summary = visit(running, CONVERSATION, *processes)
    assert ended.code == 0, ended.err
    sent = PEOPLE * MESSAGES
    assert count(summary, "chat_messages_sent") == sent
    assert count(summary, "chat_messages_received") == sent * (ROOM_SIZE - 1)
    assert count(summary, "chat_messages_lost") == count(summary, "chat_messages_duplicated") == 0
    assert summary["metrics"]["chat_delivery"]["min"] > 0
    assert "chat_round_trip" not in summary["metrics"]
    assert checks(summary, "say: taken") == (sent, 0)


def test_locusts_table_has_a_row_for_deliveries(visit, serve, tmp_path):
    with serve("start_reference") as running:
        visit(running, CONVERSATION, "--csv", str(tmp_path / "stats"))
    rows = (tmp_path / "stats_stats.csv").read_text("utf-8").splitlines()
    (row,) = [row.split(",") for row in rows if row.startswith("SIO,say,")]
    assert int(row[2]) == PEOPLE * MESSAGES * (ROOM_SIZE - 1)
    assert int(row[3]) == 0


@pytest.mark.parametrize(
    ("fault", "metric"),
    [("lose=0.3", "chat_messages_lost"), ("duplicate=0.3", "chat_messages_duplicated")],
)
def test_receivers_notice_what_is_lost_and_what_comes_twice(visit, serve, fault, metric):
    with serve("start_reference", "--fault", f"message:{fault}") as running:
        _, summary = visit(running, CONVERSATION)
    assert count(summary, metric) > 0


@pytest.mark.parametrize("server", SERVERS)
def test_what_the_server_tells_by_itself_is_counted(visit, serve, server):
    """Two of three leave the room; what the third says is news to them, their coming back to it."""
    body = """
    with self.enter(room) as socket:
        self.listen(socket, 1)
        if self.vu.id > 1:
            self.leave(socket, room)
        self.listen(socket, 0.5)
        if self.vu.id == 1:
            self.say(socket, room, "where are you?")
        self.listen(socket, 0.5)
        self.join(socket, room)
        self.listen(socket, 0.5)
    """
    with serve(server) as running:
        _, summary = visit(running, body, people=3)
    assert count(summary, "nest_chat_notifications") == 2
    assert count(summary, "nest_chat_system_messages") >= 2
    assert count(summary, "chat_messages_received") == 0


@pytest.mark.node
def test_a_refused_message_is_a_failed_check_and_nobody_misses_it(visit, serve):
    body = """
    with self.enter(room) as socket:
        self.listen(socket, 1)
        for text in ("hello", "x" * 1001, "here again"):
            self.say(socket, room, text)
            self.listen(socket, 0.5)
    """
    with serve("start_nest_server") as running:
        ended, summary = visit(running, body)
    assert ended.code == 0, ended.err
    assert checks(summary, "say: taken") == (2 * PEOPLE, PEOPLE)
    assert count(summary, "chat_errors") == PEOPLE
    assert count(summary, "chat_messages_received") == 2 * PEOPLE * (ROOM_SIZE - 1)
    assert count(summary, "chat_messages_lost") == 0


@pytest.mark.parametrize("server", SERVERS)
@pytest.mark.parametrize(
    "wrong",
    [
        'self.say(socket, Room("01HZQK5J8X2M3N4P5Q6R7S8T9V"), "is anybody there?")',
        'socket._tell(Request("say", "message", "sendMessage", {"roomUuid": room.id}))',
    ],
    ids=["a room of others", "no message in it"],
)
def test_what_the_gateway_refuses_is_counted_whatever_it_calls_it(visit, serve, server, wrong):
    """The gateway's own ``error``, and NestJS's ``exception``."""
    body = f"with self.enter(room) as socket:\n    {wrong}\n    self.listen(socket, 0.5)\n"
    with serve(server) as running:
        _, summary = visit(running, body, people=1)
    assert checks(summary, "say: taken") == (0, 1)
    assert count(summary, "chat_errors") == 1


@pytest.mark.parametrize("server", SERVERS)
def test_a_room_that_one_is_not_in_cannot_be_joined(visit, serve, server):
    body = 'self.enter(Room("01HZQK5J8X2M3N4P5Q6R7S8T9V"))\n'
    with serve(server) as running:
        ended, summary = visit(running, body, people=1)
    assert checks(summary, "join: answered") == (0, 1)
    assert count(summary, "chat_errors") == 1
    assert "VU 1: join: " in ended.err
    assert count(summary, "chat_unexpected_disconnections") == 0


@pytest.mark.parametrize("token_in", ["auth", "header"])
@pytest.mark.parametrize("server", SERVERS)
def test_a_bad_token_is_a_failed_connection_wherever_it_stands(visit, serve, server, token_in):
    body = 'self.connect(Account("nobody", "no token"))\n'
    with serve(server) as running:
        ended, summary = visit(running, body, people=2, TOKEN_IN=token_in)
    assert checks(summary, "chat connected") == (0, 2)
    assert "without connected" in ended.err
    assert "chat_connecting" not in summary["metrics"]
    assert count(summary, "chat_errors") == 2


def test_a_connection_that_the_server_cuts_is_counted_with_what_was_said_over_it(visit, serve):
    body = """
    with self.enter(room) as socket:
        self.say(socket, room, "hello?")
        self.listen(socket, 3)
    """
    with serve("start_reference", "--fault", "sendMessage:drop") as running:
        ended, summary = visit(running, body, people=3)
    assert ended.code == 0
    assert count(summary, "chat_unexpected_disconnections") == 3
    assert checks(summary, "say: taken") == (0, 3)
    assert "the chat was closed by" in ended.err
