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
    lines: dict[KeyPath, int] = {}
    repeated: list[tuple[KeyPath, int]] = []
    try:
        root = _compose(text)
        if not isinstance(root, yaml.MappingNode):
            raise _refused(Place(source), expected.top, expected.begin)
        values = _construct(root, (), lines, repeated)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        what = f"not valid YAML: {error.problem}"
        raise _refused(Place(source, line), what, "check indentation and quotes there") from None
    except yaml.YAMLError as error:
        raise _refused(Place(source), f"not valid YAML: {error}") from None
    except RecursionError:
        raise _refused(Place(source), "it holds itself, or is nested too deeply") from None
    if repeated:
        raise AuthorError(
            [Problem(Place(source, line, spell(p)), "the key stands twice") for p, line in repeated]
        )
    return Document(source, values, lines)


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


def _construct(
    node: yaml.Node,
    path: KeyPath,
    lines: dict[KeyPath, int],
    repeated: list[tuple[KeyPath, int]],
) -> Any:
    lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        mapping: dict[str, Any] = {}
        merged: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if key_node.tag == _MERGE:
                inner = _construct(value_node, path, lines, repeated)
                for one in reversed(inner if isinstance(inner, list) else [inner]):
                    if not isinstance(one, dict):
                        what = "only mappings can be merged"
                        raise yaml.MarkedYAMLError(problem=what, problem_mark=key_node.start_mark)
                    merged |= one
                continue
            key = str(key_node.value)
            line = key_node.start_mark.line + 1
            if key in mapping:
                repeated.append(((*path, key), line))
            lines[(*path, key)] = line
            mapping[key] = _construct(value_node, (*path, key), lines, repeated)
        return merged | mapping
    if isinstance(node, yaml.SequenceNode):
        return [
            _construct(item, (*path, index), lines, repeated)
            for index, item in enumerate(node.value)
        ]
    try:
        return yaml.SafeLoader("").construct_object(node)
    except ValueError:  # a date that is none, such as 2025-13-45
        return node.value
