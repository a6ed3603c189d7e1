"""The line that is shown while a run goes on: one pure function; others show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ktb_load.metrics.metric import MetricType
from ktb_load.metrics.overload import Excess
from ktb_load.metrics.threshold import Standing
from ktb_load.outputs import spelling
from ktb_load.outputs.generator_words import in_short

WIDTH = 120


@dataclass(frozen=True)
class Progress:
    """How far a run is."""

    plan: str
    elapsed_s: float | None
    """None: the scenarios have not begun, ``setup()`` is on."""
    total_s: float | None
    """None: nobody knows, Locust ends it."""
    vus: int
    max_vus: int
    completed: int
    interrupted: int = 0
    messages_per_s: float | None = None
    """None: no messages are counted."""
    past_limits: Sequence[Excess] = ()
    worst: Standing | None = None


def progress_line(progress: Progress) -> str:
    """``medium: running (0m12.0s/1m00s), 50/50 VUs, 118 iterations, 412 msgs/s · p(95)<500 ...``"""
    parts = [f"{progress.plan}: {_when(progress)}", f"{progress.vus}/{progress.max_vus} VUs"]
    iterations = f"{progress.completed} iterations"
    if progress.interrupted:
        iterations += f" ({progress.interrupted} interrupted)"
    parts.append(iterations)
    if progress.messages_per_s is not None:
        parts.append(f"{progress.messages_per_s:.0f} msgs/s")
    if progress.past_limits:
        parts.append(in_short(progress.past_limits))
    line = _cut(", ".join(parts), WIDTH)
    if progress.worst is None:
        return line
    return f"{line}{_threshold(progress.worst, WIDTH - len(line))}"


def _when(progress: Progress) -> str:
    if progress.elapsed_s is None:
        return "setup"
    elapsed = _clock(progress.elapsed_s, tenths=True)
    if progress.total_s is None:
        return f"running ({elapsed})"
    return f"running ({elapsed}/{_clock(progress.total_s, tenths=False)})"


def _clock(seconds: float, *, tenths: bool) -> str:
    """``0m12.0s``, ``1m00s``, ``1h02m03s``; cut, not rounded."""
    tens = int(max(0.0, seconds) * 10)
    minutes, rest = divmod(tens, 600)
    hours, minutes = divmod(minutes, 60)
    shown = f"{hours}h{minutes:02d}m" if hours else f"{minutes}m"
    return shown + (f"{rest / 10:04.1f}s" if tenths else f"{rest // 10:02d}s")


def _threshold(standing: Standing, room: int) -> str:
    """`` · p(95)<500 http_req_duration 212ms ✓``, the name cut to what there is room for."""
    expression = standing.threshold.source.strip()
    end = f" {_value(standing)} {'✓' if standing.verdict.ok else '✗'}"
    name_room = room - len(f" · {expression} {end}")
    if name_room < 8:
        return ""
    return f" · {expression} {_cut(standing.selector, name_room)}{end}"


def _value(standing: Standing) -> str:
    spec = standing.spec
    text = spelling.value(standing.verdict.value or 0.0, spec.type, spec.contains)
    per_second = spec.type is MetricType.COUNTER and standing.threshold.aggregation == "rate"
    return f"{text}/s" if per_second else text


def _cut(text: str, room: int) -> str:
    return text if len(text) <= room else text[: room - 1] + "…"
