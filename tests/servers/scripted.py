"""An HTTP server that does what a script says, byte by byte: the right and every wrong thing.

It runs in threads of the test's own process and knows no framework, so that it can break every
rule. ``SCRIPTS`` says what each path does.
"""

from __future__ import annotations

import gzip
import socket
import ssl
import struct
import threading
import time
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import BinaryIO
from urllib.parse import urlsplit

import brotli

Step = bytes | float | str
"""Bytes to send, seconds to wait, or ``close``, ``farewell`` (TLS's), ``reset``, ``hang``."""


@dataclass
class Received:
    """One request as it came in."""

    method: str
    target: str
    headers: list[tuple[str, str]]
    body: bytes
    connection: int

    def header(self, name: str) -> str | None:
        return next((v for n, v in self.headers if n.lower() == name.lower()), None)


def answer(status: str, body: bytes = b"", *headers: str) -> bytes:
    """An answer with its length."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", ""]
    return "\r\n".join(lines).encode("latin-1") + body


def redirect(status: int, location: str, *headers: str) -> list[Step]:
    return [answer(f"{status} Moved", b"over there", f"Location: {location}", *headers)]


def _encoded(name: str, body: bytes) -> list[Step]:
    return [answer("200 OK", body, f"Content-Encoding: {name}")]


HELLO = b'{"hello":"world"}'
_CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"

SCRIPTS: dict[str, list[Step]] = {
    "/ok": [answer("200 OK", HELLO)],
    "/created": [answer("201 Created")],
    "/no-content": [b"HTTP/1.1 204 No Content\r\n\r\n"],
    "/not-modified": [b"HTTP/1.1 304 Not Modified\r\n\r\n"],
    "/400": [answer("400 Bad Request", b"bad")],
    "/404": [answer("404 Not Found", b"none")],
    "/429": [answer("429 Too Many Requests")],
    "/500": [answer("500 Internal Server Error")],
    "/599": [answer("599 Odd")],
    "/600": [answer("600 Odder")],
    "/http10": [b"HTTP/1.0 200 OK\r\n\r\nuntil the end", "close"],
    "/until-close": [b"HTTP/1.1 200 OK\r\n\r\nuntil ", b"the end", "close"],
    "/closing": [answer("200 OK", HELLO, "Connection: close"), "close"],
    "/chunked": [_CHUNKED, b"3\r\nabc\r\n", b"4;x=y\r\ndefg\r\n", b"0\r\nX-T: 1\r\n\r\n"],
    "/continue": [b"HTTP/1.1 100 Continue\r\n\r\n", answer("200 OK", HELLO)],
    "/early-hints": [b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n", answer("200 OK", HELLO)],
    "/head": [b"HTTP/1.1 200 OK\r\nContent-Length: 17\r\n\r\n"],
    "/gzip": _encoded("gzip", gzip.compress(HELLO)),
    "/deflate": _encoded("deflate", zlib.compress(HELLO)),
    "/br": _encoded("br", brotli.compress(HELLO)),
    "/gzip-then-br": _encoded("gzip, br", brotli.compress(gzip.compress(HELLO))),
    "/identity": _encoded("identity", HELLO),
    "/not-gzip": _encoded("gzip", b"this is no gzip"),
    "/half-gzip": _encoded("gzip", gzip.compress(HELLO * 100)[:-9]),
    "/slow": [b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n", 0.05, b"a", 0.05, b"bcd"],
    "/late": [0.1, answer("200 OK", HELLO)],
    "/trickle": [*(bytes([b]) for b in answer("200 OK", HELLO))],
    "/eof": ["close"],
    "/reset": ["reset"],
    "/hang": ["hang"],
    "/half-head": [b"HTTP/1.1 200 OK\r\nContent-", "close"],
    "/short-body": [b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", "close"],
    "/short-chunk": [_CHUNKED, b"9\r\nabc", "close"],
    "/no-last-chunk": [_CHUNKED, b"3\r\nabc\r\n", "close"],
    "/reset-in-body": [b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", 0.05, "reset"],
    "/hang-in-body": [b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", "hang"],
    "/garbage": [b"this is no HTTP at all\r\n\r\n", "close"],
    "/http9": [b"HTTP/9.1 200 OK\r\n\r\n", "close"],
    "/bad-status": [b"HTTP/1.1 abc OK\r\n\r\n", "close"],
    "/bad-chunk": [_CHUNKED, b"xyz\r\nabc\r\n", "close"],
    "/two-lengths": [answer("200 OK", b"a", "Content-Length: 2"), "close"],
    "/unasked": [answer("200 OK", HELLO) + answer("500 Unasked", b"what?")],
    "/close-when-idle": [answer("200 OK", HELLO), "close"],
    "/cookie": [answer("200 OK", b"", "Set-Cookie: a=1; Path=/", "Set-Cookie: b=2; Path=/ok")],
    "/cookie-and-on": redirect(302, "/ok", "Set-Cookie: hop=1; Path=/"),
    "/cookie-gone": [answer("200 OK", b"", "Set-Cookie: a=; Max-Age=0; Path=/")],
    **{f"/{status}": redirect(status, "/ok") for status in (301, 302, 303, 307, 308)},
    "/300": redirect(300, "/ok"),
    "/304-with-location": [b"HTTP/1.1 304 Not Modified\r\nLocation: /ok\r\n\r\n"],
    "/305": redirect(305, "/ok"),
    "/no-location": [answer("302 Found", b"where?")],
    "/to-404": redirect(302, "/404"),
    "/to-eof": redirect(302, "/eof"),
    "/to-hang": redirect(302, "/hang"),
    "/twice": redirect(302, "302"),
    "/relative": redirect(302, "ok?a=b#c"),
    "/loop": redirect(302, "/loop"),
    "/to-ftp": redirect(302, "ftp://elsewhere/"),
    "/to-nonsense": redirect(302, "http://[::1"),
}


@dataclass
class ScriptedServer:
    """A running server. ``also`` are scripts of one test, by path; ``early`` are pairs of them:
    what is done before the body of the request has been read, and behind that.
    """

    tls: ssl.SSLContext | None = None
    family: int = socket.AF_INET
    also: dict[str, list[Step]] = field(default_factory=dict)
    early: dict[str, tuple[list[Step], list[Step]]] = field(default_factory=dict)
    host: str = ""
    received: list[Received] = field(default_factory=list)

    def __enter__(self) -> ScriptedServer:
        self._ended = threading.Event()
        self._open: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._count = 0
        loopback = "::1" if self.family == socket.AF_INET6 else "127.0.0.1"
        self._listener = socket.socket(self.family, socket.SOCK_STREAM)
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._listener.bind((loopback, 0))
        self._listener.listen(64)
        self.port = self._listener.getsockname()[1]
        self.host = self.host or (f"[{loopback}]" if ":" in loopback else loopback)
        self._run(self._accept)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._ended.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for sock in list(self._open):
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(5)

    @property
    def url(self) -> str:
        """Its origin."""
        return f"{'https' if self.tls else 'http'}://{self.host}:{self.port}"

    def _run(self, target: Callable[..., None], *args: object) -> None:
        thread = threading.Thread(target=target, args=args, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self._ended.is_set():
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            self._count += 1
            self._open.add(sock)
            self._run(self._serve, sock, self._count)

    def _serve(self, sock: socket.socket, number: int) -> None:
        plain = sock
        try:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if self.tls is not None:
                sock = self.tls.wrap_socket(sock, server_side=True)
                self._open.discard(plain)
                self._open.add(sock)
            reader = sock.makefile("rb")
            with reader:
                while (request := _read(reader, number)) is not None:
                    self.received.append(request)
                    before, after = self._scripts_for(request)
                    if before and not self._play(sock, before):
                        return
                    request.body = reader.read(int(request.header("Content-Length") or 0))
                    if not self._play(sock, after):
                        return
        except OSError:
            pass
        finally:
            self._open.discard(sock)
            sock.close()

    def _scripts_for(self, request: Received) -> tuple[list[Step], list[Step]]:
        """What is done before its body is read, and behind that."""
        path = urlsplit(request.target).path  # a proxy passes the whole URL on
        if path in self.early:
            return self.early[path]
        return [], self.also.get(path) or SCRIPTS.get(path, [answer("404 Not Found")])

    def _play(self, sock: socket.socket, script: list[Step]) -> bool:
        """Whether the connection goes on."""
        for step in script:
            if isinstance(step, bytes):
                sock.sendall(step)
            elif isinstance(step, float):
                time.sleep(step)
            elif step == "hang":
                self._ended.wait(30)
                return False
            elif step == "farewell":
                sock.settimeout(0.01)
                with suppress(OSError):
                    sock.unwrap()  # type: ignore[attr-defined]
                return False
            else:
                if step == "reset":
                    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                else:
                    sock.shutdown(socket.SHUT_WR)
                return False
        return True


def _read(reader: BinaryIO, number: int) -> Received | None:
    """The head of a request."""
    first = reader.readline().decode("latin-1").split()
    if len(first) != 3:
        return None
    headers = []
    while line := reader.readline().decode("latin-1").strip():
        name, _, value = line.partition(":")
        headers.append((name, value.strip()))
    return Received(first[0], first[1], headers, b"", number)
