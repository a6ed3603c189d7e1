"""Visits to KTB Chat API.

Try it: locust -f locustfiles/campus.py --plan smoke --headless

Written by `ktb-load new` from ktb-chat.swagger-page.txt and ktb-chat.asyncapi.yaml. It
is yours now.
"""

from locust import task

from ktb_load import think
from campus_user import CampusUser


class CampusVisitor(CampusUser):
    system = "campus"

    @task
    def users(self) -> None:
        self.upload_users_profile_image()
        self.get_users_profile()
        self.get_users_status()
        self.update_users_profile()
        self.delete_users_profile_image()
        self.delete_users_account()
        self.sign_in()
        think(1, 3)

    @task
    def authentication(self) -> None:
        self.auth_refresh_token()
        self.auth_verify_token()
        self.get_auth()
        self.auth_logout()
        self.auth_login()
        think(1, 3)

    @task
    def rooms(self) -> None:
        room_id = self.create_room()
        self.room_join(room_id)
        self.list_rooms()
        self.get_room(room_id)
        self.get_rooms_health()
        think(1, 3)

    @task
    def files(self) -> None:
        self.files_upload()
        # self.files_download(filename): where does filename come from?
        # self.files_view(filename): where does filename come from?
        # self.delete_file(file_id): where does file_id come from?
        think(1, 3)

    @task
    def api_info(self) -> None:
        self.get_api()
        think(1, 3)

    @task
    def health(self) -> None:
        self.get_health()
        think(1, 3)

    @task
    def socket(self) -> None:
        room_id = self.create_room()
        with self.open_socket() as socket:
            socket.join_room(room_id)
            socket.chat_message(room_id)
            socket.fetch_previous_messages(room_id)
            socket.leave_room(room_id)
            think(1, 3)
