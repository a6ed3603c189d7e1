"""GET and POST small JSON over one kept connection, a check for each answer."""

from locust import task

from ktb_load import check
from ktb_load.locust_host.user import LoadUser


class Reader(LoadUser):
    host = "http://localhost:5001"

    @task
    def read_and_write(self):
        room = self.http.get("/rooms/7")
        check(room, {"room shown": room.status == 200})
        made = self.http.post("/rooms", json={"name": "room 8", "people": 20})
        check(made, {"room made": made.status == 201})
