"""A system for meetings: REST, a chat room for each meeting over STOMP, notifications as
server-sent events; all on one port.

The contract is a table that lost some of its cells; what was put there is in the docs, "meeting".
"""

from functools import partial
from typing import Any

from ktb_load.reference_server.one_port import serve_calls
from ktb_load.reference_server.options import count, seconds
from ktb_load.reference_server.serving import Order
from ktb_load.reference_server.sockets.stomp import Broker, Session
from ktb_load.reference_server.sockets.websocket import CONNECT
from ktb_load.reference_server.system import System
from ktb_load.reference_server.systems.meeting import notifications
from ktb_load.reference_server.systems.meeting.answers import failure
from ktb_load.reference_server.systems.meeting.calls import CALLS
from ktb_load.reference_server.systems.meeting.chat import Chat
from ktb_load.reference_server.systems.meeting.world import World

_SECONDS = (
    ("--heart-beat-out", 10.0, "between STOMP heart-beats of the server (0: none)"),
    ("--heart-beat-in", 10.0, "between those that it wants of clients (0: none)"),
    ("--keep-alive", 15.0, "of silence until an event stream gets a comment (0: none)"),
    ("--access-lifetime", 3600.0, "of an access token"),
)


def _add_options(group: Any) -> None:
    for option, default, text in _SECONDS:
        help_text = f"{text} ({default:g})"
        group.add_argument(option, type=seconds, default=default, metavar="SECONDS", help=help_text)
    for option, default, text in (
        ("--retry-ms", 3000, "after which event streams ask clients to come back"),
        ("--daily-posts", 10_000, "meetings of one author in a day"),
    ):
        group.add_argument(option, type=count, default=default, metavar="N", help=text)


async def serve(order: Order) -> None:
    world, asked = World(order), order.arguments
    heart_beats_s = (asked.heart_beat_out, asked.heart_beat_in)
    world.broker = Broker(order.faults, Chat(world), heart_beats_s)
    await serve_calls(order, world, CALLS, failure, {"/ws": partial(Session, world.broker)})


SYSTEM = System(
    ports={"": 8080},
    actions=(*CALLS, CONNECT, *Chat.actions()),
    pushes=(*notifications.KINDS, *Chat.pushes()),
    serve=serve,
    add_options=_add_options,
)
