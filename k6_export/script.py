"""The script that k6 runs: the locustfile's classes, k6's options, the functions that k6 calls."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from k6_export import javascript as js
from k6_export.link import FILE
from k6_export.options import DEFAULT_EXEC, as_text, exec_name
from k6_export.program import Class, decorators
from k6_export.source import Module
from ktb_load.plan.turns import turn_of


@dataclass(frozen=True)
class Exported:
    """What one script is made of."""

    locustfile: Module
    plan: str
    options: Mapping[str, Any]
    execs: Sequence[str]
    """What the scenarios call."""
    max_vus: int
    classes: Sequence[Class]
    left_out: Sequence[str] = ()
    """Thresholds of the plan that k6 cannot judge."""


def script(exported: Exported, folder: str) -> str:
    """The text of the script; the modules that it imports are in ``folder``."""
    names = ", ".join(js.identifier(one.name) for one in exported.classes)
    lines = [
        f"// {exported.locustfile.shown}, plan {exported.plan}: compiled by `ktb-load export`.",
        "// Change the sources and export again; what is changed here gets lost.",
        f"// k6 run {_where(exported.classes)} THIS_FILE",
        "// KTB_LOAD_SEED: the same seed makes the same choices, in k6 as under Locust.",
        f'import {{ Run, py }} from "{folder}{FILE}";',
        f'import {{ {names} }} from "{folder}{exported.locustfile.stem}.js";',
        "",
        *(f"// Left out: {name}, which k6 does not measure." for name in exported.left_out),
        f"export const options = {as_text(exported.options)};",
        "",
        *_classes(exported.classes),
        *_run(exported),
        "",
        *_functions(exported),
    ]
    return "\n".join(lines) + "\n"


def hosts_of(classes: Sequence[Class]) -> dict[str, str]:
    """Variable of a script -> the URL that it has by default; empty where it follows another."""
    hosts: dict[str, str] = {}
    for one in classes:
        hosts.setdefault("BASE_URL", class_constant(one, "host") or "")
        if (socket_host := class_constant(one, "socket_host")) is not None:
            hosts.setdefault("SOCKET_URL", socket_host)
    return hosts


def _where(classes: Sequence[Class]) -> str:
    return " ".join(
        f"-e {name}={url or 'http://host:port'}" for name, url in hosts_of(classes).items()
    )


def _classes(classes: Sequence[Class]) -> list[str]:
    lines = []
    for one in classes:
        tasks = [js.string(name) for name, times in task_weights(one).items() for _ in range(times)]
        hosts = {
            "host": f"__ENV.BASE_URL ?? {js.string(class_constant(one, 'host') or '')}",
            "tasks": f"[{', '.join(tasks)}]",
        }
        if class_constant(one, "socket_host") is not None:
            hosts["socket_host"] = '__ENV.SOCKET_URL ?? ""'
        inner = "".join(f"  {name}: {text},\n" for name, text in hosts.items())
        lines.append(f"py.attributes({js.identifier(one.name)}, {{\n{inner}}});")
    return lines


def _run(exported: Exported) -> list[str]:
    names = ", ".join(js.identifier(one.name) for one in exported.classes)
    env = {
        k: v for s in exported.options["scenarios"].values() for k, v in s.get("env", {}).items()
    }
    return [
        "const run = new Run({",
        f"  classes: [{names}],",
        f"  expected_vus: {exported.max_vus},",
        f"  env: {as_text(env)},",
        "});",
    ]


def _functions(exported: Exported) -> list[str]:
    lines = [
        "export const setup = () => run.setup();",
        "export const teardown = (data) => run.teardown(data);",
    ]
    for name in dict.fromkeys([*exported.execs, DEFAULT_EXEC]):
        classes, task = find_work(name, exported.classes)
        turn = ", ".join(js.identifier(one.name) for one in _turn(classes))
        picked = js.string(task) if task else "null"
        call = f"(data) => run.iterate({{ turn: [{turn}], task: {picked} }}, data);"
        named = f"export const {exec_name(name)} ="
        lines.append(f"{'export default' if name == DEFAULT_EXEC else named} {call}")
    return lines


def find_work(name: str, classes: Sequence[Class]) -> tuple[Sequence[Class], str | None]:
    """What ``exec`` means: classes, and the one task or None for a weighted pick.

    Raises:
        LookupError: nothing has that name.
    """
    if name == DEFAULT_EXEC:
        return classes, None
    for one in classes:
        for task in task_weights(one):
            if name in (task, f"{one.name}.{task}"):
                return [one], task
        if name == one.name:
            return [one], None
    raise LookupError(name)


def _turn(classes: Sequence[Class]) -> list[Class]:
    by_name = {one.name: one for one in classes}
    turn = turn_of({one.name: class_weight(one) for one in classes})
    return [by_name[name] for name in turn]


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


def has_attribute(one: Class, name: str) -> bool:
    """Whether a class, or one of ours that it derives from, has such an attribute or method."""
    return name in one.methods or _value_of(one, name) is not None


def class_constant(one: Class, name: str) -> Any:
    """A class attribute that is written as a literal; None if there is none."""
    value = _value_of(one, name)
    try:
        return None if value is None else ast.literal_eval(value)
    except ValueError:
        return None


def _value_of(one: Class, name: str) -> ast.expr | None:
    for node in one.node.body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        value: ast.expr | None = getattr(node, "value", None)
        if value is not None and any(isinstance(t, ast.Name) and t.id == name for t in targets):
            return value
    return _value_of(one.base, name) if isinstance(one.base, Class) else None
