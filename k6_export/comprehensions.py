"""Comprehensions, generator expressions, and the targets that they share with assignments."""

from __future__ import annotations

import ast
from collections.abc import Iterable

from k6_export import javascript as js
from k6_export.expressions import Expressions
from k6_export.scope import Scope, assigned


class Comprehensions(Expressions):
    """Compiles what binds names inside of an expression."""

    def on_ListComp(self, node: ast.ListComp) -> str:
        return self._comprehension(node.generators, node.elt, "[]", "{0}.push({1})")

    def on_GeneratorExp(self, node: ast.GeneratorExp) -> str:
        if self.scope.waits and self._any_waits([node.elt, *node.generators]):
            return self._comprehension(node.generators, node.elt, "[]", "{0}.push({1})")
        return self._comprehension(node.generators, node.elt, "", "yield {1}")

    def on_SetComp(self, node: ast.SetComp) -> str:
        return self._comprehension(node.generators, node.elt, "new py.PySet()", "{0}.add({1})")

    def on_DictComp(self, node: ast.DictComp) -> str:
        pair = (node.key, node.value)
        return self._comprehension(node.generators, pair, "new py.Dict()", "{0}.set({1})")

    def _comprehension(
        self,
        generators: list[ast.comprehension],
        element: ast.expr | tuple[ast.expr, ast.expr],
        empty: str,
        add: str,
    ) -> str:
        if any(generator.is_async for generator in generators):
            self.refuse(generators[0].iter, "async for", "write for")
        elements = element if isinstance(element, tuple) else (element,)
        outer = self.scope
        waits = outer.waits and self._any_waits([*elements, *generators])
        targets = assigned([ast.Assign([g.target], ast.Constant(None)) for g in generators])
        given, first = "", self.expression(generators[0].iter)
        if not empty or any(
            isinstance(n, ast.Name) and n.id in targets for n in ast.walk(generators[0].iter)
        ):
            given, first = first, "$each"
        self.scope = Scope(outer, set(targets), waits=waits, owner=outer.owner)
        lines, close = [], ""
        for number, generator in enumerate(generators):
            each = first if number == 0 else self.expression(generator.iter)
            item = self.scope.counter()
            lines.append(f"for (const {item} of py.iter({each})) {{")
            lines.append(f"{self.target(generator.target, item)};")
            lines += [f"if ({self.condition(test)})" + " {" for test in generator.ifs]
            close += "}" * (1 + len(generator.ifs))
        result = "$result"
        lines.append(add.format(result, ", ".join(self.expression(one) for one in elements)) + ";")
        names = [*map(js.identifier, targets), *self.scope.temporaries]
        self.scope = outer
        parameter = "$each" if given else ""
        text = f"let {', '.join(names)}; {' '.join(lines)} {close}"
        if not empty:
            return f"new py.PyIterator((function* ({parameter}) {{ {text} }})({given}))"
        text = f"const {result} = {empty}; {text} return {result};"
        if waits:
            return f"(await (async ({parameter}) => {{ {text} }})({given}))"
        return f"(({parameter}) => {{ {text} }})({given})"

    def _any_waits(self, parts: Iterable[ast.AST]) -> bool:
        return any(
            self.program.waits_here(self.module, n) for part in parts for n in ast.walk(part)
        )

    def target(self, node: ast.expr, value: str) -> str:
        """An assignment of ``value`` (a JavaScript expression) to a Python target."""
        match node:
            case ast.Name(id=name):
                return f"{js.identifier(name)} = {value}"
            case ast.Attribute(value=owner, attr=name):
                return f"{self._object(owner)}.{name} = {value}"
            case ast.Subscript(value=owner, slice=ast.Slice() as part):
                return f"py.set_slice({self.expression(owner)}, {self.bounds(part)}, {value})"
            case ast.Subscript(value=owner, slice=key):
                return f"py.setitem({self.expression(owner)}, {self.expression(key)}, {value})"
            case ast.Tuple(elts=parts) | ast.List(elts=parts):
                return self._unpack(parts, value)
        return self.refuse(node, f"assigning to {type(node).__name__}", "assign to a name")

    def _unpack(self, parts: list[ast.expr], value: str) -> str:
        stars = [n for n, part in enumerate(parts) if isinstance(part, ast.Starred)]
        before = stars[0] if stars else len(parts)
        after = len(parts) - before - 1 if stars else 0
        kept = self.scope.temporary()
        star = "true" if stars else "false"
        texts = [f"{kept} = py.unpack({value}, {before}, {star}, {after})"]
        for number, part in enumerate(parts):
            plain = part.value if isinstance(part, ast.Starred) else part
            texts.append(self.target(plain, f"{kept}[{number}]"))
        return ", ".join(texts)
