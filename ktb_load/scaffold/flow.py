"""What a visit does: one task for each group of calls, in an order in which every call has what it
needs.

Things are made first, then looked at, then changed, then left, and deleted last, what is below
before what is above; where a document has an order of its own, that one holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ktb_load.scaffold.model import Api, Gift, Operation, Role, Socket
from ktb_load.scaffold.naming import norm, snake, table, unique, words
from ktb_load.scaffold.operation_names import statics
from ktb_load.scaffold.session import Session

_MAKE, _LOOK, _CHANGE, _SOCKET, _LEAVE, _DELETE, _END = range(7)
_OF_METHOD = {"POST": _MAKE, "PUT": _CHANGE, "PATCH": _CHANGE, "DELETE": _DELETE}
_ENTERING = table("join enter subscribe connect auth authenticate login hello")
_LEAVING = table("leave exit cancel close end finish quit kick stop disconnect")
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
    steps: list[Step] = field(default_factory=list)
    socket: Socket | None = None
    """Open while its events are sent, which are the last steps."""


def tasks_of(api: Api, session: Session) -> list[Task]:
    """The tasks, one for each group that has anything to do once somebody is signed in, and one for
    each socket.
    """
    groups: dict[str, list[Operation]] = {}
    for operation in api.operations:
        if operation not in session.steps:
            groups.setdefault(operation.group, []).append(operation)
    taken = {one.name for one in (*api.operations, *(s.opening for s in api.sockets))}
    taken |= {*session.identity, *session.kept, *session.settings}
    visits = Visits(api, session)
    tasks = []
    for group, operations in groups.items():
        name = unique([group, f"{snake(group)}_calls"], taken)
        tasks.append(Task(name, visits.steps(operations)))
    for socket in api.sockets:
        name = unique([f"{snake(socket.class_name)}_socket".lstrip("_"), "socket_calls"], taken)
        tasks.append(Task(name, visits.steps([socket.opening, *socket.sends]), socket))
    return tasks or [Task("sign_in_again", [Step(one) for one in session.steps])]


class Visits:
    """Puts calls in order, and their results into variables."""

    def __init__(self, api: Api, session: Session) -> None:
        self._own_account = session.register is not None
        self._ranks = {
            one: _rank(one, number, ordered=api.ordered) for number, one in enumerate(api.calls)
        }

    def steps(self, wanted: Sequence[Operation]) -> list[Step]:
        """What one task does: the calls, and those of others that they need."""
        known: dict[tuple[Operation, str], str] = {}
        names: set[str] = set()
        steps = []
        for operation in self._in_order(_with_providers(wanted)):
            given, missing = [], []
            for argument in operation.arguments:
                source = operation.needs.get(argument.python)
                found = source and known.get((source.operation, source.gift.path))
                given.append(found or argument.python)
                missing += [] if found else [argument.python]
            if operation.role is Role.DELETE_ACCOUNT and not self._own_account:
                missing.append("another account")
            results = [] if missing else [_variable(gift, names) for gift in operation.gifts]
            for gift, name in zip(operation.gifts, results, strict=False):
                known[operation, gift.path] = name
            steps.append(Step(operation, given, results, missing))
        return _without_the_unused(steps)

    def _in_order(self, operations: Sequence[Operation]) -> list[Operation]:
        """Of those whose needs are met, always the one with the smallest rank."""
        left = sorted(operations, key=lambda one: self._ranks[one])
        done: set[Operation] = set()
        ordered = []
        while left:
            following = next(one for one in left if _needed(one) <= done)
            left.remove(following)
            done.add(following)
            ordered.append(following)
        return ordered


def _needed(operation: Operation) -> set[Operation]:
    return {source.operation for source in operation.needs.values()}


def _with_providers(wanted: Sequence[Operation]) -> list[Operation]:
    """The calls, and those of other groups that answer what they need."""
    found = dict.fromkeys(wanted)
    pending = list(wanted)
    while pending:
        for source in pending.pop().needs.values():
            if source.operation not in found:
                found[source.operation] = None
                pending.append(source.operation)
    return list(found)


def _variable(gift: Gift, names: set[str]) -> str:
    name, number = gift.variable, 2
    while name in names:
        name, number = f"{gift.variable}_{number}", number + 1
    names.add(name)
    return name


def _without_the_unused(steps: list[Step]) -> list[Step]:
    """Results that nothing in this task takes get no name."""
    used = {name for step in steps if not step.missing for name in step.arguments}
    return [one if used & set(one.results) else replace(one, results=()) for one in steps]


def _rank(operation: Operation, index: int, *, ordered: bool) -> tuple[int, int, int]:
    said = set(words(operation.event))
    if operation.method == "OPEN":
        return _SOCKET, 0, index
    if operation.event:
        return _SOCKET, 1 if said & _ENTERING else 3 if said & _LEAVING else 2, index
    if operation.role in _ENDINGS:
        return _END, _ENDINGS.index(operation.role), index
    if ordered:
        return 0, 0, index
    last = [norm(name) for name, _ in statics(operation)[-1:]]
    phase = _OF_METHOD.get(operation.method, _LOOK)
    phase = _LEAVE if _LEAVING & set(last) else phase
    depth = -len(operation.segments) if phase in (_LEAVE, _DELETE) else 0
    return phase, depth, index
