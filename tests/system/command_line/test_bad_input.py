"""The author's faults: a clear message and the right exit code, before any load."""

import socket

import pytest

pytestmark = pytest.mark.system


@pytest.fixture(scope="module")
def server(start_reference):
    with start_reference() as server:
        yield server


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("scenarios: [", "plan.yaml:2: not valid YAML"),
        ("scenarios:\n  a: {executor: constant-vus, duration: 5s, vu: 3}", "did you mean `vus`?"),
        (
            "duration: 1s\nvus: 1\nthresholds: {chat_roundtrip: ['p(95)<1']}",
            "plan.yaml:3, thresholds.chat_roundtrip: invalid threshold defined on chat_roundtrip;"
            ' reason: no metric name "chat_roundtrip" found; did you mean `chat_round_trip`?',
        ),
        (
            "duration: 1s\nvus: 1\nthresholds: {checks: ['rate>>1']}",
            "plan.yaml:3, thresholds.checks[0]: failed parsing threshold",
        ),
        ("duration: 1s\nvus: 1\nthresholds: {checks: ['p95<1']}", "failed parsing threshold"),
        (
            "scenarios:\n  a: {executor: constant-vus, duration: 5s, exec: chatt}",
            "plan.yaml:2, scenarios.a.exec: no task or user class 'chatt'; did you mean `chat`?",
        ),
    ],
)
def test_a_wrong_plan_is_refused_with_its_place(runner, server, tmp_path, text, message):
    plan = tmp_path / "plan.yaml"
    plan.write_text(text + "\n", encoding="utf-8")
    ended = runner.load(server, "--plan", str(plan))
    assert ended.code == 104
    assert message in ended.err
    assert "Traceback" not in ended.err


def test_a_missing_plan_is_named_with_the_near_one(runner, server):
    ended = runner.load(server, "--plan", "smok")
    assert ended.code == 104
    assert "smok: there is no such plan; did you mean `smoke`?" in ended.err


def test_a_host_that_is_not_there_is_refused_before_any_load(runner):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
        ended = runner(
            "locust", "-f", "locustfiles/chat.py", "--headless", "--plan", "smoke",
            "--host", url, "--socket-host", url,
        )  # fmt: skip
    assert ended.code == 104
    assert f"ChatUser.host: nobody answers at {url}" in ended.err


def test_a_locustfile_without_user_classes_is_refused(runner, tmp_path):
    empty = tmp_path / "empty.py"
    empty.write_text("from locust import task\n", encoding="utf-8")
    ended = runner("ktb_load", "run", "-f", str(empty), "--plan", "smoke")
    assert ended.code == 104
    assert "the locustfile has no user class; derive one from" in ended.err


@pytest.mark.parametrize(
    ("text", "place", "what"),
    [
        ("from ktb_load import Counter\n\nCounter('a-b')\n", 3, "ValueError: Invalid metric name"),
        ("x = 1\n1 / 0\n", 2, "ZeroDivisionError: division by zero"),
        ("import nobody_has_this\n", 1, "ModuleNotFoundError: No module named"),
    ],
)
def test_a_locustfile_that_fails_while_it_is_read_ends_with_107(
    runner, tmp_path, text, place, what
):
    broken = tmp_path / "broken.py"
    broken.write_text(text, encoding="utf-8")
    ended = runner("ktb_load", "run", "-f", str(broken), "--plan", "smoke")
    assert ended.code == 107, ended.err
    assert f"broken.py:{place}: {what}" in ended.err
    assert "Traceback" not in ended.err


def test_a_locustfile_that_is_not_there_is_refused(runner):
    ended = runner("ktb_load", "run", "-f", "nowhere.py")
    assert ended.code == 104
    assert "nowhere.py: there is no such locustfile" in ended.err


def test_a_wrong_variable_is_refused(runner, server):
    ended = runner.load(server, "--plan", "smoke", K6_VUS="many")
    assert ended.code == 104
    assert "environment variable K6_VUS: 'many' is not a whole number" in ended.err


def test_a_port_that_is_taken_is_named(runner):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        ended = runner("ktb_load", "serve", "ktb-chat", "--rest-port", port, "--socket-port", "0")
    assert ended.code != 0
    assert f"port {port} is taken" in ended.err
    assert "Traceback" not in ended.err
