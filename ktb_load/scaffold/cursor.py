"""Walking through a document: every ``$ref`` followed, every fault noted where it stands.

A ``$ref`` goes to the same document or to a file beside it. What is on another machine is not
fetched: the same command shall always give the same code.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from ktb_load.errors import AuthorError, Problem
from ktb_load.plan.document import KeyPath
from ktb_load.scaffold.reading import PART, Source, read_source

_MOST_HOPS = 50
_NO_SCHEMAS = frozenset({"example", "examples", "default", "enum", "const"})
"""Keys below which a ``$ref`` is nothing but text."""


@dataclass
class Library:
    """The documents that one command reads, and what is wrong with them."""

    faults: dict[Problem, None] = field(default_factory=dict)
    shapes: dict[tuple[str, KeyPath], Any] = field(default_factory=dict)
    """What has been found out about schemas, for whoever asks again."""
    targets: dict[tuple[str, str], Cursor | None] = field(default_factory=dict)
    _files: dict[Path, Source | None] = field(default_factory=dict)

    def open(self, given: Source) -> Cursor:
        """The top of a document, after a look at every ``$ref`` in it."""
        self._files[given.path.resolve()] = given
        root = Cursor(self, given, (), given.values)
        root.check_references()
        return root

    def raise_faults(self) -> None:
        """Raises AuthorError if anything was wrong."""
        if self.faults:
            raise AuthorError(sorted(self.faults, key=_order))

    def beside(self, source: Source, name: str) -> Source | None:
        """A file that a ``$ref`` names; None, and a fault, if it cannot be read."""
        path = source.path.parent / name
        if path.resolve() not in self._files:
            shown = path if source.path.is_absolute() else Path(source.shown).parent / name
            self._files[path.resolve()] = None
            try:
                found = read_source(str(shown), PART)
            except AuthorError as error:
                self.faults |= dict.fromkeys(error.problems)
                return None
            self._files[path.resolve()] = found
            Cursor(self, found, (), found.values).check_references()
        return self._files[path.resolve()]


@dataclass(frozen=True)
class Cursor:
    """A value of a document, and where it stands."""

    library: Library
    source: Source
    path: KeyPath
    value: Any
    is_merged: bool = False
    """Whether keys beside a ``$ref`` are in the value, which stands nowhere as it is."""

    @property
    def identity(self) -> tuple[str, KeyPath]:
        return self.source.shown, self.path

    def fault(self, what: str, instead: str = "") -> None:
        self.library.faults[Problem(self.source.place(self.path), what, instead)] = None

    # Going down. What is missing is a cursor with the value None.

    def __getitem__(self, key: str | int) -> Cursor:
        found: Any = None
        if isinstance(self.value, Mapping) and isinstance(key, str):
            found = self.value.get(key)
        elif isinstance(self.value, list) and isinstance(key, int) and key < len(self.value):
            found = self.value[key]
        return Cursor(self.library, self.source, (*self.path, key), found).followed()

    def raw(self, index: int) -> Mapping[str, Any]:
        """An element as it is written, its ``$ref`` not followed."""
        found = self.value[index]
        return found if isinstance(found, Mapping) else {}

    def __bool__(self) -> bool:
        return self.value is not None

    def __contains__(self, key: str) -> bool:
        return isinstance(self.value, Mapping) and key in self.value

    def items(self) -> Iterator[tuple[str, Cursor]]:
        """The entries of what should be a mapping."""
        for key in self.mapping():
            yield str(key), self[key]

    def elements(self) -> Iterator[Cursor]:
        """The elements of what should be a list."""
        for index in range(len(self.listed())):
            yield self[index]

    def mappings(self) -> Iterator[Cursor]:
        """The elements of what should be a list of mappings, those that hold anything."""
        for one in self.elements():
            if one.mapping():
                yield one

    def mapping(self) -> Mapping[str, Any]:
        """The value of what should be a mapping; empty, and a fault, if it is something else."""
        if isinstance(self.value, Mapping):
            return self.value
        if self.value is not None:
            self.fault(f"a mapping is expected here, not {shown(self.value)}", "write `key: ...`")
        return {}

    def listed(self) -> list[Any]:
        """The value of what should be a list; empty, and a fault, if it is something else."""
        if isinstance(self.value, list):
            return self.value
        if self.value is not None:
            self.fault(f"a list is expected here, not {shown(self.value)}", "write `- ...`")
        return []

    def text(self) -> str:
        """The value of what should be a text; empty where there is none."""
        if self.value is None or isinstance(self.value, Mapping | list):
            if self.value is not None:
                self.fault(f"a text is expected here, not {shown(self.value)}")
            return ""
        return str(self.value)

    # References.

    def followed(self) -> Cursor:
        """What stands here, or where the ``$ref`` here leads to."""
        if not self.source.kind.has_references:
            return self
        here: Cursor | None = self
        for _ in range(_MOST_HOPS):
            assert here is not None
            target = here.value.get("$ref") if isinstance(here.value, Mapping) else None
            if not isinstance(target, str) or not target:
                return here
            beside = {key: value for key, value in here.value.items() if key != "$ref"}
            here = here._at(target)
            if here is None:
                return Cursor(self.library, self.source, self.path, None)
            if beside and isinstance(here.value, Mapping):
                merged = {**here.value, **beside}
                here = Cursor(self.library, here.source, here.path, merged, is_merged=True)
        self.fault("the $ref leads back to itself", "let one of them hold a value")
        return Cursor(self.library, self.source, self.path, None)

    def _at(self, target: str) -> Cursor | None:
        """What a reference names; None, and a fault, if that is nothing."""
        known = self.library.targets.get((self.source.shown, target))
        if known is None:
            known = self.library.targets[self.source.shown, target] = self._looked_up(target)
        return known

    def _looked_up(self, target: str) -> Cursor | None:
        file, _, pointer = target.partition("#")
        if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]+:", file):
            what = f"$ref {target!r} is on another machine, and nothing is fetched from there"
            self.fault(what, "save it beside this document and name the file")
            return None
        try:
            source = self.library.beside(self.source, unquote(file)) if file else self.source
        except ValueError:
            self.fault(f"$ref {target!r} names no file", "write `file.yaml#/key`")
            return None
        if source is None:
            return None
        here = Cursor(self.library, source, (), source.values)
        for part in pointer.split("/")[1:]:
            key = unquote(part).replace("~1", "/").replace("~0", "~")
            step = here._step(key)
            if step is None:
                self._lost(target, here, key)
                return None
            here = step
        return here

    def _step(self, key: str) -> Cursor | None:
        """One step of a pointer; it may itself lead through a ``$ref``."""
        if isinstance(self.value, list) and key.isdigit() and int(key) < len(self.value):
            return Cursor(self.library, self.source, (*self.path, int(key)), self.value[int(key)])
        if isinstance(self.value, Mapping) and key in self.value:
            return Cursor(self.library, self.source, (*self.path, key), self.value[key])
        return None

    def _lost(self, target: str, here: Cursor, key: str) -> None:
        known = list(map(str, here.value)) if isinstance(here.value, Mapping) else []
        near = difflib.get_close_matches(key, known, n=1)
        instead = f"did you mean {near[0]!r}?" if near else f"define {key!r} there"
        self.fault(f"$ref {target!r} leads nowhere: there is no {key!r}", instead)

    def check_references(self) -> None:
        """Note every reference below that names nothing, or leads nowhere."""
        pending = [self] if self.source.kind.has_references else []
        while pending:
            here = pending.pop()
            if isinstance(here.value, Mapping):
                named = _holds_names(here.path)
                if "$ref" in here.value and not named:
                    here._check_reference(here.value["$ref"])
                keys: Any = [k for k in here.value if named or k not in _NO_SCHEMAS]
            else:
                keys = range(len(here.value)) if isinstance(here.value, list) else ()
            for key in keys:
                child = here.value[key]
                if isinstance(child, Mapping | list):
                    pending.append(Cursor(self.library, self.source, (*here.path, key), child))

    def _check_reference(self, target: Any) -> None:
        if isinstance(target, str) and target:
            self._at(target)
            return
        said = "''" if target == "" else shown(target)
        here = Cursor(self.library, self.source, (*self.path, "$ref"), target)
        here.fault(f"$ref {said} names nothing", "write `#/key` or `file.yaml#/key`")


def _holds_names(path: KeyPath) -> bool:
    """Whether the keys there are names of properties; a property may be called so itself."""
    others = [number for number, part in enumerate(path) if part != "properties"]
    return (len(path) - (others[-1] + 1 if others else 0)) % 2 == 1


def _order(problem: Problem) -> tuple[str, int, str]:
    place = problem.place
    return place.file, place.line or 0, f"{place.key} {problem.what}"


def shown(value: Any) -> str:
    """A value that is something else than it should be, as a message names it."""
    names = {dict: "a mapping", list: "a list", str: "a text", bool: "true or false"}
    return names.get(type(value), f"{value!r}")
