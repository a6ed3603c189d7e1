"""Whether a generator that cannot keep up says so, and one that can does not."""

import json
import socket
import threading
from contextlib import ExitStack
from pathlib import Path
from xml.etree import ElementTree

import pytest
from websockets.sync.server import serve

pytestmark = pytest.mark.system
BURNING = str(Path(__file__).parent / "burning.py")
OVERLOADED = "GENERATOR was the limit, not the system"
LATE = "its event loop was late by p(95)="
BURN = {"executor": "constant-vus", "vus": 2, "duration": "4s", "exec": "burn"}
REST = {"executor": "constant-vus", "vus": 1, "duration": "6s", "exec": "rest"}
ARRIVE = {
    "executor": "constant-arrival-rate",
    "rate": 10,
    "duration": "4s",
    "preAllocatedVUs": 8,
    "exec": "rest",
}


@pytest.fixture
def silent_server():
    """A WebSocket server that reads nothing; its URL."""
    go_home = threading.Event()
    with ExitStack() as stack:
        listening = socket.create_server(("127.0.0.1", 0))
        server = stack.enter_context(serve(lambda _: go_home.wait(60), sock=listening, max_queue=1))
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        stack.callback(thread.join, 5)
        stack.callback(server.shutdown)
        stack.callback(go_home.set)
        yield f"ws://127.0.0.1:{listening.getsockname()[1]}"


def judged(fleet):
    """The key ``generator`` of ``--summary-export``."""
    return json.loads((fleet.folder / "summary.json").read_text(encoding="utf-8"))["generator"]


def test_an_overloaded_generator_says_so_everywhere(fleet):
    report = fleet.folder / "report.xml"
    plan = fleet.plan({"iterations": ["count>0"]}, burning=BURN, arriving=ARRIVE)
    where = ("--out", f"junit={report}", *fleet.export_to)
    ended = fleet.alone("--plan", plan, *where, locustfile=BURNING).wait()
    assert ended.code == 0, ended.err + ended.out
    assert ended.out.lstrip().startswith(f"█ {OVERLOADED}"), ended.out
    assert f"✗ {LATE}" in ended.out
    assert f"the {OVERLOADED}" in ended.err
    assert "GENERATOR PAST ITS LIMITS (lag" in ended.err
    told = judged(fleet)
    assert not told["ok"]
    past = {(warning["metric"], warning["stat"]) for warning in told["warnings"]}
    assert {("generator_lag", "p(95)"), ("generator_lag", "max")} <= past
    assert ("generator_lateness", "p(99)") in past
    metrics = fleet.export()
    assert {"generator_lag", "generator_cpu", "generator_lateness"} <= metrics.keys()
    [said] = ElementTree.parse(report).getroot().iter("property")
    assert OVERLOADED in said.get("value")


@pytest.mark.parametrize(
    ("mode", "in_the_summary"), [("full", True), ("legacy", True), ("disabled", False)]
)
def test_no_mode_of_the_summary_hides_it(fleet, mode, in_the_summary):
    plan = fleet.plan(burning=BURN)
    ended = fleet.alone("--plan", plan, "--summary-mode", mode, locustfile=BURNING).wait()
    assert ended.code == 0, ended.err + ended.out
    assert (f"█ {OVERLOADED}" in ended.out) is in_the_summary
    assert f"the {OVERLOADED}" in ended.err


def test_a_summary_of_ones_own_is_told_too_and_locusts_own_users_count(fleet):
    free = ("-u", "2", "-r", "2", "-t", "4s")
    ended = fleet.alone(*free, locustfile=BURNING, OWN_SUMMARY="1", PLAIN="1").wait()
    assert ended.code == 0, ended.err + ended.out
    told = json.loads(ended.out)
    assert LATE in told["warnings"][0]["message"]
    assert f"the {OVERLOADED}" in ended.err


def test_a_calm_generator_says_nothing_and_shows_only_what_was_measured(fleet):
    plan = fleet.plan({"generator_lag": ["max<60000"]}, resting=REST)
    ended = fleet.alone("--plan", plan, *fleet.export_to, locustfile=BURNING).wait()
    assert ended.code == 0, ended.err + ended.out
    assert judged(fleet) == {"ok": True, "warnings": []}
    assert "GENERATOR was" not in ended.out
    assert "the GENERATOR" not in ended.err
    assert "PAST ITS LIMITS" not in ended.err
    shown = {name for name in fleet.export() if name.startswith("generator_")}
    assert shown == {"generator_lag", "generator_cpu"}


def test_a_threshold_on_the_generator_is_one_like_any_other(fleet):
    plan = fleet.plan({"generator_lag": ["p(95)<20"]}, burning=BURN)
    ended = fleet.alone("--plan", plan, locustfile=BURNING).wait()
    assert ended.code == 99, ended.err + ended.out
    assert "thresholds on metrics 'generator_lag' have been crossed" in ended.err


def test_what_nobody_takes_is_said_to_wait_in_the_generator(fleet, silent_server):
    flood = {"executor": "per-vu-iterations", "vus": 1, "iterations": 1, "exec": "flood"}
    plan = fleet.plan(flooding={**flood, "env": {"FLOODED": silent_server}})
    ended = fleet.alone("--plan", plan, *fleet.export_to, locustfile=BURNING).wait()
    assert ended.code == 0, ended.err + ended.out
    assert "MB waited in it to be sent, limit 1.0 MB" in ended.out
    assert "generator_unsent" in fleet.export()


def test_of_two_workers_the_one_that_starves_is_named(fleet):
    plan = fleet.plan(burning={**BURN, "duration": "6s"})
    ended = fleet.processes(2, "--plan", plan, *fleet.export_to, locustfile=BURNING).wait()
    assert ended.code == 0, ended.err + ended.out
    longest = {w["metric"] + w["stat"]: w["worker"] for w in judged(fleet)["warnings"]}
    assert longest["generator_lagmax"].startswith("2@")
    assert f"(worker {longest['generator_lagmax']}" in ended.out
    assert "GENERATOR PAST ITS LIMITS (lag" in ended.err
