"""What an export consists of, and which of it waits."""

from tests.unit.k6_export.compiling import compile_text

USERS = """\
from ktb_load import think
from ktb_load.locust_host.user import LoadUser
from locust import task

USED, UNUSED = 1, 2
LIMIT = 3
OTHER = 4


def pause():
    think(1)


def longer():
    pause()
    return LIMIT


def plain():
    return 5


def unused():
    return OTHER


class Base(LoadUser):
    def enter(self):
        return longer()

    def leave(self):
        return plain()

    def never(self):
        return unused()


class User(Base):
    @task
    def chat(self):
        self.enter()
        self.leave()

    @task
    def read(self):
        return self.http.get("/")

    def on_start(self):
        return plain()
"""


def test_only_what_is_named_is_there(tmp_path):
    program, text, problems = compile_text(tmp_path, USERS, ["User"])
    assert problems == []
    assert {name for _, name in program.definitions} == {"pause", "longer", "plain", "LIMIT"}
    assert "unused" not in text
    assert "never" not in text
    reached = {owner.name: owner.reached for owner in program.classes.values()}
    assert reached == {"Base": ["enter", "leave"], "User": ["on_start", "chat", "read"]}


def test_waiting_spreads_through_calls(tmp_path):
    _, text, _ = compile_text(tmp_path, USERS, ["User"])
    for head in ("async function pause", "async function longer", "async enter", "async chat"):
        assert head in text
    assert "await longer()" in text
    assert "await self.enter();" in text
    assert "async read" in text


def test_what_does_not_wait_stays_as_it_is(tmp_path):
    _, text, _ = compile_text(tmp_path, USERS, ["User"])
    assert "export function plain()" in text
    assert "async leave" not in text
    assert "async on_start" not in text


def test_handlers_may_not_wait(tmp_path):
    text = "from ktb_load import think\n\n\ndef program(socket):\n"
    text += '    socket.on("message", lambda text: think(1))\n'
    _, _, problems = compile_text(tmp_path, text, ["program"])
    assert [str(problem) for problem in problems] == [
        "users.py:5:39: waiting here cannot be exported; "
        "event handlers may not block: move it to a task"
    ]


def test_a_local_function_that_waits_is_awaited(tmp_path):
    text = "from ktb_load import think\n\n\ndef program():\n"
    text += "    def inner():\n        think(1)\n\n    inner()\n"
    _, javascript, problems = compile_text(tmp_path, text, ["program"])
    assert problems == []
    assert "export async function program()" in javascript
    assert "inner = async function ()" in javascript
    assert "await py.call(inner);" in javascript


def test_local_only_is_left_out(tmp_path):
    text = "from ktb_load.locust_host.user import LoadUser\nfrom locust import task\n"
    text += "from ktb_load import local_only\n\n\nclass User(LoadUser):\n    @task\n"
    text += "    def chat(self):\n        self.note()\n\n    @local_only\n    def note(self):\n"
    text += "        open('f')\n"
    _, javascript, problems = compile_text(tmp_path, text, ["User"])
    assert problems == []
    assert "note() { return null; }" in javascript


MEASURED = """\
from ktb_load import Trend
from ktb_load.locust_host.user import LoadUser
from locust import task

slow_rooms = Trend("slow_rooms")
NUMBER = max(1, 2)


class User(LoadUser):
    @task
    def chat(self):
        pass
"""


def test_metric_that_no_task_adds_to_is_there_for_thresholds(tmp_path):
    _, text, problems = compile_text(tmp_path, MEASURED, ["User"])
    assert problems == []
    assert '"slow_rooms"' in text
    assert "NUMBER" not in text


BY_HAND = """\
from ktb_load import k6_only_body
from ktb_load.locust_host.user import LoadUser
from locust import task


class User(LoadUser):
    @k6_only_body("return __ENV.HOSTNAME ?? 'k6';")
    def where(self):
        return "here"

    def shown(self):
        return self.where() + "!"

    @task
    def chat(self):
        self.http.get(self.shown())
"""


def test_what_is_written_by_hand_is_awaited(tmp_path):
    _, text, problems = compile_text(tmp_path, BY_HAND, ["User"])
    assert problems == []
    assert "async where()" in text
    assert "await self.where()" in text
    assert "await self.shown()" in text
