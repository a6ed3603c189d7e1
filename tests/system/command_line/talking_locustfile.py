"""People who say three things in a row."""

from locust import task

from ktb_load import think
from ktb_load.systems.ktb_chat import KtbChatUser


class Talker(KtbChatUser):
    @task
    def chat(self):
        with self.enter(self.my_room()) as socket:
            for number in range(3):
                think(0.01, 0.02)
                self.say(socket, self.my_room(), f"hello {number}")
