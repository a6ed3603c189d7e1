"""The locustfile: what people do, one task for each group of calls."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ktb_load.scaffold.flow import Step, Task
from ktb_load.scaffold.layout import call, docstring, flat, lines
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
    ]
    for number, one in enumerate(tasks):
        found += ["", *_task(session, one)] if number else _task(session, one)
    return "\n".join(found) + "\n"


def _task(session: Session, task: Task) -> list[str]:
    found = ["    @task", f"    def {task.name}(self) -> None:"]
    for step in task.steps:
        found += _step(session, step)
    return [*found, "        think(1, 3)"]


def _step(session: Session, step: Step) -> Iterator[str]:
    called = call(f"self.{step.operation.name}", *step.arguments)
    if step.missing:
        what = " and ".join(step.missing)
        yield f"        # {flat(called)}: where does {what} come from?"
        return
    results = f"{', '.join(step.results)} = " if step.results else ""
    yield from lines(called, results, indent=2)
    if step.operation.role is Role.LOG_OUT and session.steps:
        yield f"        self.{session.steps[-1].name}()"
    elif step.operation.role is Role.DELETE_ACCOUNT:
        yield "        self.sign_in()"
