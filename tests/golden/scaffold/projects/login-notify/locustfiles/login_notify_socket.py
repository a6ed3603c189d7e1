"""로그인 알림: what goes over its sockets.

Written by `ktb-load new` from login-notify.openapi.yaml and login-notify.asyncapi.yaml.
It is yours now.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ktb_load.chat.connection import ChatConnection, Request
from ktb_load.clients.inbox import Expectation
from ktb_load.clients.message_socket import MessageSocket, MessageSocketOptions

if TYPE_CHECKING:
    from login_notify_user import LoginNotifyUser


class LoginNotifySocket(ChatConnection):
    """One WebSocket connection of one person, ``/ws``."""

    protocol = "WS"
    _client: MessageSocket

    def __init__(self, user: LoginNotifyUser) -> None:
        super().__init__(user)
        self._user = user

    def _connect(self) -> MessageSocket:
        options = MessageSocketOptions(name="chat", headers=self._user.credentials)
        origin = self._user.socket_url().removeprefix("http")
        url = f"ws{origin}/ws"
        return MessageSocket.connect(self._user.vu.network, url, options)

    def _listen(self) -> None:
        """What handles events that come unasked; it must not wait."""

    def _send(self, request: Request) -> None:
        self._client.send_json(request.payload)

    def notification(self, payload: Any = None) -> Any:
        """알림 보내기

        ``NOTIFICATION``; ``NOTIFICATION`` answers it.
        """
        if payload is None:
            payload = {
                "type": "NOTIFICATION",
                "message": f"점심 시간입니다 {self._vu.random.text(3)} {self._vu.random.text(3)}",
            }
        answer = self._exchange(
            Request("notification", "event", "NOTIFICATION", payload),
            (
                "NOTIFICATION",
                lambda answer, *_: answer.get("message") == payload["message"],
            ),
            refusals=("ERROR",),
        )
        return answer[0] if answer else None

    def expect_logout(self) -> Expectation:
        """다른 곳에서 로그인함: wait for ``LOGOUT`` from now on."""
        return self._client.expect("LOGOUT")

    def wait_for(self, expected: Expectation) -> Any:
        """What the event says that ``expect_...`` began to wait for."""
        _, args = self._client.first_of((expected,), self._timeout_s)
        return args[0] if args else None
