"""A user class with the clients of every protocol: both runners do the same with it."""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from k6_export.export import export
from ktb_load.errors import AuthorError
from tests.servers.node import install
from tests.servers.process import speaking
from tests.servers.tools import tool

HERE = Path(__file__).parent
USERS = HERE / "protocol_users.py"
PLAN = {
    "scenarios": {
        name: {"executor": "per-vu-iterations", "vus": 2, "iterations": 2, "exec": name}
        for name in ("stomp", "messages")
    }
}
pytestmark = [pytest.mark.system, pytest.mark.k6, pytest.mark.xdist_group("java")]


@pytest.fixture
def servers(spring):
    """Where they are, as the environment of a run."""
    folder = HERE.parents[1] / "servers" / "protocols_node"
    install(folder)
    with speaking([tool("node"), "server.mjs"], folder) as node:
        events = f"{spring.http}/events"
        yield {**os.environ, "STOMP": spring.ws, "WS": node["ws"], "SSE": events}


def checks_of(path):
    """How often each check passed and failed."""
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    points = [line for line in lines if line["type"] == "Point" and line["metric"] == "checks"]
    return Counter((p["data"]["tags"]["check"], p["data"]["value"]) for p in points)


def sockets_of(path):
    """How many messages and sessions there were, by name."""
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    points = [line for line in lines if line["type"] == "Point" and line["metric"] in METRICS]
    return Counter((p["metric"], p["data"]["tags"]["name"]) for p in points)


METRICS = {"ws_sessions", "ws_connecting", "ws_session_duration", "ws_msgs_received"}


def run(command, environment, cwd):
    done = subprocess.run(
        command, env=environment, cwd=cwd, capture_output=True, text=True, timeout=90, check=False
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]


def test_both_runners_make_the_same_checks(servers, k6, tmp_path):
    plan = tmp_path / "plan.json"
    plan.write_text(json.dumps(PLAN))
    ours, theirs = tmp_path / "ours.json", tmp_path / "theirs.json"
    command = [sys.executable, "-m", "ktb_load", "run", "-f", USERS]
    run([*command, "--plan", plan, "--out", f"json={ours}"], servers, HERE.parents[2])
    for name, text in export(USERS, [str(plan)]).items():
        path = tmp_path / "k6" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    command = [k6, "run", "--quiet", "--address", "", "--out", f"json={theirs}"]
    run([*command, tmp_path / "k6" / "protocol_users.js"], servers, tmp_path)
    expected = checks_of(ours)
    assert len(expected) == 13
    assert all(passed == 1 for _, passed in expected)
    assert checks_of(theirs) == expected
    assert sockets_of(theirs) == sockets_of(ours)


def test_stream_that_is_not_marked_is_refused_with_the_reason(tmp_path):
    users = tmp_path / "users.py"
    users.write_text(USERS.read_text("utf-8").replace("    @local_only\n", ""))
    with pytest.raises(AuthorError) as caught:
        export(users)
    said = [str(problem) for problem in caught.value.problems]
    assert len(said) == 2
    assert all("k6 hands an answer over when it has ended" in problem for problem in said)
    assert "ktb_load.clients.sse.SseClient cannot be exported" in said[0]
