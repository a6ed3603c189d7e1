"""Where a plan is: ``--plan smoke`` means ``config/<system>/smoke.yaml`` here or beside the
locustfiles.
"""

import difflib
from collections.abc import Iterator, Sequence
from pathlib import Path

from ktb_load.errors import AuthorError, Place, Problem

SUFFIXES = (".yaml", ".yml", ".json")


def plan_folders(systems: Sequence[str], locustfile_folder: Path) -> Iterator[Path]:
    """The folders that may hold plans of these systems."""
    roots = dict.fromkeys((Path.cwd(), locustfile_folder.resolve().parent))
    for root in roots:
        for system in systems:
            if (root / "config" / system).is_dir():
                yield root / "config" / system


def plan_names(systems: Sequence[str], locustfile_folder: Path) -> list[str]:
    """The names of the plans there are, the smallest load first as far as names can tell."""
    folders = plan_folders(systems, locustfile_folder)
    return sorted(
        {file.stem for folder in folders for file in folder.iterdir() if file.suffix in SUFFIXES}
    )


def find_plan(name: str, systems: Sequence[str], locustfile_folder: Path) -> Path:
    """The file that ``name`` means.

    Raises:
        AuthorError: there is none; the message says which plans there are.
    """
    if Path(name).is_file():
        return Path(name)
    for folder in plan_folders(systems, locustfile_folder):
        for suffix in SUFFIXES:
            if (folder / f"{name}{suffix}").is_file():
                return folder / f"{name}{suffix}"
    names = plan_names(systems, locustfile_folder)
    near = difflib.get_close_matches(Path(name).stem, names, n=1)
    instead = f"did you mean `{near[0]}`?" if near else f"plans here: {', '.join(names) or 'none'}"
    raise AuthorError([Problem(Place(name), "there is no such plan", instead)])
