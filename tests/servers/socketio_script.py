"""A Socket.IO server of python-socketio, in a process of its own: the second judge.

    python socketio_script.py [ping_interval [ping_timeout]]

Its events are those of ktb_chat_node/socketio_script.mjs as well.

Prints its port, then serves until its input ends.
"""

import asyncio
import json
import sys

import socketio
import uvicorn

sio = socketio.AsyncServer(
    async_mode="asgi",
    ping_interval=float(sys.argv[1]) if len(sys.argv) > 1 else 25,
    ping_timeout=float(sys.argv[2]) if len(sys.argv) > 2 else 20,
    cors_allowed_origins="*",
)
log: list[str] = []


async def connect(sid, environ, auth=None):
    log.append(f"connect {json.dumps(auth, ensure_ascii=False, separators=(',', ':'))}")
    token = (auth or {}).get("token")
    if token == "bad":
        raise socketio.exceptions.ConnectionRefusedError("bad token")
    if token == "bad with data":
        raise socketio.exceptions.ConnectionRefusedError("bad token", {"code": 7})
    if token == "slow":
        await asyncio.sleep(5)
    if token in _AFTERWARDS:
        sio.start_background_task(_AFTERWARDS[token], sid)


async def _greet(sid):
    await sio.emit("welcome", "come in", to=sid)


_AFTERWARDS = {"greeted": _greet, "sent away": sio.disconnect}
"""Token -> what the server does by itself once it has let somebody in."""


async def disconnect(sid, reason=None):
    log.append(f"disconnect {reason}")


async def echo(sid, *args):
    await sio.emit("echo", args, to=sid)


async def burst(sid, count):
    for number in range(count):
        await sio.emit("echo", number, to=sid)


async def answer(sid, *args):
    return args


async def nothing(sid, *args):
    return None


async def silent(sid, *args):
    await asyncio.sleep(30)


async def ask(sid, event, *args):
    """Emit an event, and send back what it is acknowledged with."""
    asked = asyncio.get_running_loop().create_future()
    await sio.emit(event, args, to=sid, callback=lambda *said: asked.set_result(said))
    sio.start_background_task(_tell, sid, asked)


async def _tell(sid, asked):
    try:
        said = list(await asyncio.wait_for(asked, 1))
    except TimeoutError:
        said = "no acknowledgement"
    await sio.emit("acknowledged", said, to=sid)


async def leave(sid):
    await sio.disconnect(sid)


async def freeze(sid, seconds):
    """Stop everything, pings included."""
    import time

    time.sleep(seconds)


async def tell_log(sid):
    return log


for handler in (
    connect,
    disconnect,
    echo,
    burst,
    answer,
    nothing,
    silent,
    ask,
    leave,
    freeze,
    tell_log,
):
    sio.on(handler.__name__, handler)


async def connect_chat(sid, environ, auth=None):
    await sio.emit("echo", "from /chat", to=sid, namespace="/chat")


async def echo_chat(sid, *args):
    await sio.emit("echo", ("chat", *args), to=sid, namespace="/chat")


sio.on("connect", connect_chat, namespace="/chat")
sio.on("echo", echo_chat, namespace="/chat")
sio.on("answer", answer, namespace="/chat")


class Server(uvicorn.Server):
    """Tells its port, and stops with its input."""

    async def startup(self, sockets=None):
        await super().startup(sockets)
        sys.stdout.write(f"{self.servers[0].sockets[0].getsockname()[1]}\n")
        sys.stdout.flush()
        asyncio.get_running_loop().add_reader(0, self._ended)

    def _ended(self):
        self.should_exit = self.force_exit = True


if __name__ == "__main__":
    app = socketio.ASGIApp(sio)
    config = uvicorn.Config(app, port=0, log_level="error", ws="websockets-sansio")
    Server(config).run()
