"""Parameters of OpenAPI: path, query, header, cookie; objects in a query are parameters each."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from ktb_load.scaffold.cursor import Cursor
from ktb_load.scaffold.model import Parameter
from ktb_load.scaffold.samples import is_certain, sample
from ktb_load.scaffold.schema import shape_of
from ktb_load.scaffold.values import Value, of_json, plain

_PLACES = ("path", "query", "header", "cookie")
_NOT_PARAMETERS = frozenset({"accept", "content-type", "authorization"})
"""Headers that the specification says to ignore here."""


def read_parameters(path: str, item: Cursor, operation: Cursor) -> list[Parameter]:
    """Those of the operation and of its path; and what the path names without describing it."""
    found: dict[tuple[str, str], Parameter] = {}
    for owner in (item, operation):
        for cursor in owner["parameters"].elements():
            for one in _parameters(cursor):
                found[one.place, one.name] = one
    named = re.findall(r"\{([^{}]+)\}", path)
    for name in named:
        found.setdefault(("path", name), Parameter(name, "path", True, None))
    in_path = [found["path", name] for name in dict.fromkeys(named)]
    return in_path + [one for one in found.values() if one.place != "path"]


def _parameters(cursor: Cursor) -> Iterator[Parameter]:
    if not isinstance(cursor.value, dict):
        if cursor:
            cursor.fault("a parameter is a mapping", "write `name:` and `in:`")
        return
    name, place = cursor["name"].text(), cursor["in"].text()
    if not name:
        cursor.fault("a parameter has no `name`", "write `name: ...`")
    elif place not in _PLACES:
        near = difflib.get_close_matches(place, _PLACES, n=1)
        instead = f"did you mean `in: {near[0]}`?" if near else f"known are {', '.join(_PLACES)}"
        what = f"parameter {name!r} is in {place!r}" if place else f"{name!r} does not say `in`"
        cursor["in"].fault(what, instead)
    elif place != "header" or name.lower() not in _NOT_PARAMETERS:
        yield from _read(cursor, name, place)


def _read(cursor: Cursor, name: str, place: str) -> Iterator[Parameter]:
    required = place == "path" or cursor["required"].value is True
    schema = _schema(cursor)
    shape = shape_of(schema)
    example = _example(cursor)
    if place == "query" and shape.type == "object" and shape.properties and example is None:
        deep = cursor["style"].value == "deepObject"
        for key, one in shape.properties.items():
            inner = f"{name}[{key}]" if deep else key
            needed = required and key in shape.required
            yield _one(inner, place, one, required=needed, example=None)
        return
    yield _one(name, place, schema, required=required, example=example)


def _one(
    name: str, place: str, schema: Cursor, *, required: bool, example: Value | None
) -> Parameter:
    shape = shape_of(schema)
    value: Value | None = example if required else None
    default = shape.fact("default")
    if value is None and default not in (None, "", [], {}):
        value = of_json(default)
    if value is None and required and (place != "path" or is_certain(schema)):
        value = sample(schema, name)
    flat = None if value is None else plain(value)
    return Parameter(name, place, required, flat, shape.type or "string")


def _schema(cursor: Cursor) -> Cursor:
    """The schema, of which some parameters say that it is text in another format."""
    for _, media in cursor["content"].items():
        return media["schema"]
    return cursor["schema"]


def _example(cursor: Cursor) -> Value | None:
    if cursor["example"]:
        return of_json(cursor["example"].value)
    for _, one in cursor["examples"].items():
        if one["value"]:
            return of_json(one["value"].value)
    return None
