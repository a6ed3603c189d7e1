"""A KTB Chat server from the command line to its two ports."""

import sqlite3
from argparse import Namespace

from ktb_load.errors import AuthorError, Place, Problem
from ktb_load.reference_server.faults import Faults
from ktb_load.reference_server.rest.gate import Gate
from ktb_load.reference_server.serving import Order, announce, serve_on, until_told_to_stop
from ktb_load.reference_server.sockets.door import Door
from ktb_load.reference_server.sockets.socketio import SocketIo
from ktb_load.reference_server.systems.ktb_chat.rest.app import rest_app
from ktb_load.reference_server.systems.ktb_chat.rest.failures import failure
from ktb_load.reference_server.systems.ktb_chat.settings import Settings
from ktb_load.reference_server.systems.ktb_chat.sockets.contract import Contract
from ktb_load.reference_server.systems.ktb_chat.sockets.door import DeployedDoor
from ktb_load.reference_server.systems.ktb_chat.world import World


async def serve(order: Order) -> None:
    world = _world(order.arguments, order.faults)
    rest = order.bind("rest")
    sockets = order.bind("socket", counted=False)
    engine = SocketIo(order, Contract(world), sockets).engine
    door = Door(engine)
    order.faults.begin()
    serve_on(rest, Gate(order, rest, rest_app(world), failure))
    serve_on(sockets, DeployedDoor(door, engine.sockets) if world.shapes.deployed else door)
    announce("ktb-chat", rest, sockets, world.settings.dialect)
    await until_told_to_stop()
    rest.close()
    sockets.close()


def _world(arguments: Namespace, faults: Faults) -> World:
    settings = _settings(arguments)
    try:
        return World(settings, faults)
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
    )
