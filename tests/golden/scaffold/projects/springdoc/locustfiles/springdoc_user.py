"""KTB Chat API: what a person can do there, as methods.

Written by `ktb-load new` from ktb-chat.openapi.json. It is yours now.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from ktb_load import check, fail
from ktb_load.chat.files import PICTURE
from ktb_load.clients.http_answer import Response
from ktb_load.locust_host.user import LoadUser


class SpringdocUser(LoadUser):
    """One person in KTB Chat API."""

    abstract = True
    system = "springdoc"
    host = "http://localhost:5001"

    email: str = ""
    password: str = ""
    token: str = ""
    session_id: str = ""

    def on_start(self) -> None:
        self.sign_in()

    def sign_in(self) -> None:
        """Make an account, and sign in with it."""
        self.email = f"{self.vu.random.text(12)}@load.test"
        self.password = "Password123!"
        self.register_user()
        self.login()

    @property
    def credentials(self) -> dict[str, str]:
        """What the server knows this user by."""
        return {
            "Authorization": f"Bearer {self.token}",
            "x-session-id": self.session_id,
        }

    # Users.

    def delete_account(self) -> Response:
        """회원 탈퇴

        현재 로그인한 사용자의 계정을 영구적으로 삭제합니다.

        ``DELETE /api/users/account``
        """
        response = self.http.delete("/api/users/account", headers=self.credentials)
        check(response, {"delete_account answers 200": response.status == 200})
        return response

    def get_current_user_profile(self) -> Response:
        """내 프로필 조회

        현재 로그인한 사용자의 프로필 정보를 조회합니다.

        ``GET /api/users/profile``
        """
        response = self.http.get("/api/users/profile", headers=self.credentials)
        check(
            response,
            {"get_current_user_profile answers 200": response.status == 200},
        )
        return response

    def update_current_user_profile(self, body: Any = None) -> Response:
        """내 프로필 수정

        현재 로그인한 사용자의 프로필 정보를 수정합니다.

        ``PUT /api/users/profile``
        """
        if body is None:
            body = {"name": "name"}
        response = self.http.put(
            "/api/users/profile",
            json=body,
            headers=self.credentials,
        )
        check(
            response,
            {"update_current_user_profile answers 200": response.status == 200},
        )
        return response

    def upload_profile_image(self) -> Response:
        """프로필 이미지 업로드

        프로필 이미지를 업로드합니다. 최대 5MB까지 가능합니다.

        ``POST /api/users/profile-image``
        """
        response = self.http.post(
            "/api/users/profile-image",
            files={"profileImage": ("picture.png", PICTURE, "image/png")},
            headers=self.credentials,
        )
        check(response, {"upload_profile_image answers 200": response.status == 200})
        return response

    def delete_profile_image(self) -> Response:
        """프로필 이미지 삭제

        현재 프로필 이미지를 삭제합니다.

        ``DELETE /api/users/profile-image``
        """
        response = self.http.delete(
            "/api/users/profile-image",
            headers=self.credentials,
        )
        check(response, {"delete_profile_image answers 200": response.status == 200})
        return response

    def get_user_status(self) -> Response:
        """User API 상태 확인

        User API의 동작 상태를 확인합니다.

        ``GET /api/users/status``
        """
        response = self.http.get("/api/users/status", headers=self.credentials)
        check(response, {"get_user_status answers 200": response.status == 200})
        return response

    # Authentication.

    def get_auth_status(self) -> Response:
        """인증 API 상태 확인

        인증 API의 사용 가능한 엔드포인트 목록을 반환합니다.

        ``GET /api/auth``
        """
        response = self.http.get("/api/auth")
        check(response, {"get_auth_status answers 200": response.status == 200})
        return response

    def login(self, body: Any = None) -> Response:
        """로그인

        이메일과 비밀번호로 로그인합니다. 성공 시 JWT 토큰과 세션 ID가 반환됩니다. 기존
        세션은 자동으로 종료됩니다.

        ``POST /api/auth/login``
        """
        if body is None:
            body = {"email": self.email, "password": self.password}
        response = self.http.post("/api/auth/login", json=body)
        check(response, {"login answers 200": response.status == 200})
        self.token = str(taken(response, "token"))
        self.session_id = str(taken(response, "sessionId"))
        return response

    def logout(self) -> Response:
        """로그아웃

        현재 세션을 종료합니다. x-session-id 헤더가 필요합니다.

        ``POST /api/auth/logout``
        """
        response = self.http.post("/api/auth/logout", headers=self.credentials)
        check(response, {"logout answers 200": response.status == 200})
        return response

    def refresh_token(self) -> Response:
        """토큰 갱신

        만료된 토큰을 갱신합니다. 새로운 토큰과 세션 ID가 발급됩니다. 기존 세션은
        종료됩니다.

        ``POST /api/auth/refresh-token``
        """
        response = self.http.post("/api/auth/refresh-token", headers=self.credentials)
        check(response, {"refresh_token answers 200": response.status == 200})
        self.token = str(taken(response, "token"))
        self.session_id = str(taken(response, "sessionId"))
        return response

    def register_user(self, body: Any = None) -> Response:
        """회원가입

        새로운 사용자를 등록합니다. 등록 성공 시 JWT 토큰과 세션 ID가 반환됩니다.

        ``POST /api/auth/register``
        """
        if body is None:
            body = {"name": "홍길동", "email": self.email, "password": self.password}
        response = self.http.post("/api/auth/register", json=body, expected=(201, 409))
        check(
            response,
            {"register_user answers 201 or 409": response.status in (201, 409)},
        )
        return response

    def verify_token(self) -> Response:
        """토큰 검증

        JWT 토큰과 세션의 유효성을 검증합니다. x-auth-token 또는 Authorization 헤더와
        x-session-id 헤더가 필요합니다.

        ``POST /api/auth/verify-token``
        """
        response = self.http.post("/api/auth/verify-token", headers=self.credentials)
        check(response, {"verify_token answers 200": response.status == 200})
        return response

    # Rooms.

    def get_all_rooms(
        self,
        *,
        page: int = 0,
        page_size: int = 10,
        sort_field: str = "createdAt",
        sort_order: str = "desc",
        search: str | None = None,
    ) -> Response:
        """채팅방 목록 조회

        페이지네이션과 검색 기능이 적용된 채팅방 목록을 조회합니다. Rate Limit이
        적용됩니다.

        ``GET /api/rooms``
        """
        query = {
            "page": page,
            "pageSize": page_size,
            "sortField": sort_field,
            "sortOrder": sort_order,
            "search": search,
        }
        query = {name: value for name, value in query.items() if value is not None}
        response = self.http.get(
            f"/api/rooms?{urlencode(query)}",
            name="/api/rooms",
            headers=self.credentials,
        )
        check(response, {"get_all_rooms answers 200": response.status == 200})
        return response

    def create_room(self, body: Any = None) -> str:
        """채팅방 생성

        새로운 채팅방을 생성합니다. 비밀번호를 설정하여 비공개 방을 만들 수 있습니다.

        ``POST /api/rooms``. Returns ``_id`` of the answer.
        """
        if body is None:
            body = {"name": f"room {self.vu.random.text(6)}"}
        response = self.http.post("/api/rooms", json=body, headers=self.credentials)
        check(response, {"create_room answers 201": response.status == 201})
        return str(taken(response, "_id"))

    def get_room_by_id(self, room_id: str) -> Response:
        """채팅방 상세 조회

        채팅방 ID로 특정 채팅방의 상세 정보를 조회합니다.

        ``GET /api/rooms/{roomId}``
        """
        response = self.http.get(
            f"/api/rooms/{room_id}",
            name="/api/rooms/:roomId",
            headers=self.credentials,
        )
        check(response, {"get_room_by_id answers 200": response.status == 200})
        return response

    def join_room(self, room_id: str, body: Any = None) -> Response:
        """채팅방 참여

        채팅방에 참여합니다. 비공개 방인 경우 비밀번호가 필요합니다.

        ``POST /api/rooms/{roomId}/join``
        """
        if body is None:
            body = {"password": "Passw0rd!"}
        response = self.http.post(
            f"/api/rooms/{room_id}/join",
            name="/api/rooms/:roomId/join",
            json=body,
            headers=self.credentials,
        )
        check(response, {"join_room answers 200": response.status == 200})
        return response

    def health_check(self) -> Response:
        """채팅방 서비스 헬스체크

        채팅방 서비스의 상태를 확인합니다.

        ``GET /api/rooms/health``
        """
        response = self.http.get("/api/rooms/health", headers=self.credentials)
        check(response, {"health_check answers 200": response.status == 200})
        return response

    # Files.

    def delete_file(self, file_id: str) -> Response:
        """``DELETE /api/files/{id}``"""
        response = self.http.delete(
            f"/api/files/{file_id}",
            name="/api/files/:id",
            headers=self.credentials,
        )
        check(response, {"delete_file answers 200": response.status == 200})
        return response

    def download_file(self, filename: str) -> Response:
        """파일 다운로드

        업로드된 파일을 다운로드합니다. 본인이 업로드한 파일만 다운로드 가능합니다.

        ``GET /api/files/download/{filename}``
        """
        response = self.http.get(
            f"/api/files/download/{filename}",
            name="/api/files/download/:filename",
            headers=self.credentials,
        )
        check(response, {"download_file answers 200": response.status == 200})
        return response

    def upload_file(self) -> Response:
        """파일 업로드

        파일을 업로드합니다. 최대 50MB까지 가능합니다.

        ``POST /api/files/upload``
        """
        response = self.http.post(
            "/api/files/upload",
            files={"file": ("picture.png", PICTURE, "image/png")},
            headers=self.credentials,
        )
        check(response, {"upload_file answers 200": response.status == 200})
        return response

    def view_file(self, filename: str) -> Response:
        """``GET /api/files/view/{filename}``"""
        response = self.http.get(
            f"/api/files/view/{filename}",
            name="/api/files/view/:filename",
            headers=self.credentials,
        )
        check(response, {"view_file answers 200": response.status == 200})
        return response

    # Api info.

    def get_api_info(self) -> Response:
        """``GET /api``"""
        response = self.http.get("/api")
        check(response, {"get_api_info answers 200": response.status == 200})
        return response

    # Health.

    def health(self) -> Response:
        """``GET /api/health``"""
        response = self.http.get("/api/health")
        check(response, {"health answers 200": response.status == 200})
        return response


def taken(response: Response, path: str) -> Any:
    """What an answer has at ``path``; the iteration ends where there is nothing."""
    found = response.json(path)
    if not check(response, {f"{path} is in the answer": found is not None}):
        fail(f"{response.url} answers {response.status} without {path}")
    return found
