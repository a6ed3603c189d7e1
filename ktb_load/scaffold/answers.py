"""Finding a value in what a call answers: by its own name, or by what an id is called."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ktb_load.scaffold.model import Gift, Operation
from ktb_load.scaffold.naming import norm, singular, table, words
from ktb_load.scaffold.operation_names import made_by
from ktb_load.scaffold.schema import Leaf

IDS = ("id", "uuid", "no", "seq", "idx", "key", "number", "slug", "code", "name")
"""What ids are called, the likeliest first."""
_WRAPPERS = table("data result payload response body content item value object entity")
"""What answers put around the thing itself."""


def thing_of(name: str) -> str:
    """``room`` of ``roomId``; empty where nothing stands before the id."""
    said = words(name)
    return norm(singular("".join(said[:-1]))) if said[-1:] and said[-1] in IDS else ""


def id_of(operation: Operation, name: str, things: set[str]) -> Gift | None:
    """The value that a parameter ``name`` of one of the things wants."""
    wanted = [norm(name)]
    if norm(name) in IDS or thing_of(name):
        wanted += [f"{thing}{suffix}" for thing in sorted(things) for suffix in IDS]
        wanted += IDS
    return _first(operation, wanted, things)


def value_of(operation: Operation, name: str) -> Gift | None:
    """A value of just this name."""
    return _first(operation, [norm(name)], set())


def first_of_list(operation: Operation, name: str) -> Gift | None:
    """The same of the first thing in a list."""
    for said in dict.fromkeys([norm(name), *IDS]):
        for leaf in operation.answer.get(said, ()):
            if leaf.path.count("0") == 1 and leaf.path[-2] == "0":
                return Gift("", leaf.dotted, leaf.type)
    return None


class Providers:
    """The calls whose answers may feed others."""

    def __init__(self, operations: Sequence[Operation]) -> None:
        self._at: dict[tuple[str, str], list[Operation]] = {}
        self._making: dict[str, list[Operation]] = {}
        self._saying: dict[tuple[str, str], list[Operation]] = {}
        for one in sorted(operations, key=lambda one: one.method != "POST"):
            kind = "make" if one.method in ("POST", "PUT") else "show"
            if kind == "show" and one.method != "GET":
                continue
            self._at.setdefault((kind, one.path), []).append(one)
            for said in one.answer:
                self._saying.setdefault((kind, said), []).append(one)
            if kind == "make":
                self._making.setdefault(norm(made_by(one)), []).append(one)

    def of(self, name: str, things: set[str], prefix: str) -> Iterator[tuple[Operation, Gift]]:
        """Calls that answer such a value, the likeliest first: what makes the thing in front of it,
        what makes such a thing elsewhere, what answers a value of just this name, lists.
        """
        elsewhere = [one for thing in sorted(things) for one in self._making.get(thing, ())]
        for operation in (*self._at.get(("make", prefix), ()), *elsewhere):
            if found := id_of(operation, name, things):
                yield operation, found
        yield from self._just_named("make", name)
        for operation in self._at.get(("show", prefix), ()):
            if found := first_of_list(operation, name):
                yield operation, found
        yield from self._just_named("show", name)

    def _just_named(self, kind: str, name: str) -> Iterator[tuple[Operation, Gift]]:
        if norm(name) not in IDS:
            for operation in self._saying.get((kind, norm(name)), ()):
                if found := value_of(operation, name):
                    yield operation, found


def _first(operation: Operation, wanted: Iterable[str], things: set[str]) -> Gift | None:
    for said in wanted:
        for leaf in operation.answer.get(said, ()):
            if _is_near(leaf, things, own=said not in IDS):
                return Gift("", leaf.dotted, leaf.type)
    return None


def _is_near(leaf: Leaf, things: set[str], *, own: bool) -> bool:
    """Whether a leaf says something of the answer's own thing, not of another one in it."""
    if "0" in leaf.path or leaf.type not in ("string", "integer"):
        return False
    around = {norm(singular(key)) for key in leaf.path[:-1]}
    return own or around <= _WRAPPERS | things
