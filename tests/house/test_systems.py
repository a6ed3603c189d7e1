"""A system is one file in each folder, and nothing else knows of it."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from ktb_load.catalog import locustfiles

ROOT = Path(__file__).parents[2]
SYSTEMS = locustfiles(ROOT / "locustfiles")


def test_every_system_with_a_user_class_has_a_locustfile():
    named = {
        statement.value.value
        for path in (ROOT / "ktb_load" / "systems").glob("*.py")
        for one in ast.parse(path.read_text("utf-8")).body
        if isinstance(one, ast.ClassDef)
        for statement in one.body
        if isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == "system"
    }
    assert named == set(SYSTEMS)


def test_no_two_locustfiles_name_their_people_alike():
    """Locust starts with a folder of them only then."""
    names = [
        one.name
        for path in sorted((ROOT / "locustfiles").glob("*.py"))
        for one in ast.parse(path.read_text("utf-8")).body
        if isinstance(one, ast.ClassDef)
    ]
    assert len(set(names)) == len(names) > 0


@pytest.mark.parametrize("system", sorted(SYSTEMS))
def test_a_system_has_all_its_files(system):
    module = system.replace("-", "_")
    served = ROOT / "ktb_load" / "reference_server" / "systems"
    assert (ROOT / "ktb_load" / "systems" / f"{module}.py").is_file()
    assert (served / f"{module}.py").is_file() or (served / module / "__init__.py").is_file()
    assert (ROOT / "config" / system / "smoke.yaml").is_file()
    assert (ROOT / "docs" / "systems" / f"{system}.md").is_file()
    exported = ROOT / "k6_export" / "scripts" / system
    alone = len(list((ROOT / "config" / system).glob("*.yaml"))) == 1
    assert list(exported.glob(f"{module}.js" if alone else "*-smoke.js"))


@pytest.mark.parametrize("system", sorted(SYSTEMS))
def test_nothing_else_knows_of_a_system(system):
    """The default of the command line aside, which is one word in the catalog."""
    module = system.replace("-", "_")
    own = (
        f"ktb_load/systems/{module}",
        f"ktb_load/reference_server/systems/{module}",
        "ktb_load/catalog.py",
        "k6_export/scripts/",
    )
    sources = [
        *(path for folder in ("ktb_load", "k6_export") for path in (ROOT / folder).rglob("*.*")),
        ROOT / "Makefile",
        ROOT / "pyproject.toml",
        ROOT / "mkdocs.yml",
    ]
    known = [
        path.relative_to(ROOT).as_posix()
        for path in sources
        if path.suffix in {"", ".py", ".js", ".toml", ".yml"}
        and re.search(f"{system}|systems[./]{module}", path.read_text("utf-8"))
    ]
    assert [name for name in known if not name.startswith(own)] == []


def test_the_command_line_lists_them_all():
    command = [sys.executable, "-m", "ktb_load", "plans", "--help"]
    shown = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout
    assert all(system in shown for system in SYSTEMS)
