"""Expressions, one method per syntax node: Python's meaning, said with the runtime's functions."""

from __future__ import annotations

import ast
import math
from collections.abc import Callable, Mapping

from k6_export import javascript as js
from k6_export import subset
from k6_export.program import Program, decorators, is_http, is_spread, is_text
from k6_export.refusals import Refusals
from k6_export.scope import (
    Scope,
    all_parameters,
    defaults,
    parameters,
    takes_keywords,
)
from k6_export.source import Imported, Module

_STAND_IN = "null"


class Expressions:
    """Compiles the expressions of one module."""

    def __init__(self, program: Program, module: Module, refusals: Refusals) -> None:
        self.program = program
        self.module = module
        self.refusals = refusals
        self.scope = Scope()
        self.used: dict[str, set[str]] = {}
        """Runtime file or module of ours -> names that are imported from it."""

    def expression(self, node: ast.expr) -> str:
        visit: Callable[[ast.expr], str] | None = getattr(self, f"on_{type(node).__name__}", None)
        if visit is None:
            what, instead = subset.REFUSED.get(
                type(node), (type(node).__name__, "write it in simpler Python")
            )
            return self.refuse(node, what, instead)
        return visit(node)

    def bare(self, node: ast.expr) -> str:
        """An expression that stands alone: without the brackets around an ``await``."""
        text = self.expression(node)
        waits = isinstance(node, ast.Call) and text.startswith("(await ") and text.endswith(")")
        return text[1:-1] if waits else text

    def refuse(self, node: ast.AST, what: str, instead: str) -> str:
        self.refusals.refuse(self.module, node, what, instead)
        return _STAND_IN

    def condition(self, node: ast.expr) -> str:
        """An expression of which only the truth counts. Never a constant: k6's engine stumbles
        over some code that can never run ("Compiler bug: Unsupported instruction").
        """
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            return f"!{self._operand(self.condition(node.operand))}"
        if isinstance(node, ast.BoolOp):
            sign = " && " if isinstance(node.op, ast.And) else " || "
            return sign.join(self._operand(self.condition(value)) for value in node.values)
        text = self.expression(node)
        plain = _is_boolean(node) and not isinstance(node, ast.Constant)
        return text if plain else f"py.truthy({text})"

    @staticmethod
    def _operand(text: str) -> str:
        return f"({text})" if " && " in text or " || " in text or " === " in text else text

    # Constants and containers.

    def on_Constant(self, node: ast.Constant) -> str:
        value = node.value
        if value is None or isinstance(value, bool):
            return {None: "null", True: "true", False: "false"}[value]
        if isinstance(value, int):
            return js.integer(value)
        if isinstance(value, float):
            text = "Infinity" if math.isinf(value) else repr(value)
            return f"new py.Float({text})" if value.is_integer() else text
        if isinstance(value, str):
            return js.string(value)
        if isinstance(value, bytes):
            return f"Uint8Array.of({', '.join(map(str, value))})"
        return self.refuse(node, f"the constant {value!r}", "write a number or a text")

    def on_JoinedStr(self, node: ast.JoinedStr) -> str:
        parts = []
        for value in node.values:
            if isinstance(value, ast.Constant):
                text = js.string(str(value.value))[1:-1].replace('\\"', '"')
                parts.append(text.replace("`", "\\`").replace("${", "\\${"))
            else:
                parts.append(f"${{{self.expression(value)}}}")
        return f"`{''.join(parts)}`"

    def on_FormattedValue(self, node: ast.FormattedValue) -> str:
        value = self.expression(node.value)
        conversion = chr(node.conversion) if node.conversion > 0 else ""
        spec = self.expression(node.format_spec) if node.format_spec else '""'
        if spec in ('""', "``") and not conversion:
            return value if is_text(node.value) else f"py.str({value})"
        return f"py.format({value}, {spec}, {js.string(conversion)})"

    def on_List(self, node: ast.List) -> str:
        return f"[{', '.join(map(self._element, node.elts))}]"

    def on_Tuple(self, node: ast.Tuple) -> str:
        return f"py.Tuple.of({', '.join(map(self._element, node.elts))})"

    def on_Set(self, node: ast.Set) -> str:
        return f"new py.PySet([{', '.join(map(self._element, node.elts))}])"

    def on_Dict(self, node: ast.Dict) -> str:
        entries = []
        for key, value in zip(node.keys, node.values, strict=True):
            if key is None:
                entries.append(f"...{self.expression(value)}.entries()")
            else:
                entries.append(f"[{self.expression(key)}, {self.expression(value)}]")
        return f"new py.Dict([{', '.join(entries)}])"

    def _element(self, node: ast.expr) -> str:
        if isinstance(node, ast.Starred):
            return f"...py.iter({self.expression(node.value)})"
        return self.expression(node)

    # Names, attributes, items.

    def on_Name(self, node: ast.Name) -> str:
        name = node.id
        if self.scope.knows(name):
            return js.identifier(name)
        found = self.program.sources.resolve(self.module, name)
        if isinstance(found, tuple):
            home, name = found
            if home is not self.module:
                self.used.setdefault(f"./{home.stem}.js", set()).add(name)
            return js.identifier(name)
        if found is not None:
            return self._imported(node, found)
        if name in subset.BUILTINS:
            return f"py.b.{name}"
        if name in subset.EXCEPTIONS:
            return f"py.e.{name}"
        return self.refuse(node, f"the name {name!r}", subset.instead_of(name))

    def _imported(self, node: ast.AST, found: Imported) -> str:
        exported = found.module != "locust" or found.name in subset.WAIT_TIMES
        if found.module in subset.RUNTIME and found.name and exported:
            self.used.setdefault(f"{subset.RUNTIME[found.module]}.js", set()).add(found.name)
            return js.identifier(found.name)
        if found.full in subset.TYPES:
            return subset.TYPES[found.full]
        if found.full == "dataclasses.replace":
            return "py.replace"
        if found.full in subset.LIBRARY:
            return f"py.lib[{js.string(found.full)}]"
        return self.refuse(node, found.full, subset.instead_of(found.full))

    def on_Attribute(self, node: ast.Attribute) -> str:
        library = self._library(node)
        if library is not None:
            return library
        if isinstance(node.value, ast.Call) and _is_super(node.value):
            return f"super.{node.attr}"
        method = self.program.is_method(node.attr) and not self._is_property(node.attr)
        if method and isinstance(node.ctx, ast.Load):
            return f"py.bind({self.expression(node.value)}, {js.string(node.attr)})"
        target = self._object(node.value)
        if node.attr in subset.ATTRIBUTES or (node.attr in subset.METHODS and target != "self"):
            return f"py.attr({self.expression(node.value)}, {js.string(node.attr)})"
        return f"{target}.{node.attr}"

    def _is_property(self, name: str) -> bool:
        return any(
            "property" in decorators(method) for _, method in self.program.methods_named(name)
        )

    def _library(self, node: ast.Attribute) -> str | None:
        """``time.time``: a name of a module that was imported as a whole."""
        if not isinstance(node.value, ast.Name) or self.scope.knows(node.value.id):
            return None
        found = self.program.sources.resolve(self.module, node.value.id)
        if not isinstance(found, Imported) or found.module in subset.RUNTIME:
            return None
        if found.name and found.full not in {name.rpartition(".")[0] for name in subset.LIBRARY}:
            return None
        return self._imported(node, Imported(found.full, node.attr))

    def _object(self, node: ast.expr) -> str:
        """An expression in front of a dot."""
        text = self.expression(node)
        simple = isinstance(node, ast.Name | ast.Attribute | ast.Call | ast.Subscript)
        return text if simple and not text.startswith(("await ", "new ")) else f"({text})"

    def on_Subscript(self, node: ast.Subscript) -> str:
        value = self.expression(node.value)
        if isinstance(node.slice, ast.Slice):
            return f"py.slice({value}, {self.bounds(node.slice)})"
        return f"py.getitem({value}, {self.expression(node.slice)})"

    def bounds(self, node: ast.Slice) -> str:
        parts = (node.lower, node.upper, node.step)
        return ", ".join(self.expression(part) if part else "null" for part in parts)

    # Operators.

    def on_BinOp(self, node: ast.BinOp) -> str:
        left, right = self.expression(node.left), self.expression(node.right)
        if isinstance(node.op, ast.Add) and is_text(node.left) and is_text(node.right):
            return f"{left} + {right}"
        operator = subset.OPERATORS.get(type(node.op))
        if operator is None:
            return self.refuse(node, f"the operator {type(node.op).__name__}", "write it out")
        return f"py.{operator}({left}, {right})"

    def on_UnaryOp(self, node: ast.UnaryOp) -> str:
        if isinstance(node.op, ast.Not):
            return self.condition(node)
        if isinstance(node.op, ast.USub) and isinstance(node.operand, ast.Constant):
            value = node.operand.value
            if isinstance(value, int | float) and not isinstance(value, bool):
                return self._negative(value)
        return f"py.{subset.OPERATORS[type(node.op)]}({self.expression(node.operand)})"

    def _negative(self, value: float) -> str:
        if value == 0:
            return "new py.Float(-0)" if isinstance(value, float) else "0"
        return self.on_Constant(ast.Constant(-value))

    def on_BoolOp(self, node: ast.BoolOp) -> str:
        """``a or b`` is one of the values, and looks at ``b`` only if it has to."""
        if all(_is_boolean(value) for value in node.values):
            return self.condition(node)
        *firsts, text = map(self.expression, node.values)
        for first in reversed(firsts):
            kept = self.scope.temporary()
            test = f"py.truthy({kept} = {first})"
            one, other = (text, kept) if isinstance(node.op, ast.And) else (kept, text)
            text = f"({test} ? {one} : {other})"
        return text

    def on_Compare(self, node: ast.Compare) -> str:
        if len(node.ops) == 1:
            left, right = self.expression(node.left), self.expression(node.comparators[0])
            return self._compare(node.ops[0], left, right)
        left, parts = self.expression(node.left), []
        for operator, comparator in zip(node.ops, node.comparators, strict=True):
            kept = self.scope.temporary()
            right = f"({kept} = {self.expression(comparator)})"
            parts.append(self._compare(operator, left, right))
            left = kept
        return f"({' && '.join(parts)})"

    def _compare(self, operator: ast.cmpop, left: str, right: str) -> str:
        match operator:
            case ast.Is():
                plain = right == "null" and left.isidentifier()
                return f"{left} === null" if plain else f"py.is({left}, {right})"
            case ast.IsNot():
                plain = right == "null" and left.isidentifier()
                return f"{left} !== null" if plain else f"!py.is({left}, {right})"
            case ast.In():
                return self._contains(left, right)
            case ast.NotIn():
                return f"!{self._contains(left, right)}"
        return f"py.{subset.OPERATORS[type(operator)]}({left}, {right})"

    def _contains(self, item: str, container: str) -> str:
        """The item comes first in Python; that matters if both are more than names."""
        if "(" not in item or "(" not in container:
            return f"py.contains({container}, {item})"
        kept = self.scope.temporary()
        return f"({kept} = {item}, py.contains({container}, {kept}))"

    def on_IfExp(self, node: ast.IfExp) -> str:
        one, other = self.expression(node.body), self.expression(node.orelse)
        return f"({self.condition(node.test)} ? {one} : {other})"

    def on_NamedExpr(self, node: ast.NamedExpr) -> str:
        return f"({js.identifier(node.target.id)} = {self.expression(node.value)})"

    # Calls.

    def on_Call(self, node: ast.Call) -> str:
        text = self._call(node)
        if self._waits(node):
            if not self.scope.waits:
                self.refuse(node, "waiting here", "event handlers may not block: move it to a task")
            return f"(await {text})"
        return text

    def _waits(self, node: ast.Call) -> bool:
        if isinstance(node.func, ast.Name) and self.scope.knows(node.func.id):
            return self.scope.local_waits(node.func.id)
        return self.program.waits_here(self.module, node)

    def _call(self, node: ast.Call) -> str:
        if any(keyword.arg is None for keyword in node.keywords):
            return self.refuse(node, "**keywords in a call", "name them")
        if isinstance(node.func, ast.Name):
            return self._call_name(node, node.func)
        if isinstance(node.func, ast.Attribute):
            return self._call_attribute(node, node.func)
        return self._call_value(node, self.expression(node.func))

    def _call_value(self, node: ast.Call, text: str) -> str:
        """A call of what only the run knows."""
        if not node.keywords:
            return js.call("py.call", [text, *self._arguments(node)])
        positional = [self._element(argument) for argument in node.args]
        named = js.object_of((k.arg or "", self.expression(k.value)) for k in node.keywords)
        return f"py.callkw({text}, null, [{', '.join(positional)}], {named})"

    def _arguments(self, node: ast.Call, keywords: str = "kw") -> list[str]:
        """Positional arguments, then the keywords as the runtime wants them."""
        arguments = [self._element(argument) for argument in node.args]
        if node.keywords:
            named = js.object_of((k.arg or "", self.expression(k.value)) for k in node.keywords)
            arguments.append(f"new py.Kw({named})" if keywords == "kw" else named)
        return arguments

    def _call_name(self, node: ast.Call, called: ast.Name) -> str:
        name = called.id
        if self.scope.knows(name):
            return self._call_value(node, js.identifier(name))
        found = self.program.sources.resolve(self.module, name)
        text = self.expression(called)
        if self._is_class(found, name):
            return self._make(node, text)
        if isinstance(found, tuple):
            definition = found[0].definitions[found[1]]
            if isinstance(definition, ast.FunctionDef):
                if is_spread(node):
                    return self._call_value(node, text)
                return js.call(text, self._bound(node, definition, skip=0))
        return js.call(text, self._arguments(node))

    def _is_class(self, found: Imported | tuple[Module, str] | None, name: str) -> bool:
        if isinstance(found, tuple):
            return (found[0].name, found[1]) in self.program.classes
        if found is not None:
            return found.module in subset.RUNTIME and name[:1].isupper()
        return name in subset.EXCEPTIONS

    def _make(self, node: ast.Call, text: str) -> str:
        if node.keywords:
            return self._call_value(node, text)
        return js.call("py.make", [text, *self._arguments(node)])

    def _call_attribute(self, node: ast.Call, called: ast.Attribute) -> str:
        library = self._library(called)
        if library is not None:
            return js.call(library, self._arguments(node))
        if isinstance(called.value, ast.Call) and _is_super(called.value):
            return js.call(f"super.{called.attr}", self._bound_method(node, called.attr))
        target = self._object(called.value)
        unbound = self._unbound(called)
        if unbound is not None:
            function = f"{target}.prototype.{called.attr}.call"
            return js.call(function, self._bound(node, unbound, skip=0))
        return self._call_method(node, called, target)

    def _call_method(self, node: ast.Call, called: ast.Attribute, target: str) -> str:
        http = called.attr in subset.HTTP_VERBS and is_http(called.value)
        own = target == "self" and self.program.is_method(called.attr)
        if called.attr in subset.METHODS and not http and not own:
            return js.call(f"py.m.{called.attr}", [target, *self._arguments(node)])
        if self.program.is_method(called.attr):
            if is_spread(node):
                return self._call_value(node, f"py.bind({target}, {js.string(called.attr)})")
            return js.call(f"{target}.{called.attr}", self._bound_method(node, called.attr))
        text = f"{target}.{called.attr}"
        if called.attr in self.program.attributes:
            return self._call_value(node, text)
        if node.keywords and not http:
            return self._call_value(node, f"py.bind({target}, {js.string(called.attr)})")
        return js.call(text, self._arguments(node, "object"))

    def _unbound(self, called: ast.Attribute) -> ast.FunctionDef | None:
        """The method that ``Class.method`` names, if it wants an object."""
        if not isinstance(called.value, ast.Name) or self.scope.knows(called.value.id):
            return None
        owner = self.program.class_named(self.module, called.value.id)
        method = owner.method(called.attr) if owner else None
        bound = method and {"staticmethod", "classmethod"} & decorators(method).keys()
        return None if bound else method

    def _bound_method(self, node: ast.Call, name: str) -> list[str]:
        given = {keyword.arg for keyword in node.keywords}
        methods = [method for _, method in self.program.methods_named(name)]
        if not given or not methods:
            return self._arguments(node, "object")
        fitting = [m for m in methods if given <= {p.arg for p in parameters(m.args)}]
        method = (fitting or methods)[0]
        static = any(
            isinstance(d, ast.Name) and d.id == "staticmethod" for d in method.decorator_list
        )
        return self._bound(node, method, skip=0 if static else 1)

    def _bound(self, node: ast.Call, function: ast.FunctionDef, skip: int) -> list[str]:
        """Arguments in the order of the parameters."""
        positional = [self._element(argument) for argument in node.args]
        if not node.keywords:
            return positional
        names = [parameter.arg for parameter in parameters(function.args)][skip:]
        given = self._in_order(node.keywords, names)
        for name in given:
            if name not in names:
                self.refuse(node, f"{function.name}() has no parameter {name!r}: it", "rename it")
        behind = {}
        if takes_keywords(function.args):
            only = [parameter.arg for parameter in function.args.kwonlyargs]
            behind = {name: given.pop(name) for name in only if name in given}
        last = max((names.index(n) for n in given if n in names), default=-1)
        for name in names[len(positional) : last + 1]:
            positional.append(given.get(name, "undefined"))
        if behind:
            positional.append(f"new py.Kw({js.object_of(behind.items())})")
        return positional

    def _in_order(self, keywords: list[ast.keyword], names: list[str]) -> dict[str, str]:
        """Keyword arguments: evaluated in the order in which they are written."""
        given = {keyword.arg or "": self.expression(keyword.value) for keyword in keywords}
        placed = sorted(given, key=lambda name: names.index(name) if name in names else 0)
        calls = [k for k in keywords if any(isinstance(n, ast.Call) for n in ast.walk(k.value))]
        if placed == list(given) or len(calls) < 2:
            return given
        kept = {name: self.scope.temporary() for name in given}
        first = ", ".join(f"{kept[name]} = {text}" for name, text in given.items())
        return {**kept, placed[0]: f"({first}, {kept[placed[0]]})"}

    # Functions.

    def on_Lambda(self, node: ast.Lambda) -> str:
        given, kept = self.kept_defaults(node.args)
        outer = self.scope
        self.scope = Scope(outer, {p.arg for p in all_parameters(node.args)}, owner=outer.owner)
        signature = self.signature(node.args, given)
        body = self.expression(node.body)
        temporaries, self.scope = self.scope.temporaries, outer
        lines = self.rest(node.args, given)
        lines += [f"let {', '.join(temporaries)};"] if temporaries else []
        text = f"({signature}) => "
        if lines:
            text += f"{{ {' '.join(lines)} return {body}; }}"
        else:
            text += f"({body})" if body.startswith("{") else body
        text = self.signed(text, node.args)
        return f"(({', '.join(kept)}) => {text})({', '.join(kept.values())})" if kept else text

    def signed(
        self, function: str, arguments: ast.arguments, skip: int = 0, *, always: bool = False
    ) -> str:
        """A function with what it needs for calls by keyword that only the run knows."""
        names = [parameter.arg for parameter in parameters(arguments)[skip:]]
        needed = always or bool(self.program.keywords.intersection(names))
        if takes_keywords(arguments) or not needed:
            return function
        return f"py.signature({function}, {js.strings(names)}, {js.strings(defaults(arguments))})"

    def kept_defaults(self, arguments: ast.arguments) -> tuple[dict[str, str], dict[str, str]]:
        """The defaults, and the variables that keep those of them that may change later: Python
        evaluates a default when it meets the function, JavaScript at every call.
        """
        texts, kept = {}, {}
        for name, node in defaults(arguments).items():
            texts[name] = self.default(node)
            if not self._is_fixed(node):
                variable = self.scope.counter()
                kept[variable], texts[name] = texts[name], variable
        return texts, kept

    def _is_fixed(self, node: ast.expr) -> bool:
        """Whether an expression always has the same value."""
        names = (n.id for n in ast.walk(node) if isinstance(n, ast.Name))
        return isinstance(node, ast.Lambda) or not any(map(self.scope.knows, names))

    def signature(self, arguments: ast.arguments, given: Mapping[str, str], skip: int = 0) -> str:
        """Parameters with their defaults."""
        if arguments.kwarg:
            self.refuse(arguments.kwarg, "**keywords", "name the parameters")
        named = [] if takes_keywords(arguments) else parameters(arguments)[skip:]
        texts = [_with_default(js.identifier(one.arg), one.arg, given) for one in named]
        if arguments.vararg:
            texts.append(f"...{js.identifier(arguments.vararg.arg)}")
        return ", ".join(texts)

    @staticmethod
    def rest(arguments: ast.arguments, given: Mapping[str, str], skip: int = 0) -> list[str]:
        """The lines that make ``*rest``, and the parameters around it, what they are in Python."""
        if not arguments.vararg:
            return []
        rest = js.identifier(arguments.vararg.arg)
        lines = []
        if takes_keywords(arguments):
            only = arguments.kwonlyargs
            named = parameters(arguments)[skip : -len(only)]
            keys = [f"{js.key(one.arg)}: {js.identifier(one.arg)}" for one in only]
            texts = [
                _with_default(key, one.arg, given) for key, one in zip(keys, only, strict=True)
            ]
            lines.append(f"let {{ {', '.join(texts)} }} = py.take_keywords({rest});")
            if named:
                texts = [_with_default(js.identifier(one.arg), one.arg, given) for one in named]
                lines.append(f"let [{', '.join(texts)}] = {rest}.splice(0, {len(named)});")
        return [*lines, f"{rest} = py.Tuple.from({rest});"]

    def default(self, node: ast.expr) -> str:
        if isinstance(node, ast.List | ast.Dict | ast.Set | ast.Call):
            what = "a default argument that is not a constant"
            return self.refuse(node, what, "write None, and make it in the function")
        return self.expression(node)


def _is_boolean(node: ast.expr) -> bool:
    """Whether the JavaScript of an expression is certainly true or false."""
    if isinstance(node, ast.Compare):
        return True
    if isinstance(node, ast.Constant):
        return isinstance(node.value, bool)
    if isinstance(node, ast.UnaryOp):
        return isinstance(node.op, ast.Not)
    if isinstance(node, ast.BoolOp):
        return all(_is_boolean(value) for value in node.values)
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("isinstance", "bool", "any", "all", "callable", "hasattr")
    )


def _with_default(text: str, name: str, given: Mapping[str, str]) -> str:
    return f"{text} = {given[name]}" if name in given else text


def _is_super(node: ast.Call) -> bool:
    return isinstance(node.func, ast.Name) and node.func.id == "super" and not node.args
