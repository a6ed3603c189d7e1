"""A login service that pushes: REST for tokens, and a WebSocket of typed JSON messages at ``/ws``.

A second login of one person must reach the first one's open socket as ``LOGOUT``
(``login_notify_logout``: from asking for the login to the push); ``NOTIFICATION`` brings news
(``login_notify_news``: from asking to one's own socket). News for everybody carry a mark, so that
they count as deliveries, too. There are no rooms: whoever listens hears everybody.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ktb_load.chat.connection import ChatConnection, Request, mark_of
from ktb_load.chat.marks import write_mark
from ktb_load.chat.member import ChatMember, refused
from ktb_load.chat.rooms import Room, login_name
from ktb_load.clients.message_socket import MessageSocket, MessageSocketOptions
from ktb_load.errors import ConnectFailed
from ktb_load.vocabulary import Trend, check, setting

EVERYBODY = "everybody"
"""What the one room that there is would be called."""

logout_push = Trend("login_notify_logout", is_time=True)
news_push = Trend("login_notify_news", is_time=True)


@dataclass(frozen=True)
class Account:
    """A person, and the tokens of the latest login."""

    user_id: str
    access_token: str = ""
    refresh_token: str = ""

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.access_token}"}


class NotifySocket(ChatConnection):
    """The open socket of one session."""

    protocol = "WS"
    _client: MessageSocket

    def __init__(self, user: LoginNotifyUser, account: Account) -> None:
        super().__init__(user)
        self._user = user
        self._url = user.socket_url()
        self.account = account
        """With the tokens of the latest login, which may be another session's."""

    # What a person does.

    def log_in_elsewhere(self) -> None:
        """Log in a second time, and wait until this socket is told."""
        request = Request("second login", "session", "login", None, metric=logout_push.name)
        self._exchange(request, ("LOGOUT", lambda *_: True))

    def announce(self, text: str) -> None:
        """Tell everybody, and wait to hear it oneself."""
        mark = self._next_mark(EVERYBODY)
        written = write_mark(mark)
        request = Request(
            "announce", "news", "announce", f"{text} {written}", metric="chat_round_trip"
        )
        heard = ("NOTIFICATION", lambda news: news["message"].endswith(written))
        self._say_and_hear(EVERYBODY, mark, request, heard, "ERROR")

    def notify(self, user_id: str, text: str) -> None:
        """Tell oneself over the socket, and wait to hear it."""
        body = {"type": "NOTIFICATION", "userId": user_id, "message": text}
        request = Request("notify", "news", "NOTIFICATION", body, metric=news_push.name)
        heard = ("NOTIFICATION", lambda news: news["message"] == text)
        self._exchange(request, heard, ("ERROR",))

    # How it is done.

    def _connect(self) -> MessageSocket:
        options = MessageSocketOptions(name="notifications", headers=self.account.headers)
        return MessageSocket.connect(self._vu.network, self._url, options)

    def _listen(self) -> None:
        self._client.on("NOTIFICATION", self._on_news)

    def _is_refusal(self, error: ConnectFailed) -> bool:
        return self._is_unauthorized(error)

    def _send(self, request: Request) -> None:
        if request.event == "login":
            self.account = self._user.log_in(self.account)
        elif request.event == "announce":
            self._user.post_news(self.account, request.payload)
        else:
            self._client.send_json(request.payload)

    def _on_news(self, news: Mapping[str, Any], *_: object) -> None:
        if (mark := mark_of(news, "message")) is not None:
            self._deliveries.arrived(EVERYBODY, mark, time.time_ns() // 1000)


class LoginNotifyUser(ChatMember):
    """One person. Settings beside those of all systems: ``ACCOUNT_PREFIX`` where accounts cannot be
    registered (VU 7 is then ``<prefix>7``), and ``PASSWORD``, the same for all.
    """

    abstract = True
    system = "login-notify"
    host = "http://localhost:8003"

    account: Account

    # The frame: how its accounts are made.

    def prepare_account(self, run: str, number: int) -> list[Any]:
        prefix = setting("ACCOUNT_PREFIX", "")
        if prefix:
            return [f"{prefix}{number}"]
        self.register(login_name(run, number))
        return [login_name(run, number)]

    def take_account(self, row: list[Any]) -> Account:
        return Account(row[0])

    def new_account(self) -> Account:
        return self.take_account(self.prepare_account(self.data["run"], self.vu.id))

    def prepare_room(self, name: str, members: list[list[Any]]) -> Room:
        return Room(EVERYBODY, EVERYBODY)

    def socket_url(self) -> str:
        """Where the WebSocket is: below ``host``."""
        return f"{(self.host or '').replace('http', 'ws', 1)}/ws"

    def connect(self, account: Account) -> NotifySocket:
        """Listen as somebody who is logged in; use it in a ``with`` statement."""
        return NotifySocket(self, account).open()

    # What a person does.

    def register(self, user_id: str) -> None:
        """Make an account; not part of the service's document, but of many deployments."""
        body = {"userId": user_id, "password": self._password()}
        response = self.http.post("/api/register", json=body)
        if not check(response, {"registered": response.status == 201}):
            raise refused("register", "auth", response)

    def log_in(self, account: Account) -> Account:
        """A new session; one that was there before is over."""
        body = {"userId": account.user_id, "password": self._password()}
        response = self.http.post("/api/login", json=body)
        access, fresh = response.json("accessToken"), response.json("refreshToken")
        if not check(response, {"logged in": response.status == 200 and bool(access)}):
            raise refused("log in", "auth", response)
        return Account(account.user_id, str(access), str(fresh))

    def log_in_with_wrong_password(self, account: Account) -> None:
        """The right answer is 401, without a token."""
        body = {"userId": account.user_id, "password": f"no{self._password()}"}
        response = self.http.post(
            "/api/login", json=body, expected=(401,), name="/api/login (wrong password)"
        )
        refused_it = response.status == 401 and response.json("success") is False
        check(response, {"wrong password refused": refused_it})

    def refresh(self, account: Account) -> Account:
        """The same session with a new access token."""
        body = {"refreshToken": account.refresh_token}
        response = self.http.post("/api/token/refresh", json=body)
        access = response.json("accessToken")
        if not check(response, {"token refreshed": response.status == 200 and bool(access)}):
            raise refused("refresh", "auth", response)
        return Account(account.user_id, str(access), account.refresh_token)

    def connect_with_void_token(self, account: Account) -> None:
        """Try to listen as a session that is over, or as nobody; the right answer is 401."""
        check(None, {"void token refused": NotifySocket(self, account).is_refused()})

    def second_login(self, socket: NotifySocket) -> Account:
        """Log in elsewhere and wait for the push that says so; the account with the new tokens."""
        socket.log_in_elsewhere()
        return socket.account

    def announce(self, socket: NotifySocket, text: str) -> None:
        """Tell everybody something over REST, and hear it."""
        socket.announce(text)

    def notify_myself(self, socket: NotifySocket) -> None:
        """Send oneself something over the socket, and hear it."""
        socket.notify(self.account.user_id, f"do not forget {self.vu.random.text(8)}")

    def post_news(self, account: Account, message: str) -> None:
        response = self.http.post(
            "/api/notifications", json={"message": message}, headers=account.headers
        )
        if not check(response, {"news taken": response.status == 201}):
            raise refused("announce", "news", response)

    def _password(self) -> str:
        return setting("PASSWORD", "Load-test1!")
