"""The same person with Locust's own SocketIOUser, latency as its documentation tells to do it."""

from locust import task
from locust.contrib.socketio import SocketIOUser

import os
import random
import time

import gevent
from gevent.event import Event

ROOM_SIZE = int(os.environ.get("ROOM_SIZE", "20"))
PACE = float(os.environ.get("SECONDS_PER_MESSAGE", "1"))
SPREAD = float(os.environ.get("SPREAD", "1"))
TEXT = "shall we meet at the usual place tonight?"
numbers = iter(range(1_000_000))


class Person(SocketIOUser):
    options = {"reconnection": False}

    def __init__(self, environment):
        super().__init__(environment)
        self.number = next(numbers)
        self.moment = random.uniform(0, PACE) * SPREAD
        self.waits_for = ""
        self.came = Event()
        self.sio.on("*", self.heard)

    def heard(self, event, message):
        """Every message is a request of Locust's, as with its own handler; one's own has a time."""
        if message["id"] == self.waits_for:
            self.came.set()
        self.sio.on_message(event, message)

    def on_start(self):
        self.sio.connect(self.host, transports=["websocket"])
        self.sio.call("join", f"room {self.number // ROOM_SIZE}")
        gevent.sleep((self.moment - time.time()) % PACE)

    @task
    def say(self):
        self.waits_for = f"{self.number}-{time.monotonic_ns()}"
        self.came.clear()
        room = f"room {self.number // ROOM_SIZE}"
        with self.environment.events.request.measure("WS", "round trip"):
            self.sio.emit("message", {"room": room, "id": self.waits_for, "text": TEXT})
            if not self.came.wait(10):
                raise TimeoutError("no answer")
        past = (time.time() - self.moment + PACE / 2) % PACE - PACE / 2
        gevent.sleep(PACE - past)

    def on_stop(self):
        self.sio.disconnect()
