"""Names of a project, and writing it."""

import subprocess
import sys

import pytest

from ktb_load.errors import AuthorError
from ktb_load.scaffold.project import Documents, make, write
from ktb_load.scaffold.project_names import names_for


def test_everything_is_called_after_the_project():
    names = names_for("team-chat")
    assert (names.system, names.module, names.user_module, names.socket_module) == (
        "team-chat",
        "team_chat",
        "team_chat_user",
        "team_chat_socket",
    )
    assert (names.user_class, names.visitor_class) == ("TeamChatUser", "TeamChatVisitor")
    assert names.setting("token") == "TEAM_CHAT_TOKEN"


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("1shop", "a name is letters, digits, - and _, and begins with a letter"),
        ("상점", "a name is letters, digits, - and _, and begins with a letter"),
        ("../x", "a name is letters, digits, - and _, and begins with a letter"),
        ("json", "Python has a module 'json' already, which locustfiles/json.py would hide"),
        ("locust", "Python has a module 'locust' already, which locustfiles/locust.py would hide"),
        ("class", "Python has a module 'class' already, which locustfiles/class.py would hide"),
    ],
)
def test_names_that_cannot_be(name, what):
    with pytest.raises(AuthorError) as caught:
        names_for(name)
    assert str(caught.value) == f"{name}: {what}; such as `shop` or `team-chat`"


def test_files_that_are_there_are_named_all_at_once_and_stay(new, api, tmp_path):
    project = new(api({"GET /rooms": {}})).project
    (tmp_path / "locustfiles").mkdir()
    for name in ("shop.py", "shop_user.py"):
        (tmp_path / "locustfiles" / name).write_text("mine", encoding="utf-8")
    with pytest.raises(AuthorError) as caught:
        write(project, tmp_path, force=False)
    places = [problem.place.file for problem in caught.value.problems]
    assert sorted(places) == [
        str(tmp_path / "locustfiles" / "shop.py"),
        str(tmp_path / "locustfiles" / "shop_user.py"),
    ]
    assert (tmp_path / "locustfiles" / "shop.py").read_text(encoding="utf-8") == "mine"
    assert not (tmp_path / "config").exists()
    write(project, tmp_path, force=True)
    assert (tmp_path / "config" / "shop" / "smoke.yaml").is_file()
    assert "mine" not in (tmp_path / "locustfiles" / "shop.py").read_text(encoding="utf-8")


def test_the_same_documents_always_give_the_same_text(new, api, answers):
    document = api({"POST /a": {"responses": answers({"id": "string"})}, "GET /a/{id}": {}})
    assert new(document).project.files == new(document).project.files


def test_what_is_wrong_with_several_documents_is_said_at_once(tmp_path):
    (tmp_path / "a.json").write_text("{}", encoding="utf-8")
    documents = Documents(openapi=str(tmp_path / "a.json"), postman=str(tmp_path / "none.json"))
    with pytest.raises(AuthorError) as caught:
        make("shop", documents)
    found = [str(problem).rpartition("/")[2] for problem in caught.value.problems]
    assert found == [
        "a.json:1: there are no `paths`; describe at least one call in `paths:`",
        "a.json:1: there is no `openapi` key; begin with `openapi: 3.1.0`",
        "none.json: the Postman collection cannot be read: No such file or directory",
    ]


def test_making_a_project_loads_neither_locust_nor_gevent_of_ours():
    code = "import ktb_load.scaffold.command, sys; sys.exit('locust' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_folder_that_cannot_be_written_is_a_problem(new, api, tmp_path):
    project = new(api({"GET /rooms": {}})).project
    file = tmp_path / "file"
    file.write_text("", encoding="utf-8")
    for force in (False, True):
        with pytest.raises(AuthorError) as caught:
            write(project, file, force=force)
        assert str(caught.value) == (
            f"{file}/locustfiles: it cannot be written: Not a directory;"
            " give another folder with --into"
        )
