"""Where a plan is: ``--plan smoke`` means ``config/<system>/smoke.yaml`` here or beside the
locustfiles, for each system that is loaded.
"""

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ktb_load.errors import AuthorError, Place, Problem

SUFFIXES = (".yaml", ".yml", ".json")


@dataclass(frozen=True)
class Chosen:
    """A plan that is to run; ``system`` is empty where it is for whatever is loaded."""

    system: str
    path: Path


def choose(text: str, systems: Sequence[str], locustfile_folder: Path) -> list[Chosen]:
    """What ``--plan`` means.

    Args:
        text: a file, a plan's name, or several of ``SYSTEM/NAME`` with commas between.
        systems: what is loaded. A mere name means the plan of that name of each of them.

    Raises:
        AuthorError: there is no such plan, or a system has two.
    """
    systems = list(dict.fromkeys(systems))
    if Path(text).is_file():
        return [Chosen("", Path(text))]
    chosen: list[Chosen] = []
    for part in text.split(","):
        system, _, name = part.strip().rpartition("/")
        if system in systems:
            chosen.append(Chosen(system, find_plan(name, [system], locustfile_folder)))
        elif len(systems) > 1 and not system:
            chosen += _one_each(name, systems, locustfile_folder)
        else:
            chosen.append(Chosen("", find_plan(part.strip(), systems, locustfile_folder)))
    twice = [one for one in chosen if [other.system for other in chosen].count(one.system) > 1]
    if twice:
        what = f"two plans for {twice[0].system or 'everything that is loaded'}"
        raise AuthorError([Problem(Place(f"--plan {text}"), what, "keep one of them")])
    return chosen


def _one_each(name: str, systems: Sequence[str], locustfile_folder: Path) -> list[Chosen]:
    without = [s for s in systems if name not in plan_names([s], locustfile_folder)]
    if without and len(without) < len(systems):
        have = ",".join(f"{system}/{name}" for system in systems if system not in without)
        what = f"{' and '.join(without)} has no such plan"
        raise AuthorError([Problem(Place(name), what, f"write --plan {have}")])
    if without:
        find_plan(name, systems, locustfile_folder)  # which says what there is
    return [Chosen(system, find_plan(name, [system], locustfile_folder)) for system in systems]


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
