"""What a visit does: one task for each group of calls, in an order in which every call has what it
needs.

Things are made first, then looked at, then changed, then left, and deleted last, what is below
before what is above; where a document has an order of its own, that one holds.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass, field

from ktb_load.scaffold.model import Api, Gift, Operation, Role
from ktb_load.scaffold.naming import norm, snake, unique
from ktb_load.scaffold.operation_names import statics
from ktb_load.scaffold.session import Session

_MAKE, _LOOK, _CHANGE, _LEAVE, _DELETE, _END = range(6)
_OF_METHOD = {"POST": _MAKE, "PUT": _CHANGE, "PATCH": _CHANGE, "DELETE": _DELETE}
_LEAVING = frozenset({"leave", "exit", "cancel", "close", "end", "finish", "quit", "kick", "stop"})
_ENDINGS = (Role.LOG_OUT, Role.DELETE_ACCOUNT)


@dataclass(frozen=True)
class Step:
    """One call of a visit."""

    operation: Operation
    arguments: Sequence[str] = ()
    """Variables of the task."""
    results: Sequence[str] = ()
    """Variables that it sets."""
    missing: Sequence[str] = ()
    """Arguments that nothing in the document answers: the call is left to people."""


@dataclass
class Task:
    """One task of the locustfile."""

    name: str
    title: str
    steps: list[Step] = field(default_factory=list)


def tasks_of(api: Api, session: Session) -> list[Task]:
    """The tasks, one for each group that has anything to do once somebody is signed in."""
    groups: dict[str, list[Operation]] = {}
    for operation in api.operations:
        if operation not in session.steps:
            groups.setdefault(operation.group, []).append(operation)
    taken = {operation.name for operation in api.operations}
    tasks = []
    for group, operations in groups.items():
        name = unique([group, f"{snake(group)}_calls"], taken)
        tasks.append(Task(name, group, _steps(api, operations, session)))
    return tasks


def _steps(api: Api, wanted: Sequence[Operation], session: Session) -> list[Step]:
    ordered = _in_order(api, _with_providers(wanted))
    known: dict[tuple[str, str], str] = {}
    names: set[str] = set()
    steps = []
    for operation in ordered:
        missing = [
            one.python
            for one in operation.arguments
            if one.python not in operation.needs or _key(operation, one.python) not in known
        ]
        if operation.role is Role.DELETE_ACCOUNT and session.register is None:
            missing.append("another account")
        given = [known.get(_key(operation, one.python), one.python) for one in operation.arguments]
        results = [] if missing else [_variable(gift, names) for gift in operation.gifts]
        for gift, name in zip(operation.gifts, results, strict=False):
            known[operation.name, gift.path] = name
        steps.append(Step(operation, given, results, missing))
    return _without_the_unused(steps)


def _key(operation: Operation, argument: str) -> tuple[str, str]:
    source = operation.needs.get(argument)
    return (source.operation.name, source.gift.path) if source else ("", "")


def _variable(gift: Gift, names: set[str]) -> str:
    name, number = gift.variable, 2
    while name in names:
        name, number = f"{gift.variable}_{number}", number + 1
    names.add(name)
    return name


def _without_the_unused(steps: list[Step]) -> list[Step]:
    """Results that nothing in this task takes get no name."""
    used = {name for step in steps if not step.missing for name in step.arguments}
    return [
        Step(
            step.operation,
            step.arguments,
            step.results if used & set(step.results) else (),
            step.missing,
        )
        for step in steps
    ]


def _with_providers(wanted: Sequence[Operation]) -> list[Operation]:
    """The calls, and those of other groups that answer what they need."""
    found = {operation.name: operation for operation in wanted}
    pending = list(wanted)
    while pending:
        for source in pending.pop().needs.values():
            if source.operation.name not in found:
                found[source.operation.name] = source.operation
                pending.append(source.operation)
    return list(found.values())


def _in_order(api: Api, operations: Sequence[Operation]) -> list[Operation]:
    """Kahn's algorithm; of those that could come next, the one with the smallest rank."""
    index = {operation.name: number for number, operation in enumerate(api.operations)}
    by_name = {operation.name: operation for operation in operations}
    open_needs = {
        one.name: {s.operation.name for s in one.needs.values()} & by_name.keys()
        for one in operations
    }
    ready = [
        (_rank(api, by_name[name], index[name]), name)
        for name, needs in open_needs.items()
        if not needs
    ]
    heapq.heapify(ready)
    ordered = []
    while ready:
        _, done = heapq.heappop(ready)
        ordered.append(by_name[done])
        for name, needs in open_needs.items():
            if done in needs:
                needs.discard(done)
                if not needs:
                    heapq.heappush(ready, (_rank(api, by_name[name], index[name]), name))
    return ordered


def _rank(api: Api, operation: Operation, index: int) -> tuple[int, int, int]:
    ending = _ENDINGS.index(operation.role) + 1 if operation.role in _ENDINGS else 0
    if ending:
        return _END, ending, index
    if api.ordered:
        return 0, 0, index
    last = [norm(name) for name, _ in statics(operation)[-1:]]
    phase = _OF_METHOD.get(operation.method, _LOOK)
    if last and last[0] in _LEAVING:
        phase = _LEAVE
    depth = -len(operation.segments) if phase in (_LEAVE, _DELETE) else 0
    return phase, depth, index
