"""Which answer feeds which call, and what comes first."""

import pytest


@pytest.fixture
def tasks(new, api):
    """``tasks(calls)``: task -> its lines, the pause at the end left out."""

    def build(calls, **more):
        made = new(api(calls, **more))
        found = made.file("locustfiles/shop.py")
        for name, lines in made.tasks.items():
            assert lines[-1] == "think(1, 3)", name
        left_out = [line.strip() for line in found.splitlines() if "come from?" in line]
        return {name: lines[:-1] for name, lines in made.tasks.items()} | {"": left_out}

    return build


def test_things_are_made_looked_at_changed_left_and_deleted(tasks, answers):
    calls = {
        "DELETE /rooms/{roomId}": {},
        "POST /rooms/{roomId}/leave": {},
        "PUT /rooms/{roomId}": {},
        "GET /rooms/{roomId}": {},
        "GET /rooms": {},
        "POST /rooms/{roomId}/join": {},
        "POST /rooms": {"responses": answers({"_id": "string"})},
    }
    assert tasks(calls)["rooms"] == [
        "room_id = self.create_room()",
        "self.room_join(room_id)",
        "self.get_room(room_id)",
        "self.list_rooms()",
        "self.update_room(room_id)",
        "self.room_leave(room_id)",
        "self.delete_room(room_id)",
    ]


def test_what_is_below_is_made_after_and_deleted_before_what_is_above(tasks, answers):
    calls = {
        "DELETE /rooms/{roomId}": {},
        "DELETE /rooms/{roomId}/messages/{id}": {},
        "POST /rooms/{roomId}/messages": {"responses": answers({"data": {"id": "integer"}})},
        "POST /rooms": {"responses": answers({"roomId": "string"})},
    }
    assert tasks(calls)["rooms"] == [
        "room_id = self.create_room()",
        "message_id = self.create_room_message(room_id)",
        "self.delete_room_message(room_id, message_id)",
        "self.delete_room(room_id)",
    ]


def test_a_task_makes_what_it_needs_of_other_groups(tasks, answers):
    calls = {
        "POST /rooms": {"tags": ["Rooms"], "responses": answers({"id": "integer"})},
        "GET /rooms/{id}/files": {"tags": ["Files"]},
    }
    found = tasks(calls)
    assert found["rooms"] == ["self.create_room()"]
    assert found["files"] == ["room_id = self.create_room()", "self.list_room_files(room_id)"]


ANSWERS = {
    "its own name": ({"roomId": "string", "id": "string"}, "roomId"),
    "an id": ({"id": "string", "owner": {"id": "string"}}, "id"),
    "an id with an underscore": ({"_id": "string"}, "_id"),
    "in a wrapper": ({"success": "boolean", "data": {"id": "string"}}, "data.id"),
    "in the thing": ({"room": {"uuid": "string"}}, "room.uuid"),
    "in both": ({"result": {"room": {"id": "string"}}}, "result.room.id"),
    "a slug": ({"room": {"slug": "string"}}, "room.slug"),
}


@pytest.mark.parametrize("case", ANSWERS)
def test_an_id_is_found_in_the_answer(new, api, answers, case):
    shape, path = ANSWERS[case]
    calls = {"POST /rooms": {"responses": answers(shape)}, "GET /rooms/{roomId}": {}}
    assert new(api(calls)).method("create_room")[-1] == f"return str(taken(response, '{path}'))"


def test_an_id_of_something_else_is_not_taken(tasks, answers):
    calls = {
        "POST /rooms": {"responses": answers({"owner": {"id": "string"}})},
        "GET /rooms/{roomId}": {},
    }
    found = tasks(calls)
    assert found["rooms"] == ["self.create_room()"]
    assert found[""] == ["# self.get_room(room_id): where does room_id come from?"]


def test_whole_numbers_stay_whole_numbers(new, api, answers, sends):
    calls = {
        "POST /rooms": {"responses": answers({"id": "integer"})},
        "POST /messages": {"requestBody": sends({"roomId": "integer", "text": "string"})},
    }
    made = new(api(calls))
    assert made.method("create_room")[-1] == "return int(taken(response, 'id'))"
    assert made.head("create_message") == "self, room_id: int, body: Any=None"
    assert made.method("create_message")[1] == "    body = {'roomId': room_id, 'text': 'hello'}"
    assert made.tasks["messages"][:2] == [
        "room_id = self.create_room()",
        "self.create_message(room_id)",
    ]


def test_ids_deep_in_a_body_are_fed_too(new, api, answers, sends):
    calls = {
        "POST /products": {"responses": answers({"id": "integer"})},
        "POST /orders": {"requestBody": sends({"lines": [{"productId": "integer"}]})},
    }
    assert new(api(calls)).method("create_order")[1] == (
        "    body = {'lines': [{'productId': product_id}]}"
    )


def test_where_nothing_is_made_the_first_of_the_list_will_do(new, api, answers):
    calls = {
        "GET /shops": {"responses": answers({"content": [{"id": "integer"}]}, "200")},
        "GET /shops/{id}": {},
    }
    made = new(api(calls))
    assert made.tasks["shops"][:2] == ["shop_id = self.list_shops()", "self.get_shop(shop_id)"]
    assert made.method("list_shops")[-1] == "return int(taken(response, 'content.0.id'))"


def test_what_is_changed_is_what_was_made_before(new, api, answers, sends):
    calls = {
        "PUT /pet": {
            "requestBody": sends({"id": "integer", "tag": "string"}),
            "responses": answers({"id": "integer"}, "200"),
        },
        "POST /pet": {"responses": answers({"id": "integer"}, "200")},
    }
    made = new(api(calls))
    assert made.tasks["pet_calls"][:2] == ["pet_id = self.pet()", "self.update_pet(pet_id)"]
    assert made.method("update_pet")[1] == "    body = {'id': pet_id, 'tag': 'tag'}"


def test_a_call_may_answer_several_values(new, api, answers):
    file = {"file": {"_id": "string", "filename": "string"}}
    calls = {
        "POST /files/upload": {"responses": answers(file, "200")},
        "GET /files/view/{filename}": {},
        "DELETE /files/{id}": {},
    }
    made = new(api(calls))
    assert made.tasks["files"][:3] == [
        "filename, file_id = self.files_upload()",
        "self.files_view(filename)",
        "self.delete_file(file_id)",
    ]
    assert made.method("files_upload")[-1] == (
        "return (str(taken(response, 'file.filename')), str(taken(response, 'file._id')))"
    )


def test_two_things_of_one_name_are_told_apart(tasks, answers):
    calls = {
        "POST /a/rooms": {"tags": ["x"], "responses": answers({"id": "string"})},
        "POST /b/rooms": {"tags": ["x"], "responses": answers({"id": "string"})},
        "GET /a/rooms/{id}": {"tags": ["x"]},
        "GET /b/rooms/{id}": {"tags": ["x"]},
    }
    assert tasks(calls)["x"] == [
        "room_id = self.create_a_room()",
        "room_id_2 = self.create_b_room()",
        "self.get_a_room(room_id)",
        "self.get_b_room(room_id_2)",
    ]


def test_calls_that_need_each_other_are_left_to_people(tasks, answers):
    calls = {
        "POST /a/{bId}": {"responses": answers({"aId": "string"})},
        "POST /b/{aId}": {"responses": answers({"bId": "string"})},
    }
    assert set(tasks(calls)[""]) == {
        "# self.a(b_id): where does b_id come from?",
        "# self.b(a_id): where does a_id come from?",
    }


def test_the_own_account_is_known_from_signing_in(new, api, answers, sends):
    body = sends({"email": "string", "password": "string"})
    calls = {
        "POST /users": {"requestBody": body, "responses": answers({"id": "integer"})},
        "POST /login": {"requestBody": body, "responses": answers({"token": "string"}, "200")},
        "GET /users/{userId}": {},
        "DELETE /users/{userId}": {},
        "POST /posts": {"requestBody": sends({"authorId": "integer"})},
    }
    made = new(api(calls))
    assert made.method("create_user")[-2] == "self.user_id = int(taken(response, 'id'))"
    assert "f'/users/{self.user_id}'" in made.method("get_user")[0]
    assert made.method("create_post")[1] == "    body = {'authorId': self.user_id}"
    assert made.tasks["users"] == [
        "self.get_user()",
        "self.delete_user()",
        "self.sign_in()",
        "think(1, 3)",
    ]


def test_who_logs_out_logs_in_again(new, api, answers, sends):
    body = sends({"email": "string", "password": "string"})
    calls = {
        "POST /auth/logout": {},
        "POST /auth/signup": {"requestBody": body},
        "POST /auth/login": {"requestBody": body, "responses": answers({"token": "string"}, "200")},
        "GET /auth/me": {},
    }
    assert new(api(calls)).tasks["auth"] == [
        "self.get_auth_me()",
        "self.auth_logout()",
        "self.auth_login()",
        "think(1, 3)",
    ]


def test_where_there_is_nothing_but_signing_in_people_do_that(new, api, answers, sends):
    login = {
        "requestBody": sends({"email": "string", "password": "string"}),
        "responses": answers({"token": "string"}, "200"),
    }
    assert new(api({"POST /login": login})).tasks == {
        "sign_in_again": ["self.login()", "think(1, 3)"]
    }


def test_a_document_without_any_call_is_refused(problems):
    document = {"openapi": "3.0.0", "paths": {"/x": {}}}
    assert problems(document) == ["openapi.json: it describes nothing that can be called or sent"]


def test_names_of_what_is_made_differ(new, api, sends):
    made = new(api({"POST /rooms": {"requestBody": sends({"name": "string", "memo": "string"})}}))
    assert made.method("create_room")[1] == (
        "    body = {'name': f'room {self.vu.random.text(6)}', 'memo': 'memo'}"
    )


@pytest.mark.parametrize(
    ("tag", "task"),
    [
        ("채팅방 (Rooms)", "rooms"),
        ("room-controller", "room"),
        ("채팅방", "chat"),
        ("", "chat"),
        ("data", "data_calls"),
    ],
)
def test_tasks_are_named_after_tags_else_after_paths(new, api, tag, task):
    operation = {"tags": [tag]} if tag else {}
    assert list(new(api({"GET /api/v1/chat/rooms": operation})).tasks) == [task]


def test_every_task_has_a_scenario_in_the_smoke_plan(new, api):
    made = new(api({"GET /rooms": {}, "GET /users": {}}))
    smoke = made.file("config/shop/smoke.yaml")
    for task in made.tasks:
        assert f"{task}: {{ executor: per-vu-iterations, " in smoke
