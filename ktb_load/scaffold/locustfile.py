"""The locustfile: what people do, one task for each group of calls."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ktb_load.scaffold.flow import Step, Task
from ktb_load.scaffold.layout import call, docstring, flat, lines, string
from ktb_load.scaffold.model import Api, Role
from ktb_load.scaffold.project_names import Names
from ktb_load.scaffold.session import Session


def locustfile(api: Api, session: Session, names: Names, tasks: Sequence[Task]) -> str:
    """The text of the locustfile."""
    tried = f"locust -f locustfiles/{names.module}.py --plan smoke --headless"
    told = docstring([f"Visits to {api.title}.", f"Try it: {tried}", names.origin(api)], 0)
    found = [
        *told,
        "",
        "from locust import task",
        "",
        "from ktb_load import think",
        f"from {names.user_module} import {names.user_class}",
        "",
        "",
        f"class {names.visitor_class}({names.user_class}):",
        f"    system = {string(names.system)}",
    ]
    for one in tasks:
        found += ["", *_task(session, one)]
    return "\n".join(found) + "\n"


def _task(session: Session, task: Task) -> list[str]:
    found = ["    @task", f"    def {task.name}(self) -> None:"]
    for step in task.steps:
        if step.operation.event and task.socket is not None:
            found += _step(session, step, "socket", 3)
        elif step.operation.method == "OPEN":
            found += _opened(step)
        else:
            found += _step(session, step, "self", 2)
    if task.socket is None:
        return [*found, "        think(1, 3)"]
    found.append("            think(1, 3)")
    if all(step.missing or not step.operation.event for step in task.steps):
        found.append("            socket.must_be_open()")
    return found


def _opened(step: Step) -> Iterator[str]:
    for one in step.missing:
        yield f'        {one} = ""  # where does it come from?'
    called = flat(call(f"self.{step.operation.name}", *step.arguments))
    yield f"        with {called} as socket:"


def _step(session: Session, step: Step, owner: str, indent: int) -> Iterator[str]:
    called = call(f"{owner}.{step.operation.name}", *step.arguments)
    pad = "    " * indent
    if step.missing:
        what = " and ".join(step.missing)
        yield f"{pad}# {flat(called)}: where does {what} come from?"
        return
    results = f"{', '.join(step.results)} = " if step.results else ""
    yield from lines(called, results, indent=indent)
    if step.operation.role is Role.LOG_OUT and session.steps:
        yield f"{pad}self.{session.steps[-1].name}()"
    elif step.operation.role is Role.DELETE_ACCOUNT:
        yield f"{pad}self.sign_in()"
