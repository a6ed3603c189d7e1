"""``--driver``: what it chooses, that both choices measure the same, and that workers follow."""

import json
from pathlib import Path

import pytest

pytestmark = pytest.mark.system
TALKING = str(Path(__file__).parent / "talking_locustfile.py")
POLLING = str(Path(__file__).parent / "polling_locustfile.py")
FEW = "scenarios: {chat: {executor: per-vu-iterations, vus: 1, iterations: 3, exec: chat}}\n"
MANY = FEW.replace("vus: 1", "vus: 4")
THRESHOLDS = """
thresholds:
  checks: ["rate==1"]
  chat_messages_sent: ["count==36"]
  chat_messages_lost: ["count==0"]
"""
COUNTED = (
    "iterations",
    "ws_sessions",
    "ws_msgs_sent",
    "ws_msgs_received",
    "chat_messages_sent",
    "chat_messages_received",
    "chat_disconnections",
    "http_reqs",
)


@pytest.fixture
def plan(tmp_path):
    def write(text):
        path = tmp_path / "plan.yaml"
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


def counts(summary):
    told = json.loads(summary.read_text(encoding="utf-8"))["metrics"]
    checks = {key: told["checks"][key] for key in ("passes", "fails")}
    return {name: told[name]["count"] for name in COUNTED} | checks


def test_both_drivers_count_the_same(runner, start_reference, plan, tmp_path):
    found = {}
    for driver in ("lean", "reference"):
        summary = tmp_path / f"{driver}.json"
        with start_reference() as server:
            ended = runner(
                *("ktb_load", "run", "-f", TALKING, "--plan", plan(FEW), "--driver", driver),
                *("--host", server.rest, "--socket-host", server.socket),
                *("--seed", "7", "--summary-export", str(summary)),
            )
        assert (ended.code, "Traceback" in ended.err) == (0, False), ended.err + ended.out
        found[driver] = counts(summary)
    assert found["reference"] == found["lean"]
    assert found["lean"]["iterations"] == 3


def test_lean_driver_refuses_to_poll_before_the_run(runner, start_reference, plan):
    with start_reference() as server:
        where = ("--host", server.rest, "--socket-host", server.socket)
        ended = runner("ktb_load", "run", "-f", POLLING, "--plan", plan(FEW), *where)
    assert ended.code == 104
    instead = (
        "the lean driver has no long polling; run with --driver reference, or leave out 'polling'"
    )
    assert ended.err.splitlines()[-2:] == [
        f"Browser.transports: {instead}",
        f"tests/system/command_line/polling_locustfile.py:22: {instead}",
    ]
    assert "TOTAL RESULTS" not in ended.out


def test_workers_have_the_driver_of_the_master(runner, start_reference, plan):
    with start_reference() as server:
        ended = runner(
            *("ktb_load", "run", "-f", POLLING, "--plan", plan(MANY + THRESHOLDS)),
            *("--host", server.rest, "--socket-host", server.socket, "--processes", "2"),
            KTB_LOAD_DRIVER="reference",
            ACCOUNTS_PER_SECOND="200",
        )
    assert (ended.code, "Traceback" in ended.err) == (0, False), ended.err + ended.out


def test_driver_that_there_is_not_is_refused(runner):
    ended = runner("ktb_load", "run", "--plan", "smoke", "--driver", "fast")
    assert ended.code == 2
    assert "invalid choice: 'fast'" in ended.err
