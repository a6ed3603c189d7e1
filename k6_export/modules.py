"""One Python module -> one JavaScript module: its constants, functions and classes that are
reached, in the order of the source.
"""

from __future__ import annotations

import ast

from k6_export import javascript as js
from k6_export.classes import Classes
from k6_export.link import FILE
from k6_export.program import Program, decorators
from k6_export.refusals import Refusals
from k6_export.scope import Scope
from k6_export.source import Module


class CompiledModule(Classes):
    """Compiles a module: ``imports()``, then ``text``."""

    def __init__(self, program: Program, module: Module, refusals: Refusals) -> None:
        super().__init__(program, module, refusals)
        self._done: set[ast.AST] = set()
        for name, node in module.definitions.items():
            self._definition(name, node)

    @property
    def text(self) -> str:
        return self.out.text

    def imports(self, folder: str) -> list[str]:
        """The import statements; the runtime is in ``folder``, as the other modules are."""
        runtime = sorted(name for names in self.of_runtime.values() for name in names)
        lines = [f'import {{ {", ".join(["py", *runtime])} }} from "{folder}{FILE}";']
        for file in sorted(self.used.keys() - self.of_runtime.keys()):
            names = ", ".join(js.identifier(name) for name in sorted(self.used[file]))
            where = file.replace("./", folder)
            lines.append(f'import {{ {names} }} from "{where}";')
        return lines

    @property
    def of_runtime(self) -> dict[str, set[str]]:
        """File of the runtime -> names that are imported from it."""
        return {file: names for file, names in self.used.items() if not file.startswith("./")}

    def _definition(self, name: str, node: ast.stmt) -> None:
        key = (self.module.name, name)
        if isinstance(node, ast.ClassDef):
            if key in self.program.classes:
                self.class_(self.program.classes[key])
        elif key in self.program.definitions and node not in self._done:
            self._done.add(node)
            if isinstance(node, ast.FunctionDef):
                self._function(node)
            else:
                self._constant(name, node)

    def _function(self, node: ast.FunctionDef) -> None:
        if decorators(node):
            self.refuse(node, "a decorated function", "leave out the decorator")
        name = js.identifier(node.name)
        self.function(f"export {{1}}function {name}({{0}})", node, 0)
        self.names_of_parameters(name, node)
        self.out.line()

    def _constant(self, name: str, node: ast.stmt) -> None:
        assert isinstance(node, ast.Assign | ast.AnnAssign)
        if isinstance(node, ast.Assign) and not isinstance(node.targets[0], ast.Name):
            self.refuse(node, "unpacking at the top of a module", "assign the names one by one")
            return
        assert node.value is not None
        self.scope = Scope()
        value = self.expression(node.value)
        if self.scope.temporaries:
            self.out.line(f"let {', '.join(self.scope.temporaries)};")
        head = f"export const {js.identifier(name)}"
        self.out.line(f"{head} = {value};", f"{self.module.shown}:{node.lineno}")
        self.scope = Scope()
