"""Random durations as they are written in faults: ``200ms``, ``fixed(200ms)``,
``uniform(50ms,150ms)``, ``normal(80ms,20ms)``, ``exponential(30ms)``.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from ktb_load.quantities import parse_duration

_CALL = re.compile(r"([a-z]+)\((.*)\)")
_INSTEAD = (
    "write a time such as 200ms, or uniform(50ms,150ms), normal(80ms,20ms) or exponential(30ms)"
)

_FORMS: dict[str, tuple[int, Callable[[Random, tuple[float, ...]], float]]] = {
    "fixed": (1, lambda random, times: times[0]),
    "uniform": (2, lambda random, times: random.uniform(*times)),
    "normal": (2, lambda random, times: random.gauss(*times)),
    "exponential": (1, lambda random, times: random.expovariate(1 / times[0]) if times[0] else 0),
}
"""Name -> how many times it takes, and how one duration is drawn."""


@dataclass(frozen=True)
class Distribution:
    """Durations in seconds, never below zero."""

    form: str
    times_s: tuple[float, ...]

    def draw(self, random: Random) -> float:
        return max(0.0, _FORMS[self.form][1](random, self.times_s))


def parse_distribution(text: str) -> Distribution:
    """
    Raises:
        ValueError: not a distribution; the message says what one looks like.
    """
    call = _CALL.fullmatch(text.strip())
    form, arguments = (call[1], call[2].split(",")) if call else ("fixed", [text])
    try:
        times = tuple(parse_duration(argument) for argument in arguments)
    except ValueError:
        raise ValueError(f"{text!r} is not a duration; {_INSTEAD}") from None
    if form not in _FORMS or len(times) != _FORMS[form][0] or min(times) < 0:
        raise ValueError(f"{text!r} is not a duration; {_INSTEAD}")
    return Distribution(form, times)
