"""One person in a room of ROOM_SIZE: a message, its own broadcast as the answer, a pause until the
next is due. SPREAD 1: everybody has a moment of their own; 0: all speak at the same one.
"""

from locust import task

import math
import time

from ktb_load import Trend, check, setting, think
from ktb_load.clients.socketio import SocketIOClient, SocketIOOptions
from ktb_load.errors import ConnectFailed, TimedOut
from ktb_load.locust_host.user import LoadUser

round_trip = Trend("round_trip", is_time=True)
TEXT = "shall we meet at the usual place tonight?"


class Person(LoadUser):
    host = "http://localhost:5002"

    @task
    def chat(self):
        room = f"room {(self.vu.id - 1) // setting('ROOM_SIZE', 20)}"
        pace_s = setting("SECONDS_PER_MESSAGE", 1.0)
        socket = self.enter(room)
        moment_s = self.vu.random.uniform(0, pace_s) * setting("SPREAD", 1)
        think((moment_s - time.time()) % pace_s)
        for number in range(math.ceil(setting("SECONDS", 10) / pace_s)):
            self.say(socket, room, f"{self.vu.id}-{number}")
            past_s = (time.time() - moment_s + pace_s / 2) % pace_s - pace_s / 2
            think(pace_s - past_s)
        socket.close()

    def enter(self, room):
        try:
            options = SocketIOOptions(name="chat")
            socket = SocketIOClient.connect(self.vu.network, self.host, options)
            socket.call("join", room)
        except (ConnectFailed, TimedOut):
            check(None, {"let in": False})
            raise
        return socket

    def say(self, socket, room, id_):
        own = socket.expect("message", lambda message: message["id"] == id_)
        began = time.perf_counter()
        came = False
        try:
            socket.emit("message", {"room": room, "id": id_, "text": TEXT})
            socket.first_of((own,), 10)
            round_trip.add((own.arrived_at - began) * 1000)
            came = True
        except TimedOut:
            own.cancel()
        check(own, {"message came back": came})
