"""People who begin with long polling, as browsers do, and change to WebSocket from there."""

from locust import task

from ktb_load import think
from ktb_load.clients.socketio import SocketIOClient, SocketIOOptions
from ktb_load.systems.ktb_chat import KtbChatUser


class Browser(KtbChatUser):
    transports = ("polling", "websocket")

    @task
    def chat(self):
        with self.enter(self.my_room()) as socket:
            for number in range(3):
                think(0.01, 0.02)
                self.say(socket, self.my_room(), f"hello {number}")

    def polled(self):
        """Nobody calls it; that it asks is enough."""
        options = SocketIOOptions(transports=("polling",))
        return SocketIOClient.connect(self.vu.network, self.socket_url(), options)
