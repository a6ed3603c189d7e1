"""The tree of groups and checks, in order of first appearance (k6 1.8.1, ``lib/models.go``).

A group's path is ``::outer::inner``, a check's path its group's path, ``::`` and its name; ids are
the MD5 of the path. One name in two groups is two checks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import md5
from typing import Any

SEPARATOR = "::"


def refuse_separator(name: str) -> None:
    """
    Raises:
        ValueError: ``name``, of a group or a check, would be read as several.
    """
    if SEPARATOR in name:
        raise ValueError(f"group and check names may not contain '{SEPARATOR}'")


def path_id(path: str) -> str:
    """The id that k6 gives to a group or check."""
    return md5(path.encode(), usedforsecurity=False).hexdigest()


@dataclass
class Check:
    """How often one check passed and failed."""

    name: str
    path: str
    passes: int = 0
    fails: int = 0

    def add(self, value: float) -> None:
        """Take one result; zero has failed."""
        if value:
            self.passes += 1
        else:
            self.fails += 1

    def add_counts(self, passes: int, fails: int) -> None:
        """Take many results at once."""
        self.passes += passes
        self.fails += fails

    def to_dict(self) -> dict[str, Any]:
        counts = {"passes": self.passes, "fails": self.fails}
        return {"name": self.name, "path": self.path, "id": path_id(self.path), **counts}


@dataclass
class Group:
    """A group with what is in it; the root has no name and an empty path."""

    name: str = ""
    path: str = ""
    groups: dict[str, Group] = field(default_factory=dict)
    checks: dict[str, Check] = field(default_factory=dict)

    def group(self, name: str) -> Group:
        """The group ``name`` in this one, made on first use."""
        found = self.groups.get(name)
        if found is None:
            found = self.groups[name] = Group(name, f"{self.path}{SEPARATOR}{name}")
        return found

    def check(self, name: str) -> Check:
        """The check ``name`` in this group, made on first use."""
        found = self.checks.get(name)
        if found is None:
            found = self.checks[name] = Check(name, f"{self.path}{SEPARATOR}{name}")
        return found

    def at(self, path: str) -> Group:
        """The group at ``path``, made on first use."""
        group = self
        for name in path.split(SEPARATOR)[1:]:
            group = group.group(name)
        return group

    def every_check(self) -> Iterator[Check]:
        """This group's checks, then those of its groups."""
        yield from self.checks.values()
        for group in self.groups.values():
            yield from group.every_check()

    def to_dict(self) -> dict[str, Any]:
        """The shape of ``root_group`` in k6's ``handleSummary(data)``."""
        return {
            "name": self.name,
            "path": self.path,
            "id": path_id(self.path),
            "groups": [group.to_dict() for group in self.groups.values()],
            "checks": [check.to_dict() for check in self.checks.values()],
        }


class CheckTree:
    """All checks of a run."""

    def __init__(self) -> None:
        self.root = Group()
        self._known: dict[tuple[str, str], Check] = {}

    def add_counts(self, group: str, name: str, passes: int, fails: int) -> None:
        """Take many results at once."""
        self.at(group, name).add_counts(passes, fails)

    def take_counts(self) -> list[tuple[str, str, int, int]]:
        """Group, name, passes and fails of every check, which begin at 0 again."""
        counts = []
        for (group, name), check in self._known.items():
            counts.append((group, name, check.passes, check.fails))
            check.passes = check.fails = 0
        return counts

    def by_name(self) -> list[Check]:
        """Checks of the same name as one, in order of first appearance."""
        merged: dict[str, Check] = {}
        for (_, name), check in self._known.items():
            whole = merged.setdefault(name, Check(name, name))
            whole.passes += check.passes
            whole.fails += check.fails
        return list(merged.values())

    def at(self, group: str, name: str) -> Check:
        """The count of one check, made on first use.

        Raises:
            ValueError: the name holds ``::``, which k6 forbids.
        """
        check = self._known.get((group, name))
        if check is None:
            refuse_separator(name)
            check = self._known[group, name] = self.root.at(group).check(name)
        return check
