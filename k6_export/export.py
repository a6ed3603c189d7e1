"""A locustfile and a plan -> the files of a k6 test. Pure: it reads, and returns texts."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from k6_export.link import FILE, Asked, linked
from k6_export.modules import CompiledModule
from k6_export.options import execs, k6_options, left_out
from k6_export.program import Class, Program
from k6_export.refusals import Refusals
from k6_export.script import (
    Exported,
    class_constant,
    find_work,
    has_attribute,
    script,
    task_weights,
)
from k6_export.source import Module, Sources
from ktb_load.errors import AuthorError, Place, Problem
from ktb_load.executors import EXECUTORS
from ktb_load.executors.arrivals import ArrivalRate
from ktb_load.plan.document import Document, read_document
from ktb_load.plan.layers import Layers, merge
from ktb_load.plan.locate import find_plan
from ktb_load.plan.schema import Options, read_options
from ktb_load.plan.transports import polling_in


def user_classes(sources: Sources) -> list[str]:
    """The classes of a locustfile that Locust would run.

    Raises:
        AuthorError: there is none.
    """
    names = [name for name, node in sources.main.definitions.items() if _is_user(sources, node)]
    if not names:
        what = "the locustfile has no user class"
        instead = "derive one from a class of ktb_load.systems and give it a @task"
        raise AuthorError([Problem(Place(sources.main.shown), what, instead)])
    return names


def _is_user(sources: Sources, node: ast.stmt) -> bool:
    if not isinstance(node, ast.ClassDef):
        return False
    abstract = any(
        isinstance(statement, ast.Assign)
        and isinstance(statement.targets[0], ast.Name)
        and statement.targets[0].id == "abstract"
        for statement in node.body
    )
    return not abstract and _is_below_user(sources, sources.main, node)


def _is_below_user(sources: Sources, module: Module, node: ast.stmt) -> bool:
    """Whether a definition is a class that derives from ``LoadUser``."""
    bases = node.bases if isinstance(node, ast.ClassDef) else []
    for base in bases:
        found = sources.resolve(module, base.id) if isinstance(base, ast.Name) else None
        if isinstance(found, tuple):
            home, name = found
            if _is_below_user(sources, home, home.definitions[name]):
                return True
        elif found is not None and found.name == "LoadUser":
            return True
    return False


@dataclass(frozen=True)
class Compiled:
    """A locustfile and all that it reaches, as JavaScript."""

    modules: Sequence[CompiledModule]
    """The locustfile first."""
    classes: Sequence[Class]

    @property
    def main(self) -> Module:
        return self.modules[0].module

    def asks_for(self, scripts: Iterable[str]) -> Asked:
        """What it and the scripts want of the runtime."""
        names: dict[str, set[str]] = {}
        for one in self.modules:
            for file, wanted in one.of_runtime.items():
                names.setdefault(file, set()).update(wanted)
        texts = [*(one.text for one in self.modules), *scripts]
        return Asked(texts, names, self.modules[0].program.keywords)


def compile_all(locustfile: Path) -> Compiled:
    """Compile a locustfile with everything of ours that it uses.

    Raises:
        AuthorError: with everything that cannot be exported.
    """
    sources = Sources(locustfile)
    names = user_classes(sources)
    program = Program(sources, names)
    refusals = Refusals()
    modules = [CompiledModule(program, module, refusals) for module in sources]
    _refuse_polling(program, refusals)
    refusals.raise_all()
    classes = [program.classes[sources.main.name, name] for name in names]
    systems = {str(class_constant(one, "system") or "") for one in classes} - {""}
    if len(systems) > 1:
        what = f"people of {' and '.join(sorted(systems))}"
        instead = "write a locustfile for each system: k6 runs their scripts side by side"
        raise AuthorError([Problem(Place(sources.main.shown), what, instead)])
    return Compiled(modules, classes)


def _refuse_polling(program: Program, refusals: Refusals) -> None:
    """k6 speaks WebSocket, and its HTTP would sample every poll as a slow request."""
    for module, statement in program.statements():
        for below in ast.walk(statement):
            if (found := polling_in(below)) is not None:
                refusals.refuse(module, found, "long polling", "k6 has none: leave out 'polling'")


def export(
    locustfile: Path, plans: Sequence[str] = (), compiled: Compiled | None = None
) -> dict[str, str]:
    """The files of an export: path below its folder -> text.

    Args:
        plans: names or files; one script each. Without one there is one script, with the
            options of the classes alone.
        compiled: the locustfile, where it is compiled already.

    Raises:
        AuthorError: with everything that cannot be exported.
    """
    compiled = compiled or compile_all(locustfile)
    files = {
        script_name(locustfile, plan, plans): _script(locustfile, plan, compiled)
        for plan in plans or [""]
    }
    runtime = linked(compiled.asks_for(files.values()))
    files |= {f"lib/{one.module.stem}.js": _module(one) for one in compiled.modules if one.text}
    return files | {f"lib/{FILE}": runtime}


def script_name(locustfile: Path, plan: str, plans: Sequence[str]) -> str:
    """``chat.js``; where there are several plans, ``chat-smoke.js`` and so on."""
    return f"{locustfile.stem}-{Path(plan).stem}.js" if len(plans) > 1 else f"{locustfile.stem}.js"


def _script(locustfile: Path, plan: str, compiled: Compiled) -> str:
    shown, layers = _options(locustfile, plan, compiled.classes)
    checked = read_options(layers.document(), EXECUTORS)
    _refuse_what_cannot_run(layers, checked, compiled.classes)
    exported = Exported(
        compiled.main,
        shown,
        k6_options(layers.values),
        execs(layers.values),
        checked.max_vus,
        compiled.classes,
        left_out(layers.values),
    )
    return script(exported, "./lib/")


def _module(compiled: CompiledModule) -> str:
    lines = [
        f"// Compiled from {compiled.module.shown} by `ktb-load export`.",
        *compiled.imports("./"),
    ]
    return "\n".join([*lines, "", compiled.text])


def _options(locustfile: Path, plan: str, classes: Sequence[Class]) -> tuple[str, Layers]:
    """The plan's name, and the merged options of plan and classes."""
    documents = []
    if plan:
        systems = [system for one in classes if (system := class_constant(one, "system"))]
        documents.append(read_document(find_plan(plan, systems, locustfile.parent)))
    for one in classes:
        if given := class_constant(one, "options"):
            documents.append(Document(f"{one.name}.options", given))
    return Path(plan).stem if plan else "none", merge(documents)


def _refuse_what_cannot_run(layers: Layers, options: Options, classes: Sequence[Class]) -> None:
    """Unknown tasks, and wait times where the executor paces."""
    problems = []
    for name, config in options.scenarios.items():
        document = layers.document()
        try:
            called, _ = find_work(config.exec, classes)
        except LookupError:
            known = ", ".join(task for one in classes for task in task_weights(one))
            what = f"no task or user class '{config.exec}'"
            place = document.place(("scenarios", name, "exec"))
            problems.append(Problem(place, what, f"known are: {known}"))
            continue
        resting = [one.name for one in called if has_attribute(one, "wait_time")]
        if resting and isinstance(config, ArrivalRate):
            what = f"{', '.join(resting)} has a wait_time, and {config.EXECUTOR} paces by itself"
            instead = "leave out wait_time, or choose an executor of looping VUs"
            place = document.place(("scenarios", name, "executor"))
            problems.append(Problem(place, what, instead))
    if problems:
        raise AuthorError(problems)
