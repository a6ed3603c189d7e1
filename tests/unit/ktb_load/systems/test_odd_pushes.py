"""Pushes of a shape that nobody has promised: they are no deliveries, and no faults of a task."""

import json
import subprocess
import sys

import pytest

from ktb_load.chat.marks import Mark, write_mark

MARKED = f"hello {write_mark(Mark(7, 1, 1))}"
NO_MARKS = [None, 5, [], {}, [MARKED], "no mark", "~~~~"]
LISTEN = """
import json, sys
from types import SimpleNamespace

from ktb_load.systems import erlang_chat, login_notify
from ktb_load.clients.message_socket import MessageSocket, MessageSocketOptions
from ktb_load.clock import RealClock
from ktb_load.metrics.recorder import Recorder
from ktb_load.metrics.store import Store

SOCKETS = {
    "message": lambda user: erlang_chat.ErlangSocket(user, erlang_chat.Account("me", "token")),
    "NOTIFICATION": lambda user: login_notify.NotifySocket(user, login_notify.Account("me")),
}
store, metrics = Store(RealClock()), []
store.subscribe(lambda metric, *_: metrics.append(metric))
user = SimpleNamespace(
    vu=SimpleNamespace(id=1, recorder=Recorder(store)),
    answer_timeout_s=1.0,
    message_numbers={},
    socket_url=lambda: "",
)
pushes = json.loads(sys.argv[1])
chat = SOCKETS[pushes[0]["type"]](user)
chat._client = client = MessageSocket(MessageSocketOptions())
chat._listen()
for push in pushes:
    client.on_message(json.dumps(push), 0.0)
    client._inbox.raise_fault()
print(metrics.count("chat_messages_received"))
"""


def heard(event, *contents):
    """How many deliveries these pushes were; in a process of its own, for Locust patches it."""
    pushes = json.dumps([{"type": event, **content} for content in contents])
    command = [sys.executable, "-c", LISTEN, pushes]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    return int(ended.stdout)


@pytest.mark.parametrize(("event", "field"), [("message", "content"), ("NOTIFICATION", "message")])
def test_what_has_no_marked_text_is_no_delivery(event, field):
    assert heard(event, {}, *({"roomId": "a", field: odd} for odd in NO_MARKS)) == 0
    assert heard(event, {"roomId": "a", field: MARKED}) == 1


def test_a_marked_text_is_a_delivery_wherever_it_was_said():
    odd_rooms = [{}, {"roomId": None}, {"roomId": 5}, {"roomId": ["a"]}]
    assert heard("message", *({"content": MARKED, **room} for room in odd_rooms)) == len(odd_rooms)
