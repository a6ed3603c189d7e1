"""What the methods, their arguments and the groups of a back end are called.

A method has the document's own name for it; where there is none that ASCII can say, or it is not
free, method and path make one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ktb_load.scaffold.model import Api, Operation, Socket
from ktb_load.scaffold.naming import (
    argument,
    is_plural,
    norm,
    singular,
    snake,
    table,
    unique,
    words,
)

_PREFIXES = re.compile(r"^(api|rest|v\d+(\.\d+)?)$")
_VERBS = {"GET": "get", "PUT": "update", "PATCH": "update", "DELETE": "delete"}
_GENERIC = frozenset({"id", "uuid", "key", "no", "seq", "idx", "name", "slug", "code", "number"})
"""Parameters that say nothing without the thing that they belong to."""
_ANY_THING = table(
    """
    add create delete destroy edit find find_all find_by_id find_many find_one get get_all get_by_id
    get_one handle index list patch post put remove remove_one save search show store update
    """
)
"""Names that do not say what of: each controller has them."""
_OF_CONNECTIONS = table("connected drop must_be_open open protocol wait_for")
"""What every connection has already."""
_LONGEST = 48
_ACTIONS = table("check confirm download export find preview search verify view")
"""Ends of paths that are verbs themselves."""


def name_operations(api: Api) -> None:
    """Give every operation a method's name, its parameters arguments, and a group."""
    taken: set[str] = set()
    holders = {one.path[: one.path.find("/{")] for one in api.operations if "/{" in one.path}
    for operation in api.operations:
        operation.name = unique(_candidates(operation, holders), taken)
        operation.group = _group(operation)
        _name_arguments(operation)
    for socket in api.sockets:
        _name_socket(api, socket, taken)


def _name_socket(api: Api, socket: Socket, taken: set[str]) -> None:
    """What opens a socket is a method of the user, what it sends are its own."""
    number = api.sockets.index(socket)
    alone = len(api.sockets) == 1
    said = "" if alone else "_".join(snake(name) for name, _ in statics(socket.opening))
    own = re.sub(r"_?socket$", "", said)
    classes = {one.class_name for one in api.sockets[:number]}
    socket.class_name = "".join(word.capitalize() for word in own.split("_"))
    if socket.class_name in classes:
        own = f"{own}_{number + 1}".strip("_")
        socket.class_name = "".join(word.capitalize() for word in own.split("_"))
    socket.opening.name = unique([f"open_{own}_socket" if own else "open_socket"], taken)
    _name_arguments(socket.opening)
    methods = set(_OF_CONNECTIONS)
    for heard in socket.hears:
        heard.name = unique([f"expect_{snake(heard.event).strip('_') or 'event'}"], methods)
    for operation in socket.sends:
        operation.name = unique([snake(operation.hint), f"send_{snake(operation.hint)}"], methods)


def _candidates(operation: Operation, holders: set[str]) -> Iterator[str]:
    bare, told = snake(_bare(operation)), by_path(operation, operation.path in holders)
    yield bare if bare not in _ANY_THING else told
    yield snake(operation.hint) if operation.hint.isascii() else ""
    yield told
    yield snake(f"{operation.method} {operation.path}")


def _bare(operation: Operation) -> str:
    """The document's name without what frameworks add: FastAPI the path and the method, NestJS
    the controller. Empty where ASCII says only a part of it.
    """
    hint = operation.hint
    mangled = re.sub(r"\W", "_", operation.path) + "_" + operation.method.lower()
    hint = hint.removesuffix(mangled)
    hint = re.sub(r"^\w*Controller[_.]", "", hint)
    hint = re.sub(r"^\W*\d+[.)]\s*", "", hint)  # 3. Create room
    return hint if hint.isascii() and len(hint) <= _LONGEST else ""


def by_path(operation: Operation, holds_things: bool = False) -> str:
    """``GET /api/rooms/{id}/messages`` -> list_room_messages.

    Args:
        holds_things: whether ids stand below this path elsewhere.
    """
    segments = statics(operation)
    if not segments:
        return snake(f"{_VERBS.get(operation.method, operation.method)} root")
    item = operation.segments[-1].startswith("{")
    spoken = [snake(name) if not owned else singular(snake(name)) for name, owned in segments]
    verb = _VERBS.get(operation.method, operation.method.lower())
    if operation.method == "POST":
        verb = "upload" if operation.body and operation.body.files else ""
        if not item and (is_plural(spoken[-1]) or holds_things):
            verb, spoken[-1] = verb or "create", singular(spoken[-1])
    elif operation.method == "GET" and spoken[-1] in _ACTIONS:
        verb = ""
    elif operation.method == "GET" and not item and is_plural(spoken[-1]):
        verb = "list"
    return "_".join([*([verb] if verb and verb not in spoken else []), *spoken])


def statics(operation: Operation) -> list[tuple[str, bool]]:
    """The words of a path, and whether a parameter follows each: ``rooms`` of ``/rooms/{id}``."""
    segments = operation.segments
    while len(segments) > 1 and _PREFIXES.match(segments[0]):
        segments = segments[1:]
    return [
        (one, after.startswith("{"))
        for one, after in pairwise([*segments, ""])
        if not one.startswith("{") and words(one)
    ]


def _group(operation: Operation) -> str:
    """A task's name: the words of the tag or folder, else the first word of the path."""
    said = re.sub(r"(?i)[- _]*(controller|resource|api)$", "", operation.group)
    controller = re.match(r"(\w+?)Controller[_.]", operation.hint)
    named = snake(said).strip("_") or (snake(controller[1]) if controller else "")
    segments = statics(operation)
    return named or (snake(segments[0][0]).strip("_") if segments else "") or "root"


def _name_arguments(operation: Operation) -> None:
    taken: set[str] = set()
    for parameter in operation.parameters:
        name = argument(parameter.name)
        owner = owner_of(operation.segments, parameter.name)
        if parameter.place == "path" and owner and norm(parameter.name) in _GENERIC:
            name = argument(f"{singular(snake(owner))} {parameter.name}")
        base, number = name, 2
        while name in taken:
            name, number = f"{base}_{number}", number + 1
        taken.add(name)
        parameter.python = name


def made_by(operation: Operation) -> str:
    """What a call makes: ``room`` of POST /chat/rooms, and of POST /rooms/new."""
    if operation.segments[-1:] and operation.segments[-1].startswith("{"):
        return ""
    said = [snake(singular(name)) for name, _ in statics(operation)]
    if said[1:] and said[-1] in ("new", "create", "add", "upload"):
        said.pop()
    return said[-1] if said else ""


def owner_of(segments: Sequence[str], name: str) -> str:
    """The segment in front of a parameter: ``rooms`` for id in ``/rooms/{id}``; empty if none."""
    for before, segment in pairwise(segments):
        if f"{{{name}}}" in segment and not before.startswith("{"):
            return before
    return ""
