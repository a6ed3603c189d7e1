"""Python sources: found and parsed, never run.

A module is a locustfile, a file beside it, or one of ours. Names at its top are functions, classes,
constants and imports; everything else there is refused when something exported needs it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from k6_export import subset
from k6_export.link import FILE
from ktb_load.errors import AuthorError, Place, Problem

_OURS = Path(__file__).parents[1]
Definition = ast.FunctionDef | ast.ClassDef | ast.Assign | ast.AnnAssign


@dataclass(frozen=True)
class Imported:
    """``from module import name`` (or ``import module``, without a name)."""

    module: str
    name: str = ""

    @property
    def full(self) -> str:
        return f"{self.module}.{self.name}" if self.name else self.module


@dataclass
class Module:
    """One parsed file."""

    name: str
    path: Path
    shown: str
    """The path as people see it."""
    tree: ast.Module
    stem: str
    """What its file in an export is called."""
    definitions: dict[str, Definition] = field(default_factory=dict)
    imports: dict[str, Imported] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for node in self.tree.body:
            self._note(node)

    def _note(self, node: ast.stmt) -> None:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            self.definitions[node.name] = node
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    self.definitions[target.id] = node
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            if node.value is not None:
                self.definitions[node.target.id] = node
        elif isinstance(node, ast.Import | ast.ImportFrom):
            self.imports.update(imports_of(node))

    def place(self, node: ast.AST) -> Place:
        line, column = getattr(node, "lineno", 1), getattr(node, "col_offset", 0) + 1
        return Place(f"{self.shown}:{line}:{column}")


def imports_of(node: ast.Import | ast.ImportFrom) -> dict[str, Imported]:
    """The names that an import binds."""
    if isinstance(node, ast.ImportFrom):
        module = node.module or ""
        return {alias.asname or alias.name: Imported(module, alias.name) for alias in node.names}
    return {
        alias.asname or alias.name.partition(".")[0]: Imported(
            alias.name if alias.asname else alias.name.partition(".")[0]
        )
        for alias in node.names
    }


class Sources:
    """All modules of one export."""

    def __init__(self, locustfile: Path) -> None:
        self._folder = locustfile.parent
        self._modules: dict[str, Module] = {}
        self._taken = {FILE.removesuffix(".js")}
        self.main = self._parse(locustfile.stem, locustfile)

    def module(self, name: str) -> Module | None:
        """A module that can be compiled, None for somebody else's."""
        if name not in self._modules:
            path = self._find(name)
            if path is None:
                return None
            self._modules[name] = self._parse(name, path)
        return self._modules[name]

    def resolve(self, module: Module, name: str) -> Imported | tuple[Module, str] | None:
        """What a name at the top of a module stands for: a definition of ours, or an import."""
        if name in module.definitions:
            return module, name
        imported = module.imports.get(name)
        if imported is None:
            return None
        if imported.name and imported.module not in {*subset.RUNTIME, *subset.INSTEAD}:
            ours = self.module(imported.module)
            if ours is not None:
                return self.resolve(ours, imported.name)
        return imported

    def __iter__(self) -> Iterator[Module]:
        yield from (self.main, *self._modules.values())

    def _find(self, name: str) -> Path | None:
        below = Path(*name.split("."))
        root = _OURS if name.partition(".")[0] == "ktb_load" else self._folder
        for path in (root / below.with_suffix(".py"), root / below / "__init__.py"):
            if path.is_file():
                return path
        return None

    def _parse(self, name: str, path: Path) -> Module:
        shown = _shown(path)
        try:
            tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
        except SyntaxError as error:
            place = Place(f"{shown}:{error.lineno}:{error.offset}")
            raise AuthorError([Problem(place, f"not valid Python: {error.msg}")]) from None
        except OSError as error:
            what = f"the locustfile cannot be read: {error.strerror or error}"
            raise AuthorError([Problem(Place(shown), what)]) from None
        return Module(name, path, shown, tree, self._stem_for(name))

    def _stem_for(self, name: str) -> str:
        """Its own name, or as much of its folders as nothing else in the export is called."""
        parts = name.replace("-", "_").split(".")
        longer = ["_".join(parts[-length:]) for length in range(1, len(parts) + 1)]
        stem = next((stem for stem in longer if stem not in self._taken), f"{longer[-1]}_")
        self._taken.add(stem)
        return stem


def _shown(path: Path) -> str:
    for root in (Path.cwd(), _OURS):
        try:
            return path.resolve().relative_to(root.resolve()).as_posix()
        except ValueError:
            continue
    return path.name
