"""One person in a room of ROOM_SIZE: a message a second, answered by its own broadcast."""

from locust import task

import math
import time

from ktb_load import Trend, check, setting, think
from ktb_load.clients.socketio import SocketIOClient, SocketIOOptions
from ktb_load.errors import TimedOut
from ktb_load.locust_host.user import LoadUser

round_trip = Trend("round_trip", is_time=True)
TEXT = "shall we meet at the usual place tonight?"


class Person(LoadUser):
    host = "http://localhost:5002"

    @task
    def chat(self):
        room = f"room {(self.vu.id - 1) // setting('ROOM_SIZE', 20)}"
        pace = setting("SECONDS_PER_MESSAGE", 1.0)
        socket = SocketIOClient.connect(self.vu.network, self.host, SocketIOOptions(name="chat"))
        socket.call("join", room)
        think(0, pace)
        for number in range(math.ceil(setting("SECONDS", 10) / pace)):
            self.say(socket, room, f"{self.vu.id}-{number}")
            think(pace)
        socket.close()

    def say(self, socket, room, id_):
        began = time.perf_counter()
        own = socket.expect("message", lambda message: message["id"] == id_)
        socket.emit("message", {"room": room, "id": id_, "text": TEXT})
        came = False
        try:
            socket.first_of((own,), 10)
            round_trip.add((own.arrived_at - began) * 1000)
            came = True
        except TimedOut:
            own.cancel()
        check(own, {"message came back": came})
