"""Classes: methods, properties, class attributes, dataclasses and named tuples."""

from __future__ import annotations

import ast

from k6_export import javascript as js
from k6_export.program import Class, decorators
from k6_export.scope import Scope
from k6_export.source import Imported
from k6_export.statements import Statements


class Classes(Statements):
    """Compiles the classes of one module."""

    def class_(self, known: Class) -> None:
        """A class, then what Python keeps on it: attributes, parameter names, fields."""
        name = js.identifier(known.name)
        base = self._base(known)
        place = f"{self.module.shown}:{known.node.lineno}"
        self.out.open(f"export class {name}" + (f" extends {base}" if base else ""), place)
        for method in known.reached:
            self._method(known, known.methods[method])
        fields = self._fields(known)
        if fields is not None and "__init__" not in known.methods:
            self._fields_init(known, fields)
        self.out.close()
        self._attributes(known, name, fields or {})
        self._signatures(known, name, fields)
        self.out.line()

    def _base(self, known: Class) -> str:
        if len(known.node.bases) > 1:
            what, instead = "several base classes", "derive from one"
            self.refuse(known.node.bases[1], what, instead)
        if _is_named_tuple(known):
            return "py.NamedTuple"
        if known.node.keywords:
            self.refuse(known.node, "keywords in a class statement", "leave them out")
        return self.expression(known.node.bases[0]) if known.node.bases else ""

    def _method(self, known: Class, node: ast.FunctionDef) -> None:
        marks = decorators(node)
        name = node.name
        if "local_only" in marks:
            self.out.line(f"{name}() {{ return null; }}", f"{self.module.shown}:{node.lineno}")
        elif "k6_only_body" in marks:
            self._hand_written(node, marks["k6_only_body"])
        elif "property" in marks:
            if self.program.waits(self.module, node):
                self.refuse(node, "a property that waits", "make it a method")
            self.function(f"get {name}({{0}})", node, 1, known.name)
        elif "staticmethod" in marks:
            self.function(f"static {{1}}{name}({{0}})", node, 0, known.name)
            self.out.line(f"{name}(...$rest) {{ return this.constructor.{name}(...$rest); }}")
        elif "classmethod" in marks:
            self.function(f"static {{1}}{name}({{0}})", node, 1, known.name)
            self.out.line(f"{name}(...$rest) {{ return this.constructor.{name}(...$rest); }}")
        else:
            unknown = set(marks) - {"task", "override", "tag"}
            if unknown:
                what = f"the decorator {sorted(unknown)[0]!r}"
                self.refuse(node, what, "call a function in the method instead")
            self.function(f"{{1}}{name}({{0}})", node, 1, known.name)

    def _hand_written(self, node: ast.FunctionDef, decorator: ast.expr) -> None:
        text = decorator.args[0] if isinstance(decorator, ast.Call) and decorator.args else None
        if not isinstance(text, ast.Constant) or not isinstance(text.value, str):
            self.refuse(decorator, "k6_only_body without a text", "give it the body as a string")
            return
        given, _ = self.kept_defaults(node.args)
        head = f"async {node.name}({self.signature(node.args, given, 1)})"
        self.out.open(head, f"{self.module.shown}:{node.lineno}, written by hand")
        self.out.line("const self = this;")
        for line in text.value.strip().splitlines():
            self.out.line(line.strip())
        self.out.close()

    def _fields(self, known: Class) -> dict[str, ast.expr | None] | None:
        """The fields of a dataclass or named tuple with their defaults; None for other classes."""
        if not known.decorated("dataclass") and not _is_named_tuple(known):
            return None
        inherited = self._fields(known.base) if isinstance(known.base, Class) else None
        fields: dict[str, ast.expr | None] = {**(inherited or {})}
        for node in known.node.body:
            target, value = _assignment(node)
            if isinstance(node, ast.AnnAssign) and isinstance(target, ast.Name):
                fields[target.id] = value
                if "ClassVar" in ast.dump(node.annotation):
                    del fields[target.id]
        return fields

    def _fields_init(self, known: Class, fields: dict[str, ast.expr | None]) -> None:
        texts = []
        for name, default in fields.items():
            given = f" = {self._field_default(default)}" if default is not None else ""
            texts.append(f"{js.identifier(name)}{given}")
        self.out.open(f"__init__({', '.join(texts)})")
        if _is_named_tuple(known):
            self.out.line(f"this.push({', '.join(map(js.identifier, fields))});")
        else:
            for name in fields:
                self.out.line(f"this.{name} = {js.identifier(name)};")
        if known.method("__post_init__"):
            self.out.line("this.__post_init__();")
        self.out.close()

    def _field_default(self, node: ast.expr) -> str:
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id == "field"
        ):
            for keyword in node.keywords:
                if keyword.arg == "default_factory":
                    return f"py.call({self.expression(keyword.value)})"
                if keyword.arg == "default":
                    return self.expression(keyword.value)
        return self.default(node)

    def _attributes(self, known: Class, name: str, fields: dict[str, ast.expr | None]) -> None:
        given = {
            target.id: value
            for target, value in map(_assignment, known.node.body)
            if isinstance(target, ast.Name) and value is not None and target.id not in fields
        }
        if not given:
            return
        self.scope = Scope(None, set(given))
        texts = {attribute: self.expression(value) for attribute, value in given.items()}
        temporaries, self.scope = self.scope.temporaries, Scope()
        mentioned = {
            n.id for value in given.values() for n in ast.walk(value) if isinstance(n, ast.Name)
        }
        if not temporaries and not mentioned & given.keys():
            self.out.line(f"py.attributes({name}, {js.object_of(texts.items())});")
            return
        self.out.open("")
        if temporaries:
            self.out.line(f"let {', '.join(temporaries)};")
        for attribute, text in texts.items():
            self.out.line(f"const {js.identifier(attribute)} = {text};")
        pairs = ((attribute, js.identifier(attribute)) for attribute in texts)
        self.out.line(f"py.attributes({name}, {js.object_of(pairs)});")
        self.out.close()

    def _signatures(
        self, known: Class, name: str, fields: dict[str, ast.expr | None] | None
    ) -> None:
        """The names of parameters, and which may be left out, for calls with keywords."""
        if fields is not None:
            kind = "namedTuple" if _is_named_tuple(known) else "dataclass"
            optional = [field for field, default in fields.items() if default is not None]
            frozen = ", true" if _is_frozen(known) else ""
            names = f"{js.strings(fields)}, {js.strings(optional)}"
            self.out.line(f"py.{kind}({name}, {names}{frozen});")
        for method in known.reached:
            node = known.methods[method]
            if "staticmethod" in decorators(node):
                self.names_of_parameters(f"{name}.{method}", node)
            elif "classmethod" in decorators(node):
                self.names_of_parameters(f"{name}.{method}", node, 1)
            elif "property" not in decorators(node):
                always = method == "__init__"
                self.names_of_parameters(f"{name}.prototype.{method}", node, 1, always=always)


def _is_frozen(known: Class) -> bool:
    mark = decorators(known.node).get("dataclass")
    return isinstance(mark, ast.Call) and any(
        k.arg == "frozen" and isinstance(k.value, ast.Constant) and bool(k.value.value)
        for k in mark.keywords
    )


def _assignment(node: ast.stmt) -> tuple[ast.expr | None, ast.expr | None]:
    """``name = value`` or ``name: kind = value`` in a class."""
    if isinstance(node, ast.Assign):
        return node.targets[0], node.value
    return (node.target, node.value) if isinstance(node, ast.AnnAssign) else (None, None)


def _is_named_tuple(known: Class) -> bool:
    return isinstance(known.base, Imported) and known.base.full == "typing.NamedTuple"
