"""Names inside of one function: which are its own, and what JavaScript calls them."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from itertools import count

from k6_export.javascript import identifier


@dataclass
class Scope:
    """A function, lambda or comprehension while it is compiled."""

    parent: Scope | None = None
    names: set[str] = field(default_factory=set)
    waits: bool = False
    owner: str = ""
    """The class whose method this is."""
    temporaries: list[str] = field(default_factory=list)
    async_locals: set[str] = field(default_factory=set)
    """Functions inside of this one that wait."""
    caught: str = ""
    """What a bare ``raise`` raises again."""
    _numbers: count[int] = field(default_factory=lambda: count(1))

    def knows(self, name: str) -> bool:
        return name in self.names or (self.parent is not None and self.parent.knows(name))

    def local_waits(self, name: str) -> bool:
        if name in self.names:
            return name in self.async_locals
        return self.parent is not None and self.parent.local_waits(name)

    def temporary(self) -> str:
        """A new variable of this function, declared at its top."""
        name = f"${next(self._numbers)}"
        self.temporaries.append(name)
        return name

    def counter(self) -> str:
        """A new name that is declared where it is used."""
        return f"$${next(self._numbers)}"


def parameters(arguments: ast.arguments) -> list[ast.arg]:
    """All named parameters, keyword-only ones last."""
    return [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]


def all_parameters(arguments: ast.arguments) -> list[ast.arg]:
    """All parameters, ``*rest`` too."""
    return [*parameters(arguments), *([arguments.vararg] if arguments.vararg else [])]


def takes_keywords(arguments: ast.arguments) -> bool:
    """Whether keyword-only parameters stand behind a ``*rest``: JavaScript has no place for them
    but one object at the very end.
    """
    return arguments.vararg is not None and bool(arguments.kwonlyargs)


def defaults(arguments: ast.arguments) -> dict[str, ast.expr]:
    """The parameters that have a default."""
    positional = [*arguments.posonlyargs, *arguments.args]
    found = {
        parameter.arg: default
        for parameter, default in zip(
            reversed(positional), reversed(arguments.defaults), strict=False
        )
    }
    keyword = zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    return {**found, **{one.arg: default for one, default in keyword if default is not None}}


def assigned(body: list[ast.stmt]) -> list[str]:
    """The names that a function body binds, in order, functions inside of it included."""
    names: dict[str, None] = {}
    outside: set[str] = set()
    pending: list[ast.AST] = list(body)
    while pending:
        node = pending.pop(0)
        if isinstance(node, ast.FunctionDef):
            names[node.name] = None
            continue
        if isinstance(
            node, ast.Lambda | ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp
        ):
            pending += [n for n in ast.walk(node) if isinstance(n, ast.NamedExpr)]
            continue
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names[node.id] = None
        elif isinstance(node, ast.ExceptHandler) and node.name:
            names[node.name] = None
        elif isinstance(node, ast.Nonlocal):
            outside.update(node.names)
        elif isinstance(node, ast.NamedExpr):
            names[node.target.id] = None
        if isinstance(node, ast.AnnAssign):
            pending[:0] = [node.target, *([node.value] if node.value else [])]
        else:
            pending[:0] = list(ast.iter_child_nodes(node))
    return [name for name in names if name not in outside]


def declared(names: list[str]) -> str:
    """``let a, b;``"""
    return f"let {', '.join(identifier(name) for name in names)};"
