"""One connection to KTB Chat."""

from dataclasses import dataclass

from ktb_load.reference_server.sockets import socketio


@dataclass(eq=False)
class Client(socketio.Client):
    """``user_id`` is empty for somebody who connected without any auth payload."""

    session_id: str = ""
    zombie: bool = False
