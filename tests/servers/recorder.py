"""An HTTP server that notes what it is asked and when: a judge of load that no runner reports to.

    GET /hit                204 at once, whatever the query
    GET /status/N           N at once
    GET /slow?ms=N          204 after N ms
    GET /redirect/N         302 to /redirect/N-1, in the end to /hit
    GET /body               200 with a few bytes
    GET /cookie             204, sets a cookie
    GET /requests           what was noted, as JSON; itself it is not noted
    GET /forget             forgets it

A note is ``{"at", "target", "connection", "user_agent", "cookie"}``: the time is in seconds on a
monotonic clock, connections are numbered. One event loop serves all, so that arrivals are noted in
their order and without a thread's delay.

Run as a program it says where it listens, as the other servers here do.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from time import perf_counter
from typing import Any
from urllib.parse import parse_qs, urlsplit

_BODY = b"a few bytes"
_Headers = dict[str, str]


@dataclass
class _Answer:
    status: int = 204
    body: bytes = b""
    headers: _Headers = field(default_factory=dict)

    def encode(self) -> bytes:
        headers = dict(self.headers)
        if self.status != 204:
            headers["Content-Length"] = str(len(self.body))
        lines = [f"HTTP/1.1 {self.status} Said", *(f"{k}: {v}" for k, v in headers.items())]
        return "\r\n".join([*lines, "", ""]).encode() + self.body


class _Recorder:
    """The notes, and the answers to requests."""

    def __init__(self) -> None:
        self._notes: list[dict[str, Any]] = []
        self._connections = count(1)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = next(self._connections)
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                at = perf_counter()
                target, headers = _parse(head)
                if target in ("/requests", "/forget"):
                    answer = self._tell(target)
                else:
                    self._note(at, target, connection, headers)
                    answer = await _answer(target)
                writer.write(answer.encode())
                await writer.drain()
                if headers.get("connection", "").lower() == "close":
                    break
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    def _note(self, at: float, target: str, connection: int, headers: _Headers) -> None:
        note = {"at": at, "target": target, "connection": connection}
        note["user_agent"] = headers.get("user-agent", "")
        note["cookie"] = headers.get("cookie", "")
        self._notes.append(note)

    def _tell(self, target: str) -> _Answer:
        notes = list(self._notes)
        if target == "/forget":
            self._notes.clear()
        return _Answer(200, json.dumps(notes).encode())


def _parse(head: str) -> tuple[str, _Headers]:
    first, *lines = head.split("\r\n")
    pairs = (line.split(":", 1) for line in lines if line)
    return first.split(" ")[1], {name.lower(): value.strip() for name, value in pairs}


async def _answer(target: str) -> _Answer:
    parts = urlsplit(target)
    kind, _, number = parts.path[1:].partition("/")
    match kind:
        case "status":
            return _Answer(int(number))
        case "slow":
            await asyncio.sleep(int(parse_qs(parts.query)["ms"][0]) / 1000)
        case "redirect":
            left = int(number)
            return _Answer(302, b"", {"Location": f"/redirect/{left - 1}" if left else "/hit"})
        case "body":
            return _Answer(200, _BODY)
        case "cookie":
            return _Answer(headers={"Set-Cookie": "crumb=1; Path=/"})
    return _Answer()


async def _main() -> None:
    server = await asyncio.start_server(_Recorder().serve, "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()
    url = f"http://{host}:{port}"
    told = {"rest": url, "socket": url, "dialect": "recorder", "pid": os.getpid()}
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()
    async with server:
        await server.serve_forever()


@dataclass(frozen=True)
class Recorder:
    """A recorder that runs."""

    url: str

    def requests(self) -> list[dict[str, Any]]:
        """What was noted since the last ``forget()``."""
        return self._get("/requests")

    def forget(self) -> None:
        self._get("/forget")

    def _get(self, path: str) -> Any:
        with urllib.request.urlopen(self.url + path, timeout=10) as answer:
            return json.load(answer)


@contextmanager
def recorder() -> Iterator[Recorder]:
    """Start a recorder, and end it."""
    from tests.servers.process import running

    here = Path(__file__)
    with running([sys.executable, str(here)], here.parent) as server:
        yield Recorder(server.rest)


if __name__ == "__main__":
    asyncio.run(_main())
