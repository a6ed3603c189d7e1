"""A WebSocket server that shakes hands as it should and then says what it is told to, byte by byte.

What the client says is read by wsproto, and kept. It runs in threads of the test's own process.
"""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Any

from wsproto import ConnectionType, WSConnection
from wsproto.events import (
    AcceptConnection,
    BytesMessage,
    CloseConnection,
    Event,
    Ping,
    Pong,
    Request,
    TextMessage,
)
from wsproto.utilities import ProtocolError

Step = bytes | float | str
"""Bytes to send, seconds to wait, ``close`` or ``reset`` (TCP), ``hang`` (stay, say nothing)."""

Said = tuple[str, Any]
"""``("text", str)``, ``("binary", bytes)``, ``("ping" or "pong", bytes)``, ``("close", code)``,
``("fault", words)`` for what wsproto refuses, ``("end", "")`` for the end of TCP.
"""


class WebSocketScript:
    """A running server; each connection gets the same steps.

    Args:
        joined: the first bytes leave together with the handshake.
        deaf: nothing is read once hands are shaken.
    """

    def __init__(self, *steps: Step, joined: bool = False, deaf: bool = False) -> None:
        self._steps, self._joined, self._deaf = steps, joined, deaf
        self.said: list[Said] = []
        self.deaf_no_longer = threading.Event()
        self._ended = threading.Event()

    def __enter__(self) -> WebSocketScript:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"ws://127.0.0.1:{self._listener.getsockname()[1]}/"
        self._open: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self._run(self._accept)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._ended.set()
        self.deaf_no_longer.set()
        for sock in (self._listener, *self._open):
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
            sock.close()
        for thread in self._threads:
            thread.join(5)

    def _run(self, target: Callable[..., None], *arguments: object) -> threading.Thread:
        thread = threading.Thread(target=target, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()
        return thread

    def _accept(self) -> None:
        while not self._ended.is_set():
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            self._open.append(sock)
            self._run(self._serve, sock)

    def _serve(self, sock: socket.socket) -> None:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        judge = WSConnection(ConnectionType.SERVER)
        with suppress(OSError):
            answer = b""
            while not answer:
                judge.receive_data(sock.recv(65_536) or None)
                if any(isinstance(event, Request) for event in judge.events()):
                    answer = judge.send(AcceptConnection())
            steps = list(self._steps)
            if self._joined and steps and isinstance(steps[0], bytes):
                answer += steps.pop(0)
            sock.sendall(answer)
            hearing = self._run(self._hear, sock, judge)
            self._play(sock, steps, hearing)

    def _play(self, sock: socket.socket, steps: list[Step], hearing: threading.Thread) -> None:
        for step in steps:
            if isinstance(step, bytes):
                sock.sendall(step)
            elif isinstance(step, float):
                time.sleep(step)
            elif step == "hang":
                self._ended.wait(30)
            elif step == "reset":
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                sock.shutdown(socket.SHUT_RD)
                hearing.join(5)  # while somebody reads, nothing is reset
                sock.close()
            else:
                sock.shutdown(socket.SHUT_WR)

    def _hear(self, sock: socket.socket, judge: WSConnection) -> None:
        if self._deaf:
            self.deaf_no_longer.wait(30)
        try:
            while data := sock.recv(65_536):
                judge.receive_data(data)
                for event in judge.events():
                    self._note(event)
        except ProtocolError as error:
            self.said.append(("fault", str(error)))
        except OSError:
            pass
        self.said.append(("end", ""))

    def _note(self, event: Event) -> None:
        match event:
            case TextMessage(data=data):
                self.said.append(("text", data))
            case BytesMessage(data=data):
                self.said.append(("binary", bytes(data)))
            case Ping(payload=payload):
                self.said.append(("ping", bytes(payload)))
            case Pong(payload=payload):
                self.said.append(("pong", bytes(payload)))
            case CloseConnection(code=code):
                self.said.append(("close", int(code)))
