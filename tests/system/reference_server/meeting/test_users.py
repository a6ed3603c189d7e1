"""Accounts, tokens and profiles of the meeting system, by requests."""

import time
import uuid
from collections.abc import Callable
from typing import Any

import pytest
import requests

pytestmark = pytest.mark.system
Arrive = Callable[..., Any]
PNG = ("a.png", b"not really a picture", "image/png")


def said(answer: requests.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["message"]


class Newcomer:
    """Somebody without an account yet."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.name = uuid.uuid4().hex[:10]
        self.email = f"{self.name}@example.org"
        self.phone = f"010{uuid.uuid4().int % 10**8:08}"
        self.http = requests.Session()

    def post(self, path: str, body: Any = None, **options: Any) -> requests.Response:
        return self.http.post(f"{self.origin}{path}", json=body, timeout=3, **options)

    def sign_up(self, **other: Any) -> requests.Response:
        account = {
            "email": self.email,
            "password": "long enough",
            "nickname": self.name,
            "phone": self.phone,
        }
        return self.post("/api/v1/users/signup", {**account, **other})

    def mailed(self, purpose: str) -> str:
        address = f"{self.origin}/dev/mail"
        got = self.http.get(address, params={"email": self.email}, timeout=3).json()["messages"]
        return next(str(one["code"]) for one in got if one["purpose"] == purpose)

    def verify(self, code: str) -> requests.Response:
        return self.post("/api/v1/users/signup/verify", params={"code": code})

    def log_in(self, password: str = "long enough") -> requests.Response:
        return self.post("/api/v1/users/login", {"email": self.email, "password": password})


@pytest.fixture
def newcomer(server: Any) -> Any:
    somebody = Newcomer(server.rest)
    yield somebody
    somebody.http.close()


# Signing up


def test_signing_up_takes_a_code_by_mail(newcomer: Newcomer) -> None:
    answer = newcomer.sign_up()
    assert said(answer) == (201, "입력하신 이메일로 인증 코드가 발송되었습니다.")
    refused = newcomer.log_in()
    assert (refused.status_code, refused.json()["code"]) == (403, "EMAIL_NOT_VERIFIED")
    code = newcomer.mailed("signup")
    assert said(newcomer.verify(code)) == (200, "이메일 인증이 완료되었습니다.")
    used = newcomer.verify(code)
    assert said(used) == (400, "유효하지않은 토큰입니다.")
    assert used.json()["code"] == "INVALID_TOKEN"
    told = newcomer.log_in().json()
    assert told.keys() == {"accessToken", "refreshToken", "userId"}


def test_everything_that_is_wrong_is_told_at_once(newcomer: Newcomer) -> None:
    answer = newcomer.sign_up(email="x", password="short", nickname="", phone="x")
    assert said(answer) == (400, "잘못된 요청입니다")
    body = answer.json()
    assert body["code"] == "VALIDATION_ERROR"
    fields = [one["field"] for one in body["details"]]
    assert fields == ["email", "password", "nickname", "phoneNumber"]


@pytest.mark.parametrize("field", ["email", "nickname", "phoneNumber"])
def test_what_is_taken_is_named(newcomer: Newcomer, field: str) -> None:
    newcomer.sign_up()
    other = {"email": "x" + newcomer.email, "nickname": newcomer.name + "x", "phone": "02-1234567"}
    other = {**other, "phone": uuid.uuid4().hex.translate(str.maketrans("abcdef", "012345"))[:11]}
    taken = {"email": newcomer.email, "nickname": newcomer.name, "phoneNumber": newcomer.phone}
    answer = newcomer.sign_up(**{**other, field: taken[field]})
    assert said(answer) == (409, f"이미 사용 중인 {field}입니다")
    assert (answer.json()["code"], answer.json()["field"]) == ("DUPLICATE_ERROR", field)


def test_login_needs_an_account_and_its_password(newcomer: Newcomer) -> None:
    unknown = newcomer.log_in()
    assert said(unknown) == (404, "등록되지 않은 사용자입니다")
    assert unknown.json()["code"] == "USER_NOT_FOUND"
    newcomer.sign_up()
    assert newcomer.log_in("another one").status_code == 401


def test_password_is_changed_by_a_link(newcomer: Newcomer) -> None:
    newcomer.sign_up()
    newcomer.verify(newcomer.mailed("signup"))
    sending = "/api/v1/users/password/change/link-send"
    assert said(newcomer.post(sending, {"email": "nobody@example.org"}))[0] == 404
    sent = newcomer.post(sending, {"email": newcomer.email})
    assert said(sent) == (200, "비밀번호 변경 링크를 이메일로 전송하였습니다.")
    changing = "/api/v1/users/password/change"
    new = {"token": newcomer.mailed("password"), "newPassword": "even longer"}
    assert newcomer.post(changing, {**new, "newPassword": "short"}).status_code == 400
    assert said(newcomer.post(changing, new)) == (200, "비밀번호가 변경되었습니다.")
    assert said(newcomer.post(changing, new)) == (400, "유효하지 않은 토큰입니다.")
    assert newcomer.log_in("even longer").status_code == 200


# OAuth and tokens


def test_browser_is_sent_on_from_kakao(server: Any) -> None:
    address = f"{server.rest}/api/v1/oauth/kakao/callback?code=dev-x&state=y"
    answer = requests.get(address, timeout=3, allow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (
        302,
        "/oauth/kakao?code=dev-x&state=y",
    )


def test_same_code_is_the_same_user(newcomer: Newcomer) -> None:
    path = "/api/v1/oauth/kakao/callback"
    one, other = (newcomer.post(path, {"code": f"dev-{newcomer.name}"}).json() for _ in range(2))
    assert one["userId"] == other["userId"]
    wrong = newcomer.post(path, {"code": "nonsense"})
    assert said(wrong) == (400, "잘못된 인증코드입니다")
    assert wrong.json()["code"] == "INVALID_VERIFICATION_CODE"


def test_name_of_another_account_is_taken(newcomer: Newcomer) -> None:
    newcomer.sign_up()
    answer = newcomer.post("/api/v1/oauth/kakao/callback", {"code": f"dev-{newcomer.name}"})
    assert said(answer) == (409, "이미 사용 중인 nickname입니다")


def test_cookie_renews_the_access_token(newcomer: Newcomer) -> None:
    told = newcomer.post("/api/v1/oauth/kakao/callback", {"code": f"dev-{newcomer.name}"}).json()
    renewed = newcomer.post("/api/v1/auth/token/reissue").json()["accessToken"]
    assert renewed != told["accessToken"]
    headers = {"Authorization": f"Bearer {renewed}"}
    me = newcomer.http.get(f"{newcomer.origin}/api/v1/users/me", headers=headers, timeout=3)
    assert me.json()["nickname"] == newcomer.name
    assert newcomer.post("/token/reissue").status_code == 401
    cookie = {"Cookie": f"refreshToken={told['refreshToken']}"}
    assert newcomer.post("/token/reissue", headers=cookie).status_code == 200


def test_logout_ends_the_renewing(arrive: Arrive) -> None:
    someone = arrive()
    assert said(someone.call("DELETE", "/users/logout")) == (200, "로그아웃되었습니다")
    answer = someone.call("POST", "/auth/token/reissue")
    assert said(answer) == (401, "리프레시 토큰이 유효하지 않습니다")
    assert answer.json()["code"] == "INVALID_REFRESH_TOKEN"


GUARDED = [
    ("DELETE", "/users/logout"),
    ("DELETE", "/users"),
    ("GET", "/users/me"),
    ("PUT", "/users/me"),
    ("POST", "/profiles"),
    ("POST", "/meetings"),
    ("PUT", "/meetings/1"),
    ("DELETE", "/meetings/1"),
    ("GET", "/meetings/1/participants"),
    ("PATCH", "/meetings/1/complete"),
    ("GET", "/meetings/created"),
    ("POST", "/participations/1"),
    ("GET", "/participations"),
    ("PATCH", "/participations/1/approve"),
    ("PATCH", "/participations/1/reject"),
    ("DELETE", "/participations/1"),
    ("POST", "/chatrooms/1"),
    ("GET", "/chatrooms"),
    ("GET", "/chatrooms/1"),
    ("DELETE", "/chatrooms/1"),
    ("POST", "/chatrooms/1/join"),
    ("POST", "/chatrooms/1/leave"),
    ("POST", "/chatrooms/1/in"),
    ("POST", "/chatrooms/1/out"),
    ("GET", "/chatrooms/1/participants"),
    ("POST", "/chatrooms/1/withdrawal/1"),
    ("GET", "/notifications/subscribe"),
    ("GET", "/notifications"),
    ("DELETE", "/notifications"),
    ("DELETE", "/notifications/1"),
]


@pytest.mark.parametrize(
    ("header", "message"),
    [("", "인증에 실패했습니다."), ("Bearer nonsense", "Invalid JWT token")],
)
def test_calls_need_a_token(server: Any, header: str, message: str) -> None:
    headers = {"Authorization": header} if header else {}
    for method, path in GUARDED:
        address = f"{server.rest}/api/v1{path}"
        answer = requests.request(method, address, headers=headers, timeout=3)
        assert said(answer) == (401, message), (method, path)
        assert answer.json()["code"] == "AUTH_ERROR"


def test_token_runs_out(serve: Callable[..., Any]) -> None:
    someone = serve("--access-lifetime", "1")()
    time.sleep(2.1)
    assert said(someone.call("GET", "/users/me")) == (401, "Expired JWT token")


def test_who_goes_takes_everything_along(arrive: Arrive) -> None:
    host, guest = arrive(), arrive()
    own, other = guest.create_meeting(), host.create_meeting()
    room = host.room_of(other)
    guest.call("POST", f"/chatrooms/{room}/join")
    assert said(guest.call("DELETE", "/users")) == (200, "회원 탈퇴가 완료되었습니다")
    assert guest.call("GET", "/users/me").status_code == 401
    assert host.call("POST", f"/participations/{own}").status_code == 404
    assert host.call("GET", f"/chatrooms/{room}").json()["readerId"] == [host.id]


# Profiles


def test_profile_is_made_once_and_shown(arrive: Arrive) -> None:
    someone = arrive(with_profile=False)
    fields = {"gender": "MALE", "birth": "1999-12-31", "introduction": "안녕", "mbti": "INTP"}
    answer = someone.send_form("POST", "/profiles", fields, profileImage=PNG)
    made = answer.json()
    assert answer.status_code == 201
    assert made == {**fields, "profileImageUrl": made["profileImageUrl"]}
    image = someone.http.get(someone.origin + made["profileImageUrl"], timeout=3)
    assert (image.content, image.headers["content-type"]) == (PNG[1], "image/png")
    again = someone.send_form("POST", "/profiles", fields)
    assert said(again) == (409, "이미 프로필이 존재합니다.")
    me = someone.call("GET", "/users/me").json()
    assert (me["userId"], me["nickname"]) == (someone.id, someone.nickname)
    assert (me["profileImage"], me["mbti"]) == (made["profileImageUrl"], "INTP")
    someone.http.get(someone.origin + "/images/nothing.png", timeout=3)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"birth": "2000-01-01"}, "성별을 입력해주세요."),
        ({"gender": "MALE"}, "생년월일을 입력해주세요."),
        (
            {"gender": "werwer", "birth": "2000-01-01"},
            "잘못된 Gender 값입니다: 'werwer'. 가능한 값: [MALE, FEMALE]",
        ),
        ({"gender": "MALE", "birth": "2001-02-29"}, "잘못된 요청 형식입니다."),
        ({"gender": "MALE", "birth": "2999-01-01"}, "생년월일은 미래일 수 없습니다."),
    ],
)
def test_what_is_no_profile_is_refused(
    arrive: Arrive, fields: dict[str, str], message: str
) -> None:
    assert said(arrive(with_profile=False).send_form("POST", "/profiles", fields)) == (400, message)
    assert said(arrive().send_form("PUT", "/users/me", fields, "updateRequest")) == (400, message)


def test_other_files_are_no_images(arrive: Arrive) -> None:
    fields = {"gender": "MALE", "birth": "2000-01-01"}
    text = ("a.txt", b"x", "text/plain")
    answer = arrive(with_profile=False).send_form("POST", "/profiles", fields, profileImage=text)
    assert said(answer) == (400, "지원하지 않는 이미지 형식입니다.")


def test_profile_may_come_as_plain_fields(arrive: Arrive) -> None:
    fields = {"gender": (None, "MALE"), "birth": (None, "2000-01-01")}
    assert arrive(with_profile=False).call("POST", "/profiles", files=fields).status_code == 201


def test_profile_is_changed_and_keeps_its_image(arrive: Arrive) -> None:
    someone = arrive(with_profile=False)
    fields = {"gender": "MALE", "birth": "1999-12-31"}
    made = someone.send_form("POST", "/profiles", fields, profileImage=PNG).json()
    changed = someone.send_form("PUT", "/users/me", {**fields, "mbti": "ENFP"}, "updateRequest")
    assert said(changed) == (200, "회원 정보가 수정되었습니다")
    me = someone.call("GET", "/users/me").json()
    assert (me["mbti"], me["profileImage"]) == ("ENFP", made["profileImageUrl"])


@pytest.mark.parametrize("part", ["{", "[]"])
def test_json_part_that_is_none_is_refused(arrive: Arrive, part: str) -> None:
    files = {"request": (None, part, "application/json")}
    answer = arrive(with_profile=False).call("POST", "/profiles", files=files)
    assert said(answer) == (400, "잘못된 요청 형식입니다.")
