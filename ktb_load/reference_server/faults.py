"""Faults on demand: how they are written, and whether one strikes now.

    SCOPE:KIND[=VALUE][,KEY=VALUE...]

``SCOPE`` is what a client does: a route (``POST /api/auth/login``), an event (``chatMessage``), a
frame (``SEND /pub/chat/message``), ``rest``, ``socket`` or ``*``; or what the server sends unasked:
``push NAME`` (``push NOTIFICATION``), or ``message`` for all that it delivers to others in a room.
``after=`` and ``for=`` give any fault a window, counted from the moment the server is ready. Each
fault draws from a random stream of its own, so the same seed decides the same way for the n-th
call.
"""

import difflib
import re
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from random import Random

from ktb_load.quantities import parse_duration
from ktb_load.reference_server.distributions import Distribution, parse_distribution

REST, SOCKET, MESSAGE, EVERYTHING = "rest", "socket", "message", "*"
_PUSH = "push"


@dataclass(frozen=True)
class Kind:
    """What a kind of fault takes, and on which sort of scope it makes sense."""

    takes: str
    """``time``: a duration; ``rate``: a probability, 1 if left out."""
    scopes: frozenset[str]
    """``action`` (a route, an event, a frame), ``push`` (a named one), or the reserved words."""
    keys: frozenset[str] = frozenset()


_ACTION = frozenset({"action", REST, SOCKET, EVERYTHING})
_LISTENER = frozenset({REST, SOCKET})
_DELIVERY = frozenset({MESSAGE, _PUSH})
KINDS = {
    "delay": Kind("time", _ACTION | _DELIVERY),
    "error": Kind("rate", _ACTION, frozenset({"status", "code"})),
    "drop": Kind("rate", _ACTION | _DELIVERY),
    "never": Kind("rate", _ACTION),
    "refuse": Kind("rate", _LISTENER),
    "slow-accept": Kind("time", _LISTENER),
    "no-ping": Kind("rate", frozenset({SOCKET})),
    "no-pong": Kind("rate", frozenset({SOCKET})),
    "half-open": Kind("rate", frozenset({SOCKET})),
    "lose": Kind("rate", _DELIVERY),
    "duplicate": Kind("rate", _DELIVERY),
}
_COMMA = re.compile(r",(?![^(]*\))")
_PLACEHOLDER = re.compile(r"\{[^}]*\}")


@dataclass(frozen=True)
class FaultSpec:
    """One fault as it was asked for."""

    text: str
    scope: str
    kind: str
    rate: float = 1.0
    times: Distribution | None = None
    status: int = 500
    code: str = ""
    after_s: float = 0.0
    for_s: float | None = None


def parse_fault(text: str) -> FaultSpec:
    """
    Raises:
        ValueError: not a fault; the message says what to write instead.
    """
    scope, colon, rest = text.partition(":")
    first, *others = _COMMA.split(rest)
    kind, has_value, value = first.partition("=")
    if not colon or not scope or not kind:
        raise ValueError("not a fault; write SCOPE:KIND, for example chatMessage:delay=200ms")
    if kind not in KINDS:
        raise ValueError(
            f"there is no fault {kind!r}; write one of {', '.join(KINDS)}{_near(kind)}"
        )
    spec = FaultSpec(text, scope.strip(), kind)
    if KINDS[kind].takes == "time":
        spec = replace(spec, times=parse_distribution(value))
    elif has_value:
        spec = replace(spec, rate=_rate(value))
    for other in others:
        spec = _with_key(spec, other)
    return spec


def _near(kind: str) -> str:
    near = difflib.get_close_matches(kind, KINDS, 1)
    return f" (did you mean {near[0]}?)" if near else ""


def _rate(text: str) -> float:
    try:
        rate = float(text)
    except ValueError:
        rate = -1
    if not 0 <= rate <= 1:
        raise ValueError(f"{text!r} is not a rate; write a number from 0 to 1")
    return rate


def _with_key(spec: FaultSpec, text: str) -> FaultSpec:
    key, _, value = text.strip().partition("=")
    allowed = sorted({"after", "for"} | KINDS[spec.kind].keys)
    if key not in allowed:
        raise ValueError(f"{spec.kind} does not take {key!r}; it takes {', '.join(allowed)}")
    if key == "after":
        return replace(spec, after_s=parse_duration(value))
    if key == "for":
        return replace(spec, for_s=parse_duration(value))
    if key == "code":
        return replace(spec, code=value)
    if not value.isdigit() or not 200 <= int(value) <= 599:
        raise ValueError(f"{value!r} is not a status; write a number from 200 to 599")
    return replace(spec, status=int(value))


def scope_problem(spec: FaultSpec, actions: Iterable[str], pushes: Iterable[str] = ()) -> str:
    """Why this fault can never strike in a system with these actions; empty if it can."""
    word = spec.scope if spec.scope in (REST, SOCKET, MESSAGE, EVERYTHING) else "action"
    if word == "action":
        is_push = spec.scope.startswith(f"{_PUSH} ")
        named = [*actions, *(f"{_PUSH} {push}" for push in pushes)]
        known = {_plain(action): action for action in named}
        if _plain(spec.scope) not in known:
            alike = [name for name in known.values() if name.startswith(_PUSH) or not is_push]
            near = difflib.get_close_matches(spec.scope, alike, 1, 0.4)
            instead = f"did you mean {near[0]}?" if near else "write a route, an event, or *"
            return f"there is no {spec.scope!r}; {instead}"
        word = _PUSH if is_push else word
    if word not in KINDS[spec.kind].scopes:
        takes = ", ".join(sorted(KINDS[spec.kind].scopes))
        takes = takes.replace("action", "a route or an event").replace(_PUSH, f"{_PUSH} NAME")
        return f"{spec.kind} does not go with {spec.scope!r}; it goes with {takes}"
    return ""


def _plain(action: str) -> str:
    """``{roomId}`` and ``{id}`` are the same place in a path."""
    return _PLACEHOLDER.sub("{}", action)


class Fault:
    """One fault at work."""

    def __init__(self, spec: FaultSpec, seed: str, clock: Callable[[], float]) -> None:
        self.spec = spec
        self._random = Random(f"{seed} {spec.text}")
        self._clock = clock
        self._zero = clock()

    def begin(self) -> None:
        """The windows count from now."""
        self._zero = self._clock()

    @property
    def open(self) -> bool:
        """Whether now is in the fault's window."""
        since = self._clock() - self._zero - self.spec.after_s
        return since >= 0 and (self.spec.for_s is None or since < self.spec.for_s)

    def chosen(self) -> bool:
        """Draws, whatever the window says: for what is decided once for a connection."""
        return self.spec.rate >= 1 or self._random.random() < self.spec.rate

    def strikes(self) -> bool:
        return self.open and self.chosen()

    def draw(self) -> float:
        """A duration, 0 outside the window."""
        if self.spec.times is None or not self.open:
            return 0.0
        return self.spec.times.draw(self._random)


@dataclass(frozen=True)
class Verdict:
    """What happens to one call: a delay, then the outcome."""

    delay_s: float = 0.0
    outcome: str = ""
    """``error``, ``drop``, ``never``; empty: nothing."""
    status: int = 500
    code: str = ""


@dataclass
class Faults:
    """All faults of a server."""

    specs: Sequence[FaultSpec] = ()
    seed: str = ""
    clock: Callable[[], float] = time.monotonic
    _faults: list[Fault] = field(init=False)
    _of_action: dict[tuple[str, str], list[Fault]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._faults = [
            Fault(spec, f"{self.seed} {number}", self.clock)
            for number, spec in enumerate(self.specs)
        ]

    def begin(self) -> None:
        """The server is ready: the windows count from now."""
        for fault in self._faults:
            fault.begin()

    def of(self, scopes: Collection[str], kind: str) -> list[Fault]:
        """The faults of a kind of listeners or of sockets."""
        return [f for f in self._faults if f.spec.scope in scopes and f.spec.kind == kind]

    def of_push(self, name: str, to_other: bool) -> tuple[Fault, ...]:
        """The faults of what is sent under this name, perhaps to another than who caused it."""
        scopes = {_plain(f"{_PUSH} {name}")} | ({MESSAGE} if to_other else set())
        return tuple(fault for fault in self._faults if _plain(fault.spec.scope) in scopes)

    def decide(self, transport: str, action: str) -> Verdict | None:
        """What happens to this call; None, as nearly always, is nothing."""
        if not self._faults:
            return None
        key = (transport, action)
        if key not in self._of_action:
            self._of_action[key] = [f for f in self._faults if _concerns(f.spec, *key)]
        delay_s, decided = 0.0, None
        for fault in self._of_action[key]:
            if fault.spec.kind == "delay":
                delay_s += fault.draw()
            elif fault.strikes() and decided is None:
                decided = fault.spec
        if decided is None:
            return Verdict(delay_s) if delay_s else None
        return Verdict(delay_s, decided.kind, decided.status, decided.code)


def _concerns(spec: FaultSpec, transport: str, action: str) -> bool:
    if "action" not in KINDS[spec.kind].scopes:
        return False
    return spec.scope in (EVERYTHING, transport) or _plain(spec.scope) == _plain(action)
