"""Reading one mapping of options: typed values, defaults, unknown keys with the near name.

A reader never stops at the first fault: it notes a problem, hands out the default and goes on, so
that the author sees all faults at once.
"""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ktb_load.errors import Place, Problem
from ktb_load.plan.document import Document, KeyPath
from ktb_load.quantities import parse_duration


class Fields:
    """The options at one key path of a document, and the problems found in them."""

    def __init__(self, document: Document, path: KeyPath, problems: list[Problem]) -> None:
        self.document = document
        self.path = path
        self.problems = problems
        values: Any = document.values
        for part in path:
            values = values[part]
        self._values: Mapping[str, Any] = values if isinstance(values, Mapping) else {}
        if not isinstance(values, Mapping):
            self.problem((), f"must be a mapping, but is {_kind(values)}")

    def problem(self, key: KeyPath | str, what: str, instead: str = "") -> None:
        """Note a fault at ``key`` below this path (an empty path: the mapping itself)."""
        below = (key,) if isinstance(key, str) else key
        self.problems.append(Problem(self.document.place((*self.path, *below)), what, instead))

    def place(self, key: str) -> Place:
        return self.document.place((*self.path, key))

    def has(self, key: str) -> bool:
        """Whether the key is given; ``null`` counts as not given, as in k6."""
        return self._values.get(key) is not None

    def raw(self, key: str) -> Any:
        return self._values.get(key)

    def known(self, keys: Iterable[str]) -> None:
        """Note every key that is not among ``keys``, with the name it is near to."""
        allowed = sorted(keys)
        for key in self._values:
            if key not in allowed:
                near = difflib.get_close_matches(key, allowed, n=1, cutoff=0.6)
                hint = f"did you mean `{near[0]}`?" if near else f"known are: {', '.join(allowed)}"
                self.problem(key, f"unknown option `{key}`", hint)

    def integer(self, key: str, default: int) -> int:
        value = self._values.get(key)
        if value is None:
            return default
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        self.problem(key, f"must be a whole number, but is {value!r}")
        return default

    def duration(self, key: str, default: float) -> float:
        value = self._values.get(key)
        if value is None:
            return default
        try:
            return parse_duration(value)
        except ValueError as error:
            self.problem(key, str(error))
            return default

    def boolean(self, key: str, default: bool) -> bool:
        value = self._values.get(key)
        if value is None:
            return default
        if isinstance(value, bool):
            return value
        self.problem(key, f"must be true or false, but is {value!r}")
        return default

    def text(self, key: str, default: str) -> str:
        value = self._values.get(key)
        if value is None:
            return default
        if isinstance(value, str):
            return value
        self.problem(key, f"must be a text, but is {value!r}", f"write '{value}' in quotes")
        return default

    def choice(self, key: str, default: str, allowed: Sequence[str]) -> str:
        """One of ``allowed``."""
        value = self._values.get(key)
        if value is None:
            return default
        if isinstance(value, str) and value in allowed:
            return value
        words = ", ".join(f"'{word}'" for word in allowed if word)
        self.problem(key, f"must be one of {words}, but is {value!r}")
        return default

    def mapping(self, key: str) -> "Fields | None":
        """A reader for a mapping below; None if it is not given."""
        if self._values.get(key) is None:
            return None
        return Fields(self.document, (*self.path, key), self.problems)

    def text_mapping(self, key: str) -> dict[str, str]:
        """A mapping of names to texts (``tags``, ``env``); numbers and booleans become text."""
        value = self._values.get(key)
        if value is None:
            return {}
        if not isinstance(value, Mapping):
            self.problem(key, f"must be a mapping, but is {_kind(value)}")
            return {}
        texts: dict[str, str] = {}
        for name, item in value.items():
            if isinstance(item, Mapping | list) or item is None:
                self.problem((key, name), f"must be a text, but is {_kind(item)}")
            else:
                texts[name] = str(item).lower() if isinstance(item, bool) else str(item)
        return texts

    def text_list(self, key: str, default: tuple[str, ...]) -> tuple[str, ...]:
        value = self._values.get(key)
        if value is None:
            return default
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        self.problem(key, f"must be a list of texts, but is {value!r}")
        return default

    def mappings(self, key: str) -> list["Fields"]:
        """A reader for each item of a list of mappings (``stages``)."""
        value = self._values.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.problem(key, f"must be a list, but is {_kind(value)}")
            return []
        path = (*self.path, key)
        return [Fields(self.document, (*path, i), self.problems) for i in range(len(value))]


def _kind(value: object) -> str:
    names = {list: "a list", dict: "a mapping", str: "a text", type(None): "empty"}
    return names.get(type(value), repr(value))
