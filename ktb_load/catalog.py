"""Which chat systems there are here: found by the locustfiles, listed nowhere.

A locustfile is of the system whose user class it imports (``ktb_load.systems.nest_chat`` is
``nest-chat``), or that a class of its own names (``system = "nest-chat"``).
"""

from __future__ import annotations

import ast
import difflib
from collections.abc import Iterator
from pathlib import Path

from ktb_load.errors import AuthorError, Place, Problem

FOLDER = "locustfiles"
DEFAULT = "ktb-chat"
_SYSTEMS = "ktb_load.systems."


def locustfiles(folder: Path = Path(FOLDER)) -> dict[str, str]:
    """System -> its locustfile; of several the one that is called like it, else the first."""
    found: dict[str, str] = {}
    for path in sorted(folder.glob("*.py")):
        for system in _systems_in(path):
            if path.stem == system.replace("-", "_"):
                found[system] = path.as_posix()
            found.setdefault(system, path.as_posix())
    return dict(sorted(found.items()))


def locustfile_of(system: str) -> str:
    """The locustfile of a system, from the folder in which the project was cloned.

    Raises:
        AuthorError: there is none.
    """
    found = locustfiles()
    if system in found:
        return found[system]
    what = f"no locustfile here is for the system '{system}'"
    near = difflib.get_close_matches(system, found, n=1)
    instead = f"run from the folder that holds {FOLDER}/, or give one with -f"
    if found:
        known = f"known are: {', '.join(found)}"
        instead = f"did you mean `{near[0]}`?" if near else known
    raise AuthorError([Problem(Place(f"{FOLDER}/"), what, instead)])


def _systems_in(path: Path) -> Iterator[str]:
    try:
        tree = ast.parse(path.read_text(encoding="utf-8"))
    except (OSError, SyntaxError, ValueError):
        return  # whoever runs it is told
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(_SYSTEMS):
            yield (node.module or "").removeprefix(_SYSTEMS).partition(".")[0].replace("_", "-")
        elif isinstance(node, ast.ClassDef):
            yield from _named_in(node)


def _named_in(node: ast.ClassDef) -> Iterator[str]:
    for statement in node.body:
        if (
            isinstance(statement, ast.Assign)
            and isinstance(statement.targets[0], ast.Name)
            and statement.targets[0].id == "system"
            and isinstance(statement.value, ast.Constant)
            and isinstance(statement.value.value, str)
        ):
            yield statement.value.value
