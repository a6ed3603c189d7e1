"""Both drivers before the Autobahn test suite, the judge of most WebSocket implementations.

It is written for Python 2.7: where a ``wstest`` is (named by WSTEST, or on the path), it is asked;
elsewhere the table of ``test_websocket_cases.py`` holds what its cases are about. Left out are its
limits (9) and compression (12, 13), which nobody here offers.
"""

import json
import os
import shutil
import socket
import subprocess
import time

import gevent
import pytest
from gevent.event import Event

from ktb_load.clients.websocket import WebSocket, WebSocketOptions

pytestmark = [pytest.mark.system, pytest.mark.timeout(300)]
PASSED = {"OK", "INFORMATIONAL"}
LATE = {f"6.4.{number}" for number in range(1, 5)}
"""Text that is no UTF-8 may be refused at its end; both drivers do so in some of these."""


class Echo:
    def __init__(self, answers):
        self.heard, self.ended, self._answers = [], Event(), answers
        self.connection = None

    def on_message(self, data, at):
        self.heard.append(data)
        if self._answers and self.connection.open:
            self.connection.send(data)

    def on_end(self, end):
        self.ended.set()


@pytest.fixture(scope="module")
def suite(tmp_path_factory):
    """The URL of a running suite, and where it writes its reports."""
    named = os.environ.get("WSTEST") or "wstest"
    if (wstest := shutil.which(named)) is None:
        pytest.skip(f"no Autobahn test suite: {named} is not there")
    folder = tmp_path_factory.mktemp("autobahn")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    spec = {
        "url": f"ws://127.0.0.1:{port}",
        "outdir": str(folder / "reports"),
        "cases": ["*"],
        "exclude-cases": ["9.*", "12.*", "13.*"],
        "exclude-agent-cases": {},
    }
    (folder / "spec.json").write_text(json.dumps(spec), encoding="utf-8")
    command = [wstest, "-m", "fuzzingserver", "-w", "0", "-s", str(folder / "spec.json")]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=folder) as process:
        try:
            _wait_for(port)
            yield spec["url"], folder / "reports" / "index.json"
        finally:
            process.terminate()


def _wait_for(port):
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("the suite does not listen")


def test_no_case_of_autobahn_fails(suite, new_vu, driver):
    url, report = suite
    network = new_vu(driver).network

    def visit(path, answers=False):
        echo = Echo(answers)
        with gevent.Timeout(30):
            echo.connection = WebSocket.connect(network, url + path, echo, WebSocketOptions())
            echo.ended.wait()
        return echo.heard

    [cases] = visit("/getCaseCount")
    for number in range(1, int(cases) + 1):
        visit(f"/runCase?case={number}&agent={driver}", answers=True)
    visit(f"/updateReports?agent={driver}")
    results = json.loads(report.read_text(encoding="utf-8"))[driver]
    assert len(results) == int(cases) > 200
    failed = {
        case: (said["behavior"], said["behaviorClose"])
        for case, said in results.items()
        if not {said["behavior"], said["behaviorClose"]} <= PASSED
    }
    assert failed.keys() <= LATE, failed
    assert set(failed.values()) <= {("NON-STRICT", "OK")}
