"""A locustfile whose iterations rest, keep the whole process busy, or send what nobody takes."""

from locust import task

import json
import os
import time

from ktb_load import setting
from ktb_load.clients.websocket import WebSocket, WebSocketOptions
from ktb_load.locust_host.user import LoadUser


class Deaf:
    """Hears nothing from a socket."""

    def on_message(self, data, at):
        pass

    def on_end(self, end):
        pass


class BurningUser(LoadUser):
    @task
    def rest(self):
        time.sleep(0.1)

    @task
    def burn(self):
        """VUs of even numbers let nobody else do anything; of two workers the second has them."""
        end = time.perf_counter() + (0.8 if self.vu.id % 2 == 0 else 0.0)
        while time.perf_counter() < end:
            pass
        time.sleep(0.1)

    @task
    def flood(self):
        url = setting("FLOODED", "")
        socket = WebSocket.connect(self.vu.network, url, Deaf(), WebSocketOptions())
        for _ in range(40):
            socket.send(b"x" * 1_000_000)
        time.sleep(3)
        socket.abort()


def tell_of_the_generator(self, data):
    return {"stdout": json.dumps(data["generator"])}


if "OWN_SUMMARY" in os.environ:
    BurningUser.handle_summary = tell_of_the_generator
if "PLAIN" in os.environ:  # without a plan, users pick among all tasks
    BurningUser.tasks = [BurningUser.burn]
