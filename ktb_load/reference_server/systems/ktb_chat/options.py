"""The command line options that only KTB Chat has."""

from typing import Any

from ktb_load.reference_server.options import count, seconds
from ktb_load.reference_server.sockets.socketio import add_ping_options
from ktb_load.reference_server.systems.ktb_chat.settings import DEPLOYED, DIALECTS


def add_options(group: Any) -> None:
    _add_behaviour(group)
    _add_limits(group)
    _add_traps(group)
    add_ping_options(group)


def _add_behaviour(group: Any) -> None:
    group.add_argument("--dialect", choices=DIALECTS, default=DEPLOYED)
    group.add_argument(
        "--database", default=":memory:", metavar="FILE", help="keep everything there (in memory)"
    )
    group.add_argument("--ai", choices=("works", "broken"), default="works")
    group.add_argument(
        "--takeover",
        type=seconds,
        default=10.0,
        metavar="SECONDS",
        help="from duplicate_login to session_ended (10)",
    )


def _add_limits(group: Any) -> None:
    group.add_argument(
        "--list-limit", type=count, default=10_000, metavar="N", help="room lists in 30 s (10000)"
    )
    group.add_argument(
        "--message-limit",
        type=count,
        default=10_000,
        metavar="N",
        help="messages of a user in a minute (10000)",
    )


def _add_traps(group: Any) -> None:
    group.add_argument(
        "--lossy-joins", action="store_true", help="REST joins at the same time lose members"
    )
    group.add_argument(
        "--hash-ms",
        type=count,
        default=0,
        metavar="MS",
        help="what one password costs of a core (0; a deployment: 85)",
    )
