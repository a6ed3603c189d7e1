from pathlib import Path

import pytest

from ktb_load.errors import AuthorError
from ktb_load.plan.locate import choose

PLANS = {"one": ("smoke", "light"), "two": ("smoke", "heavy")}
BOTH = ["one", "two"]


@pytest.fixture(autouse=True)
def config(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for system, names in PLANS.items():
        folder = tmp_path / "config" / system
        folder.mkdir(parents=True)
        for name in names:
            (folder / f"{name}.yaml").write_text("", "utf-8")
    (tmp_path / "mine.yaml").write_text("", "utf-8")


def chosen(text, systems=BOTH):
    cwd = Path.cwd()
    shown = choose(text, systems, Path("locustfiles"))
    return [
        (one.system, str(one.path.relative_to(cwd) if one.path.is_absolute() else one.path))
        for one in shown
    ]


@pytest.mark.parametrize(
    ("text", "systems", "expected"),
    [
        pytest.param("smoke", ["one"], [("", "config/one/smoke.yaml")], id="a name"),
        pytest.param("mine.yaml", BOTH, [("", "mine.yaml")], id="a file is for everybody"),
        pytest.param(
            "smoke",
            BOTH,
            [("one", "config/one/smoke.yaml"), ("two", "config/two/smoke.yaml")],
            id="a name is each system's own plan",
        ),
        pytest.param("two/heavy", BOTH, [("two", "config/two/heavy.yaml")], id="one system"),
        pytest.param("one/light", ["one"], [("one", "config/one/light.yaml")], id="the only one"),
        pytest.param(
            "one/light, two/heavy",
            BOTH,
            [("one", "config/one/light.yaml"), ("two", "config/two/heavy.yaml")],
            id="one plan for each",
        ),
    ],
)
def test_what_a_plan_option_means(text, systems, expected):
    assert chosen(text, systems) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("light", "light: two has no such plan; write --plan one/light"),
        ("smok", "smok: there is no such plan; did you mean `smoke`?"),
        ("one/heavy", "heavy: there is no such plan; plans here: light, smoke"),
        ("three/smoke", "three/smoke: there is no such plan; did you mean `smoke`?"),
        ("one/smoke,one/light", "--plan one/smoke,one/light: two plans for one; keep one of them"),
        ("smoke,two/heavy", "--plan smoke,two/heavy: two plans for two; keep one of them"),
    ],
)
def test_a_plan_that_cannot_be_meant_is_refused(text, expected):
    with pytest.raises(AuthorError) as refused:
        chosen(text)
    assert str(refused.value) == expected
