"""What an export consists of: everything that its user classes reach, and which of it waits.

Reached are the tasks, the life cycle, and whatever they name; a method is reached when anything
that is reached mentions its name. A function waits (and becomes ``async``) if it calls something
that waits. Both go by name, since Python only knows at run time which method a call means.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field

from k6_export import subset
from k6_export.source import Imported, Module, Sources, imports_of

Function = ast.FunctionDef | ast.Lambda


@dataclass
class Class:
    """A class that is exported."""

    module: Module
    node: ast.ClassDef
    base: Class | Imported | None
    """The class it derives from: one of ours, one of the runtime, or none."""
    methods: dict[str, ast.FunctionDef] = field(default_factory=dict)
    reached: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.node.name

    def method(self, name: str) -> ast.FunctionDef | None:
        """A method of its own, or of a base class that is exported."""
        if name in self.methods:
            return self.methods[name]
        return self.base.method(name) if isinstance(self.base, Class) else None

    def decorated(self, name: str) -> bool:
        return name in decorators(self.node)


def decorators(node: ast.FunctionDef | ast.ClassDef) -> dict[str, ast.expr]:
    """Decorators by the last part of their name."""
    found = {}
    for decorator in node.decorator_list:
        named = decorator.func if isinstance(decorator, ast.Call) else decorator
        if isinstance(named, ast.Name):
            found[named.id] = decorator
        elif isinstance(named, ast.Attribute):
            found[named.attr] = decorator
    return found


def nodes_of(node: ast.AST) -> Iterator[ast.AST]:
    """A node and what runs in it: no annotations, no decorators, nothing for type checkers."""
    yield node
    if isinstance(node, ast.FunctionDef):
        below: list[ast.AST] = [*node.args.defaults, *filter(None, node.args.kw_defaults)]
        below += node.body
    elif isinstance(node, ast.AnnAssign):
        below = [node.target, *([node.value] if node.value else [])]
    elif isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
        below = list(node.orelse)
    else:
        below = list(ast.iter_child_nodes(node))
    for child in below:
        yield from nodes_of(child)


class Program:
    """The reachable part of the sources."""

    def __init__(self, sources: Sources, roots: list[str]) -> None:
        """
        Args:
            roots: names in the locustfile: user classes, with their tasks, or functions.
        """
        self.sources = sources
        self.classes: dict[tuple[str, str], Class] = {}
        self.definitions: dict[tuple[str, str], tuple[Module, ast.stmt]] = {}
        """Functions and constants that are reached, by module and name."""
        self._mentioned: set[str] = {*subset.LIFECYCLE}
        self._seen: set[tuple[str, str]] = set()
        for name in roots:
            self._need(sources.main, name)
            root = self.classes.get((sources.main.name, name))
            for task in self._tasks(root) if root else ():
                self._mention(task)
        for module in sources:
            for name in self._metrics(module):
                self._need(module, name)
        self.async_methods = {*subset.ASYNC_METHODS, *self._written_by_hand()}
        self.async_functions: set[tuple[str, str]] = set()
        while self._colour():
            pass
        self.attributes = set(self._assigned())
        """Names of attributes of instances."""
        self.keywords: set[str] = set()
        """Names of parameters that occur in calls of which only the run knows what they call."""
        for module, _, node in self.functions():
            for call in (n for n in ast.walk(node) if isinstance(n, ast.Call)):
                if not self._is_known(module, call):
                    self.keywords |= {keyword.arg for keyword in call.keywords if keyword.arg}

    def class_named(self, module: Module, name: str) -> Class | None:
        found = self.sources.resolve(module, name)
        return self.classes.get((found[0].name, found[1])) if isinstance(found, tuple) else None

    def methods_named(self, name: str) -> list[tuple[Class, ast.FunctionDef]]:
        return [(c, c.methods[name]) for c in self.classes.values() if name in c.methods]

    def is_method(self, name: str) -> bool:
        return any(name in c.methods for c in self.classes.values())

    # What is reached.

    @staticmethod
    def _tasks(owner: Class) -> list[str]:
        return [name for name, node in owner.methods.items() if "task" in decorators(node)]

    def _metrics(self, module: Module) -> list[str]:
        """What declares a metric at the top of a module: a threshold may be on one that no task
        adds to, and k6 refuses names that it does not know.
        """
        made = {
            name: node.value.func
            for name, node in module.definitions.items()
            if isinstance(node, ast.Assign | ast.AnnAssign)
            and isinstance(node.value, ast.Call)
            and isinstance(node.value.func, ast.Name)
        }
        kinds = {name: self.sources.resolve(module, func.id) for name, func in made.items()}
        return [
            name
            for name, kind in kinds.items()
            if isinstance(kind, Imported) and kind.name in subset.METRICS
        ]

    def _need(self, module: Module, name: str) -> None:
        found = self.sources.resolve(module, name)
        if not isinstance(found, tuple):
            return
        home, name = found
        if (home.name, name) in self._seen:
            return
        self._seen.add((home.name, name))
        node = home.definitions[name]
        if isinstance(node, ast.ClassDef):
            self._need_class(home, node)
            return
        self.definitions[home.name, name] = (home, node)
        self._walk(home, node)

    def _need_class(self, module: Module, node: ast.ClassDef) -> None:
        methods = {m.name: m for m in node.body if isinstance(m, ast.FunctionDef)}
        known = Class(module, node, None, methods)
        for base in node.bases:
            if isinstance(base, ast.Name):
                self._need(module, base.id)
                found = self.sources.resolve(module, base.id)
                known.base = (
                    self.classes.get((found[0].name, found[1]))
                    if isinstance(found, tuple)
                    else found
                )
        self.classes[module.name, node.name] = known
        for statement in node.body:
            if isinstance(statement, ast.Assign | ast.AnnAssign):
                self._walk(module, statement)
        for name, method in methods.items():
            always = name.startswith("__") or "property" in decorators(method)
            if always or name in self._mentioned:
                self._reach(known, name)

    def _reach(self, owner: Class, name: str) -> None:
        if name not in owner.reached:
            owner.reached.append(name)
            method = owner.methods[name]
            if not {"local_only", "k6_only_body"} & decorators(method).keys():
                self._walk(owner.module, method)

    def _mention(self, name: str) -> None:
        self._mentioned.add(name)
        for owner in list(self.classes.values()):
            if name in owner.methods:
                self._reach(owner, name)

    def _walk(self, module: Module, node: ast.AST) -> None:
        for below in nodes_of(node):
            if isinstance(below, ast.Name):
                self._need(module, below.id)
            elif isinstance(below, ast.Attribute):
                if below.attr not in self._mentioned:
                    self._mention(below.attr)
            elif isinstance(below, ast.Import | ast.ImportFrom):
                module.imports.update(imports_of(below))

    def _written_by_hand(self) -> Iterator[str]:
        """Methods whose JavaScript is the author's, who may wait in it."""
        for owner in self.classes.values():
            for name in owner.reached:
                if "k6_only_body" in decorators(owner.methods[name]):
                    yield name

    def _assigned(self) -> Iterator[str]:
        for owner in self.classes.values():
            for node in owner.node.body:
                if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                    yield node.target.id
        for _, _, function in self.functions():
            for inner in ast.walk(function):
                if isinstance(inner, ast.Attribute) and isinstance(inner.ctx, ast.Store):
                    yield inner.attr

    def _is_known(self, module: Module, call: ast.Call) -> bool:
        if is_spread(call):
            return False
        if isinstance(call.func, ast.Name):
            return self.sources.resolve(module, call.func.id) is not None
        if not isinstance(call.func, ast.Attribute):
            return False
        name = call.func.attr
        own = self.is_method(name)
        return own != (name in subset.METHODS) or not (own or name in self.attributes)

    # What waits.

    def functions(self) -> Iterator[tuple[Module, Class | None, ast.FunctionDef]]:
        for owner in self.classes.values():
            for name in owner.reached:
                if not {"local_only", "k6_only_body"} & decorators(owner.methods[name]).keys():
                    yield owner.module, owner, owner.methods[name]
        for module, node in self.definitions.values():
            if isinstance(node, ast.FunctionDef):
                yield module, None, node

    def statements(self) -> Iterator[tuple[Module, ast.stmt]]:
        """Everything that is reached: functions, constants, attributes of classes."""
        yield from ((module, function) for module, _, function in self.functions())
        yield from self.definitions.values()
        for owner in self.classes.values():
            attributes = (ast.Assign, ast.AnnAssign)
            yield from ((owner.module, s) for s in owner.node.body if isinstance(s, attributes))

    def _colour(self) -> bool:
        changed = False
        for module, owner, node in self.functions():
            if owner is None:
                known = (module.name, node.name) in self.async_functions
            else:
                known = node.name in self.async_methods
            if known or not self.waits(module, node):
                continue
            changed = True
            if owner is None:
                self.async_functions.add((module.name, node.name))
            else:
                self.async_methods.add(node.name)
        return changed

    def waits(self, module: Module, function: ast.AST) -> bool:
        """Whether anything in the function itself waits; functions inside of it are their own."""
        return any(self.waits_here(module, node) for node in _own_nodes(function))

    def waits_here(self, module: Module, node: ast.AST) -> bool:
        """Whether this one node waits."""
        if isinstance(node, ast.With):
            return bool({"__enter__", "__exit__"} & self.async_methods)
        if not isinstance(node, ast.Call):
            return False
        called = node.func
        if isinstance(called, ast.Name):
            return self._function_waits(self.sources.resolve(module, called.id))
        if not isinstance(called, ast.Attribute):
            return False
        if called.attr in subset.HTTP_VERBS and is_http(called.value):
            return True
        return called.attr in self.async_methods and not is_text(called.value)

    def _function_waits(self, found: Imported | tuple[Module, str] | None) -> bool:
        if isinstance(found, tuple):
            return (found[0].name, found[1]) in self.async_functions
        return found is not None and found.name in subset.ASYNC_FUNCTIONS


def _own_nodes(function: ast.AST) -> Iterator[ast.AST]:
    """What runs when the function runs: not the functions that are only defined in it."""
    body = function.body if isinstance(function, ast.FunctionDef) else [function]
    pending: list[ast.AST] = list(body)
    while pending:
        node = pending.pop()
        if isinstance(node, ast.FunctionDef | ast.Lambda):
            continue
        yield node
        if isinstance(node, ast.AnnAssign):
            pending += [node.value] if node.value else []
        else:
            pending += ast.iter_child_nodes(node)


def is_spread(node: ast.Call) -> bool:
    """Whether only the run knows how many arguments come before the named ones."""
    return bool(node.keywords) and any(isinstance(one, ast.Starred) for one in node.args)


def is_http(node: ast.expr) -> bool:
    return (isinstance(node, ast.Attribute) and node.attr == "http") or (
        isinstance(node, ast.Name) and node.id == "http"
    )


def is_text(node: ast.expr) -> bool:
    """Whether an expression is certainly a text."""
    return isinstance(node, ast.JoinedStr) or (
        isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
