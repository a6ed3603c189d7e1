"""Names that Python, Locust's users and the exporter can take."""

import subprocess
import sys

import pytest

from k6_export import subset
from ktb_load.scaffold import naming


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("getRoomById", "get_room_by_id"),
        ("HTTPServerURL", "http_server_url"),
        ("x-session-id", "x_session_id"),
        ("list rooms (v2)", "list_rooms_v_2"),
        ("2nd", "_2_nd"),
        ("회원가입", ""),
        ("", ""),
    ],
)
def test_any_spelling_becomes_snake_case(text, name):
    assert naming.snake(text) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [("roomId", "room_id"), ("class", "class_"), ("id", "id_"), ("2", "n2"), ("방", "value")],
)
def test_arguments_are_identifiers_that_hide_nothing(text, name):
    assert naming.argument(text) == name


@pytest.mark.parametrize(
    ("plural", "one"),
    [
        ("rooms", "room"),
        ("categories", "category"),
        ("boxes", "box"),
        ("matches", "match"),
        ("classes", "class"),
        ("status", "status"),
        ("news", "news"),
        ("address", "address"),
        ("chat", "chat"),
    ],
)
def test_one_of_many(plural, one):
    assert naming.singular(plural) == one


def test_the_first_free_candidate_is_taken_and_the_last_numbered():
    taken = set()
    assert naming.unique(["get", "list_rooms"], taken) == "list_rooms"
    assert naming.unique(["get", "list_rooms"], taken) == "list_rooms_2"
    assert naming.unique(["class"], taken) == "class_2"
    assert naming.unique(["", ""], taken) == "call_it_2"
    assert naming.unique(["_2nd"], taken) == "call_2nd_2"


def test_no_method_hides_what_users_have():
    # In a process of its own: importing Locust patches the process that imports it.
    code = (
        "from ktb_load.locust_host.user import LoadUser as user;"
        "print(*dir(user), *user.__annotations__)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    members = {name for name in done.stdout.split() if not name.startswith("_")}
    assert {"vu", "http", "wait_time"} <= members <= naming.RESERVED


def test_no_method_is_called_like_what_the_exporter_knows_by_name():
    known = subset.METHODS | subset.ASYNC_METHODS | subset.HTTP_VERBS | subset.BUILTINS
    assert [name for name in sorted(known) if naming.is_free(name)] == []
