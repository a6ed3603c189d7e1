"""SOAPFT Chat API: what a person can do there, as methods.

Written by `ktb-load new` from soapft-chat.post.md. It is yours now.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from ktb_load import check, fail, setting
from ktb_load.clients.http_answer import Response
from ktb_load.locust_host.user import LoadUser


class SoapftUser(LoadUser):
    """One person in SOAPFT Chat API. Settings: ``SOAPFT_USER_UUID``."""

    abstract = True
    system = "soapft"
    host = "http://localhost:7777"

    user_uuid: str = ""
    jwt_token: str = ""

    def on_start(self) -> None:
        self.sign_in()

    def sign_in(self) -> None:
        """Sign in with the account of the settings: all users share it."""
        self.user_uuid = setting("SOAPFT_USER_UUID", "01HZQK5J8X2M3N4P5Q6R7S8T9U")
        self.auth_dev_token()

    @property
    def credentials(self) -> dict[str, str]:
        """What the server knows this user by."""
        return {"Authorization": f"Bearer {self.jwt_token}"}

    # Soapft chat.

    def auth_dev_token(self, body: Any = None) -> Response:
        """1. 개발용 토큰 발급

        ``POST /api/auth/dev-token``
        """
        if body is None:
            body = {"userUuid": self.user_uuid}
        response = self.http.post("/api/auth/dev-token", json=body)
        check(
            response,
            {"auth_dev_token answers 200 or 201": response.status in (200, 201)},
        )
        self.jwt_token = str(taken(response, "accessToken"))
        return response

    def create_chat_room(self, body: Any = None) -> str:
        """2. 채팅방 생성

        ``POST /api/chat/room``. Returns ``roomUuid`` of the answer.
        """
        if body is None:
            body = {
                "type": "GROUP",
                "participantUuids": ["01HZQK5J8X2M3N4P5Q6R7S8T9V"],
                "name": f"테스트 채팅방 {self.vu.random.text(6)}",
            }
        response = self.http.post("/api/chat/room", json=body, headers=self.credentials)
        check(response, {"create_chat_room answers 201": response.status == 201})
        return str(taken(response, "roomUuid"))

    def list_chat_rooms(self, *, page: str = "1", limit: str = "20") -> Response:
        """3. 채팅방 목록 조회

        ``GET /api/chat/rooms``
        """
        query = {"page": page, "limit": limit}
        response = self.http.get(
            f"/api/chat/rooms?{urlencode(query)}",
            name="/api/chat/rooms",
            headers=self.credentials,
        )
        check(response, {"list_chat_rooms answers 2xx": 200 <= response.status < 300})
        return response

    def get_chat_room(self, room_uuid: str) -> Response:
        """4. 특정 채팅방 조회

        ``GET /api/chat/room/{roomUuid}``
        """
        response = self.http.get(
            f"/api/chat/room/{room_uuid}",
            name="/api/chat/room/:roomUuid",
            headers=self.credentials,
        )
        check(response, {"get_chat_room answers 2xx": 200 <= response.status < 300})
        return response

    def chat_room_message(self, room_uuid: str, body: Any = None) -> Response:
        """5. 메시지 전송

        ``POST /api/chat/room/{roomUuid}/message``
        """
        if body is None:
            body = {"type": "TEXT", "content": "안녕하세요! 테스트 메시지입니다."}
        response = self.http.post(
            f"/api/chat/room/{room_uuid}/message",
            name="/api/chat/room/:roomUuid/message",
            json=body,
            headers=self.credentials,
        )
        check(response, {"chat_room_message answers 2xx": 200 <= response.status < 300})
        return response

    def list_chat_room_messages(
        self,
        room_uuid: str,
        *,
        page: str = "1",
        limit: str = "50",
    ) -> Response:
        """6. 메시지 목록 조회

        ``GET /api/chat/room/{roomUuid}/messages``
        """
        query = {"page": page, "limit": limit}
        response = self.http.get(
            f"/api/chat/room/{room_uuid}/messages?{urlencode(query)}",
            name="/api/chat/room/:roomUuid/messages",
            headers=self.credentials,
        )
        check(
            response,
            {"list_chat_room_messages answers 2xx": 200 <= response.status < 300},
        )
        return response

    def update_chat_room_read(self, room_uuid: str) -> Response:
        """7. 메시지 읽음 처리

        ``PATCH /api/chat/room/{roomUuid}/read``
        """
        response = self.http.patch(
            f"/api/chat/room/{room_uuid}/read",
            name="/api/chat/room/:roomUuid/read",
            headers=self.credentials,
        )
        check(
            response,
            {"update_chat_room_read answers 2xx": 200 <= response.status < 300},
        )
        return response

    def delete_chat_room_leave(self, room_uuid: str) -> Response:
        """8. 채팅방 나가기

        ``DELETE /api/chat/room/{roomUuid}/leave``
        """
        response = self.http.delete(
            f"/api/chat/room/{room_uuid}/leave",
            name="/api/chat/room/:roomUuid/leave",
            headers=self.credentials,
        )
        check(
            response,
            {"delete_chat_room_leave answers 2xx": 200 <= response.status < 300},
        )
        return response


def taken(response: Response, path: str) -> Any:
    """What an answer has at ``path``; the iteration ends where there is nothing."""
    found = response.json(path)
    if not check(response, {f"{path} is in the answer": found is not None}):
        fail(f"{response.url} answers {response.status} without {path}")
    return found
