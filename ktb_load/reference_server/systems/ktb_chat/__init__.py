"""KTB Chat: REST on one port, Socket.IO on another, both forms of its answers."""

from ktb_load.reference_server.sockets.socketio import CONNECT
from ktb_load.reference_server.system import System
from ktb_load.reference_server.systems.ktb_chat.options import add_options
from ktb_load.reference_server.systems.ktb_chat.rest.app import CALLS
from ktb_load.reference_server.systems.ktb_chat.serve import serve
from ktb_load.reference_server.systems.ktb_chat.sockets.events import EVENTS

_PUSHES = (
    "message",
    "error",
    "joinRoomSuccess",
    "joinRoomError",
    "participantsUpdate",
    "userLeft",
    "messageLoadStart",
    "previousMessagesLoaded",
    "messagesRead",
    "messageReactionUpdate",
    "roomCreated",
    "roomUpdated",
    "roomDeleted",
    "duplicate_login",
    "session_ended",
    "aiMessageStart",
    "aiMessageChunk",
    "aiMessageComplete",
    "aiMessageError",
)

SYSTEM = System(
    ports={"rest": 5001, "socket": 5002},
    actions=(*CALLS, CONNECT, *EVENTS),
    pushes=_PUSHES,
    serve=serve,
    add_options=add_options,
)
