"""Visits to SOAPFT Chat API.

Try it: locust -f locustfiles/soapft.py --plan smoke --headless

Written by `ktb-load new` from soapft-chat.post.md. It is yours now.
"""

from locust import task

from ktb_load import think
from soapft_user import SoapftUser


class SoapftVisitor(SoapftUser):
    system = "soapft"

    @task
    def soapft_chat(self) -> None:
        room_uuid = self.create_chat_room()
        self.list_chat_rooms()
        self.get_chat_room(room_uuid)
        self.chat_room_message(room_uuid)
        self.list_chat_room_messages(room_uuid)
        self.update_chat_room_read(room_uuid)
        self.delete_chat_room_leave(room_uuid)
        think(1, 3)
