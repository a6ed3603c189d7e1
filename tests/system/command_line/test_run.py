"""Whole runs: what a person sees, and the exit code that CI sees."""

import json

import pytest

pytestmark = pytest.mark.system

THRESHOLDS = """
thresholds:
  chat_round_trip: ["p(95)<100"]
  chat_delivery: ["p(95)<100"]
  http_req_failed: ["rate<0.01"]
  checks: ["rate>0.99"]
  chat_messages_lost: ["count==0"]
  chat_messages_duplicated: ["count==0"]
  chat_unexpected_disconnections: ["count==0"]
"""


@pytest.fixture
def plan(tmp_path):
    """A plan file of one scenario with the usual thresholds."""

    def write(**scenario):
        scenario = {
            "executor": "constant-vus",
            "vus": 6,
            "duration": "3s",
            "exec": "chat",
            **scenario,
        }
        scenario.setdefault("env", {"ROOM_SIZE": "3", "MESSAGES": "2"})
        path = tmp_path / "plan.yaml"
        text = f"scenarios: {json.dumps({'chat': scenario})}\n{THRESHOLDS}"
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


@pytest.mark.node
def test_the_smoke_plan_holds_against_a_server_that_none_of_us_wrote(runner, start_node_server):
    with start_node_server() as server:
        ended = runner.load(server, "--plan", "smoke", BANNED_WORD="forbidden")
    assert ended.code == 0, ended.err + ended.out
    assert "✗" not in ended.out


def test_a_slow_server_crosses_a_threshold_which_is_named_with_exit_code_99(
    runner, start_reference, plan
):
    with start_reference("--fault", "chatMessage:delay=200ms") as server:
        ended = runner.load(server, "--plan", plan())
    assert ended.code == 99, ended.err + ended.out
    assert "✗ 'p(95)<100'" in ended.out
    assert "thresholds on metrics 'chat_delivery, chat_round_trip' have been crossed" in ended.err


def test_lost_messages_are_noticed_by_their_receivers(runner, start_reference, plan):
    with start_reference("--fault", "message:lose=0.2") as server:
        env = {"ROOM_SIZE": "3", "MESSAGES": "5"}
        ended = runner.load(server, "--plan", plan(duration="5s", vus=9, env=env))
    assert ended.code == 99, ended.err + ended.out
    assert "chat_messages_lost" in ended.err


def test_duplicated_messages_are_noticed(runner, start_reference, plan):
    with start_reference("--fault", "message:duplicate=0.5") as server:
        ended = runner.load(server, "--plan", plan())
    assert ended.code == 99, ended.err + ended.out
    assert "chat_messages_duplicated" in ended.err


def test_a_server_that_dies_in_the_middle_gives_failed_samples_a_summary_and_99(
    runner, start_reference, plan
):
    with start_reference() as server:
        process = runner.start_load(server, "--plan", plan(duration="8s"))
        with process:
            while "msgs/s" not in (line := process.stderr.readline()) and line:
                pass
            server.kill()
            out, err = process.communicate(timeout=60)
    assert process.returncode == 99, err + out
    assert "chat_unexpected_disconnections" in err
    assert "█ TOTAL RESULTS" in out
    assert "Traceback" not in err


def test_every_exchange_is_in_locusts_own_table(runner, start_reference, plan, tmp_path):
    with start_reference() as server:
        ended = runner.load(server, "--plan", plan(), "--csv", str(tmp_path / "stats"))
    assert ended.code == 0, ended.err + ended.out
    table = (tmp_path / "stats_stats.csv").read_text(encoding="utf-8")
    for row in ("SIO,say", "SIO,join", "SIO,connect", "POST,/api/auth/login", "POST,/api/rooms"):
        assert row in table


def test_per_vu_iterations_runs_exactly_its_iterations(runner, start_reference, plan, tmp_path):
    export = tmp_path / "summary.json"
    text = plan(executor="per-vu-iterations", vus=3, iterations=2, maxDuration="1m", exec="lurk")
    text = text.replace("plan.yaml", "plan.yaml")
    with open(text, encoding="utf-8") as file:
        document = file.read().replace('"duration": "3s", ', "")
    with open(text, "w", encoding="utf-8") as file:
        file.write(document)
    with start_reference() as server:
        ended = runner.load(
            server, "--plan", text, "--summary-export", str(export), LISTEN_SECONDS="0.2"
        )
    assert ended.code == 0, ended.err + ended.out
    metrics = json.loads(export.read_text(encoding="utf-8"))["metrics"]
    assert metrics["iterations"]["count"] == 6


def test_the_same_seed_makes_the_same_accounts(runner, start_reference, plan, tmp_path):
    emails = []
    for turn in range(2):
        trace = tmp_path / f"trace{turn}.jsonl"
        with start_reference("--trace", str(trace)) as server:
            runner.load(server, "--plan", plan(duration="1s"), "--seed", "7")
        actions = map(json.loads, trace.read_text(encoding="utf-8").splitlines())
        emails.append(
            [a["body"]["email"] for a in actions if a["action"] == "POST /api/auth/register"]
        )
    assert emails[0] == emails[1]
    assert len(emails[0]) == 6


def test_without_a_plan_locusts_own_options_hold(runner, start_reference):
    with start_reference() as server:
        ended = runner.load(server, "-u", "3", "-r", "3", "-t", "4s", MESSAGES="1")
    assert ended.code == 0, ended.err + ended.out
    assert "chat_round_trip" in ended.out


def test_the_short_way_is_the_same(runner, start_reference, plan):
    with start_reference() as server:
        where = ["--host", server.rest, "--socket-host", server.socket]
        ended = runner(
            "ktb_load", "run", "--system", "ktb-chat", "--plan", plan(duration="1s"), *where
        )
    assert ended.code == 0, ended.err + ended.out
    assert "█ THRESHOLDS" in ended.out


def test_the_demo_is_a_real_run(runner):
    ended = runner("ktb_load", "demo")
    assert ended.code == 0, ended.err + ended.out
    assert "chat_delivery" in ended.out
    assert "█ THRESHOLDS" in ended.out
