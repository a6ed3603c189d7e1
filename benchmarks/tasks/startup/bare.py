"""The least that Locust runs."""

from locust import HttpUser, task


class Reader(HttpUser):
    @task
    def read(self):
        self.client.get("/rooms/7")
