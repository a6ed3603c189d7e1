"""The usual system: calls and WebSockets on one port."""

from collections.abc import Mapping
from typing import TypeVar

from ktb_load.reference_server.rest.answers import Failure
from ktb_load.reference_server.rest.gate import Gate
from ktb_load.reference_server.rest.routes import Call, application, usual_handlers
from ktb_load.reference_server.serving import Order, serve_one_port
from ktb_load.reference_server.sockets.websocket import NewVisit, WebSockets

W = TypeVar("W")


async def serve_calls(
    order: Order,
    world: W,
    calls: Mapping[str, Call[W]],
    failure: Failure,
    web_sockets: Mapping[str, NewVisit],
) -> None:
    """Serve until a signal ends it.

    Args:
        world: what all calls share.
        web_sockets: the paths where one begins.
    """
    app = application(world, calls, usual_handlers(failure))
    sockets = WebSockets(order, web_sockets, failure)
    await serve_one_port(order, lambda port: Gate(order, port, app, failure), sockets)
