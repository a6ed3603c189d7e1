"""JSON Schema as OpenAPI 3.0, 3.1 and AsyncAPI use it -> the shape of a value, one level at a time.

``allOf`` is merged, of ``oneOf`` and ``anyOf`` the first that is not null counts. Going down is the
caller's business, who stops where a schema comes back to itself.
"""

from __future__ import annotations

import difflib
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, cast

from ktb_load.scaffold.cursor import Cursor, shown
from ktb_load.scaffold.naming import table

Identity = tuple[str, tuple[str | int, ...]]
_DEEPEST_LEAF = 4
_MOST_LEAVES = 400
_MOST_SCHEMAS = 200
"""Of one answer; those near its top come first."""
_FACTS = table(
    """
    const default enum example examples exclusiveMaximum exclusiveMinimum format maxItems maxLength
    maximum minItems minLength minimum multipleOf pattern title contentMediaType contentEncoding
    """
)
_COMPOSED = frozenset({"allOf", "oneOf", "anyOf"})
_TYPES = ("array", "boolean", "integer", "null", "number", "object", "string")


@dataclass
class Shape:
    """What one schema asks for."""

    type: str = ""
    """JSON's word for it; empty where anything goes."""
    properties: dict[str, Cursor] = field(default_factory=dict)
    required: set[str] = field(default_factory=set)
    says_required: bool = False
    is_choice: bool = False
    """Whether values may be of other shapes as well."""
    items: Cursor | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    identities: frozenset[Identity] = frozenset()
    """Every schema that it is made of."""

    def fact(self, name: str) -> Any:
        return self.facts.get(name)


def shape_of(schema: Cursor, seen: frozenset[Identity] = frozenset()) -> Shape:
    """The shape of a schema; ``seen`` are the schemas that it stands in."""
    known = schema.library.shapes.get(schema.identity)
    if known is not None and schema.identity not in seen and not schema.is_merged:
        return cast(Shape, known)
    shape = Shape()
    if isinstance(schema.value, bool) or schema.value is None:  # 3.1: anything, nothing
        return shape
    if not isinstance(schema.value, dict):
        schema.fault("a schema is a mapping", "write `type: string` or the like")
        return shape
    _merge(shape, schema, seen, frozenset())
    if not shape.type:
        shape.type = _guessed(shape)
    whole = schema.identity not in seen and not schema.is_merged
    if whole and not _COMPOSED & schema.value.keys():  # else it depends on where it stands
        schema.library.shapes[schema.identity] = shape
    return shape


def _merge(
    shape: Shape, schema: Cursor, seen: frozenset[Identity], wholes: frozenset[Identity]
) -> None:
    """Add what a schema says; ``wholes`` are the schemas whose ``allOf`` led to it."""
    if schema.identity in seen | shape.identities or not isinstance(schema.value, dict):
        return
    shape.identities |= {schema.identity}
    said = _type(schema)
    shape.type = shape.type or said
    for key, value in schema.value.items():
        if key in _FACTS and value is not None:
            shape.facts.setdefault(key, value)
    for name, one in schema["properties"].items():
        shape.properties.setdefault(name, one)
    if isinstance(schema.value.get("required"), list):
        shape.says_required = True
    shape.required |= {str(name) for name in schema["required"].listed()}
    schema["enum"].listed()
    shape.items = shape.items or schema["items"] or schema["prefixItems"][0] or None
    wholes |= {schema.identity} if not schema.is_merged else frozenset()
    for part in schema["allOf"].elements():
        if part.identity in wholes:
            schema["allOf"].fault("the schema is a part of itself", "leave it out of its `allOf`")
        _merge(shape, part, seen, wholes)
    for key in ("oneOf", "anyOf"):
        shape.is_choice = shape.is_choice or len(schema[key].listed()) > 1
        branches = [one for one in schema[key].elements() if not _is_null(one)]
        usable = [b for b in branches if b.identity not in seen | shape.identities]
        if usable:
            _merge(shape, usable[0], seen, frozenset())
            _name_branch(shape, schema, usable[0])


def _type(schema: Cursor) -> str:
    said = schema.value.get("type")
    words = said if isinstance(said, list) else [] if said is None else [said]
    for word in words:
        if word not in _TYPES:
            _refuse_type(schema["type"], word)
    if isinstance(said, list):  # 3.1: [string, "null"]
        said = next((one for one in said if one != "null"), "null")
    return said if isinstance(said, str) else ""


def _refuse_type(cursor: Cursor, word: Any) -> None:
    near = difflib.get_close_matches(str(word), _TYPES, n=1)
    said = repr(word) if isinstance(word, str) else shown(word)
    instead = f"did you mean `{near[0]}`?" if near else f"known are {', '.join(_TYPES)}"
    cursor.fault(f"{said} is no type of a schema", instead)


def _is_null(schema: Cursor) -> bool:
    return isinstance(schema.value, dict) and schema.value.get("type") in ("null", ["null"])


def _name_branch(shape: Shape, schema: Cursor, branch: Cursor) -> None:
    """The property that says which branch it is."""
    name = schema["discriminator"]["propertyName"].value
    if not isinstance(name, str) or not branch.path:
        return
    mapping = schema["discriminator"]["mapping"].value
    wanted = str(branch.path[-1])
    for said, target in mapping.items() if isinstance(mapping, dict) else ():
        if str(target).rpartition("/")[2] == wanted:
            wanted = str(said)
    own = shape.properties.get(name)
    said_type = {**(own.value if own and isinstance(own.value, dict) else {}), "const": wanted}
    place = (*schema.path, "discriminator")
    shape.properties[name] = Cursor(schema.library, schema.source, place, said_type)
    shape.required.add(name)


def _guessed(shape: Shape) -> str:
    if shape.properties:
        return "object"
    if shape.items:
        return "array"
    choices = shape.fact("enum")
    values = [*(choices if isinstance(choices, list) else ())]
    values += [shape.fact("const"), shape.fact("default"), shape.fact("example")]
    for kind, word in ((bool, "boolean"), (int, "integer"), (float, "number"), (str, "string")):
        if any(isinstance(value, kind) for value in values):
            return word
    return "string" if {"format", "pattern", "maxLength", "minLength"} & shape.facts.keys() else ""


@dataclass(frozen=True)
class Leaf:
    """A value somewhere in an answer."""

    path: tuple[str, ...]
    """Keys from the top; the element of a list is ``0``."""
    type: str

    @property
    def dotted(self) -> str:
        return ".".join(self.path)


def leaves(schema: Cursor) -> list[Leaf]:
    """The plain values of an answer, those near the top first."""
    return list(_leaves(schema))


def _leaves(schema: Cursor) -> Iterator[Leaf]:
    start: tuple[Cursor, tuple[str, ...], frozenset[Identity]] = (schema, (), frozenset())
    pending = deque([start])
    count = visited = 0
    while pending and count < _MOST_LEAVES and visited < _MOST_SCHEMAS:
        here, path, seen = pending.popleft()
        visited += 1
        shape = shape_of(here, seen)
        inside = seen | shape.identities
        if shape.type == "array" and shape.items and len(path) < _DEEPEST_LEAF:
            pending.append((shape.items, (*path, "0"), inside))
        elif shape.type == "object" and len(path) < _DEEPEST_LEAF:
            for name, one in shape.properties.items():
                if "." not in name:
                    pending.append((one, (*path, name), inside))
        elif path and shape.type not in ("array", "object") and here.identity not in seen:
            count += 1
            yield Leaf(path, shape.type or "string")


def leaves_of(found: Any) -> list[Leaf]:
    """The same of an answer that is there as an example."""
    start: tuple[Any, tuple[str, ...]] = (found, ())
    pending = deque([start])
    known: list[Leaf] = []
    words = ((bool, "boolean"), (int, "integer"), (float, "number"))
    while pending and len(known) < _MOST_LEAVES:
        here, path = pending.popleft()
        if isinstance(here, dict):
            inner = [(v, (*path, str(k))) for k, v in here.items() if "." not in str(k)]
        elif isinstance(here, list):
            inner = [(here[0], (*path, "0"))] if here else []
        else:
            word = next((word for kind, word in words if isinstance(here, kind)), "string")
            known += [Leaf(path, word)] if path else []
            continue
        if len(path) < _DEEPEST_LEAF:
            pending.extend(inner)
    return known
