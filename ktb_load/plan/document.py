"""One source of options: its raw values, and where in it each key stands.

A plan file is YAML or JSON (which YAML contains). A document knows the line of every key, so that a
problem found much later still leads to the line. Nothing is interpreted here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from ktb_load.errors import AuthorError, Place, Problem

KeyPath = tuple[str | int, ...]
_MERGE = "tag:yaml.org,2002:merge"
"""The key ``<<``: YAML 1.1's merging of mappings."""
_INTEGER = "tag:yaml.org,2002:int"
_MOST_DIGITS = 4_000
"""Python refuses to read or write integers of more than 4,300."""
_MOST_BITS = 13_288
"""As many digits, in another base."""
_MOST_BORROWED = 100_000
"""Values that aliases (``*name``) bring in; a few lines of them can ask for billions."""


@dataclass(frozen=True)
class Document:
    """Raw option values of one layer: a plan file, class attributes, the environment, the command
    line.
    """

    source: str
    """What a person calls it: a file's path, "environment variable", ..."""
    values: Mapping[str, Any]
    lines: Mapping[KeyPath, int] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    """What a key is called here, where it has a name of its own: "environment variable K6_VUS"."""

    def place(self, path: KeyPath) -> Place:
        """Where ``path`` stands; a missing key is shown at its nearest parent's line."""
        if path and (name := self.names.get(str(path[0]))):
            return Place(name, None, spell(path[1:]) or None)
        known = path
        while known and known not in self.lines:
            known = known[:-1]
        return Place(self.source, self.lines.get(known), spell(path) or None)


def spell(path: KeyPath) -> str:
    """A key path as people write it: ``scenarios.chat.stages[2].target``."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text


@dataclass(frozen=True)
class Expected:
    """What a file should be, for those who wrote something else."""

    name: str
    top: str
    begin: str


PLAN = Expected("the plan", "a plan is a mapping of k6 options", "begin with `scenarios:`")


def read_document(path: Path, shown_as: str | None = None) -> Document:
    """Read a plan file.

    Raises:
        AuthorError: there is no such file, it is not YAML or JSON, or it is not a mapping.
    """
    source = shown_as or str(path)
    return parse_document(read_text(path, source, PLAN.name), source, PLAN)


def read_text(path: Path, source: str, name: str) -> str:
    """
    Raises:
        AuthorError: there is no such file, or it is no text.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        reason = error.strerror or str(error)
        raise _refused(Place(source), f"{name} cannot be read: {reason}") from None
    except UnicodeDecodeError:
        raise _refused(Place(source), f"{name} is not UTF-8 text") from None


def parse_document(text: str, source: str, expected: Expected) -> Document:
    """
    Raises:
        AuthorError: it is not YAML or JSON, or it is not a mapping.
    """
    builder = _Builder()
    try:
        root = _compose(text)
        if not isinstance(root, yaml.MappingNode):
            raise _refused(Place(source), expected.top, expected.begin)
        values = builder.build(root)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        what = f"not valid YAML: {error.problem}"
        raise _refused(Place(source, line), what, "check indentation and quotes there") from None
    except yaml.YAMLError as error:
        raise _refused(Place(source), f"not valid YAML: {error}") from None
    except RecursionError:
        raise _refused(Place(source), "it holds itself, or is nested too deeply") from None
    except _LongIntegerError as error:
        what = f"an integer of more than {_MOST_DIGITS:,} digits is not read"
        raise _refused(Place(source, error.line), what, "put it into quotes, as a text") from None
    except _TooManyAliasesError as error:
        place = Document(source, {}, builder.lines).place(error.path)
        what = f"aliases bring in more than {_MOST_BORROWED:,} values"
        raise _refused(place, what, "write what is meant, without so many `*`") from None
    if builder.repeated:
        raise AuthorError(
            [
                Problem(Place(source, line, spell(path)), "the key stands twice")
                for path, line in builder.repeated
            ]
        )
    return Document(source, values, builder.lines)


def _compose(text: str) -> yaml.Node | None:
    """The node tree: quickly by libyaml where it is there, and what it refuses once more, since
    the messages of the other one are better.
    """
    try:
        return yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError:
        return yaml.compose(text, Loader=yaml.SafeLoader)


def _refused(place: Place, what: str, instead: str = "") -> AuthorError:
    return AuthorError([Problem(place, what, instead)])


@dataclass
class _Builder:
    """Nodes -> values, with the line of every key."""

    lines: dict[KeyPath, int] = field(default_factory=dict)
    repeated: list[tuple[KeyPath, int]] = field(default_factory=list)
    """Keys that stand twice in one mapping."""
    _built: set[int] = field(default_factory=set)
    _borrowed: int = 0
    """How many values were built from nodes that stood for others before."""
    _alias: KeyPath | None = None
    """The key below which an alias is being followed."""

    def build(self, node: yaml.Node, path: KeyPath = ()) -> Any:
        self.lines.setdefault(path, node.start_mark.line + 1)
        if id(node) not in self._built:
            self._built.add(id(node))
            return self._value(node, path)
        outer = self._alias
        self._alias = _key_above(path) if outer is None else outer
        self._borrowed += 1
        if self._borrowed > _MOST_BORROWED:
            raise _TooManyAliasesError(self._alias)
        value = self._value(node, path)
        self._alias = outer
        return value

    def _value(self, node: yaml.Node, path: KeyPath) -> Any:
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(item, (*path, index)) for index, item in enumerate(node.value)]
        return _scalar(node)

    def _mapping(self, node: yaml.MappingNode, path: KeyPath) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        merged: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if key_node.tag == _MERGE:
                merged |= self._merged(key_node, value_node, path)
                continue
            key = str(key_node.value)
            line = key_node.start_mark.line + 1
            if key in mapping:
                self.repeated.append(((*path, key), line))
            self.lines[(*path, key)] = line
            mapping[key] = self.build(value_node, (*path, key))
        return merged | mapping

    def _merged(self, key: yaml.Node, value: yaml.Node, path: KeyPath) -> dict[str, Any]:
        """What ``<<`` brings in; of several mappings the first counts most."""
        found: dict[str, Any] = {}
        inner = self.build(value, path)
        for one in reversed(inner if isinstance(inner, list) else [inner]):
            if not isinstance(one, dict):
                what = "only mappings can be merged"
                raise yaml.MarkedYAMLError(problem=what, problem_mark=key.start_mark)
            found |= one
        return found


class _TooManyAliasesError(Exception):
    """Aliases of aliases, which would fill the memory."""

    def __init__(self, path: KeyPath) -> None:
        super().__init__(path)
        self.path = path


class _LongIntegerError(Exception):
    """An integer that Python would not write as a text again."""

    def __init__(self, node: yaml.Node) -> None:
        super().__init__()
        self.line = node.start_mark.line + 1


def _key_above(path: KeyPath) -> KeyPath:
    """The key in whose value something stands; elements of lists have none of their own."""
    while path and isinstance(path[-1], int):
        path = path[:-1]
    return path


def _scalar(node: yaml.Node) -> Any:
    try:
        value = yaml.SafeLoader("").construct_object(node)
    except ValueError:  # a date that is none, such as 2025-13-45
        if node.tag == _INTEGER and len(node.value) > _MOST_DIGITS:
            raise _LongIntegerError(node) from None
        return node.value
    if isinstance(value, int) and value.bit_length() > _MOST_BITS:
        raise _LongIntegerError(node)
    return value
