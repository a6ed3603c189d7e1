"""The judge as a program: its ready line, its end, its packages."""

import json
import os
import re
import signal
import socket
import subprocess
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.system, pytest.mark.node]
FOLDER = Path(__file__).parents[2] / "servers" / "ktb_chat_node"


def test_ready_line_names_two_origins_and_the_process(node_server: Any) -> None:
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+", node_server.rest)
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+", node_server.socket)
    assert node_server.rest != node_server.socket
    assert node_server.dialect == "deployed"
    os.kill(node_server.pid, 0)


@pytest.mark.usefixtures("node_server")
def test_termination_is_quick_even_with_an_open_connection() -> None:
    pipe = subprocess.PIPE
    with subprocess.Popen(["node", "server.mjs"], cwd=FOLDER, stdout=pipe) as process:
        assert process.stdout is not None
        told = json.loads(process.stdout.readline())
        assert (told["system"], told["pid"]) == ("ktb-chat", process.pid)
        port = int(told["socket"].rsplit(":", 1)[1])
        with socket.create_connection(("127.0.0.1", port), timeout=2):
            process.send_signal(signal.SIGTERM)
            assert process.wait(2) == 0


@pytest.mark.usefixtures("node_server")
def test_wrong_option_is_explained() -> None:
    command = ["node", "server.mjs", "--dialect", "klingon"]
    done = subprocess.run(command, cwd=FOLDER, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "klingon is none of documented, deployed" in done.stderr


def test_lock_file_names_no_host() -> None:
    lock = (FOLDER / "package-lock.json").read_text()
    assert "://" not in lock
    assert '"resolved"' not in lock
