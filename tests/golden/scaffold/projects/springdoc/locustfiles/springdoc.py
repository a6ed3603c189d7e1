"""Visits to KTB Chat API.

Try it: locust -f locustfiles/springdoc.py --plan smoke --headless

Written by `ktb-load new` from ktb-chat.openapi.json. It is yours now.
"""

from locust import task

from ktb_load import think
from springdoc_user import SpringdocUser


class SpringdocVisitor(SpringdocUser):
    system = "springdoc"

    @task
    def users(self) -> None:
        self.upload_profile_image()
        self.get_current_user_profile()
        self.get_user_status()
        self.update_current_user_profile()
        self.delete_profile_image()
        self.delete_account()
        self.sign_in()
        think(1, 3)

    @task
    def authentication(self) -> None:
        self.refresh_token()
        self.verify_token()
        self.get_auth_status()
        self.logout()
        self.login()
        think(1, 3)

    @task
    def rooms(self) -> None:
        room_id = self.create_room()
        self.join_room(room_id)
        self.get_all_rooms()
        self.get_room_by_id(room_id)
        self.health_check()
        think(1, 3)

    @task
    def files(self) -> None:
        self.upload_file()
        # self.download_file(filename): where does filename come from?
        # self.view_file(filename): where does filename come from?
        # self.delete_file(file_id): where does file_id come from?
        think(1, 3)

    @task
    def api_info(self) -> None:
        self.get_api_info()
        think(1, 3)

    @task
    def health_calls(self) -> None:
        self.health()
        think(1, 3)
