"""Where orjson, brotli and zstd cannot be installed the clients work by the standard library."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.system
ROOT = Path(__file__).parents[3]

CHILD = """
import sys

MISSING = ("orjson", "brotli", "backports.zstd", "compression.zstd")
sys.modules.update(dict.fromkeys(MISSING))  # their import is an ImportError

import json

from ktb_load.clients.dialer import Dialer
from ktb_load.clients.drivers import LEAN, driver_named
from ktb_load.clients.http import HttpClient, HttpOptions
from ktb_load.clients.network import Network
from ktb_load.clients.socketio import SocketIOClient, SocketIOOptions
from ktb_load.clock import RealClock
from ktb_load.metrics.recorder import Recorder
from ktb_load.metrics.store import Store

network = Network(Recorder(Store(RealClock())), Dialer(), driver=driver_named(LEAN))
http = HttpClient(network, sys.argv[1], HttpOptions())
posted = http.post("/ok", json={"안녕": [1, 2.5, None]})
brotli, zstd = http.get("/br"), http.get("/zstd")
chat = SocketIOClient.connect(network, sys.argv[2], SocketIOOptions(auth={"token": "good"}))
echoed = chat.call("answer", {"안녕": [1, 2.5, None]}, b"bytes")
chat.close()
said = {
    "posted": posted.json(),
    "undone": [(one.status, one.error_code, one.error) for one in (brotli, zstd)],
    "echoed": [echoed[0], echoed[1].decode()],
}
print(json.dumps(said))
"""


@pytest.fixture
def socketio_origin():
    command = [sys.executable, ROOT / "tests" / "servers" / "socketio_script.py"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as process:
        try:
            yield f"http://127.0.0.1:{process.stdout.readline().strip()}"
        finally:
            process.kill()


def test_clients_speak_http_and_socketio_without_extensions(start_server, socketio_origin):
    zstd = b"HTTP/1.1 200 OK\r\nContent-Encoding: zstd\r\nContent-Length: 2\r\n\r\n()"
    server = start_server(also={"/zstd": [zstd]})
    child = subprocess.run(
        [sys.executable, "-c", CHILD, server.url, socketio_origin],
        cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert child.returncode == 0, child.stderr
    said = json.loads(child.stdout)
    assert said["posted"] == {"hello": "world"}
    assert server.received[0].body == '{"안녕":[1,2.5,null]}'.encode()
    assert said["echoed"] == [{"안녕": [1, 2.5, None]}, "bytes"]
    assert [one.header("Accept-Encoding") for one in server.received] == [None] * 3
    for (status, code, error), missing in zip(said["undone"], ("brotli", "zstd"), strict=True):
        assert (status, code) == (0, 1701)
        assert missing in error
