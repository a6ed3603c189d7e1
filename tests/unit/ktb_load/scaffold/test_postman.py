"""Postman collections: folders, variables, scripts, bodies; and what is wrong with others."""

import json

import pytest

SCHEMA = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"


@pytest.fixture
def collection():
    """``collection(requests)``: a collection; a request is its method and URL, or more."""

    def build(*items, **more):
        info = {"name": "Shop", "schema": SCHEMA}
        return {"info": info, "item": [_item(one) for one in items], **more}

    return build


def _item(item):
    if isinstance(item, str):
        method, url = item.split(" ", 1)
        return {"name": item, "request": {"method": method, "url": url}}
    return item


def request(name, method, url, test="", **more):
    event = [{"listen": "test", "script": {"exec": test.splitlines()}}] if test else []
    made = {"method": method, "url": {"raw": url, **more.pop("parts", {})}, **more}
    return {"name": name, "event": event, "request": made}


def raw(text, **more):
    return {"body": {"mode": "raw", "raw": text}, **more}


def test_folders_are_tasks_and_keep_their_order(new, collection):
    rooms = {"name": "Rooms", "item": [_item("DELETE {{base}}/rooms"), _item("GET {{base}}/rooms")]}
    deep = {"name": "채팅", "item": [{"name": "Files", "item": [_item("GET {{base}}/files")]}]}
    variable = [{"key": "base", "value": "http://shop.test:81/api"}]
    made = new(collection(rooms, deep, "GET {{base}}/top", variable=variable))
    assert made.tasks == {
        "rooms": ["self.delete_rooms()", "self.list_rooms()", "think(1, 3)"],
        "files": ["self.list_files()", "think(1, 3)"],
        "shop": ["self.get_top()", "think(1, 3)"],
    }
    assert 'host = "http://shop.test:81"' in made.user
    assert made.method("get_top")[0] == "response = self.http.get('/api/top')"


def test_what_is_disabled_is_left_out(new, collection):
    url = {
        "raw": "http://a/x?p=1&q=2",
        "query": [{"key": "p", "value": "1"}, {"key": "q", "value": "2", "disabled": True}],
    }
    header = [{"key": "X-A", "value": "1", "disabled": True}, {"key": "X-B", "value": "2"}]
    body = {
        "mode": "urlencoded",
        "urlencoded": [{"key": "a", "value": "1"}, {"key": "b", "value": "2", "disabled": True}],
    }
    sent = {"method": "POST", "url": url, "header": header, "body": body}
    gone = {**_item("GET http://a/gone"), "disabled": True}
    made = new(collection({"name": "x", "request": sent}, gone))
    assert made.names() == ["x"]
    assert made.method("x") == [
        "query = {'p': p}",
        "if body is None:",
        "    body = {'a': '1'}",
        "response = self.http.post(f'/x?{urlencode(query)}', name='/x', body=body,"
        " headers={'X-B': x_b})",
        "check(response, {'x answers 2xx': 200 <= response.status < 300})",
        "return response",
    ]


SCRIPTS = {
    "a variable of the answer": (
        "const res = pm.response.json();\npm.collectionVariables.set('roomId', res.data.id);",
        "data.id",
    ),
    "no variable": ('pm.environment.set("roomId", pm.response.json().room["id"])', "room.id"),
    "an element": ("var d = pm.response.json().a; pm.globals.set('roomId', d[0]?._id)", "a.0._id"),
    "a variable of a variable": (
        "var all = JSON.parse(responseBody);\nvar room = all.room || {};\n"
        "pm.globals.set('roomId', room.id);",
        "room.id",
    ),
    "unpacked": ("const { id } = pm.response.json();\npm.variables.set(`roomId`, id);", "id"),
    "as it was long ago": (
        "var j = JSON.parse(responseBody);\npostman.setEnvironmentVariable('roomId', j.id);",
        "id",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", SCRIPTS)
def test_what_a_script_keeps_is_returned_and_handed_on(new, collection, case):
    script, path = SCRIPTS[case]
    made = new(
        collection(
            request("Make", "POST", "http://a/rooms", script),
            request("See", "GET", "http://a/rooms/{{roomId}}"),
            request("Say", "POST", "http://a/say", **raw('{"room": "{{roomId}}", "n": 1}')),
        )
    )
    assert made.tasks["shop"][:3] == [
        "room_id = self.make()",
        "self.see(room_id)",
        "self.say(room_id)",
    ]
    assert made.method("make")[-1] == f"return str(taken(response, '{path}'))"
    assert made.method("say")[1] == "    body = {'room': room_id, 'n': 1}"


def test_a_variable_without_quotes_is_a_number(new, collection):
    script = "const res = pm.response.json(); pm.environment.set('roomId', res.id);"
    made = new(
        collection(
            request("Make", "POST", "http://a/rooms", script),
            request("Say", "POST", "http://a/say", **raw('{"room": {{roomId}}} // a comment')),
        )
    )
    assert made.head("say") == "self, room_id: int, body: Any=None"
    assert made.method("say")[1] == "    body = {'room': room_id}"


def test_variables_that_nothing_keeps_are_settings(new, collection):
    made = new(
        collection(
            "GET http://a/users/{{me}}?key={{key}}",
            variable=[{"key": "me", "value": "42"}],
        )
    )
    assert made.method("sign_in") == [
        "self.me = setting('SHOP_ME', '42')",
        "self.key = setting('SHOP_KEY', '')",
    ]
    assert "f'/users/{self.me}?{urlencode(query)}'" in made.method("get_user")[1]


@pytest.mark.parametrize(
    ("text", "python"),
    [
        ("{{$guid}}", "self.vu.random.uuid4()"),
        ("{{$timestamp}}", "int(time())"),
        ("{{$randomInt}}", "self.vu.random.integer(0, 1000)"),
        ("me+{{$randomEmail}}", "f'me+{self.vu.random.text(8)}@load.test'"),
        ("{{$randomLastName}}", "self.vu.random.text(8)"),
        ("{plain}", "'{plain}'"),
    ],
)
def test_what_postman_makes_up_comes_from_the_seeded_random(new, collection, text, python):
    made = new(collection(request("Say", "PUT", "http://a/x", **raw(json.dumps({"a": text})))))
    assert made.method("say")[1] == f"    body = {{'a': {python}}}"


def test_path_variables_are_arguments(new, collection):
    variable = [{"key": "id", "value": "7"}, {"key": "none", "value": ""}]
    url = "http://a/rooms/:id/x/:none"
    made = new(collection(request("See", "GET", url, parts={"variable": variable})))
    assert made.head("see") == "self, none: str, room_id: str='7'"


AUTH = {
    "bearer": (
        {"type": "bearer", "bearer": [{"key": "token", "value": "{{jwt}}"}]},
        "return {'Authorization': f'Bearer {self.jwt}'}",
    ),
    "bearer of format 2.0": (
        {"type": "bearer", "bearer": {"token": "{{jwt}}"}},
        "return {'Authorization': f'Bearer {self.jwt}'}",
    ),
    "basic": (
        {
            "type": "basic",
            "basic": [{"key": "username", "value": "{{me}}"}, {"key": "password", "value": "pw"}],
        },
        "return {'Authorization': basic(self.me, self.password)}",
    ),
    "a key": (
        {
            "type": "apikey",
            "apikey": [{"key": "key", "value": "X-Key"}, {"key": "value", "value": "{{k}}"}],
        },
        "return {'X-Key': self.k}",
    ),
}


@pytest.mark.parametrize("kind", AUTH)
def test_authorization_is_inherited_and_can_be_switched_off(new, collection, kind):
    auth, credentials = AUTH[kind]
    made = new(
        collection(
            "GET http://a/rooms",
            request("http://a/open", "GET", "http://a/open", auth={"type": "noauth"}),
            auth=auth,
        )
    )
    assert made.method("credentials") == [credentials]
    assert "headers=self.credentials" in made.method("list_rooms")[0]
    assert "headers" not in made.method("get_open")[0]


def test_a_header_written_by_hand_is_authorization_too(new, collection):
    header = [{"key": "Authorization", "value": "Bearer {{jwt}}"}]
    made = new(collection(request("See", "GET", "http://a/x", header=header)))
    assert made.method("credentials") == ["return {'Authorization': f'Bearer {self.jwt}'}"]


def test_who_keeps_the_token_is_the_login(new, collection):
    script = "pm.collectionVariables.set('jwt', pm.response.json().accessToken);"
    auth = {"type": "bearer", "bearer": [{"key": "token", "value": "{{jwt}}"}]}
    made = new(
        collection(
            request(
                "Enter", "POST", "http://a/enter", script, auth={"type": "noauth"},
                **raw('{"userUuid": "01H"}'),
            ),
            "GET http://a/rooms",
            auth=auth,
        )
    )  # fmt: skip
    assert made.method("sign_in") == [
        "self.user_uuid = setting('SHOP_USER_UUID', '01H')",
        "self.enter()",
    ]
    assert made.tasks == {"shop": ["self.list_rooms()", "think(1, 3)"]}


def test_of_several_logins_the_one_whose_token_is_kept_counts(new, collection):
    body = raw('{"email": "{{EMAIL}}", "password": "{{PASSWORD}}"}')
    script = "pm.globals.set('token', pm.response.json().user.token);"
    header = [{"key": "Authorization", "value": "Token {{token}}"}]
    made = new(
        collection(
            request("Login", "POST", "http://a/login", **body),
            request("Login and keep", "POST", "http://a/login", script, **body),
            request("See", "GET", "http://a/see/{{EMAIL}}", header=header),
        )
    )
    assert made.method("sign_in")[-1] == "self.login_and_keep()"
    assert made.method("credentials") == ["return {'Authorization': f'Token {self.token}'}"]
    assert "f'/see/{self.email}'" in made.method("see")[0]


def test_headers_may_be_one_text(new, collection):
    header = "X-A: b:c\r\n\n// X-Off: 1\nAccept: */*\nContent-Type: application/xml\n"
    body = {"mode": "raw", "raw": "<a/>"}
    made = new(collection(request("See", "POST", "http://a/x", header=header, body=body)))
    (call,) = [line for line in made.method("see") if line.startswith("response")]
    assert call == (
        "response = self.http.post('/x', body=body,"
        " headers={'Content-Type': 'application/xml', 'X-A': x_a})"
    )
    assert "x_a: str='b:c'" in made.head("see")


BODIES = {
    "files": (
        {
            "mode": "formdata",
            "formdata": [
                {"key": "a", "value": "1", "type": "text"},
                {"key": "f", "type": "file", "src": "x.png"},
            ],
        },
        "response = self.http.post('/x', body={'a': '1'},"
        " files={'f': ('picture.png', PICTURE, 'image/png')})",
    ),
    "text": (
        {"mode": "raw", "raw": "hello"},
        "response = self.http.post('/x', body=body, headers={'Content-Type': 'text/plain'})",
    ),
    "GraphQL": (
        {"mode": "graphql", "graphql": {"query": "{ me }", "variables": '{"a": 1}'}},
        "response = self.http.post('/x', json=body)",
    ),
    "a file": (
        {"mode": "file", "file": {"src": "x"}},
        "response = self.http.post('/x', body=body,"
        " headers={'Content-Type': 'application/octet-stream'})",
    ),
    "disabled": ({"mode": "raw", "raw": "x", "disabled": True}, "response = self.http.post('/x')"),
    "empty": ({"mode": "raw", "raw": " "}, "response = self.http.post('/x')"),
}


@pytest.mark.parametrize("kind", BODIES)
def test_bodies(new, collection, kind):
    body, sent = BODIES[kind]
    made = new(collection(request("See", "POST", "http://a/x", body=body)))
    assert sent in made.method("see")


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("pm.test('ok', () => pm.response.to.have.status(201));", "201"),
        ("if (pm.response.code === 200 || pm.response.code === 201) {}", "200 or 201"),
        ("pm.expect(pm.response.code).to.eql(204)", "204"),
        ("if (pm.response.code === 404) {}", "2xx"),
    ],
)
def test_the_statuses_that_scripts_want_are_checked(new, collection, script, said):
    made = new(collection(request("See", "GET", "http://a/x", script)))
    assert f"'see answers {said}'" in made.method("see")[1]


def test_answers_that_were_saved_tell_statuses_and_ids(new, collection):
    saved = [{"code": 404, "body": "{}"}, {"code": 201, "body": '{"data": {"id": 3}}'}]
    make = {**request("Make", "POST", "http://a/rooms"), "response": saved}
    made = new(collection(make, request("See", "GET", "http://a/rooms/:id")))
    assert "'make answers 201'" in made.method("make")[1]
    assert made.tasks["shop"][:2] == ["room_id = self.make()", "self.see(room_id)"]


def test_calls_to_other_hosts_go_there(new, collection):
    variable = [{"key": "a", "value": "http://a"}, {"key": "b", "value": "http://b:8/v1"}]
    made = new(collection("GET {{a}}/x", "GET {{b}}/y", variable=variable))
    assert "self.http.get('/x')" in made.method("get_x")[0]
    assert "self.http.get(f'{self.b}/y', name='/y')" in made.method("get_y")[0]


def test_what_is_not_carried_over_is_said(new, collection):
    early = {"listen": "prerequest", "script": {"exec": ["pm.variables.set('a', Date.now())"]}}
    item = {**_item("GET {{host}}/x"), "event": [early]}
    made = new(collection(item, auth={"type": "digest"}))
    assert made.project.api.notes == [
        "/x: its pre-request script is not carried over",
        "/x: the authorization 'digest' is not carried over",
        "{{host}} has no value in the collection: give --host",
    ]


def test_a_collection_beside_openapi_adds_what_that_lacks(new, api, collection):
    script = "pm.collectionVariables.set('room', pm.response.json().roomId);"
    made = new(
        api({"POST /rooms": {"operationId": "openRoom"}}),
        collection(
            request("Make", "POST", "http://a/rooms", script),
            request("Leave", "POST", "http://a/leave/{{room}}"),
        ),
    )
    assert made.names() == ["open_room", "leave"]
    assert made.method("open_room")[-1] == "return str(taken(response, 'roomId'))"


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (
            {"info": {"schema": "https://schema.getpostman.com/json/collection/v1.0.0/"}},
            [
                "info: a collection of format 'https://schema.getpostman.com/json/collection/v1.0.0/'"
                " is not read; export it from Postman as Collection v2.1",
                "there are no requests: `item` is a list of them;"
                " export it from Postman as Collection v2.1",
            ],
        ),
        (
            {
                "info": {"schema": SCHEMA},
                "item": [
                    3,
                    {"name": "x"},
                    {"name": "y", "request": {"method": "GET"}},
                    {"request": {"url": "http://a", "body": {"mode": "xml"}}},
                ],
            },
            [
                "item[0]: an item is a request or a folder;"
                " export it from Postman as Collection v2.1",
                "item[1]: an item has a `request`, or more of `item`;"
                " export it from Postman as Collection v2.1",
                "item[2].request: a request has a `url`; export it from Postman as Collection v2.1",
                "item[3].request.body.mode: 'xml' is no mode of a body;"
                " known are raw, file, urlencoded, formdata, graphql",
            ],
        ),
        (
            {
                "info": {"schema": SCHEMA},
                "variable": [3],
                "item": [
                    {
                        "request": {
                            "url": "http://a",
                            "method": 3,
                            "header": [3],
                            "body": "x",
                            "auth": "y",
                        }
                    },
                    {"request": {"url": "http://a", "header": "Accept\nX-A: b"}},
                    {
                        "request": {
                            "url": {"raw": "http://a", "query": [4]},
                            "body": {"mode": "formdata", "formdata": ["x"]},
                        },
                        "event": [5],
                    },
                ],
            },
            [
                "variable[0]: a mapping is expected here, not 3; write `key: ...`",
                'item[0].request.method: a text is expected here, not 3; write "GET" or the like',
                "item[0].request.header[0]: a mapping is expected here, not 3; write `key: ...`",
                "item[0].request.body: a mapping is expected here, not a text; write `key: ...`",
                "item[0].request.auth: a mapping is expected here, not a text; write `key: ...`",
                "item[1].request.header: 'Accept' is no header; write `name: value`",
                "item[2].request.url.query[0]: a mapping is expected here, not 4; write `key: ...`",
                "item[2].request.body.formdata[0]: a mapping is expected here, not a text;"
                " write `key: ...`",
                "item[2].event[0]: a mapping is expected here, not 5; write `key: ...`",
            ],
        ),
    ],
    ids=["format 1", "items", "parts of a request"],
)
def test_problems_are_said_all_at_once(problems, document, expected):
    found = [line.removeprefix("postman.json:1").lstrip(":, ") for line in problems(document)]
    assert sorted(found) == sorted(expected)
