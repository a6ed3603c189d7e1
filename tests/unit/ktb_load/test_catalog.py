import pytest

from ktb_load import catalog
from ktb_load.errors import AuthorError

IMPORTS = "from ktb_load.systems.nest_chat import NestChatUser\n"
NAMES = "class Mine(LoadUser):\n    system = 'my-chat'\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "locustfiles").mkdir()
    return tmp_path / "locustfiles"


def test_a_locustfile_is_of_the_system_whose_user_class_it_imports_or_that_it_names(folder):
    (folder / "people.py").write_text(IMPORTS, "utf-8")
    (folder / "mine.py").write_text(NAMES, "utf-8")
    (folder / "other.py").write_text("x = 1\n", "utf-8")
    (folder / "broken.py").write_text("def (:\n", "utf-8")
    assert catalog.locustfiles() == {
        "my-chat": "locustfiles/mine.py",
        "nest-chat": "locustfiles/people.py",
    }


def test_of_several_the_one_that_is_called_like_its_system_counts(folder):
    for name in ("a_trial", "nest_chat", "z"):
        (folder / f"{name}.py").write_text(IMPORTS, "utf-8")
    assert catalog.locustfile_of("nest-chat") == "locustfiles/nest_chat.py"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (IMPORTS, "did you mean `nest-chat`?"),
        (NAMES, "known are: my-chat"),
        ("", "give one with -f"),
    ],
)
def test_a_system_that_is_not_here_is_refused_with_what_is(folder, text, expected):
    (folder / "one.py").write_text(text, "utf-8")
    with pytest.raises(
        AuthorError, match=r"no locustfile here is for the system 'nest-chatt'"
    ) as e:
        catalog.locustfile_of("nest-chatt")
    assert expected in str(e.value)
