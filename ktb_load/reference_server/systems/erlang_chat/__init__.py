"""A chat made with Erlang/OTP: REST for rooms and messages, a raw WebSocket for what they hear.

The document reached us with letters missing; what was read into it is in the docs, "erlang-chat".
"""

from functools import partial
from typing import Any

from ktb_load.reference_server.one_port import serve_calls
from ktb_load.reference_server.options import seconds
from ktb_load.reference_server.serving import Order
from ktb_load.reference_server.sockets.websocket import CONNECT, add_ping_options
from ktb_load.reference_server.system import System
from ktb_load.reference_server.systems.erlang_chat.calls import CALLS
from ktb_load.reference_server.systems.erlang_chat.socket import SAY, ChatSocket
from ktb_load.reference_server.systems.erlang_chat.world import PUSHES, World, failure

_TIMINGS = (
    ("--creating", 0.0, "that a room is being made"),
    ("--idle", 1800.0, "from the last user's leaving to the room's closing"),
    ("--closing", 1.0, "that a room takes to close; nobody can connect then"),
    ("--token-lifetime", 3600.0, "of a token; connections made with it end as well"),
)


def _add_options(group: Any) -> None:
    for option, default, text in _TIMINGS:
        help_text = f"{text} ({default:g})"
        group.add_argument(option, type=seconds, default=default, metavar="SECONDS", help=help_text)
    add_ping_options(group)


async def serve(order: Order) -> None:
    world = World(order)
    await serve_calls(order, world, CALLS, failure, {"/chat": partial(ChatSocket, world)})


SYSTEM = System(
    ports={"": 8080},
    actions=(*CALLS, CONNECT, SAY),
    pushes=PUSHES,
    serve=serve,
    add_options=_add_options,
)
