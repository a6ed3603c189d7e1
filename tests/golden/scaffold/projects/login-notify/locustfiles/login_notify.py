"""Visits to 로그인 알림.

Try it: locust -f locustfiles/login_notify.py --plan smoke --headless

Written by `ktb-load new` from login-notify.openapi.yaml and login-notify.asyncapi.yaml.
It is yours now.
"""

from locust import task

from ktb_load import think
from login_notify_user import LoginNotifyUser


class LoginNotifyVisitor(LoginNotifyUser):
    system = "login-notify"

    @task
    def auth(self) -> None:
        self.refresh()
        think(1, 3)

    @task
    def notification(self) -> None:
        self.create_notification()
        think(1, 3)

    @task
    def socket(self) -> None:
        with self.open_socket() as socket:
            socket.notification()
            think(1, 3)
