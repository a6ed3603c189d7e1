"""A KTB Chat server from the command line to its two ports."""

import sqlite3
from argparse import Namespace

from ktb_load.errors import AuthorError, Place, Problem
from ktb_load.reference_server.faults import Faults
from ktb_load.reference_server.ktb_chat.rest.app import CALLS, rest_app
from ktb_load.reference_server.ktb_chat.rest.gate import Gate
from ktb_load.reference_server.ktb_chat.settings import Settings
from ktb_load.reference_server.ktb_chat.sockets.door import Door
from ktb_load.reference_server.ktb_chat.sockets.events import EVENTS
from ktb_load.reference_server.ktb_chat.sockets.server import (
    CONNECT,
    LARGEST_FRAME,
    SocketServer,
)
from ktb_load.reference_server.ktb_chat.world import World
from ktb_load.reference_server.serving import Order, announce, serve_on, until_told_to_stop
from ktb_load.reference_server.trace import Trace

ACTIONS = (*CALLS, CONNECT, *EVENTS)
"""What a fault can be about."""


async def serve(arguments: Namespace, faults: Faults, trace: Trace) -> None:
    order = Order(arguments, faults)
    world = _world(arguments, faults, trace)
    rest = order.bind("rest", arguments.max_connections)
    sockets = order.bind("socket")
    door = Door(SocketServer(world, sockets), world.shapes.deployed)
    faults.begin()
    serve_on(rest, Gate(world, rest, rest_app(world)), LARGEST_FRAME)
    serve_on(sockets, door, LARGEST_FRAME)
    announce("ktb-chat", world.settings.dialect, rest, sockets)
    await until_told_to_stop()
    rest.close()
    sockets.close()


def _world(arguments: Namespace, faults: Faults, trace: Trace) -> World:
    settings = _settings(arguments)
    try:
        return World(settings, faults, trace)
    except sqlite3.Error as error:
        what = f"cannot open {settings.database}: {error}"
        raise AuthorError([Problem(Place("--database"), what)]) from None


def _settings(arguments: Namespace) -> Settings:
    return Settings(
        dialect=arguments.dialect,
        database=arguments.database,
        seed=arguments.seed,
        ai=arguments.ai,
        takeover_s=arguments.takeover,
        list_limit=arguments.list_limit,
        message_limit=arguments.message_limit,
        lossy_joins=arguments.lossy_joins,
        hash_s=arguments.hash_ms / 1000,
        ping_interval_s=arguments.ping_interval,
        ping_timeout_s=arguments.ping_timeout,
    )
