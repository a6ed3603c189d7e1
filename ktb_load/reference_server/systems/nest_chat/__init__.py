"""SOAPFT's chat, made with NestJS: REST and the Socket.IO namespace ``/chat`` on one port.

The contract is a blog post and a Postman collection; what they leave open, and what was made of it,
is in the docs, "nest-chat".
"""

from starlette.exceptions import HTTPException

from ktb_load.reference_server.rest.gate import Gate
from ktb_load.reference_server.rest.routes import application, usual_handlers
from ktb_load.reference_server.serving import Order, serve_one_port
from ktb_load.reference_server.sockets.door import Door
from ktb_load.reference_server.sockets.socketio import CONNECT, SocketIo, add_ping_options
from ktb_load.reference_server.system import System
from ktb_load.reference_server.systems.nest_chat.calls import CALLS, failure, unknown
from ktb_load.reference_server.systems.nest_chat.gateway import EVENTS, PUSHES, Gateway
from ktb_load.reference_server.systems.nest_chat.world import World


async def serve(order: Order) -> None:
    world = World(order)
    handlers = {**usual_handlers(failure), HTTPException: unknown}
    app = application(world, CALLS, handlers)
    await serve_one_port(
        order,
        lambda port: Door(
            SocketIo(order, Gateway(world), port).engine, Gate(order, port, app, failure)
        ),
    )


SYSTEM = System(
    ports={"": 7777},
    actions=(*CALLS, CONNECT, *EVENTS),
    pushes=PUSHES,
    serve=serve,
    add_options=add_ping_options,
)
