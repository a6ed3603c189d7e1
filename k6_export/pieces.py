"""A module of the runtime, taken apart: imports, exports, and the pieces at its top.

A piece begins in a line's first column and has its comment above it. Known are the forms that our
modules use. A table is an object literal with one entry per line: it can be taken entry by entry.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

RUNTIME = Path(__file__).parent / "runtime"
_IMPORT = re.compile(
    r"""^import\s+(?:\*\s+as\s+\w+|(?P<default>\w+)|\{(?P<names>[^}]*)\})"""
    r"""\s+from\s+["'](?P<where>[^"']+)["'];"""
)
_REEXPORT = re.compile(
    r"""^export\s+(?:\*|\{(?P<names>[^}]*)\})(?:\s+from\s+["'](?P<where>[^"']+)["'])?;"""
)
_DECLARED = re.compile(
    r"^(?:export )?(?:(?:async )?function\*?|class|const|let) "
    r"(?:(?P<name>[\w$]+)|[\[{](?P<names>[^\]}]*)[\]}])"
)
_SUBJECT = re.compile(r"^[\w.$]+\(\s*(?P<name>\w+)")
_TABLE = re.compile(r"^(?:export )?const [\w$]+ = \{\n(?P<inside>.*)^\};\n\Z", re.DOTALL | re.M)
_ENTRY = re.compile(r"""^  (?P<spread>\.\.\.)?(?:async )?["']?(?P<key>[^\s"'(:,]+)""", re.M)


@dataclass(frozen=True, eq=False)
class Piece:
    """One statement at the top of a module, and its comment."""

    comment: str
    text: str
    names: tuple[str, ...] = ()
    """What it declares."""
    subject: str = ""
    """Of a call that declares nothing: what it is about, its first argument."""
    entries: dict[str, str] = field(default_factory=dict)
    """Of a table: key -> text."""
    spreads: dict[str, str] = field(default_factory=dict)
    """Of a table: name of another table that it takes in -> text."""

    @property
    def is_table(self) -> bool:
        return bool(self.entries or self.spreads)

    @property
    def head(self) -> str:
        """A table without its entries."""
        return self.text[: self.text.index("\n") + 1]


@dataclass
class RuntimeModule:
    """A module of the runtime."""

    path: str
    """Below the folder of the runtime: ``python/json.js``."""
    imports: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Name here -> module and the name there; k6's own modules have no ``.js``."""
    passed_on: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Exported without being declared here: name -> module, name."""
    all_of: list[str] = field(default_factory=list)
    """``export * from``."""
    pieces: list[Piece] = field(default_factory=list)
    needs: dict[str, None] = field(default_factory=dict)
    """The modules that it imports, in order."""

    def declares(self, name: str) -> Piece | None:
        return next((piece for piece in self.pieces if name in piece.names), None)


@cache
def runtime_module(path: str) -> RuntimeModule:
    """The module of that path."""
    module = RuntimeModule(path)
    for comment, text in _statements((RUNTIME / path).read_text(encoding="utf-8")):
        if match := _IMPORT.match(text):
            _import(module, match)
        elif match := _REEXPORT.match(text):
            _reexport(module, match)
        else:
            module.pieces.append(_piece(comment, text))
    return module


def _statements(text: str) -> Iterator[tuple[str, str]]:
    """The comment above and the text of each statement."""
    comment, lines = "", ""
    for line in text.splitlines(keepends=True):
        begins = line[0] not in " \t\n}])"
        if begins and lines:
            yield comment, lines.rstrip("\n") + "\n"
            comment, lines = "", ""
        is_comment = not lines and (line.startswith(("/*", "//")) or line[:2] == " *")
        if is_comment:
            comment += line
        elif lines or line != "\n":
            lines += line
        else:
            comment = ""
    yield comment, lines.rstrip("\n") + "\n"


def _import(module: RuntimeModule, match: re.Match[str]) -> None:
    where = _path(module, match["where"])
    module.needs[where] = None
    if match["default"]:
        module.imports[match["default"]] = (where, "default")
    for name, alias in _names(match["names"] or ""):
        module.imports[alias] = (where, name)


def _reexport(module: RuntimeModule, match: re.Match[str]) -> None:
    if match["where"] is None:
        return  # a list of names that are imported here
    where = _path(module, match["where"])
    module.needs[where] = None
    if match["names"] is None:
        module.all_of.append(where)
    for name, alias in _names(match["names"] or ""):
        module.passed_on[alias] = (where, name)


def _path(module: RuntimeModule, where: str) -> str:
    if not where.startswith("."):
        return where
    return posixpath.normpath(posixpath.join(posixpath.dirname(module.path), where))


def _names(text: str) -> Iterator[tuple[str, str]]:
    """``one, two as three``: what each is called there and here."""
    for part in filter(None, (one.strip() for one in text.split(","))):
        name, _, alias = part.partition(" as ")
        yield name, alias or name


def _piece(comment: str, text: str) -> Piece:
    match = _DECLARED.match(text)
    if match is None:
        about = _SUBJECT.match(text)
        return Piece(comment, text, subject=about["name"] if about else "")
    names = (match["name"],) if match["name"] else tuple(re.findall(r"[\w$]+", match["names"]))
    table = _TABLE.match(text)
    entries, spreads = _entries(table["inside"]) if table else ({}, {})
    return Piece(comment, text.removeprefix("export "), names, "", entries, spreads)


def _entries(inside: str) -> tuple[dict[str, str], dict[str, str]]:
    """A table's entries and the tables that it takes in."""
    entries: dict[str, str] = {}
    spreads: dict[str, str] = {}
    starts = [
        match for match in _ENTRY.finditer(inside) if inside[match.start() + 2] not in "/*}])"
    ]
    ends = [match.start() for match in starts[1:]] + [len(inside)]
    for match, end in zip(starts, ends, strict=True):
        found = spreads if match["spread"] else entries
        found[match["key"]] = inside[match.start() : end]
    return entries, spreads
