"""The same with Locust's FastHttpUser; its checks are catch_response."""

from locust import FastHttpUser, task


class Reader(FastHttpUser):
    @task
    def read_and_write(self):
        with self.client.get("/rooms/7", catch_response=True) as room:
            if room.status_code != 200:
                room.failure("no room")
        body = {"name": "room 8", "people": 20}
        with self.client.post("/rooms", json=body, catch_response=True) as made:
            if made.status_code != 201:
                made.failure("no room made")
