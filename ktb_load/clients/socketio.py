"""TEMPORARY stand-in until the real client lands."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import gevent
import socketio
from gevent.event import Event

from ktb_load.errors import ConnectFailed, Disconnected, TimedOut


@dataclass(frozen=True)
class SocketIOOptions:
    auth: Any = None
    name: str = ""


class Expectation:
    def __init__(s, c, event, match):
        s.c, s.event, s.match, s.args, s.arrived_at, s.ev = c, event, match, None, None, Event()

    def cancel(s):
        s.c.exps.discard(s)


class SocketIOClient:
    @classmethod
    def connect(cls, recorder, url, options):
        self = cls()
        self.exps = set()
        self.handlers = {}
        self.on_close = None
        self.close_cause = None
        self.connected = False
        self.io = socketio.Client(reconnection=False)
        self.io.on("*", self._event)
        self.io.on("disconnect", self._dis)
        try:
            self.io.connect(
                url, auth=options.auth, transports=["websocket"], headers={"User-Agent": "x"}
            )
        except Exception as e:
            raise ConnectFailed(str(e), kind="connection")
        self.connected = True
        return self

    def _dis(s, *a):
        s.connected = False
        s.close_cause = s.close_cause or "server"
        if s.on_close:
            s.on_close()
        for e in list(s.exps):
            e.ev.set()

    def _event(s, name, *args):
        now = time.perf_counter()
        for h in s.handlers.get(name, []):
            h(*args)
        for e in list(s.exps):
            if e.event == name and e.args is None and (e.match is None or e.match(*args)):
                e.args, e.arrived_at = args, now
                e.ev.set()

    def on(s, ev, h):
        s.handlers.setdefault(ev, []).append(h)

    def emit(s, ev, *args):
        if not s.connected:
            raise Disconnected("gone", kind="connection")
        s.io.emit(ev, args if len(args) != 1 else args[0])

    def expect(s, ev, match=None):
        e = Expectation(s, ev, match)
        s.exps.add(e)
        return e

    def first_of(s, exps, timeout_s):
        gevent.wait([e.ev for e in exps], timeout=timeout_s, count=1)
        for e in exps:
            if e.args is not None:
                return e, e.args
        if not s.connected:
            raise Disconnected("gone", kind="connection")
        raise TimedOut("no answer")

    def close(s):
        s.close_cause = "client"
        s.io.disconnect()

    abort = close
