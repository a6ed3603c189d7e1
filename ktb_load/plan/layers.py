"""Several layers of options made one: defaults < plan < class < ``K6_*`` environment < command
line.

Mirrors k6 1.8.1 ``cmd/config.go``: execution options are one unit (a higher layer that sets any of
``duration``, ``iterations``, ``stages``, ``scenarios`` drops all of these from the layers below),
the shortcuts become one scenario called ``default``, everything else is replaced key by key.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ktb_load.errors import AuthorError, Place, Problem
from ktb_load.plan.document import Document, KeyPath, spell

SHORTCUTS = ("iterations", "duration", "stages")
_EXECUTION = (*SHORTCUTS, "scenarios")

# shortcut -> (executor, {top-level key: key in the scenario})
_SHORTCUT_SCENARIOS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "stages": ("ramping-vus", {"stages": "stages", "vus": "startVUs"}),
    "iterations": (
        "shared-iterations",
        {"iterations": "iterations", "vus": "vus", "duration": "maxDuration"},
    ),
    "duration": ("constant-vus", {"duration": "duration", "vus": "vus"}),
}


@dataclass(frozen=True)
class Layers:
    """The merged options. Behaves as a document whose places lead back to the layer of each key."""

    values: Mapping[str, Any]
    origins: Mapping[str, Document]
    aliases: Mapping[str, str]
    warnings: tuple[str, ...] = ()

    def document(self) -> Document:
        return _LayeredDocument("options", self.values, layers=self)


@dataclass(frozen=True)
class _LayeredDocument(Document):
    layers: Layers | None = None

    def place(self, path: KeyPath) -> Place:
        assert self.layers is not None
        if path[:2] == ("scenarios", "default") and len(path) > 2:
            alias = self.layers.aliases.get(str(path[2]))
            path = (alias, *path[3:]) if alias else path
        origin = self.layers.origins.get(str(path[0])) if path else None
        return origin.place(path) if origin else Place(self.source, None, spell(path) or None)


def merge(documents: Sequence[Document]) -> Layers:
    """Merge layers, the lowest first, and turn k6's shortcuts into a scenario.

    Raises:
        AuthorError: one layer uses execution options together that exclude each other.
    """
    problems = [problem for document in documents for problem in _conflicts(document)]
    if problems:
        raise AuthorError(problems)
    origins: dict[str, Document] = {}
    warnings: list[str] = []
    for document in documents:
        given = [key for key in _EXECUTION if document.values.get(key)]
        if given:
            if "scenarios" in origins:
                warnings.append(
                    f"{document.source} overrides the scenarios of {origins['scenarios'].source}"
                    " entirely"
                )
            for key in _EXECUTION:
                origins.pop(key, None)
        for key, value in document.values.items():
            if value is not None:
                origins[key] = document
    values = {key: document.values[key] for key, document in origins.items()}
    aliases = _expand_shortcuts(values)
    if aliases is None:
        aliases = {}
        if "vus" in values:
            warnings.append(f"`vus` of {origins['vus'].source} changes nothing beside `scenarios`")
    values.pop("vus", None)
    return Layers(values, origins, aliases, tuple(warnings))


def _conflicts(document: Document) -> list[Problem]:
    given = [
        key for key in ("duration", "iterations", "stages", "scenarios") if document.values.get(key)
    ]
    allowed: tuple[set[str], ...] = ({"duration", "iterations"},)
    if len(given) < 2 or set(given) in allowed:
        return []
    what = f"using `{given[0]}` and `{given[-1]}` options simultaneously is not allowed"
    return [Problem(document.place((given[-1],)), what, "keep one of them")]


def _expand_shortcuts(values: dict[str, Any]) -> Mapping[str, str] | None:
    """Make ``scenarios`` of the shortcuts; what each scenario key was called, None if there were
    none.
    """
    if values.get("scenarios"):
        return None
    values.pop("scenarios", None)
    used = next((name for name in _SHORTCUT_SCENARIOS if values.get(name)), None)
    executor, keys = _SHORTCUT_SCENARIOS[used] if used else ("per-vu-iterations", {})
    scenario = {inner: values[key] for key, inner in keys.items() if key in values}
    for key in SHORTCUTS:
        values.pop(key, None)
    values["scenarios"] = {"default": {"executor": executor, **scenario}}
    return {inner: key for key, inner in keys.items()}
