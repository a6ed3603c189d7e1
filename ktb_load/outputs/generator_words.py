"""How the verdict on the generator is said: above a summary, on stderr, in the line of progress, as
data.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ktb_load.metrics.generator import UNSENT
from ktb_load.metrics.metric import MetricType
from ktb_load.metrics.overload import Excess
from ktb_load.outputs import spelling
from ktb_load.outputs.columns import BOLD, RED, Paint

_OVERLOADED = (
    "was the limit, not the system: latencies are overstated",
    "use more processes or machines, fewer VUs, and cores that nobody else needs",
)
_HELD_BACK = (
    "held messages back: the system or the network took them too slowly",
    "latencies contain the wait; send less, or find out who is slow",
)


def _verdict(excesses: Sequence[Excess]) -> tuple[str, str]:
    """What the generator did, and what helps. Unsent bytes alone are not its own fault."""
    own = any(excess.limit.metric is not UNSENT for excess in excesses)
    return _OVERLOADED if own else _HELD_BACK


def sentence(excess: Excess) -> str:
    """``its event loop was late by p(95)=83.2ms, limit 20ms (worker 2@host and 1 more)``."""
    limit = excess.limit
    value, most = (
        spelling.value(amount, MetricType.TREND, limit.contains)
        for amount in (excess.value, limit.value)
    )
    others = f" and {excess.others} more" if excess.others else ""
    who = f" (worker {excess.worker}{others})" if excess.worker else ""
    return f"{limit.says.format(value)}, limit {most}{who}"


def block(excesses: Sequence[Excess], paint: Paint) -> Iterator[str]:
    """The lines above a summary; none if nothing is wrong."""
    if excesses:
        did, helps = _verdict(excesses)
        yield f"  █ {paint(f'GENERATOR {did}', BOLD)} \n"
        yield from (f"    {paint(f'✗ {sentence(excess)}', RED)}" for excess in excesses)
        yield f"    {helps}\n\n"


def line(excesses: Sequence[Excess]) -> str:
    """All of it in one line."""
    did, helps = _verdict(excesses)
    return f"the GENERATOR {did}: {'; '.join(map(sentence, excesses))}; {helps}"


def in_short(excesses: Sequence[Excess]) -> str:
    """``GENERATOR PAST ITS LIMITS (lag, cpu)``."""
    names = (excess.limit.metric.name.removeprefix("generator_") for excess in excesses)
    return f"GENERATOR PAST ITS LIMITS ({', '.join(dict.fromkeys(names))})"


def as_data(excesses: Sequence[Excess]) -> dict[str, Any]:
    """For ``handle_summary(data)`` and ``--summary-export``, under a key of our own."""
    return {"ok": not excesses, "warnings": [_warning(excess) for excess in excesses]}


def _warning(excess: Excess) -> dict[str, Any]:
    limit = excess.limit
    warning = {
        "metric": limit.metric.name,
        "stat": limit.stat,
        "value": excess.value,
        "limit": limit.value,
        "message": sentence(excess),
    }
    return {**warning, "worker": excess.worker} if excess.worker else warning
