"""The plans of several systems as one: each keeps its scenarios, its people and its thresholds.

A scenario is called ``<system>_<name>`` and carries the tag ``system``, which says whose user
classes it runs; a threshold becomes one on the samples with that tag. Places still lead to the
plan in which a key was written.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ktb_load.errors import AuthorError, Place, Problem
from ktb_load.metrics.selector import SelectorError, parse_selector
from ktb_load.plan.document import Document, KeyPath, spell
from ktb_load.plan.layers import SHORTCUTS

TAG = "system"
_OF_THE_GENERATOR = ("vus", "vus_max", "generator_")
"""What is measured of the generator itself belongs to no system."""


@dataclass(frozen=True)
class _Together(Document):
    """Plans side by side."""

    origins: Mapping[KeyPath, tuple[Document, KeyPath]] = field(default_factory=dict)
    """A key here -> the plan where it was written, and where there."""

    def place(self, path: KeyPath) -> Place:
        for length in (2, 1):
            if path[:length] in self.origins:
                document, there = self.origins[path[:length]]
                return document.place((*there, *path[length:]))
        return Place(self.source, None, spell(path) or None)


def together(plans: Mapping[str, Document]) -> Document:
    """One plan of several; of options beside scenarios and thresholds the last one counts.

    Args:
        plans: system -> its plan.

    Raises:
        AuthorError: a plan has no ``scenarios``, but options in their place.
    """
    values: dict[str, Any] = {}
    origins: dict[KeyPath, tuple[Document, KeyPath]] = {}
    for system, document in plans.items():
        _refuse_shortcuts(document)
        for key, value in document.values.items():
            if key not in _RENAMED or not isinstance(value, Mapping):
                values[key] = value
                origins[(key,)] = (document, (key,))
                continue
            for name, inner in value.items():
                new, changed = _RENAMED[key](system, name, inner)
                values.setdefault(key, {})[new] = changed
                origins[key, new] = (document, (key, name))
    source = " and ".join(document.source for document in plans.values())
    return _Together(source, values, origins=origins)


def _refuse_shortcuts(document: Document) -> None:
    instead = "write it as one of `scenarios`"
    problems = [
        Problem(document.place((key,)), f"`{key}` beside the plan of another system", instead)
        for key in (*SHORTCUTS, "vus")
        if key in document.values
    ]
    if problems:
        raise AuthorError(problems)


def _scenario(system: str, name: str, value: Any) -> tuple[str, Any]:
    if isinstance(value, Mapping):
        tags = value.get("tags")
        tags = {} if tags is None else tags
        if isinstance(tags, Mapping):
            value = {**value, "tags": {**tags, TAG: system}}
    return f"{system}_{name}", value


def _threshold(system: str, selector: str, value: Any) -> tuple[str, Any]:
    try:
        parse_selector(selector)
    except SelectorError:
        return selector, value  # whoever reads it says what is wrong
    if selector.startswith(_OF_THE_GENERATOR):
        return selector, value
    metric, _, tags = selector.partition("{")
    inner = tags[:-1].strip() if tags else ""
    return f"{metric}{{{inner + ',' if inner else ''}{TAG}:{system}}}", value


_RENAMED = {"scenarios": _scenario, "thresholds": _threshold}
