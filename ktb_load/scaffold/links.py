"""Which answer feeds which call: POST /rooms answers an id, GET /rooms/{roomId} wants one.

A parameter is fed by the call that makes the thing in front of it in the path, else by one that
answers a value of its name, else by a list of such things. What nobody answers stays open.
"""

from __future__ import annotations

from dataclasses import replace

from ktb_load.scaffold import answers
from ktb_load.scaffold.answers import thing_of
from ktb_load.scaffold.model import Api, Gift, Operation, Parameter, Role, Source
from ktb_load.scaffold.naming import argument, norm, singular, table, words
from ktb_load.scaffold.operation_names import made_by, owner_of
from ktb_load.scaffold.properties import replaced
from ktb_load.scaffold.session import Session
from ktb_load.scaffold.values import Code, Literal, Object, Text, Value, Variable, settled

_PEOPLE = table("user me member account customer sender author owner creator writer host profile")
_GONE = (Role.LOG_OUT, Role.DELETE_ACCOUNT)


def link(api: Api, session: Session) -> None:
    """Settle what every operation still needs."""
    providers = answers.Providers(api.operations)
    for operation in api.calls:
        _settle_variables(api, session, operation)
        if operation in session.steps:
            continue
        for parameter in operation.parameters:
            if parameter.place == "path" and not isinstance(parameter.value, Code | Text):
                owner = owner_of(operation.segments, parameter.name)
                _feed(providers, session, operation, (parameter, owner))
            elif parameter.place == "query" and parameter.required and thing_of(parameter.name):
                _feed(providers, session, operation, (parameter, ""))
        _feed_body(providers, session, operation)


def _feed(
    providers: answers.Providers,
    session: Session,
    operation: Operation,
    wanted: tuple[Parameter, str],
) -> bool:
    """Find what a parameter is fed by; whether there is anything."""
    parameter, owner = wanted
    things = {norm(singular(owner)), thing_of(parameter.name)} - {""}
    own = _of_session(session, parameter.name, things)
    if own is not None:
        parameter.value = own
        if parameter.place == "path" and operation.method == "DELETE" and _is_last(operation):
            operation.role = Role.DELETE_ACCOUNT
        return True
    prefix = operation.path.partition(f"/{{{parameter.name}}}")[0] if owner else ""
    for provider, gift in providers.of(parameter.name, things, prefix):
        if provider in session.steps:
            parameter.value = session.keep(provider, replace(gift, variable=parameter.python))
            return True
        if provider.role not in _GONE and not _reaches(provider, operation):
            parameter.value, parameter.type = None, gift.type
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


def _reaches(start: Operation, goal: Operation) -> bool:
    """Whether ``start`` itself needs, in the end, what ``goal`` answers."""
    pending, seen = [start], {start}
    while pending:
        here = pending.pop()
        if here is goal:
            return True
        for source in here.needs.values():
            if source.operation not in seen:
                seen.add(source.operation)
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
        found = answers.id_of(operation, name, things | {"user", "member", "account"})
        if found is not None:
            last = norm(found.path.rpartition(".")[2])
            own = "user_id" if last in answers.IDS else last
            return session.keep(operation, Gift(own, found.path, found.type))
    return None


# Bodies.


def _feed_body(providers: answers.Providers, session: Session, operation: Operation) -> None:
    made = made_by(operation) if operation.method in ("PUT", "PATCH") else ""

    def fed(name: str, value: Value) -> Value:
        if norm(name) == "id" and "{" not in operation.path:  # PUT /pet {"id": ...}
            name = f"{made} id"
        bare = value == Literal(" ".join(words(name)))  # nobody said more than the name
        thing = thing_of(name) or (norm(singular(name)) if bare else "")
        if not thing or not _is_open(value):
            return value
        name = name if thing_of(name) else f"{name}Id"
        known = next((p for p in operation.parameters if norm(p.name) == norm(name)), None)
        if known is not None and known.place == "path":
            return known.value or Code(known.python)
        taken = {one.python for one in operation.parameters}
        parameter = Parameter(name, "body", True, None, python=argument(name))
        if parameter.python in taken or not _feed(providers, session, operation, (parameter, "")):
            return value
        if parameter.value is not None:
            return parameter.value
        operation.parameters.append(parameter)
        return Code(parameter.python)

    replaced(operation, fed)
    body = operation.body
    if body is not None and body.value is not None and not isinstance(body.value, Object):
        said = words(operation.event)[-1:]
        for name in (body.name, *(f"{one}Id" for one in said)):
            body.value = fed(name, body.value)


def _is_open(value: Value) -> bool:
    """Whether a sampled value is only a stand-in."""
    if isinstance(value, Literal):
        return isinstance(value.value, str | int) and not isinstance(value.value, bool)
    return isinstance(value, Code) and "uuid4" in value.text


# Variables that a document names.


def _settle_variables(api: Api, session: Session, operation: Operation) -> None:
    def means(name: str) -> Value:
        python = argument(name)
        attribute = session.attribute(name)
        if attribute in {*session.kept, *session.settings, *session.identity}:
            return Code(f"self.{attribute}")
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
    calls = api.calls
    return calls.index(one) < calls.index(other)
