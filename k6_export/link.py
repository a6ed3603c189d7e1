"""The runtime that an export takes along: one file with the pieces that its program reaches.

k6 gives every VU modules of its own, and pays for each function in them, for each name that one
module imports from another, and for each module. So what nobody reaches stays here, and the rest
stands in one scope. For the same reason names at the top of the runtime's modules differ.

Tables of what Python finds by name (builtins, exceptions, methods, the library) are taken entry by
entry. A method is reached by being called (``py.m.join``), or by its name as a string in compiled
code, where ``getattr`` may look it up.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from k6_export.mentions import mentions
from k6_export.pieces import Piece, RuntimeModule, runtime_module

FILE = "runtime.js"
ALWAYS: Mapping[str, Collection[str]] = {"run.js": ("Run",)}
"""What every script imports, beside ``py``."""
_PY = "python.js"
_ALL = "python/all.js"
_METHODS = "python/methods.js"
_ANY_NAME = re.compile(r"""py\.b\.(?:getattr|hasattr)(?!\([^,()]+, "\w*"[,)])""")
"""An attribute is looked up by a name that only the run knows."""


@dataclass(frozen=True)
class Asked:
    """What an export wants of the runtime."""

    texts: Collection[str]
    """The compiled modules and scripts."""
    names: Mapping[str, Collection[str]]
    """Module of the runtime -> what compiled code imports from it."""
    keywords: Collection[str]
    """The keywords of all its calls."""


def linked(asked: Asked) -> str:
    """The text of ``lib/runtime.js``."""
    reach = _Reach(asked)
    modules = _in_order([_PY, *sorted({**ALWAYS, **asked.names})])
    parts = [text for module in modules if (text := reach.text_of(module))]
    asked_for = [*ALWAYS.values(), *asked.names.values()]
    exported = sorted({"py", *(name for names in asked_for for name in names)})
    lines = [
        "// What this export needs of ktb-load's runtime: Python's meaning, and the clients.",
        "// Written by `ktb-load export`.",
        *reach.imports(),
    ]
    return "\n".join([*lines, "", *parts, f"export {{ {', '.join(exported)} }};", ""])


def _in_order(roots: Iterable[str]) -> Iterator[RuntimeModule]:
    """Modules as an engine runs them: imported ones first."""
    seen: set[str] = set()

    def run(path: str) -> Iterator[RuntimeModule]:
        if path in seen or not path.endswith(".js"):
            return
        seen.add(path)
        module = runtime_module(path)
        for needed in module.needs:
            yield from run(needed)
        yield module

    for root in roots:
        yield from run(root)


@dataclass
class _Reach:
    """What is reached, found from the compiled code on."""

    asked: Asked
    _taken: dict[str, list[Piece]] = field(default_factory=dict)
    _entries: dict[Piece, set[str]] = field(default_factory=dict)
    _py: set[str] = field(default_factory=set)
    _natives: dict[str, tuple[str, str]] = field(default_factory=dict)
    _owners: dict[str, str] = field(default_factory=dict)
    _pending: list[tuple[RuntimeModule, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        for names in (ALWAYS, self.asked.names):
            for module, wanted in names.items():
                for name in wanted:
                    self._want(runtime_module(module), (name,))
        for text in self.asked.texts:
            said = mentions(text)
            for path in said.paths:
                if path[0] == "py" and len(path) > 1:  # alone it is imported
                    self._want_py(path[1:])
            self._methods(self._method_names() if _ANY_NAME.search(text) else said.strings)
        while self._pending:
            home, text = self._pending.pop()
            for path in mentions(text).paths:
                self._want(home, path)

    # What is wanted.

    def _want_py(self, path: tuple[str, ...]) -> None:
        self._py.add(path[0])
        self._want(runtime_module(_ALL), path)
        if path[0] == "m":
            self._methods(path[1:2])

    def _want(self, module: RuntimeModule, path: tuple[str, ...]) -> None:
        if path[0] == "py" and module.path not in (_PY, _ALL):
            self._want_py(path[1:])
            return
        imported = module.imports.get(path[0])
        if imported is not None and not imported[0].endswith(".js"):
            self._native(path[0], imported)
            return
        found = _resolve(module, path[0])
        if found is None:
            return
        home, piece = found
        if not piece.is_table:
            self._take(home, piece)
        elif len(path) > 1:
            self._entry(home, piece, path[1])
        elif module.path != _METHODS:
            for key in _keys(home, piece):
                self._entry(home, piece, key)
        else:
            self._take(home, piece)

    def _methods(self, names: Iterable[str]) -> None:
        """Methods of Python's own types, by name."""
        for name in self._method_names().intersection(names):
            self._py.add("m")
            self._want(runtime_module(_METHODS), ("m",))
            for home, table in _method_tables():
                self._entry(home, table, name)

    @staticmethod
    def _method_names() -> set[str]:
        return {key for home, table in _method_tables() for key in _keys(home, table)}

    def _entry(self, home: RuntimeModule, table: Piece, key: str) -> None:
        self._take(home, table)
        taken = self._entries[table]
        if key in taken:
            return
        if key in table.entries:
            taken.add(key)
            self._pending.append((home, "{" + table.entries[key]))
        for name in table.spreads:
            other, piece = _table(home, name)
            if key in _keys(other, piece):
                taken |= {name, key}
                self._entry(other, piece, key)

    def _take(self, module: RuntimeModule, piece: Piece) -> None:
        taken = self._taken.setdefault(module.path, [])
        if piece in taken:
            return
        first = not taken
        taken.append(piece)
        for name in piece.names:
            self._own(name, module.path)
        if piece.is_table:
            self._entries[piece] = set()
        else:
            self._pending.append((module, piece.text))
        for other in module.pieces:
            if not other.names:
                of_module = module.declares(other.subject) is None
                if other.subject in piece.names or (first and of_module):
                    self._take(module, other)

    def _native(self, name: str, what: tuple[str, str]) -> None:
        self._own(name, what[0])
        self._natives[name] = what

    def _own(self, name: str, where: str) -> None:
        """One scope, so each name at the top of a module is said once."""
        owner = self._owners.setdefault(name, where)
        if owner != where:
            raise AssertionError(f"{owner} and {where} both have {name} at their top; rename one")

    # What is written.

    def imports(self) -> Iterator[str]:
        """The modules of k6 itself."""
        by_module: dict[str, list[str]] = {}
        for name, (where, there) in sorted(self._natives.items()):
            if there == "default":
                yield f'import {name} from "{where}";'
            else:
                said = name if name == there else f"{there} as {name}"
                by_module.setdefault(where, []).append(said)
        for where, names in sorted(by_module.items()):
            yield f'import {{ {", ".join(names)} }} from "{where}";'

    def text_of(self, module: RuntimeModule) -> str:
        """What is reached of a module, in its own order."""
        if module.path == _PY:
            return f"const py = {{ {', '.join(sorted(self._py))} }};\n"
        taken = self._taken.get(module.path, [])
        texts = [f"{p.comment}{self._text(p)}" for p in module.pieces if p in taken]
        return "\n".join([f"// {module.path}\n", *texts]) if texts else ""

    def _text(self, piece: Piece) -> str:
        if not piece.is_table:
            return piece.text
        taken = self._entries[piece]
        lines = [text for key, text in {**piece.spreads, **piece.entries}.items() if key in taken]
        return f"{piece.head}{''.join(lines)}}};\n" if lines else piece.head.replace("{\n", "{};\n")


def _resolve(module: RuntimeModule, name: str) -> tuple[RuntimeModule, Piece] | None:
    """Where a name of a module is declared; None for what is not of its top."""
    piece = module.declares(name)
    if piece is not None:
        return module, piece
    found = module.imports.get(name) or module.passed_on.get(name)
    if found is not None:
        return _resolve(runtime_module(found[0]), found[1])
    others = (_resolve(runtime_module(other), name) for other in module.all_of)
    return next(filter(None, others), None)


def _table(module: RuntimeModule, name: str) -> tuple[RuntimeModule, Piece]:
    found = _resolve(module, name)
    assert found is not None, (module.path, name)
    return found


def _keys(module: RuntimeModule, table: Piece) -> set[str]:
    """The keys of a table with those that it takes in."""
    keys = set(table.entries)
    for name in table.spreads:
        keys |= _keys(*_table(module, name))
    return keys


def _method_tables() -> Iterator[tuple[RuntimeModule, Piece]]:
    """The methods of each of Python's own types."""
    methods = runtime_module(_METHODS)
    for name in methods.imports:
        if name.endswith("_methods") and name != "provide_methods":
            yield _table(methods, name)
