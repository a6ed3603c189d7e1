"""Messages to and fro over one raw WebSocket: the next one goes when the last has come back."""

from locust import task

import time

from ktb_load import Trend, check, setting
from ktb_load.clients.message_socket import MessageSocket, MessageSocketOptions
from ktb_load.errors import TimedOut
from ktb_load.locust_host.user import LoadUser

round_trip = Trend("round_trip", is_time=True)
TEXT = "shall we meet at the usual place tonight?"


class Talker(LoadUser):
    host = "http://localhost:5003"

    @task
    def talk(self):
        url = self.host.replace("http", "ws", 1)
        options = MessageSocketOptions(name="echo")
        socket = MessageSocket.connect(self.vu.network, url, options)
        end, number = time.monotonic() + setting("SECONDS", 10), 0
        while time.monotonic() < end:
            number += 1
            self.say(socket, f"{self.vu.id}-{number} {TEXT}")
        socket.close()

    def say(self, socket, message):
        own = socket.expect("text", lambda text: text == message)
        began = time.perf_counter()
        came = False
        try:
            socket.send_text(message)
            socket.first_of((own,), 10)
            round_trip.add((own.arrived_at - began) * 1000)
            came = True
        except TimedOut:
            own.cancel()
        check(own, {"message came back": came})
