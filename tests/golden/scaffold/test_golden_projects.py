"""What `ktb-load new` writes, word by word; and whether checkers and exporter accept it.

After a change that is meant: UPDATE_GOLDEN=1 pytest tests/golden/scaffold
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from k6_export.export import export
from ktb_load.scaffold.project import Documents, make, write

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
PROJECTS = HERE / "projects"
DOCUMENTS = ROOT / "tests" / "documents"

CASES = {
    "campus": {"openapi": "ktb-chat.swagger-page.txt", "asyncapi": "ktb-chat.asyncapi.yaml"},
    "springdoc": {"openapi": "ktb-chat.openapi.json"},
    "soapft": {"postman": "soapft-chat.post.md"},
    "login-notify": {
        "openapi": "login-notify.openapi.yaml",
        "asyncapi": "login-notify.asyncapi.yaml",
    },
    "shop": {"openapi": "shop.openapi.yaml"},
}
"""The first is the page of KTB Chat, as people copied it; ``shop`` has every construct once."""


def made(name):
    documents = {kind: str(DOCUMENTS / file) for kind, file in CASES[name].items()}
    return make(name, Documents(**documents))


@pytest.mark.parametrize("name", CASES)
def test_projects_are_word_by_word_what_they_were(name):
    project = made(name)
    folder = PROJECTS / name
    if os.environ.get("UPDATE_GOLDEN"):
        write(project, folder, force=True)
    there = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    assert there == set(project.files)
    for file, text in project.files.items():
        assert (folder / file).read_text(encoding="utf-8") == text, file


def test_projects_pass_mypy_strict(tmp_path):
    folders = [str(PROJECTS / name / "locustfiles") for name in CASES]
    checked = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--follow-imports=silent", *folders],
        cwd=tmp_path,
        env={**os.environ, "MYPYPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout


RULES = "E,F,W,B,UP,SIM,RUF"
NOT_OURS = "RUF001,RUF002,RUF003,E501"
"""Korean is meant; what a document says in one long line stays one."""


@pytest.mark.parametrize(
    "command",
    [
        ["check", "--select", RULES, "--ignore", NOT_OURS],
        ["format", "--check"],
        ["format", "--check", "--line-length", "100"],
    ],
    ids=["check", "format", "format of longer lines"],
)
def test_projects_pass_ruff(command):
    checked = subprocess.run(
        [sys.executable, "-m", "ruff", *command, "--isolated", "--no-cache", str(PROJECTS)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout


@pytest.mark.k6
@pytest.mark.parametrize("name", CASES)
def test_projects_export_and_k6_accepts_the_scripts(name, tmp_path, k6):
    module = name.replace("-", "_")
    for plan in ("smoke", "load"):
        files = export(
            PROJECTS / name / "locustfiles" / f"{module}.py",
            [str(PROJECTS / name / "config" / name / f"{plan}.yaml")],
        )
        for file, text in files.items():
            (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / file).write_text(text, encoding="utf-8")
        inspected = subprocess.run(
            [k6, "inspect", str(tmp_path / f"{module}.js")],
            capture_output=True,
            text=True,
            check=False,
        )
        assert inspected.returncode == 0, inspected.stderr
