"""OpenAPI documents: the request that each construct becomes, and what is wrong with others."""

import pytest


def test_the_base_path_of_the_server_stands_before_every_path(new, api):
    variables = {"env": {"default": "dev"}, "v": {"default": "v2"}}
    servers = [{"url": "https://{env}.shop.test:8443/{v}/", "variables": variables}]
    made = new(api({"GET /rooms": {}}, servers=servers))
    assert 'host = "https://dev.shop.test:8443"' in made.user
    assert made.method("list_rooms")[0] == "response = self.http.get('/v2/rooms')"


def test_a_server_that_is_only_a_path_leaves_the_host_open(new, api):
    made = new(api({"GET /rooms": {}}, servers=[{"url": "/api"}]))
    assert 'host = "http://localhost:8080"' in made.user
    assert "'/api/rooms'" in made.method("list_rooms")[0]


def test_path_parameters_are_arguments_and_one_name_groups_their_urls(new, api):
    parameters = [{"name": "page", "in": "path", "required": True, "schema": {"type": "integer"}}]
    made = new(api({"GET /rooms/{id}/pages/{page}": {"parameters": parameters}}))
    assert made.head("get_room_page") == "self, room_id: str, page: int"
    assert made.method("get_room_page")[0] == (
        "response = self.http.get(f'/rooms/{room_id}/pages/{page}', name='/rooms/:id/pages/:page')"
    )


def test_path_values_that_the_document_gives_are_defaults_and_are_quoted(new, api):
    schema = {"type": "string", "enum": ["한국 원"]}
    parameters = [{"name": "currency", "in": "path", "required": True, "schema": schema}]
    made = new(api({"GET /rates/{currency}": {"parameters": parameters}}))
    assert made.head("get_rate") == "self, currency: str='한국 원'"
    assert "f'/rates/{quote(currency)}'" in made.method("get_rate")[0]
    assert made.tasks["rates"] == ["self.get_rate()", "think(1, 3)"]


def test_query_parameters_without_a_default_are_left_out_unless_given(new, api):
    parameters = [
        {"name": "page", "in": "query", "schema": {"type": "integer", "default": 0}},
        {"name": "search", "in": "query", "schema": {"type": "string", "example": "x"}},
        {"name": "from", "in": "query", "required": True, "schema": {"format": "date"}},
        {"name": "sort", "in": "query", "schema": {"type": "array", "items": {"type": "string"}}},
    ]
    made = new(api({"GET /rooms": {"parameters": parameters}}))
    assert made.head("list_rooms") == (
        "self, *, page: int=0, search: str | None=None, from_: str='2025-01-31',"
        " sort: str | None=None"
    )
    assert made.method("list_rooms")[:3] == [
        "query = {'page': page, 'search': search, 'from': from_, 'sort': sort}",
        "query = {name: value for name, value in query.items() if value is not None}",
        "response = self.http.get(f'/rooms?{urlencode(query)}', name='/rooms')",
    ]


def test_objects_in_a_query_are_parameters_each(new, api):
    schema = {"type": "object", "properties": {"page": {"type": "integer", "default": 0}}}
    spread = {"name": "pageable", "in": "query", "schema": schema}
    deep = {"name": "filter", "in": "query", "style": "deepObject", "schema": schema}
    made = new(api({"GET /rooms": {"parameters": [spread, deep]}}))
    assert made.method("list_rooms")[0] == "query = {'page': page, 'filter[page]': filter_page}"


def test_headers_and_cookies(new, api):
    parameters = [
        {"name": "X-Trace", "in": "header", "required": True, "schema": {"format": "uuid"}},
        {"name": "X-Retries", "in": "header", "schema": {"type": "integer", "default": 2}},
        {"name": "X-Seldom", "in": "header", "schema": {"type": "string"}},
        {"name": "theme", "in": "cookie", "schema": {"type": "string", "default": "dark"}},
        {"name": "Authorization", "in": "header", "required": True, "schema": {"type": "string"}},
    ]
    made = new(api({"GET /rooms": {"parameters": parameters}}))
    assert made.head("list_rooms") == "self, *, x_retries: int=2, theme: str='dark'"
    assert made.method("list_rooms")[0] == (
        "response = self.http.get('/rooms', headers={'X-Trace': self.vu.random.uuid4(),"
        " 'X-Retries': str(x_retries), 'Cookie': f'theme={theme}'})"
    )


def test_parameters_of_the_path_hold_for_its_operations_which_may_change_them(new, api):
    document = api({"GET /rooms": {"parameters": [_query("size", 20)]}, "HEAD /rooms": {}})
    document["paths"]["/rooms"]["parameters"] = [_query("size", 10), _query("page", 0)]
    made = new(document)
    assert made.head("list_rooms") == "self, *, size: int=20, page: int=0"
    assert made.head("head_rooms") == "self, *, size: int=10, page: int=0"


def _query(name, default):
    return {"name": name, "in": "query", "schema": {"type": "integer", "default": default}}


BODIES = {
    "json": (
        {"application/json": {"schema": {"properties": {"a": {"type": "integer"}}}}},
        ["if body is None:", "    body = {'a': 1}", "response = self.http.put('/x', json=body)"],
    ),
    "json by any other name": (
        {"application/vnd.api+json": {"schema": {"type": "integer"}}},
        [
            "if body is None:",
            "    body = 1",
            "response = self.http.put('/x', json=body,"
            " headers={'Content-Type': 'application/vnd.api+json'})",
        ],
    ),
    "an example beside the schema": (
        {"application/json": {"example": '{"a": [true]}', "schema": {"type": "object"}}},
        ["if body is None:", "    body = {'a': [True]}"],
    ),
    "examples beside the schema": (
        {"application/json": {"examples": {"one": {"value": {"a": None}}}}},
        ["if body is None:", "    body = {'a': None}"],
    ),
    "a form": (
        {
            "application/x-www-form-urlencoded": {
                "schema": {"properties": {"a": {"type": "integer"}, "b": {"type": "boolean"}}}
            }
        },
        [
            "if body is None:",
            "    body = {'a': '1', 'b': 'true'}",
            "response = self.http.put('/x', body=body)",
        ],
    ),
    "files": (
        {
            "multipart/form-data": {
                "schema": {
                    "properties": {
                        "photo": {"type": "string", "format": "binary"},
                        "notes": {"type": "string", "contentMediaType": "text/plain"},
                        "many": {"type": "array", "items": {"type": "string", "format": "binary"}},
                        "caption": {"type": "string"},
                        "details": {"type": "object", "properties": {"a": {"type": "integer"}}},
                    }
                }
            }
        },
        [
            "response = self.http.put('/x', body={'caption': 'caption'}, files={"
            "'photo': ('picture.png', PICTURE, 'image/png'),"
            " 'notes': ('file.txt', b'hello', 'text/plain'),"
            " 'many': ('picture.png', PICTURE, 'image/png'),"
            " 'details': ('details.json', dumps({'a': 1}).encode(), 'application/json')})"
        ],
    ),
    "a file in JSON is meant to be a form": (
        {"application/json": {"schema": {"properties": {"file": {"format": "binary"}}}}},
        ["response = self.http.put('/x', files={'file': ('picture.png', PICTURE, 'image/png')})"],
    ),
    "text": (
        {"text/plain": {"example": "hi"}},
        [
            "if body is None:",
            "    body = 'hi'",
            "response = self.http.put('/x', body=body, headers={'Content-Type': 'text/plain'})",
        ],
    ),
    "bytes": (
        {"application/octet-stream": {}},
        [
            "if body is None:",
            "    body = PICTURE",
            "response = self.http.put('/x', body=body,"
            " headers={'Content-Type': 'application/octet-stream'})",
        ],
    ),
    "JSON is preferred": (
        {"application/xml": {}, "application/json": {"schema": {"type": "boolean"}}},
        ["if body is None:", "    body = True", "response = self.http.put('/x', json=body)"],
    ),
}


@pytest.mark.parametrize("content", BODIES)
def test_bodies(new, api, content):
    offered, expected = BODIES[content]
    made = new(api({"PUT /x": {"requestBody": {"content": offered}}}))
    (name,) = [name for name in made.names() if name.endswith("update_x")]
    assert made.method(name)[: len(expected)] == expected


@pytest.mark.parametrize(
    ("responses", "check"),
    [
        ({"201": {}}, "{'get_x answers 201': response.status == 201}"),
        ({"200": {}, "204": {}}, "{'get_x answers 200 or 204': response.status in (200, 204)}"),
        ({"2XX": {}, "404": {}}, "{'get_x answers 2xx': 200 <= response.status < 300}"),
        ({"default": {}}, "{'get_x answers 2xx': 200 <= response.status < 300}"),
        ({"302": {}}, "{'get_x answers 302': response.status == 302}"),
    ],
)
def test_the_documented_success_is_checked(new, api, responses, check):
    made = new(api({"GET /x": {"responses": responses}}))
    lines = made.method("get_x")
    assert lines[1] == f"check(response, {check})"
    assert ("redirects=0" in lines[0]) == ("302" in responses)


@pytest.mark.parametrize(
    ("call", "operation_id", "name"),
    [
        ("GET /rooms", "getAllRooms", "get_all_rooms"),
        ("GET /rooms/{id}", "RoomController_findOne", "get_room"),
        ("GET /rooms/{id}", "read_room_rooms__id__get", "read_room"),
        ("POST /api/v1/rooms", "", "create_room"),
        ("GET /api/v1/rooms", "", "list_rooms"),
        ("PATCH /api/v1/rooms/{id}", "", "update_room"),
        ("DELETE /rooms/{id}", "방_삭제", "delete_room"),
        ("POST /rooms/{id}/join", "", "room_join"),
        ("GET /files/download/{name}", "", "files_download"),
        ("GET /", "", "get_root"),
        ("OPTIONS /rooms", "", "options_rooms"),
        ("GET /x", "class", "get_x"),
        ("GET /x", "data", "get_x"),
        ("GET /x", "1st", "get_x"),
    ],
)
def test_methods_are_named_after_what_they_do(new, api, call, operation_id, name):
    made = new(api({call: {"operationId": operation_id} if operation_id else {}}))
    assert [one for one in made.names() if one != "on_start"] == [name] or name in made.names()


def test_the_check_of_a_long_name_fits_on_its_line(new, api):
    name = "findEveryRoomThatSomebodyHasEverBeenInvited"
    made = new(api({"GET /x": {"operationId": name, "responses": {"200": {}, "204": {}}}}))
    assert made.method("find_every_room_that_somebody_has_ever_been_invited")[1:3] == [
        "as_documented = response.status in (200, 204)",
        "check(response, {'find_every_room_that_somebody_has_ever_been_invited answers 200 or 204':"
        " as_documented})",
    ]


def test_names_that_stand_twice_are_told_apart_by_their_paths(new, api):
    calls = {f"GET /{one}s": {"operationId": "list"} for one in ("room", "user")}
    made = new(api({**calls, "GET /x/rooms": {"operationId": "list_rooms"}}))
    assert made.names() == ["list_rooms", "list_users", "list_x_rooms"]


def test_korean_stays_in_docstrings(new, api):
    operation = {"summary": "채팅방 생성", "description": "새 방을 만듭니다.\n\n둘째 문단"}
    made = new(api({"POST /rooms": operation}))
    assert '"""채팅방 생성\n\n        새 방을 만듭니다.\n\n        ``POST /rooms``\n' in made.user


def test_references_lead_through_the_document_and_to_files_beside_it(new, api, tmp_path):
    beside = {"made": {"post": {"operationId": "make", "requestBody": {"$ref": "#/body"}}}}
    beside["body"] = {"content": {"application/json": {"schema": {"$ref": "deep/s.json#/a~1b"}}}}
    (tmp_path / "deep").mkdir()
    (tmp_path / "beside.yaml").write_text(str(beside), encoding="utf-8")
    (tmp_path / "deep" / "s.json").write_text('{"a/b": {"type": "integer"}}', encoding="utf-8")
    document = api({"GET /x": {}})
    document["paths"]["/made"] = {"$ref": "beside.yaml#/made"}
    assert new(document).method("make")[1] == "    body = 1"


PROBLEMS = {
    "Swagger 2": (
        {"swagger": "2.0", "openapi": "", "paths": {"/a": {}}},
        ["swagger: Swagger 2.0 is not read; convert it: npx swagger2openapi FILE -o openapi.json"],
    ),
    "another version": (
        {"openapi": "4.0.0", "paths": {"/a": {}}},
        ["openapi: OpenAPI 4.0.0 is not read; 3.0 and 3.1 are"],
    ),
    "no paths": (
        {"openapi": "3.0.0"},
        ["openapi.json:1: there are no `paths`; describe at least one call in `paths:`"],
    ),
    "everything at once": (
        {
            "openapi": "3.0.0",
            "paths": {
                "rooms": {},
                "/a": {"gett": {}, "get": []},
                "/b": {"get": {"parameters": [{"name": "x", "in": "qery"}, {"in": "query"}, 3]}},
                "/c": {"post": {"requestBody": {"contnt": {}}, "responses": {"2000": {}}}},
                "/d": {"get": {"responses": []}},
                "/e": 3,
            },
            "components": {"securitySchemes": {"key": {"type": "apiKey"}, "x": {"type": "htp"}}},
        },
        [
            "/a.get: an operation is a mapping; write `responses:` below it",
            "/a.gett: 'gett' is no method; did you mean `get`?",
            "/b.get.parameters[0].in: parameter 'x' is in 'qery'; did you mean `in: query`?",
            "/b.get.parameters[1]: a parameter has no `name`; write `name: ...`",
            "/b.get.parameters[2]: a parameter is a mapping; write `name:` and `in:`",
            "/c.post.requestBody: a requestBody has `content`; write `content:"
            " {application/json: ...}`",
            '/c.post.responses.2000: \'2000\' is no status; write "200", "2XX" or "default"',
            "/d.get.responses: a mapping is expected here, not a list; write `key: ...`",
            "/e: a path has a mapping of methods; write `get: ...` below it",
            "components.securitySchemes.key: an apiKey has a `name`, and `in: header`, `query` or"
            " `cookie`",
            "components.securitySchemes.x.type: 'htp' is no type of a security scheme;"
            " write `type: http`",
            "rooms: a path begins with a slash; write '/rooms'",
        ],
    ),
    "what is no mapping or no list": (
        {
            "openapi": "3.0.0",
            "info": [],
            "components": [],
            "servers": "x",
            "paths": {
                "/a": {"get": {"responses": {"200": 3, "404": []}}},
                "/b": {"get": {"responses": {"200": {"content": {"application/json": []}}}}},
                "/c": {"post": {"requestBody": {"content": {"application/json": "x"}}}},
            },
        },
        [
            "info: a mapping is expected here, not a list; write `key: ...`",
            "components: a mapping is expected here, not a list; write `key: ...`",
            "servers: a list is expected here, not a text; write `- ...`",
            "/a.get.responses.200: a response is a mapping; write `description:` below it",
            "/a.get.responses.404: a response is a mapping; write `description:` below it",
            "/b.get.responses.200.content.application/json: a mapping is expected here, not a list;"
            " write `key: ...`",
            "/c.post.requestBody.content.application/json: a mapping is expected here, not a text;"
            " write `key: ...`",
        ],
    ),
    "a server that is none": (
        {"openapi": "3.0.0", "servers": [{"url": "/"}, 3], "paths": {"/a": {"get": {}}}},
        ["servers[1]: a mapping is expected here, not 3; write `key: ...`"],
    ),
    "references that name nothing": (
        {
            "openapi": "3.0.0",
            "paths": {"/a": {"$ref": 3}, "/b": {"$ref": ""}, "/c": {"$ref": {"a": 1}}},
            "components": {"schemas": {"A": {"properties": {"properties": {"$ref": None}}}}},
        },
        [
            "/a.$ref: $ref 3 names nothing; write `#/key` or `file.yaml#/key`",
            "/b.$ref: $ref '' names nothing; write `#/key` or `file.yaml#/key`",
            "/c.$ref: $ref a mapping names nothing; write `#/key` or `file.yaml#/key`",
            "components.schemas.A.properties.properties.$ref: $ref None names nothing;"
            " write `#/key` or `file.yaml#/key`",
        ],
    ),
    "references": (
        {
            "openapi": "3.0.0",
            "paths": {
                "/a": {"$ref": "#/components/pathItems/Rom"},
                "/b": {"$ref": "https://elsewhere.test/api.yaml#/b"},
                "/c": {"$ref": "missing.yaml#/c"},
                "/d": {"get": {"parameters": [{"$ref": "#/components/parameters/loop"}]}},
            },
            "components": {
                "pathItems": {"Room": {}},
                "parameters": {"loop": {"$ref": "#/components/parameters/loop"}},
            },
        },
        [
            "missing.yaml: the file of a $ref cannot be read: No such file or directory",
            "/a: $ref '#/components/pathItems/Rom' leads nowhere: there is no 'Rom';"
            " did you mean 'Room'?",
            "/b: $ref 'https://elsewhere.test/api.yaml#/b' is on another machine, and nothing is"
            " fetched from there; save it beside this document and name the file",
            "/d.get.parameters[0]: the $ref leads back to itself; let one of them hold a value",
        ],
    ),
}


@pytest.mark.parametrize("case", PROBLEMS)
def test_problems_are_said_all_at_once(problems, case):
    document, expected = PROBLEMS[case]
    found = [line.removeprefix("openapi.json:1, ") for line in problems(document)]
    assert sorted(line.removeprefix("paths.") for line in found) == sorted(expected)


def _ref(name):
    return {"$ref": f"#/components/schemas/{name}"}


def _sending(api, **schemas):
    """A document that sends the first of these schemas."""
    content = {"application/json": {"schema": _ref(next(iter(schemas)))}}
    calls = {"POST /x": {"operationId": "send", "requestBody": {"content": content}}}
    return api(calls, components={"schemas": schemas})


def _holding(name, one, **more):
    return {"type": "object", "required": [name], "properties": {name: one}, **more}


NO_SCHEMAS = {
    "a type that is near one": (
        {"A": {"type": "strng"}},
        ["A.type: 'strng' is no type of a schema; did you mean `string`?"],
    ),
    "types that are none": (
        {"A": {"type": [3, "null", {}]}},
        [
            "A.type: 3 is no type of a schema; known are array, boolean, integer, null, number,"
            " object, string",
            "A.type: a mapping is no type of a schema; known are array, boolean, integer, null,"
            " number, object, string",
        ],
    ),
    "a part with a type that is none": (
        {"A": {"type": "object", "allOf": [{"type": "objekt"}]}},
        ["A.allOf[0].type: 'objekt' is no type of a schema; did you mean `object`?"],
    ),
    "required and enum": (
        {"A": {"type": "object", "required": "x", "enum": "abc"}},
        [
            "A.required: a list is expected here, not a text; write `- ...`",
            "A.enum: a list is expected here, not a text; write `- ...`",
        ],
    ),
    "a part of itself": (
        {"A": {"allOf": [_ref("A")]}},
        ["A.allOf: the schema is a part of itself; leave it out of its `allOf`"],
    ),
    "a part of its part": (
        {"A": {"allOf": [_ref("B")]}, "B": {"allOf": [{"type": "object"}, _ref("A")]}},
        ["B.allOf: the schema is a part of itself; leave it out of its `allOf`"],
    ),
    "one that requires itself": (
        {"A": _holding("a", _ref("A"))},
        [
            "A: it requires itself, by way of 'a'; take 'a' out of `required`, or let it be null",
        ],
    ),
    "two that require each other, one of them as a part": (
        {"A": _holding("b", _ref("B")), "B": _holding("a", {"allOf": [_ref("A")]})},
        [
            "B.properties.a: it requires itself, by way of 'a';"
            " take 'a' out of `required`, or let it be null",
        ],
    ),
}


@pytest.mark.parametrize("case", NO_SCHEMAS)
def test_schemas_that_cannot_be_met(problems, api, case):
    schemas, expected = NO_SCHEMAS[case]
    start = "openapi.json:1, components.schemas."
    found = [line.removeprefix(start) for line in problems(_sending(api, **schemas))]
    assert sorted(found) == sorted(expected)


SCHEMAS = {
    "a property called $ref": (
        {"A": _holding("$ref", {"type": "string", "example": "x"})},
        "{'$ref': 'x'}",
    ),
    "an example that has a $ref": (
        {"A": {"type": "object", "example": {"$ref": "", "b": {"$ref": 3}}}},
        "{'$ref': '', 'b': {'$ref': 3}}",
    ),
    "a choice whose choices have it as a part": (
        {
            "A": {"oneOf": [_ref("B"), _ref("C")], **_holding("a", {"type": "integer"})},
            "B": {"allOf": [_ref("A"), _holding("b", {"type": "integer"})]},
            "C": {"allOf": [_ref("A")]},
        },
        "{'a': 1, 'b': 1}",
    ),
    "one part twice": (
        {
            "A": {"allOf": [_ref("B"), _ref("C")]},
            "B": {"allOf": [_ref("D")]},
            "C": {"allOf": [_ref("D")]},
            "D": _holding("d", {"type": "integer"}),
        },
        "{'d': 1}",
    ),
    "itself, or null": (
        {"A": _holding("a", {**_ref("A"), "nullable": True})},
        "{'a': None}",
    ),
    "itself, or null of 3.1": (
        {"A": _holding("a", _ref("A"), type=["object", "null"])},
        "{'a': None}",
    ),
    "a circle that a choice leaves": (
        {
            "A": _holding("b", _ref("B")),
            "B": {"oneOf": [_holding("a", _ref("A")), {"type": "integer"}]},
        },
        "{'b': {'a': None}}",
    ),
    "itself, where nobody requires it": (
        {
            "A": {
                "type": "object",
                "properties": {"a": _ref("A"), "b": {"type": "integer", "example": 2}},
            }
        },
        "{'b': 2}",
    ),
}


@pytest.mark.parametrize("case", SCHEMAS)
def test_schemas_that_are_unusual_and_right(new, api, case):
    schemas, expected = SCHEMAS[case]
    assert f"    body = {expected}" in new(_sending(api, **schemas)).method("send")


def test_a_schema_may_require_what_is_a_part_of_it(new, api):
    schemas = {
        "Cat": {"allOf": [_ref("Animal"), _holding("mother", _ref("Animal"))]},
        "Animal": _holding("legs", {"type": "integer"}),
    }
    assert new(_sending(api, **schemas)).method("send")
