"""Messages to and fro over one raw WebSocket: the next one goes when the last has come back."""

from locust import task

import time

from ktb_load import setting, think
from ktb_load.clients.websocket import WebSocket, WebSocketOptions
from ktb_load.locust_host.user import LoadUser

TEXT = "shall we meet at the usual place tonight?"


class Echo:
    """What one connection has sent and waits for."""

    def __init__(self, recorder, who):
        self.recorder = recorder
        self.who = who
        self.number = 0
        self.waits_for = ""
        self.began = 0.0
        self.socket = None
        self.heard = (self.on_message, self.on_end)  # named, so that an export has them

    def send(self):
        self.number += 1
        self.waits_for = f"{self.who}-{self.number} {TEXT}"
        self.began = time.perf_counter()
        self.socket.send(self.waits_for)

    def on_message(self, data, at):
        if data == self.waits_for:
            self.recorder.add("chat_round_trip", (at - self.began) * 1000)
            self.send()

    def on_end(self, end):
        pass


class Talker(LoadUser):
    host = "http://localhost:5003"

    @task
    def talk(self):
        echo = Echo(self.vu.recorder, self.vu.id)
        url = self.host.replace("http", "ws", 1)
        echo.socket = WebSocket.connect(self.vu.network, url, echo, WebSocketOptions(name="echo"))
        echo.send()
        think(setting("SECONDS", 10))
        echo.socket.close()
