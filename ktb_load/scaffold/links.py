"""Which answer feeds which call: POST /rooms answers an id, GET /rooms/{roomId} wants one.

A parameter is fed by the call that makes the thing in front of it in the path, else by one that
answers a value of its name, else by a list of such things. What nobody answers stays open.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ktb_load.scaffold.model import Api, Gift, Operation, Parameter, Role, Source
from ktb_load.scaffold.naming import argument, norm, singular, table, words
from ktb_load.scaffold.operation_names import made_by, owner_of
from ktb_load.scaffold.properties import replaced
from ktb_load.scaffold.schema import Leaf
from ktb_load.scaffold.session import Session
from ktb_load.scaffold.values import Code, Literal, Text, Value, Variable, settled

_IDS = ("id", "uuid", "no", "seq", "idx", "key", "number", "slug", "code", "name")
_WRAPPERS = table(
    "data result results payload response body content item items value object entity"
)
_PEOPLE = table("user me member account customer sender author owner creator writer host profile")
_GONE = (Role.LOG_OUT, Role.DELETE_ACCOUNT)


def link(api: Api, session: Session) -> None:
    """Settle what every operation still needs."""
    for operation in api.operations:
        _settle_variables(api, session, operation)
        if operation in session.steps:
            continue
        for parameter in operation.parameters:
            if parameter.place == "path" and not isinstance(parameter.value, Code | Text):
                owner = owner_of(operation.segments, parameter.name)
                _feed(api, session, operation, (parameter, owner))
            elif parameter.place == "query" and parameter.required and _thing_of(parameter.name):
                _feed(api, session, operation, (parameter, ""))
        _feed_body(api, session, operation)


def _feed(api: Api, session: Session, operation: Operation, wanted: tuple[Parameter, str]) -> bool:
    """Find what a parameter is fed by; whether there is anything."""
    parameter, owner = wanted
    things = {norm(singular(owner)), _thing_of(parameter.name)} - {""}
    own = _of_session(session, parameter.name, things)
    if own is not None:
        parameter.value = own
        if parameter.place == "path" and operation.method == "DELETE" and _is_last(operation):
            operation.role = Role.DELETE_ACCOUNT
        return True
    prefix = operation.path.partition(f"/{{{parameter.name}}}")[0] if owner else ""
    for provider, gift in _providers(api, parameter.name, things, prefix):
        if provider in session.steps:
            parameter.value = session.keep(provider, replace(gift, variable=parameter.python))
            return True
        if provider.role not in _GONE and not _reaches(provider, operation):
            parameter.value = None
            operation.needs[parameter.python] = Source(provider, _given(provider, gift, parameter))
            return True
    return False


def _is_last(operation: Operation) -> bool:
    return operation.segments[-1].startswith("{")


def _given(provider: Operation, gift: Gift, parameter: Parameter) -> Gift:
    """The gift as the provider's method returns it; each value once."""
    for one in provider.gifts:
        if one.path == gift.path:
            return one
    made = replace(gift, variable=parameter.python)
    provider.gifts.append(made)
    return made


def _thing_of(name: str) -> str:
    """``room`` of ``roomId``; empty where nothing stands before the id."""
    said = words(name)
    return norm(singular("".join(said[:-1]))) if said[-1:] and said[-1] in _IDS else ""


def _reaches(start: Operation, goal: Operation) -> bool:
    """Whether ``start`` itself needs, in the end, what ``goal`` answers."""
    pending, seen = [start], {id(start)}
    while pending:
        here = pending.pop()
        if here is goal:
            return True
        for source in here.needs.values():
            if id(source.operation) not in seen:
                seen.add(id(source.operation))
                pending.append(source.operation)
    return False


def _of_session(session: Session, name: str, things: set[str]) -> Code | None:
    """A value of the account itself: its id, told when it signed in."""
    if not things & _PEOPLE:
        return None
    for attribute in session.identity:
        if norm(attribute) == norm(name):
            return Code(f"self.{attribute}")
    for operation in reversed(session.steps):
        found = _gift(operation.leaves, name, things | {"user", "member", "account"})
        if found is not None:
            return session.keep(operation, Gift("user_id", found.path, found.type))
    return None


def _providers(
    api: Api, name: str, things: set[str], prefix: str
) -> Iterator[tuple[Operation, Gift]]:
    """Calls that answer such a value, the likeliest first."""
    making = [one for one in api.operations if one.method in ("POST", "PUT")]
    showing = [one for one in api.operations if one.method == "GET"]
    exact = norm(name) not in _IDS
    for operation in making:
        if prefix and operation.path == prefix and (found := _gift(operation.leaves, name, things)):
            yield operation, found
    for operation in making:
        if norm(made_by(operation)) in things and (found := _gift(operation.leaves, name, things)):
            yield operation, found
    for operation in making if exact else ():
        if found := _gift(operation.leaves, name, set(), exact=True):
            yield operation, found
    for operation in showing:
        if prefix and operation.path == prefix and (found := _listed(operation.leaves, name)):
            yield operation, found
    for operation in showing if exact else ():
        if found := _gift(operation.leaves, name, set(), exact=True):
            yield operation, found


def _gift(leaves: object, name: str, things: set[str], *, exact: bool = False) -> Gift | None:
    """The leaf of an answer that is the value: by its own name, else by what an id is called."""
    assert isinstance(leaves, list | tuple)
    wanted = [norm(name)]
    if not exact and (norm(name) in _IDS or _thing_of(name)):
        wanted += [f"{thing}{suffix}" for thing in sorted(things) for suffix in _IDS]
        wanted += _IDS
    for said in dict.fromkeys(wanted):
        for leaf in leaves:
            if norm(leaf.path[-1]) == said and _is_near(leaf, things, own=said not in _IDS):
                return Gift("", leaf.dotted, leaf.type)
    return None


def _is_near(leaf: Leaf, things: set[str], *, own: bool) -> bool:
    """Whether a leaf says something of the answer's own thing, not of another one in it."""
    if "0" in leaf.path or leaf.type not in ("string", "integer"):
        return False
    around = {norm(singular(key)) for key in leaf.path[:-1]}
    return own or around <= {singular(one) for one in _WRAPPERS} | things


def _listed(leaves: object, name: str) -> Gift | None:
    """The same of the first element of a list."""
    assert isinstance(leaves, list | tuple)
    for said in dict.fromkeys([norm(name), *_IDS]):
        for leaf in leaves:
            if norm(leaf.path[-1]) == said and leaf.path.count("0") == 1 and leaf.path[-2] == "0":
                return Gift("", leaf.dotted, leaf.type)
    return None


# Bodies.


def _feed_body(api: Api, session: Session, operation: Operation) -> None:
    def fed(name: str, value: Value) -> Value:
        thing = _thing_of(name)
        if not thing or not _is_open(value):
            return value
        known = next((p for p in operation.parameters if norm(p.name) == norm(name)), None)
        if known is not None and known.place == "path":
            return known.value or Code(known.python)
        taken = {one.python for one in operation.parameters}
        parameter = Parameter(name, "body", True, None, python=argument(name))
        if parameter.python in taken or not _feed(api, session, operation, (parameter, "")):
            return value
        if parameter.value is not None:
            return parameter.value
        source = operation.needs[parameter.python]
        parameter.type = source.gift.type
        operation.parameters.append(parameter)
        return Code(parameter.python)

    replaced(operation, fed)


def _is_open(value: Value) -> bool:
    """Whether a sampled value is only a stand-in."""
    if isinstance(value, Literal):
        return isinstance(value.value, str | int) and not isinstance(value.value, bool)
    return isinstance(value, Code) and "uuid4" in value.text


# Variables that a document names.


def _settle_variables(api: Api, session: Session, operation: Operation) -> None:
    def means(name: str) -> Value:
        python = argument(name)
        if python in session.kept or python in session.settings:
            return Code(f"self.{python}")
        providers = [
            (one, gift)
            for one in api.operations
            for gift in one.captures
            if gift.variable == name and one is not operation and not _reaches(one, operation)
        ]
        if not providers or operation in session.steps:
            return session.set_by_people(python, api.settings.get(name, ""))
        before = [p for p in providers if _comes_first(api, p[0], operation)]
        provider, gift = (before or providers)[-1 if before else 0]
        stand_in = Parameter(name, "variable", True, None, gift.type, python)
        operation.needs[python] = Source(provider, _given(provider, gift, stand_in))
        if all(one.python != python for one in operation.parameters):
            operation.parameters.append(stand_in)
        return Code(python)

    for parameter in list(operation.parameters):
        if parameter.place == "path" and parameter.value == Variable(parameter.name):
            parameter.python = argument(parameter.name)
            meant = means(parameter.name)
            parameter.value = None if parameter.python in operation.needs else meant
        elif parameter.value is not None:
            parameter.value = settled(parameter.value, means)
    if operation.origin is not None:
        operation.origin = settled(operation.origin, means)
    if operation.body is not None and operation.body.value is not None:
        operation.body.value = settled(operation.body.value, means)


def _comes_first(api: Api, one: Operation, other: Operation) -> bool:
    return api.operations.index(one) < api.operations.index(other)
