"""A proxy that leads everything to one server: plain requests, CONNECT tunnels and SOCKS 5.

It writes down what it was asked for. Whatever ``refusals`` has for a target is said instead.
"""

from __future__ import annotations

import socket
import ssl
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType


@dataclass
class Asked:
    """What a client wanted: ``CONNECT host:port``, ``GET http://...``, or ``SOCKS host:port``."""

    method: str
    target: str
    headers: dict[str, str]
    """In lower case."""


@dataclass
class Proxy:
    """A running proxy in front of the server at ``port``."""

    port_behind: int
    tls: ssl.SSLContext | None = None
    family_behind: int = socket.AF_INET
    refusals: dict[str, bytes] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    def __enter__(self) -> Proxy:
        self._threads: list[threading.Thread] = []
        self._open: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._run(self._accept)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for sock in (self._listener, *self._open):
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
            sock.close()
        for thread in self._threads:
            thread.join(5)

    def _run(self, target, *args) -> None:  # type: ignore[no-untyped-def]
        thread = threading.Thread(target=target, args=args, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            self._open.append(sock)
            self._run(self._serve, sock)

    def _serve(self, sock: socket.socket) -> None:
        with suppress(OSError):
            if self.tls is not None:
                sock = self.tls.wrap_socket(sock, server_side=True)
                self._open.append(sock)
            first = sock.recv(1)
            if first == b"\x05":
                self._socks(sock)
            elif first:
                self._http(sock, first)

    def _http(self, sock: socket.socket, data: bytes) -> None:
        while b"\r\n\r\n" not in data:
            more = sock.recv(65_536)
            if not more:
                return
            data += more
        head, _, _ = data.partition(b"\r\n\r\n")
        first, *lines = head.decode().split("\r\n")
        method, target, _ = first.split(" ")
        headers = dict(line.lower().split(": ", 1) for line in lines)
        self.asked.append(Asked(method, target, headers))
        if target in self.refusals:
            sock.sendall(self.refusals[target])
            sock.close()
        elif method == "CONNECT":
            self._lead(sock, b"HTTP/1.1 200 Go on\r\nX-Proxy: yes\r\n\r\n", b"")
        else:
            self._lead(sock, b"", data)

    def _socks(self, sock: socket.socket) -> None:
        """RFC 1928, and RFC 1929 where a client offers it."""
        methods = sock.recv(sock.recv(1)[0])
        headers = {}
        if 2 in methods:
            sock.sendall(b"\x05\x02")
            sock.recv(1)
            user = sock.recv(sock.recv(1)[0])
            headers["user"] = f"{user.decode()}:{sock.recv(sock.recv(1)[0]).decode()}"
            sock.sendall(b"\x01\x00")
        else:
            sock.sendall(b"\x05\x00")
        kind = sock.recv(4)[3]
        size = {1: 4, 4: 16}.get(kind) or sock.recv(1)[0]
        host = sock.recv(size)
        name = host.decode() if kind == 3 else socket.inet_ntop(_FAMILIES[kind], host)
        target = f"{name}:{int.from_bytes(sock.recv(2))}"
        self.asked.append(Asked("SOCKS", target, headers))
        if target in self.refusals:
            sock.sendall(self.refusals[target])
        else:
            self._lead(sock, b"\x05\x00\x00\x01" + bytes(6), b"")

    def _lead(self, sock: socket.socket, welcome: bytes, request: bytes) -> None:
        loopback = "::1" if self.family_behind == socket.AF_INET6 else "127.0.0.1"
        behind = socket.create_connection((loopback, self.port_behind))
        self._open.append(behind)
        sock.sendall(welcome)
        behind.sendall(request)
        self._run(_copy, behind, sock)
        _copy(sock, behind)


_FAMILIES = {1: socket.AF_INET, 4: socket.AF_INET6}


def _copy(one: socket.socket, other: socket.socket) -> None:
    with suppress(OSError):
        while data := one.recv(65_536):
            other.sendall(data)
    with suppress(OSError):
        other.shutdown(socket.SHUT_WR)
