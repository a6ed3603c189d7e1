"""What a server saw of each iteration, made comparable between two runs.

Ids and tokens that the server made are numbered by first appearance; what follows from who runs an
iteration (a race in k6) or from what others said meanwhile is left out: marks, numbers of accounts
and rooms, lists of other people's messages.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SETUP = ("setup", 0)
_STREAM = "stream"
"""The transport of answers that go on, which k6 cannot read."""
Key = tuple[str, int]
"""Scenario and number of the iteration in the test."""

_ID = re.compile(
    r"[0-9a-f]{24}|\b(?:[0-7][0-9A-HJKMNP-TV-Z]{25}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\b"
)
"""What servers call things: MongoDB's ids, ULIDs, UUIDs."""
_NUMBERED = re.compile(r"(^i|I)ds?$")
"""Fields that hold ids; where a server makes numbers of them, these are ids as well."""
_REPLACED = (
    (re.compile(r"eyJ[\w-]+\.[\w-]+\.[\w-]+"), "<token>"),
    (re.compile(r"~[0-9a-z.]+~[0-9a-z.]+~[0-9a-z.]+~$"), "<mark>"),
    (re.compile(r"^[0-9a-f]{32}$"), "<session>"),
    (re.compile(r"\d+_[0-9a-f]{16}"), "<file>"),
    (re.compile(r"\b([a-z0-9]{6})x\d{6}\b"), r"\1x<n>"),
    (re.compile(r"(\w+)-\d+@load\.test"), r"\1-<n>@load.test"),
    (re.compile(r"\broom (\w+) \d+"), r"room \1 <n>"),
    (re.compile(r"^(/sub/.*/)\d+$"), r"\1<n>"),
)


@dataclass(frozen=True)
class Action:
    """One thing that a client did."""

    what: str
    body: str
    status: str

    def __str__(self) -> str:
        return f"{self.what} {self.body} -> {self.status}"


@dataclass
class Iteration:
    """All that one iteration did, in order."""

    vu: str = ""
    actions: list[Action] = field(default_factory=list)
    open_sockets: int = 0
    """Sockets that it had not closed at the end of the trace: it was interrupted."""


def read_trace(path: Path) -> tuple[dict[Key, Iteration], int]:
    """The iterations of a trace, and how many event streams were opened in them."""
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return iterations(lines), streams(lines)


def streams(lines: Iterable[Mapping[str, Any]]) -> int:
    """How many requests of a trace opened an event stream: no iteration shows them."""
    opened = [line for line in lines if line["action"] != "disconnect"]
    return sum(line.get("transport") == _STREAM for line in opened)


def iterations(lines: Iterable[Mapping[str, Any]]) -> dict[Key, Iteration]:
    """Lines of a trace by iteration; what has no mark belongs to ``setup()``."""
    found: dict[Key, Iteration] = {}
    names: dict[Key, dict[str, str]] = {}
    for line in sorted(lines, key=lambda line: line["n"]):
        if line.get("transport") == _STREAM:
            continue
        key, vu = _key(line["vu"])
        known = found.setdefault(key, Iteration(vu))
        known.open_sockets += {"connect": 1, "disconnect": -1}.get(line["action"], 0)
        body = _plain(line["body"], names.setdefault(key, {}))
        status = "" if line["action"] == "disconnect" else str(line["status"])
        text = json.dumps(body, ensure_ascii=False)
        known.actions.append(Action(line["action"], text, status))
    return found


def _key(mark: str | None) -> tuple[Key, str]:
    """Which iteration, and which VU ran it."""
    if not mark:
        return SETUP, ""
    scenario, vu, number = mark.split("/")
    return (scenario, int(number)), vu


def _plain(value: Any, names: dict[str, str]) -> Any:
    if isinstance(value, str):
        for pattern, replacement in _REPLACED:
            value = pattern.sub(replacement, value)
        return _ID.sub(lambda found: names.setdefault(found[0], f"<id {len(names) + 1}>"), value)
    if isinstance(value, list):
        if value and all(isinstance(item, str) and _ID.fullmatch(item) for item in value):
            return "<ids>"
        return [_plain(item, names) for item in value]
    if isinstance(value, dict):
        return {key: _field(key, item, names) for key, item in value.items()}
    return value


def _field(key: str, value: Any, names: dict[str, str]) -> Any:
    if type(value) is int and _NUMBERED.search(key):
        return names.setdefault(f"{key} {value}", f"<id {len(names) + 1}>")
    return _plain(value, names)


@dataclass(frozen=True)
class Difference:
    """Where two runs of an iteration part."""

    key: Key
    number: int
    """Of the action, counted from 1."""
    one: str
    other: str


def compare(one: Mapping[Key, Iteration], other: Mapping[Key, Iteration]) -> list[Difference]:
    """The first difference of each iteration that both have begun."""
    found = []
    for key in sorted(one.keys() & other.keys()):
        difference = _first_difference(key, one[key], other[key])
        if difference is not None:
            found.append(difference)
    return found


def _first_difference(key: Key, one: Iteration, other: Iteration) -> Difference | None:
    interrupted = one.open_sockets or other.open_sockets
    length = (min if interrupted else max)(len(one.actions), len(other.actions))
    for number in range(length):
        mine, theirs = _at(one, number), _at(other, number)
        if mine != theirs:
            return Difference(key, number + 1, mine, theirs)
    return None


def _at(iteration: Iteration, number: int) -> str:
    actions = iteration.actions
    return str(actions[number]) if number < len(actions) else "(nothing more)"
