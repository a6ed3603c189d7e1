"""What counts as the refusal of a token, where the WebSocket's handshake is what refuses it."""

import subprocess
import sys

ASK = """
from ktb_load.errors import ConnectFailed
from ktb_load.systems.erlang_chat import ErlangSocket
from ktb_load.systems.login_notify import NotifySocket

codes = ("401", "403", "503", "", "TIMED_OUT", "1212")
for kind in (ErlangSocket, NotifySocket):
    socket = kind.__new__(kind)
    print([code for code in codes if socket._is_refusal(ConnectFailed("no", code=code))])
"""


def test_only_401_is_a_refusal():
    """In a process of its own, for Locust patches it."""
    ended = subprocess.run([sys.executable, "-c", ASK], capture_output=True, text=True, check=True)
    assert ended.stdout.splitlines() == ["['401']", "['401']"]
