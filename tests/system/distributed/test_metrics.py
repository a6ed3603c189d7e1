"""What workers measure is added up exactly, and judged once, by the master."""

import json
from collections import Counter

import pytest

pytestmark = pytest.mark.system

ASKING = {
    "executor": "per-vu-iterations",
    "vus": 5,
    "iterations": 8,
    "exec": "request",
    "env": {"SLEEP": "0.3"},
}


@pytest.fixture
def trace(tmp_path):
    return tmp_path / "trace"


@pytest.fixture
def server(start_reference, trace):
    with start_reference("--trace", str(trace)) as server:
        yield server


def seen_by(trace):
    """How often the server saw each action."""
    lines = trace.read_text(encoding="utf-8").splitlines()
    return Counter(json.loads(line)["action"] for line in lines)


@pytest.mark.parametrize("way", ["processes", "spread"])
def test_counts_are_exact(fleet, server, trace, way):
    thresholds = {
        "http_req_failed": ["rate==0"],
        "checks{check:is answered}": ["rate==1"],
        "notes": ["count==80"],
        "weights": ["min==1", "max==5"],
        "http_reqs{scenario:asking}": ["count==40"],
    }
    plan = fleet.plan(thresholds, asking=ASKING)
    arguments = ("--plan", plan, "--host", server.rest, *fleet.export_to)
    started = getattr(fleet, way)(2, *arguments)
    master = started[0] if way == "spread" else started
    master.wait()
    assert master.code == 0, master.err + master.out
    metrics = fleet.export()
    assert seen_by(trace)["GET /api/health"] == 40
    assert metrics["http_reqs"]["count"] == metrics["iterations"]["count"] == 40
    assert metrics["http_reqs{scenario:asking}"]["count"] == 40
    assert metrics["notes"]["count"] == 80
    assert (metrics["weights"]["min"], metrics["weights"]["max"]) == (1, 5)
    assert metrics["weights"]["avg"] == pytest.approx(3)
    assert (metrics["checks"]["passes"], metrics["checks"]["fails"]) == (56, 24)
    assert metrics["checks{check:is answered}"]["passes"] == 40
    assert metrics["http_req_duration"]["min"] > 0
    assert metrics["group_duration"]["max"] >= metrics["http_req_duration"]["max"]
    assert (metrics["vus_max"]["value"], metrics["vus_max"]["max"]) == (5, 5)
    checks = json.loads((fleet.folder / "summary.json").read_text(encoding="utf-8"))["root_group"]
    assert checks["groups"]["asking"]["checks"]["is answered"]["passes"] == 40


def test_setup_and_teardown_run_once_and_all_vus_get_the_data(fleet, server):
    plan = fleet.plan(asking=ASKING)
    process = fleet.processes(3, "--plan", plan, "--host", server.rest).wait()
    assert process.code == 0, process.err + process.out
    setup, teardown = fleet.records("setup"), fleet.records("teardown")
    assert len(setup) == len(teardown) == 1
    assert setup[0]["pid"] == teardown[0]["pid"] == process.pid
    expected = {"word": "from setup", "numbers": [1, 2, 3]}
    assert teardown[0]["data"] == expected
    assert len({one["pid"] for one in fleet.iterations()}) == 3
    assert all(one["data"] == expected for one in fleet.iterations())
    iterated = [one["at"] for one in fleet.iterations()]
    assert setup[0]["at"] < min(iterated)
    assert max(iterated) < teardown[0]["at"]


def test_the_master_judges_thresholds_over_all_workers(fleet, server):
    thresholds = {"notes": ["count<80"], "checks": ["rate>0.9"], "http_req_failed": ["rate<0.01"]}
    plan = fleet.plan(thresholds, asking=ASKING)
    process = fleet.processes(2, "--plan", plan, "--host", server.rest).wait()
    assert process.code == 99, process.err + process.out
    assert "thresholds on metrics 'checks, notes' have been crossed" in process.err
    assert process.out.count("█ THRESHOLDS") == 1


def test_the_full_summary_shows_scenarios_and_groups(fleet, server):
    plan = fleet.plan(asking=ASKING, again={**ASKING, "vus": 2})
    arguments = ("--plan", plan, "--host", server.rest, "--summary-mode", "full")
    process = fleet.processes(2, *arguments).wait()
    assert process.code == 0, process.err + process.out
    for part in ("SCENARIO: asking", "SCENARIO: again", "GROUP: asking", "is answered"):
        assert part in process.out, process.out
    assert process.out.count("█ TOTAL RESULTS") == 1
    assert process.err.count("the same choices again") == 1, process.err


def test_the_chat_works_across_workers(fleet, server, trace):
    """People of one room are in several processes, and still nothing is lost or counted twice."""
    thresholds = {
        name: ["count==0"]
        for name in (
            "chat_messages_lost",
            "chat_messages_duplicated",
            "chat_unexpected_disconnections",
        )
    }
    chat = {"executor": "per-vu-iterations", "vus": 6, "iterations": 1, "exec": "chat"}
    env = {"ROOM_SIZE": "3", "MESSAGES": "3"}
    plan = fleet.plan({**thresholds, "checks": ["rate==1"]}, chat={**chat, "env": env})
    where = ("--host", server.rest, "--socket-host", server.socket)
    process = fleet.processes(
        2,
        "--plan",
        plan,
        *where,
        *fleet.export_to,
        locustfile="locustfiles/chat.py",
        ACCOUNTS_PER_SECOND="200",
    ).wait()
    assert process.code == 0, process.err + process.out
    metrics, seen = fleet.export(), seen_by(trace)
    assert metrics["iterations"]["count"] == 6
    assert metrics["chat_messages_sent"]["count"] == 18
    assert seen["POST /api/auth/register"] == 6, seen
    assert metrics["http_reqs"]["count"] == sum(
        count for action, count in seen.items() if action.startswith(("GET /", "POST /"))
    )
