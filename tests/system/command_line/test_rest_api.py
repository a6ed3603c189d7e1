"""k6's REST API: what its own command line and curl see and change."""

import json
import re
import socket
import subprocess
import time
import urllib.error
import urllib.request

import pytest

pytestmark = pytest.mark.system

PLAN = """
scenarios:
  e: {executor: externally-controlled, exec: chat, vus: 2, maxVUs: 4, duration: 30s,
      env: {ROOM_SIZE: "2", MESSAGES: "1"}}
thresholds: {checks: ["rate>0.5"]}
"""


@pytest.fixture
def port():
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


@pytest.fixture
def api(port):
    """Ask the API; status and body of its answer."""

    def ask(method, path, attributes=None):
        body = None if attributes is None else {"data": {"attributes": attributes}}
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}/v1/{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
        )
        try:
            with urllib.request.urlopen(request, timeout=5) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)

    return ask


def status(api):
    return api("GET", "status")[1]["data"]["attributes"]


def until(api, **wanted):
    """Wait until the status is as wanted."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        try:
            if wanted.items() <= status(api).items():
                return
        except (OSError, KeyError):
            pass
        time.sleep(0.05)
    pytest.fail(f"the status never was {wanted}")


@pytest.fixture
def running(runner, start_reference, tmp_path, port, api):
    """A run of an externally-controlled plan that has begun; what it printed, when it is over."""
    plan = tmp_path / "plan.yaml"
    plan.write_text(PLAN, encoding="utf-8")
    with start_reference() as server:
        arguments = ("--plan", str(plan), "--address", f"127.0.0.1:{port}")
        with runner.start_load(server, *arguments) as process:
            until(api, vus=2)
            yield process
            if process.poll() is None:
                api("PATCH", "status", {"stopped": True})
            process.communicate(timeout=30)


def test_vus_are_scaled_paused_and_resumed_and_the_test_is_stopped(running, api):
    assert api("PATCH", "status", {"vus": 4})[1]["data"]["attributes"]["vus"] == 4
    code, answer = api("PATCH", "status", {"vus": 9})
    assert code == 400
    assert "must be less than or equal to the number of maxVUs (4)" in str(answer)
    api("PATCH", "status", {"vus": 6, "vus-max": 6})
    until(api, vus=6, **{"vus-max": 6})
    api("PATCH", "status", {"paused": True})
    until(api, paused=True, vus=0)
    api("PATCH", "status", {"paused": False})
    until(api, paused=False, vus=6)
    api("PATCH", "status", {"stopped": True})
    out, err = running.communicate(timeout=30)
    assert running.returncode == 103, err
    assert "test run stopped from REST API" in err
    assert "TOTAL RESULTS" in out


def test_metrics_groups_and_setup_data_are_shown_as_k6_shows_them(running, api):
    code, answer = api("GET", "metrics/checks")
    assert code == 200
    assert answer["data"]["attributes"]["type"] == "rate"
    assert answer["data"]["attributes"]["tainted"] is False
    assert {"checks", "http_reqs"} <= {one["id"] for one in api("GET", "metrics")[1]["data"]}
    groups = api("GET", "groups")[1]["data"]
    assert groups[0]["id"] == "d41d8cd98f00b204e9800998ecf8427e"
    assert api("GET", f"groups/{groups[0]['id']}")[1]["data"]["attributes"]["path"] == ""
    setup = api("GET", "setup")[1]["data"]["attributes"]["data"]
    assert len(setup["ChatUser"]["accounts"]) == 4
    assert api("GET", "metrics/nope")[0] == 404
    assert api("GET", "nope")[0] == 404
    assert api("PATCH", "status", ["no mapping"])[0] == 400


@pytest.mark.k6
def test_k6s_own_command_line_works_with_it(running, api, port, k6):
    def k6_says(*arguments):
        command = [str(k6), *arguments, "--address", f"127.0.0.1:{port}"]
        return subprocess.run(
            command, capture_output=True, text=True, timeout=20, check=True
        ).stdout

    assert re.search(r"vus: \"?2", k6_says("status"))
    k6_says("scale", "--vus", "3")
    until(api, vus=3)
    k6_says("pause")
    until(api, paused=True)
    k6_says("resume")
    until(api, paused=False)


def test_other_executors_cannot_be_changed(runner, start_reference, tmp_path, port, api):
    plan = tmp_path / "plan.yaml"
    plan.write_text("{vus: 1, duration: 20s}", encoding="utf-8")
    with start_reference() as server:
        arguments = ("--plan", str(plan), "--address", f"127.0.0.1:{port}")
        with runner.start_load(server, *arguments) as process:
            until(api, vus=1)
            code, answer = api("PATCH", "status", {"vus": 3})
            assert (code, answer["errors"][0]["title"]) == (500, "Execution config error")
            code, answer = api("PATCH", "status", {"paused": True})
            assert "constant-vus executor 'default' doesn't support pause" in str(answer)
            api("PATCH", "status", {"stopped": True})
            process.communicate(timeout=30)


def test_an_address_that_is_taken_is_refused_with_106(runner, start_reference, port):
    with start_reference() as server, socket.create_server(("127.0.0.1", port)):
        ended = runner.load(server, "--plan", "smoke", "--address", f"127.0.0.1:{port}")
    assert ended.code == 106
    assert "command line --address: the REST API cannot listen on" in ended.err
