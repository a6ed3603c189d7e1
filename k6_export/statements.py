"""Statements, one method per syntax node, and the functions that they make up."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence

from k6_export import javascript as js
from k6_export import subset
from k6_export.comprehensions import Comprehensions
from k6_export.program import Program, decorators
from k6_export.refusals import Refusals
from k6_export.scope import (
    Scope,
    all_parameters,
    assigned,
    declared,
)
from k6_export.source import Module


class Statements(Comprehensions):
    """Compiles the statements of one module."""

    def __init__(self, program: Program, module: Module, refusals: Refusals) -> None:
        super().__init__(program, module, refusals)
        self.out = js.Writer()
        self._unfinished: dict[ast.Break, str] = {}
        """The breaks of loops that have an ``else``, with the variable that they set."""

    def body(self, statements: Sequence[ast.stmt]) -> None:
        for statement in statements:
            self.statement(statement)

    def statement(self, node: ast.stmt) -> None:
        visit: Callable[[ast.stmt], None] | None = getattr(self, f"do_{type(node).__name__}", None)
        if visit is None:
            what, instead = subset.REFUSED.get(
                type(node), (type(node).__name__, "write it in simpler Python")
            )
            self.refuse(node, what, instead)
            return
        visit(node)

    def _line(self, text: str, node: ast.stmt) -> None:
        self.out.line(f"{text};", str(node.lineno))

    # Functions.

    def function(self, head: str, node: ast.FunctionDef, skip: int, owner: str = "") -> None:
        """A function with everything in it; ``head`` has ``{1}`` for ``async``, ``{0}`` for the
        parameters.
        """
        given = {parameter.arg for parameter in all_parameters(node.args)}
        outer = self.scope
        given_defaults, kept = self.kept_defaults(node.args)
        for variable, value in kept.items():
            self.out.line(f"const {variable} = {value};")
        local = [name for name in assigned(node.body) if name not in given]
        waits = self.program.waits(self.module, node) or self._calls_waiting_local(node)
        self.scope = Scope(outer, {*given, *local}, waits=waits, owner=owner or outer.owner)
        self.scope.async_locals = self._waiting_locals(node)
        signature = self.signature(node.args, given_defaults, skip)
        start = head.format(signature, "async " if waits else "")
        self.out.open(start, f"{self.module.shown}:{node.lineno}")
        if skip and _mentions(node, node.args.args[0].arg):
            self.out.line(f"const {js.identifier(node.args.args[0].arg)} = this;")
        for line in self.rest(node.args, given_defaults, skip):
            self.out.line(line)
        at = self.out.mark()
        self.body(_without_docstring(node.body))
        names = [*local]
        if names or self.scope.temporaries:
            text = declared(names)[:-1] if names else "let"
            extra = ", ".join(self.scope.temporaries)
            joint = ", " if names and extra else " " if extra else ""
            self.out.insert(at, f"{text}{joint}{extra};")
        if not _returns(node.body):
            self.out.line("return null;")
        self.scope = outer
        self.out.close()

    def _waiting_locals(self, node: ast.FunctionDef) -> set[str]:
        inner = [n for n in ast.walk(node) if isinstance(n, ast.FunctionDef) and n is not node]
        return {n.name for n in inner if self.program.waits(self.module, n)}

    def _calls_waiting_local(self, node: ast.FunctionDef) -> bool:
        waiting = self._waiting_locals(node)
        calls = (n.func for n in ast.walk(node) if isinstance(n, ast.Call))
        return any(isinstance(called, ast.Name) and called.id in waiting for called in calls)

    def do_FunctionDef(self, node: ast.FunctionDef) -> None:
        """A function inside of a function."""
        if decorators(node):
            self.refuse(node, "a decorated function in a function", "leave out the decorator")
        name = js.identifier(node.name)
        self.function(f"{name} = {{1}}function ({{0}})", node, 0)
        self.names_of_parameters(name, node)

    def names_of_parameters(
        self, function: str, node: ast.FunctionDef, skip: int = 0, *, always: bool = False
    ) -> None:
        """What a function needs for calls by keyword that only the run knows."""
        signed = self.signed(function, node.args, skip, always=always)
        if signed != function:
            self.out.line(f"{signed};")

    # Simple statements.

    def do_Expr(self, node: ast.Expr) -> None:
        if isinstance(node.value, ast.Constant):
            return
        self._line(self.bare(node.value), node)

    def do_Assign(self, node: ast.Assign) -> None:
        value = self.bare(node.value)
        if len(node.targets) == 1 and not _comes_before(node.targets[0], node.value):
            self._line(self.target(node.targets[0], value), node)
            return
        kept = self.scope.temporary()
        self._line(f"{kept} = {value}", node)
        for target in node.targets:
            self._line(self.target(target, kept), node)

    def do_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self._line(self.target(node.target, self.bare(node.value)), node)

    def do_AugAssign(self, node: ast.AugAssign) -> None:
        operator = subset.OPERATORS.get(type(node.op))
        if operator is None:
            self.refuse(node, f"the operator {type(node.op).__name__}", "write it out")
            return
        value = self.expression(node.value)
        match node.target:
            case ast.Name():
                current = js.identifier(node.target.id)
                self._line(f"{current} = py.i{operator}({current}, {value})", node)
            case ast.Attribute(value=owner, attr=name):
                kept = self.scope.temporary()
                self._line(f"{kept} = {self.expression(owner)}", node)
                self._line(f"{kept}.{name} = py.i{operator}({kept}.{name}, {value})", node)
            case ast.Subscript(value=owner, slice=key):
                kept, at = self.scope.temporary(), self.scope.temporary()
                self._line(f"{kept} = {self.expression(owner)}", node)
                self._line(f"{at} = {self.expression(key)}", node)
                now = f"py.i{operator}(py.getitem({kept}, {at}), {value})"
                self._line(f"py.setitem({kept}, {at}, {now})", node)

    def do_Return(self, node: ast.Return) -> None:
        self._line(f"return {self.bare(node.value) if node.value else 'null'}", node)

    def do_Pass(self, node: ast.Pass) -> None:
        """Nothing."""

    def do_Break(self, node: ast.Break) -> None:
        if node in self._unfinished:
            self._line(f"{self._unfinished[node]} = false", node)
        self._line("break", node)

    def do_Continue(self, node: ast.Continue) -> None:
        self._line("continue", node)

    def do_Nonlocal(self, node: ast.Nonlocal) -> None:
        """JavaScript's functions see the names around them as they are."""

    def do_Import(self, node: ast.Import) -> None:
        """Imports are those of the module, wherever they stand."""

    do_ImportFrom = do_Import

    def do_Delete(self, node: ast.Delete) -> None:
        for target in node.targets:
            match target:
                case ast.Subscript(value=owner, slice=ast.Slice() as part):
                    called = f"py.delete_slice({self.expression(owner)}, {self.bounds(part)})"
                    self._line(called, node)
                case ast.Subscript(value=owner, slice=key):
                    called = f"py.delitem({self.expression(owner)}, {self.expression(key)})"
                    self._line(called, node)
                case ast.Attribute(value=owner, attr=name):
                    self._line(f"delete {self.expression(owner)}.{name}", node)
                case ast.Name():
                    continue
                case _:
                    self.refuse(node, "del of this", "delete items of a dict or list")

    def do_Assert(self, node: ast.Assert) -> None:
        message = f", {self.expression(node.msg)}" if node.msg else ""
        failed = f"py.make(py.e.AssertionError{message})"
        self._line(f"if (!({self.condition(node.test)})) throw {failed}", node)

    def do_Raise(self, node: ast.Raise) -> None:
        if node.exc is None:
            self._line(f"throw {self.scope.caught or 'null'}", node)
            return
        text = self.expression(node.exc)
        self._line(f"throw py.raised({text})", node)

    # Blocks.

    def do_If(self, node: ast.If) -> None:
        self.out.open(f"if ({self.condition(node.test)})", str(node.lineno))
        self.body(node.body)
        orelse = node.orelse
        while len(orelse) == 1 and isinstance(orelse[0], ast.If):
            inner = orelse[0]
            test = self.condition(inner.test)
            self.out.middle(f"else if ({test})")
            self.body(inner.body)
            orelse = inner.orelse
        if orelse:
            self.out.middle("else")
            self.body(orelse)
        self.out.close()

    def do_While(self, node: ast.While) -> None:
        finished = self._else_flag(node)
        endless = isinstance(node.test, ast.Constant) and bool(node.test.value)
        test = "true" if endless else self.condition(node.test)
        self.out.open(f"while ({test})", str(node.lineno))
        self._loop_body(node, finished)

    def do_For(self, node: ast.For) -> None:
        finished = self._else_flag(node)
        item = self.scope.counter()
        each = f"for (const {item} of py.iter({self.expression(node.iter)}))"
        self.out.open(each, str(node.lineno))
        self.out.line(f"{self.target(node.target, item)};")
        self._loop_body(node, finished)

    def _else_flag(self, node: ast.While | ast.For) -> str:
        """For ``else`` after a loop: a variable that says whether it ended by itself."""
        if not node.orelse:
            return ""
        finished = self.scope.temporary()
        self.out.line(f"{finished} = true;")
        return finished

    def _loop_body(self, node: ast.While | ast.For, finished: str) -> None:
        if finished:
            self._unfinished |= {inner: finished for inner in _breaks_of(node)}
        self.body(node.body)
        self.out.close()
        if finished:
            self.out.open(f"if ({finished})")
            self.body(node.orelse)
            self.out.close()

    def do_With(self, node: ast.With) -> None:
        self._with(node, list(node.items))

    def _with(self, node: ast.With, items: list[ast.withitem]) -> None:
        if not items:
            self.body(node.body)
            return
        item, *others = items
        wait = "await " if self.scope.waits and self.program.waits_here(self.module, node) else ""
        manager, ended, error = (self.scope.counter() for _ in range(3))
        self.out.line(f"const {manager} = {self.bare(item.context_expr)};", str(node.lineno))
        entered = f"{wait}{manager}.__enter__()"
        target = self.target(item.optional_vars, entered) if item.optional_vars else entered
        self.out.line(f"{target};")
        self.out.line(f"let {ended} = false;")
        self.out.open("try")
        self.out.open("try")
        self._with(node, others)
        self.out.middle(f"catch ({error})")
        self.out.line(f"{ended} = true;")
        exit_with = f"{wait}{manager}.__exit__(py.type_of({error}), {error}, null)"
        self.out.line(f"if (!py.truthy({exit_with})) throw {error};")
        self.out.close()
        self.out.middle("finally")
        self.out.line(f"if (!{ended}) {wait}{manager}.__exit__(null, null, null);")
        self.out.close()

    def do_Try(self, node: ast.Try) -> None:
        if node.handlers and node.finalbody:
            # One statement of its own each: in k6's engine a `catch` also gets what the `finally`
            # behind it throws.
            inner = ast.Try(node.body, node.handlers, node.orelse, [])
            node = ast.Try([ast.copy_location(inner, node)], [], [], node.finalbody)
        flawless = self.scope.temporary() if node.orelse else ""
        if flawless:
            self.out.line(f"{flawless} = false;")
        self.out.open("try")
        self.body(node.body)
        if flawless:
            self.out.line(f"{flawless} = true;")
        if node.handlers:
            self._handlers(node.handlers)
        if node.finalbody:
            self.out.middle("finally")
            self.body(node.finalbody)
        self.out.close()
        if flawless:
            self.out.open(f"if ({flawless})")
            self.body(node.orelse)
            self.out.close()

    def _handlers(self, handlers: list[ast.ExceptHandler]) -> None:
        error = self.scope.counter()
        outer, self.scope.caught = self.scope.caught, error
        self.out.middle(f"catch ({error})")
        for number, handler in enumerate(handlers):
            test = f"py.isinstance({error}, {self._caught_type(handler)})"
            if number:
                self.out.middle(f"else if ({test})")
            else:
                self.out.open(f"if ({test})", str(handler.lineno))
            if handler.name:
                self.out.line(f"{js.identifier(handler.name)} = {error};")
            self.body(handler.body)
        self.out.middle("else")
        self.out.line(f"throw {error};")
        self.out.close()
        self.scope.caught = outer

    def _caught_type(self, handler: ast.ExceptHandler) -> str:
        return self.expression(handler.type) if handler.type else "py.e.BaseException"


def _without_docstring(body: list[ast.stmt]) -> list[ast.stmt]:
    first = body[0] if body else None
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
        return body[1:]
    return body


def _returns(body: list[ast.stmt]) -> bool:
    """Whether the last statement certainly leaves the function."""
    last = body[-1]
    if isinstance(last, ast.Return | ast.Raise):
        return True
    if isinstance(last, ast.If):
        return bool(last.orelse) and _returns(last.body) and _returns(last.orelse)
    return False


def _comes_before(target: ast.expr, value: ast.expr) -> bool:
    """Whether JavaScript would look at parts of a target that the value, which Python evaluates
    first, may change.
    """
    if not any(isinstance(n, ast.Call) for n in ast.walk(value)):
        return False
    match target:
        case ast.Attribute(value=owner):
            return not isinstance(owner, ast.Name)
        case ast.Subscript(value=owner, slice=key):
            return not isinstance(owner, ast.Name) or not isinstance(key, ast.Name | ast.Constant)
    return False


def _mentions(node: ast.FunctionDef, name: str) -> bool:
    return any(isinstance(n, ast.Name) and n.id == name for n in ast.walk(node))


def _breaks_of(loop: ast.While | ast.For) -> list[ast.Break]:
    """The ``break``s that end this very loop."""
    found: list[ast.Break] = []
    pending: list[ast.AST] = list(loop.body)
    while pending:
        node = pending.pop()
        if isinstance(node, ast.Break):
            found.append(node)
        elif isinstance(node, ast.For | ast.While):
            pending += node.orelse
        elif not isinstance(node, ast.FunctionDef | ast.Lambda):
            pending += ast.iter_child_nodes(node)
    return found
