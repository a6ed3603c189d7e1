"""Who signs in, and what the server knows them by."""

import pytest

BEARER = {"components": {"securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}}}}
SECURED = {**BEARER, "security": [{"bearer": []}]}


@pytest.fixture
def accounts(api, sends, answers):
    """An API with sign-up and login; the rest is a test's own."""

    def build(register=None, login=None, answer=None, calls=(), **more):
        found = {}
        if register is not None:
            body = sends(register)
            found["POST /auth/register"] = {
                "requestBody": body,
                "responses": {"201": {}, "409": {}},
            }
        if login is not None:
            answered = answers(answer or {"accessToken": "string"}, "200")
            found["POST /auth/login"] = {"requestBody": sends(login), "responses": answered}
        return api({**found, **dict(calls)}, **{**SECURED, **more})

    return build


CREDENTIALS = {"email": "string", "password": "string"}


def test_a_new_account_for_each_user_signs_in(new, accounts):
    made = new(accounts(CREDENTIALS, CREDENTIALS, calls={"GET /rooms": {}}))
    assert made.method("sign_in") == [
        "self.email = f'{self.vu.random.text(12)}@load.test'",
        "self.password = 'Passw0rd!'",
        "self.auth_register()",
        "self.auth_login()",
    ]
    assert made.method("auth_register")[1] == (
        "    body = {'email': self.email, 'password': self.password}"
    )
    assert made.method("auth_login")[4] == "self.token = str(taken(response, 'accessToken'))"
    assert made.method("credentials") == ["return {'Authorization': f'Bearer {self.token}'}"]
    assert made.method("list_rooms")[0].endswith("headers=self.credentials)")
    assert made.tasks == {"rooms": ["self.list_rooms()", "think(1, 3)"]}


def test_an_account_that_is_there_already_is_as_good(new, accounts):
    made = new(accounts(CREDENTIALS, CREDENTIALS))
    assert made.method("auth_register")[2:4] == [
        "response = self.http.post('/auth/register', json=body, expected=(201, 409))",
        "check(response, {'auth_register answers 201 or 409': response.status in (201, 409)})",
    ]


@pytest.mark.parametrize(
    ("register", "login", "sent"),
    [
        pytest.param(
            {"loginId": "string", "pw": "string", "name": "string"},
            {"loginId": "string", "pw": "string"},
            "{'loginId': self.login_id, 'pw': self.password}",
            id="other words",
        ),
        pytest.param(
            {"email": "string", "password": "string", "passwordConfirm": "string"},
            {"username": "string", "password": "string"},
            "{'username': self.email, 'password': self.password}",
            id="logging in with the e-mail address as user name",
        ),
        pytest.param(
            {"email": "string", "username": "string", "password": "string"},
            {"username": "string", "password": "string"},
            "{'username': self.username, 'password': self.password}",
            id="user name before e-mail",
        ),
    ],
)
def test_both_calls_send_the_same_credentials(new, accounts, register, login, sent):
    made = new(accounts(register, login))
    assert made.method("auth_login")[1] == f"    body = {sent}"


def test_what_only_registering_sends_differs_but_is_not_kept(new, accounts):
    made = new(accounts({**CREDENTIALS, "nickname": "string", "phone": "string"}, CREDENTIALS))
    assert "'nickname': f'user{self.vu.random.text(8)}'" in made.method("auth_register")[1]
    four = "{self.vu.random.integer(1000, 9999)}"
    assert f"'phone': f'010-{four}-{four}'" in made.method("auth_register")[1]
    assert "nickname: str" not in made.user


def test_without_a_way_to_register_the_account_comes_from_settings(new, accounts):
    made = new(accounts(None, CREDENTIALS, calls={"DELETE /users/me": {}}))
    assert made.method("sign_in")[:2] == [
        "self.email = setting('SHOP_EMAIL', 'user@example.com')",
        "self.password = setting('SHOP_PASSWORD', 'Passw0rd!')",
    ]
    assert made.tasks["users"] == ["think(1, 3)"]
    assert "# self.delete_users_me(): where does another account come from?" in made.file(
        "locustfiles/shop.py"
    )


def test_without_a_login_the_token_is_a_setting(new, api):
    made = new(api({"GET /rooms": {}}, **SECURED))
    assert made.method("sign_in") == ["self.token = setting('SHOP_TOKEN', '')"]


@pytest.mark.parametrize(
    ("answer", "path"),
    [
        ({"accessToken": "string", "refreshToken": "string"}, "accessToken"),
        ({"data": {"token": "string"}}, "data.token"),
        ({"result": {"tokens": {"access": "string"}}}, "result.tokens.access"),
        ({"jwt": "string"}, "jwt"),
    ],
)
def test_the_token_is_found_wherever_it_is(new, accounts, answer, path):
    made = new(accounts(CREDENTIALS, CREDENTIALS, answer))
    assert f"self.token = str(taken(response, '{path}'))" in made.method("auth_login")


def test_an_undescribed_token_is_guessed_and_that_is_said(new, accounts):
    made = new(accounts(CREDENTIALS, CREDENTIALS, {"ok": "boolean"}))
    assert made.project.api.notes == [
        "where auth_login() answers its token is a guess: 'accessToken'"
    ]


def test_a_header_takes_the_value_of_the_login_that_it_is_named_after(new, accounts):
    keys = {"session": {"type": "apiKey", "in": "header", "name": "x-session-id"}}
    made = new(
        accounts(
            CREDENTIALS,
            CREDENTIALS,
            {"token": "string", "sessionId": "string"},
            calls={"GET /rooms": {}},
            components={"securitySchemes": {**BEARER["components"]["securitySchemes"], **keys}},
            security=[{"bearer": [], "session": []}],
        )
    )
    assert made.method("credentials") == [
        "return {'Authorization': f'Bearer {self.token}', 'x-session-id': self.session_id}"
    ]


SCHEMES = {
    "a key in a header": (
        {"type": "apiKey", "in": "header", "name": "X-Key"},
        "response = self.http.get('/rooms', headers=self.credentials)",
        ["return {'X-Key': self.x_key}"],
    ),
    "a key in a query": (
        {"type": "apiKey", "in": "query", "name": "api_key"},
        "query = {'api_key': self.api_key}",
        None,
    ),
    "a key in a cookie": (
        {"type": "apiKey", "in": "cookie", "name": "sid"},
        "response = self.http.get('/rooms', headers=self.credentials)",
        ["return {'Cookie': f'sid={self.sid}'}"],
    ),
    "basic": (
        {"type": "http", "scheme": "basic"},
        "response = self.http.get('/rooms', headers=self.credentials)",
        ["return {'Authorization': basic(self.username, self.password)}"],
    ),
    "oauth2": (
        {"type": "oauth2", "flows": {}},
        "response = self.http.get('/rooms', headers=self.credentials)",
        ["return {'Authorization': f'Bearer {self.token}'}"],
    ),
}


@pytest.mark.parametrize("kind", SCHEMES)
def test_security_schemes(new, api, kind):
    scheme, request, credentials = SCHEMES[kind]
    components = {"securitySchemes": {"it": scheme}}
    made = new(api({"GET /rooms": {}}, components=components, security=[{"it": []}]))
    assert made.method("list_rooms")[0] == request
    if credentials:
        assert made.method("credentials") == credentials


def test_calls_that_want_other_schemes_have_other_credentials(new, api):
    schemes = {
        "bearer": {"type": "http", "scheme": "bearer"},
        "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
    }
    calls = {
        "GET /rooms": {},
        "POST /rooms": {},
        "GET /admin": {"security": [{"key": []}]},
        "GET /open": {"security": []},
        "GET /maybe": {"security": [{}, {"bearer": []}]},
    }
    document = api(calls, components={"securitySchemes": schemes}, security=[{"bearer": []}])
    made = new(document)
    assert "headers=self.credentials)" in made.method("list_rooms")[0]
    assert "headers=self.credentials_key)" in made.method("get_admin")[0]
    assert "headers" not in made.method("get_open")[0]
    assert "headers=self.credentials)" in made.method("get_maybe")[0]


def test_a_session_that_is_a_cookie_is_kept_between_iterations(new, accounts):
    cookie = {"securitySchemes": {"sid": {"type": "apiKey", "in": "cookie", "name": "sid"}}}
    made = new(
        accounts(CREDENTIALS, CREDENTIALS, calls={"GET /rooms": {}}, components=cookie,
                 security=[{"sid": []}])
    )  # fmt: skip
    assert "headers" not in made.method("list_rooms")[0]
    assert "noCookiesReset: true\n" in made.file("config/shop/smoke.yaml")
    assert "noCookiesReset: true\n" in made.file("config/shop/load.yaml")


def test_a_document_without_schemes_sends_the_token_to_calls_that_may_answer_401(new, accounts):
    calls = {"GET /rooms": {"responses": {"200": {}, "401": {}}}, "GET /open": {}}
    made = new(accounts(CREDENTIALS, CREDENTIALS, calls=calls, components={}, security=[]))
    assert "headers=self.credentials" in made.method("list_rooms")[0]
    assert "headers" not in made.method("get_open")[0]
    assert made.project.api.notes == [
        "the document has no securitySchemes: the token of auth_login() is sent as a bearer's"
    ]


def test_headers_that_only_the_description_tells_are_sent(new, accounts):
    told = "Send with every call: `Authorization: Bearer {token}` and x-session-id: {sessionId}"
    document = accounts(
        CREDENTIALS,
        CREDENTIALS,
        {"token": "string", "sessionId": "string"},
        calls={"GET /rooms": {}},
        components={},
        security=[],
        info={"title": "Shop", "description": told},
    )
    made = new(document)
    assert "x-session-id" in made.method("credentials")[0]
    assert "headers=self.credentials" in made.method("list_rooms")[0]


def test_credentials_may_be_wrapped(new, api, answers):
    def wrapped(*names):
        user = {"type": "object", "properties": {name: {"type": "string"} for name in names}}
        schema = {"type": "object", "properties": {"user": user}}
        return {"requestBody": {"content": {"application/json": {"schema": schema}}}}

    calls = {
        "POST /users": wrapped("username", "email", "password"),
        "POST /users/login": {
            **wrapped("email", "password"),
            "responses": answers({"user": {"token": "string"}}, "200"),
        },
        "PUT /user": wrapped("email", "nickname"),
    }
    made = new(api(calls, **SECURED))
    assert made.method("login" if "login" in made.names() else "users_login")[1] == (
        "    body = {'user': {'email': self.email, 'password': self.password}}"
    )
    assert "'username': f'user{self.vu.random.text(8)}'" in made.method("create_user")[1]
    assert made.method("update_user")[1] == (
        "    body = {'user': {'email': self.email, 'nickname': f'user{self.vu.random.text(8)}'}}"
    )


def test_a_description_may_tell_another_word_than_bearer(new, api):
    told = "Send the header `Authorization: Token {token}`"
    scheme = {"type": "apiKey", "in": "header", "name": "Authorization", "description": told}
    components = {"securitySchemes": {"it": scheme}}
    made = new(api({"GET /rooms": {}}, components=components, security=[{"it": []}]))
    assert made.method("credentials") == ["return {'Authorization': f'Token {self.token}'}"]


def test_tokens_are_renewed_and_sent_where_bodies_want_them(new, accounts, sends, answers):
    refresh = {
        "requestBody": sends({"refreshToken": "string"}),
        "responses": answers({"accessToken": "string"}, "200"),
    }
    tokens = {"accessToken": "string", "refreshToken": "string"}
    made = new(accounts(CREDENTIALS, CREDENTIALS, tokens, calls={"POST /auth/refresh": refresh}))
    lines = made.method("auth_refresh")
    assert lines[1] == "    body = {'refreshToken': self.refresh_token}"
    assert lines[-2] == "self.token = str(taken(response, 'accessToken'))"
    assert "self.refresh_token = str(taken(response, 'refreshToken'))" in made.method("auth_login")


def test_passwords_are_changed_to_what_they_are(new, accounts, sends):
    body = sends({"oldPassword": "string", "newPassword": "string"})
    made = new(
        accounts(CREDENTIALS, CREDENTIALS, calls={"PUT /auth/password": {"requestBody": body}})
    )
    assert made.method("update_auth_password")[1] == (
        "    body = {'oldPassword': self.password, 'newPassword': self.password}"
    )


def test_an_attribute_never_has_the_name_of_a_method(new, accounts):
    calls = {"GET /x": {"operationId": "sessionId"}}
    keys = {"session": {"type": "apiKey", "in": "header", "name": "x-session-id"}}
    made = new(
        accounts(CREDENTIALS, CREDENTIALS, {"sessionId": "string"}, calls=calls,
                 components={"securitySchemes": keys}, security=[{"session": []}])
    )  # fmt: skip
    assert "session_id" in made.names()
    assert made.method("credentials") == ["return {'x-session-id': self.session_id_value}"]
