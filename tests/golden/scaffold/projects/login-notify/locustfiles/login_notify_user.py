"""로그인 알림: what a person can do there, as methods.

Written by `ktb-load new` from login-notify.openapi.yaml and login-notify.asyncapi.yaml.
It is yours now.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ktb_load import check, fail
from ktb_load.clients.http_answer import Response
from ktb_load.locust_host.user import LoadUser
from login_notify_socket import LoginNotifySocket


class LoginNotifyUser(LoadUser):
    """One person in 로그인 알림."""

    abstract = True
    system = "login-notify"
    host = "http://localhost:8003"

    socket_host: str = ""
    """The origin of the sockets; empty: the host."""

    answer_timeout_s: float = 10.0
    """How long an event may take to be answered before it counts as a time-out."""

    user_id: str = ""
    password: str = ""
    token: str = ""
    refresh_token: str = ""

    def __init__(self, environment: Any) -> None:
        super().__init__(environment)
        self.message_numbers: dict[str, int] = {}

    def on_start(self) -> None:
        self.sign_in()

    def sign_in(self) -> None:
        """Make an account, and sign in with it."""
        self.user_id = f"user{self.vu.random.text(8)}"
        self.password = "pass123!"
        self.register()
        self.login()

    @property
    def credentials(self) -> dict[str, str]:
        """What the server knows this user by."""
        return {"Authorization": f"Bearer {self.token}"}

    # Sockets.

    @classmethod
    def endpoints(cls) -> Mapping[str, str]:
        return {"host": cls.host or "", "socket_host": cls.socket_url()}

    @classmethod
    def socket_url(cls) -> str:
        return cls.socket_host or cls.host or ""

    def open_socket(self) -> LoginNotifySocket:
        """Open it; use it in a ``with`` statement, which closes it."""
        return LoginNotifySocket(self).open()

    # Auth.

    def register(self, body: Any = None) -> Response:
        """회원가입

        ``POST /api/register``
        """
        if body is None:
            body = {"userId": self.user_id, "password": self.password}
        response = self.http.post("/api/register", json=body, expected=(201, 409))
        check(response, {"register answers 201 or 409": response.status in (201, 409)})
        return response

    def login(self, body: Any = None) -> Response:
        """로그인

        ``POST /api/login``
        """
        if body is None:
            body = {"userId": self.user_id, "password": self.password}
        response = self.http.post("/api/login", json=body)
        check(response, {"login answers 200": response.status == 200})
        self.token = str(taken(response, "accessToken"))
        self.refresh_token = str(taken(response, "refreshToken"))
        return response

    def refresh(self, body: Any = None) -> Response:
        """토큰 갱신

        ``POST /api/token/refresh``
        """
        if body is None:
            body = {"refreshToken": self.refresh_token}
        response = self.http.post("/api/token/refresh", json=body)
        check(response, {"refresh answers 200": response.status == 200})
        self.token = str(taken(response, "accessToken"))
        return response

    # Notification.

    def create_notification(self, body: Any = None) -> Response:
        """알림 보내기

        ``POST /api/notifications``
        """
        if body is None:
            body = {"message": "점심 시간입니다"}
        response = self.http.post(
            "/api/notifications",
            json=body,
            headers=self.credentials,
        )
        check(response, {"create_notification answers 201": response.status == 201})
        return response


def taken(response: Response, path: str) -> Any:
    """What an answer has at ``path``; the iteration ends where there is nothing."""
    found = response.json(path)
    if not check(response, {f"{path} is in the answer": found is not None}):
        fail(f"{response.url} answers {response.status} without {path}")
    return found
