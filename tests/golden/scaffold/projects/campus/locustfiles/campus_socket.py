"""KTB Chat API: what goes over its sockets.

Written by `ktb-load new` from ktb-chat.swagger-page.txt and ktb-chat.asyncapi.yaml. It
is yours now.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ktb_load.chat.connection import ChatConnection, Request
from ktb_load.clients.inbox import Expectation
from ktb_load.clients.socketio import SocketIOClient, SocketIOOptions

if TYPE_CHECKING:
    from campus_user import CampusUser


class CampusSocket(ChatConnection):
    """One Socket.IO connection of one person, ``/``."""

    _client: SocketIOClient

    def __init__(self, user: CampusUser) -> None:
        super().__init__(user)
        self._user = user

    def _connect(self) -> SocketIOClient:
        options = SocketIOOptions(
            name="chat",
            auth={"token": self._user.token, "sessionId": self._user.session_id},
        )
        return SocketIOClient.connect(
            self._user.vu.network,
            self._user.socket_url(),
            options,
        )

    def _listen(self) -> None:
        """What handles events that come unasked; it must not wait."""
        self._client.on("message", self._on_message)

    def _on_message(self, *_: object) -> None:
        self._recorder.add("chat_messages_received", 1)

    def _send(self, request: Request) -> None:
        if request.payload is None:
            self._client.emit(request.event)
        else:
            self._client.emit(request.event, request.payload)

    def join_room(self, room_id: str, payload: Any = None) -> Any:
        """채팅방 입장

        ``joinRoom``; ``joinRoomSuccess`` answers it.
        """
        if payload is None:
            payload = room_id
        answer = self._exchange(
            Request("join_room", "room", "joinRoom", payload, metric="chat_joining"),
            ("joinRoomSuccess", lambda answer, *_: answer.get("roomId") == payload),
            refusals=("joinRoomError", "error"),
        )
        return answer[0] if answer else None

    def leave_room(self, room_id: str, payload: Any = None) -> None:
        """채팅방 퇴장

        ``leaveRoom``
        """
        if payload is None:
            payload = room_id
        self._send(Request("leave_room", "event", "leaveRoom", payload))

    def chat_message(self, room_id: str, payload: Any = None) -> Any:
        """메시지 전송

        ``chatMessage``; ``message`` answers it.
        """
        if payload is None:
            payload = {
                "room": room_id,
                "type": "text",
                "content": f"안녕하세요 {self._vu.random.text(3)} {self._vu.random.text(3)}",
            }
        self._recorder.add("chat_messages_sent", 1)
        answer = self._exchange(
            Request(
                "chat_message",
                "message",
                "chatMessage",
                payload,
                metric="chat_round_trip",
            ),
            ("message", lambda answer, *_: answer.get("content") == payload["content"]),
            refusals=("error",),
        )
        return answer[0] if answer else None

    def fetch_previous_messages(self, room_id: str, payload: Any = None) -> Any:
        """``fetchPreviousMessages``; ``previousMessagesLoaded`` answers it."""
        if payload is None:
            payload = {"roomId": room_id, "limit": 30}
        answer = self._exchange(
            Request(
                "fetch_previous_messages",
                "event",
                "fetchPreviousMessages",
                payload,
            ),
            ("previousMessagesLoaded", lambda *_: True),
            refusals=("error",),
        )
        return answer[0] if answer else None

    def expect_user_left(self) -> Expectation:
        """Wait for ``userLeft`` from now on."""
        return self._client.expect("userLeft")

    def wait_for(self, expected: Expectation) -> Any:
        """What the event says that ``expect_...`` began to wait for."""
        _, args = self._client.first_of((expected,), self._timeout_s)
        return args[0] if args else None
