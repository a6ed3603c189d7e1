"""The script that k6 runs: the locustfile's classes, k6's options, the functions that k6 calls."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from k6_export import javascript as js
from k6_export.modules import CompiledModule
from k6_export.options import as_text, exec_name, execs
from k6_export.program import Class, decorators


@dataclass(frozen=True)
class Exported:
    """What one script is made of."""

    locustfile: str
    plan: str
    options: Mapping[str, Any]
    classes: Sequence[Class]
    main: CompiledModule


def script(exported: Exported, folder: str) -> str:
    """The text of the script; the modules that it imports are in ``folder``."""
    exported.main.used.setdefault("run.js", set()).add("Test")
    lines = [
        f"// {exported.locustfile}, plan {exported.plan}: compiled by `ktb-load export`.",
        "// Change the sources and export again; what is changed here gets lost.",
        "// k6 run -e BASE_URL=http://host:5001 -e SOCKET_URL=http://host:5002 -e SEED=1 THIS_FILE",
        *exported.main.imports(folder),
        "",
        f"export const options = {as_text(exported.options)};",
        "",
        exported.main.text.rstrip(),
        "",
        *_test(exported.classes),
        "",
        *_functions(exported.options),
    ]
    return "\n".join(lines) + "\n"


def _test(classes: Sequence[Class]) -> list[str]:
    lines = ["const test = new Test([", *(f"  {_described(one)}," for one in classes), "]);"]
    return lines


def _described(one: Class) -> str:
    tasks = ", ".join(
        f"[{js.string(name)}, {weight}]" for name, weight in task_weights(one).items()
    )
    return f"{{ user: {js.identifier(one.name)}, weight: {class_weight(one)}, tasks: [{tasks}] }}"


def _functions(options: Mapping[str, Any]) -> list[str]:
    lines = [
        "export const setup = () => test.setup();",
        "export const teardown = (data) => test.teardown(data);",
    ]
    for name in execs(options):
        call = f"(data) => test.iterate({js.string(name)}, data);"
        head = "export default" if name == "default" else f"export const {exec_name(name)} ="
        lines.append(f"{head} {call}")
    if "default" not in execs(options):
        lines.append('export default (data) => test.iterate("default", data);')
    return lines


def task_weights(one: Class) -> dict[str, int]:
    """The tasks of a class with their weights, in the order of the source, inherited ones first."""
    found = task_weights(one.base) if isinstance(one.base, Class) else {}
    for name, node in one.methods.items():
        mark = decorators(node).get("task")
        if mark is not None:
            found[name] = _weight(mark)
    return found


def _weight(mark: ast.expr) -> int:
    """``@task`` or ``@task(3)``."""
    if isinstance(mark, ast.Call) and mark.args and isinstance(mark.args[0], ast.Constant):
        return int(mark.args[0].value)  # type: ignore[arg-type]  # Locust takes numbers only
    return 1


def class_weight(one: Class) -> int:
    weight = class_constant(one, "weight")
    return weight if isinstance(weight, int) else 1


def class_constant(one: Class, name: str) -> Any:
    """A class attribute that is written as a literal; None if there is none."""
    for node in one.node.body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        value = getattr(node, "value", None)
        if value is not None and any(isinstance(t, ast.Name) and t.id == name for t in targets):
            try:
                return ast.literal_eval(value)
            except ValueError:
                return None
    return class_constant(one.base, name) if isinstance(one.base, Class) else None
