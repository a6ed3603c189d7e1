"""What an output is, and what it gets to know of a run. ``out`` opens them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from ktb_load.clock import Clock
from ktb_load.errors import KtbLoadError
from ktb_load.metrics.store import Store
from ktb_load.metrics.threshold import Thresholds, Verdicts


class Output(Protocol):
    """Takes the samples of a run somewhere. Neither method raises: a run outlives its outputs."""

    def flush(self) -> None:
        """Hand on what came in. Called about once a second; returns without waiting for anybody."""

    def close(self) -> None:
        """Hand on the rest, within a few seconds. Samples that come later are left out."""


@dataclass(frozen=True)
class OutputContext:
    """The run that outputs write about."""

    store: Store
    thresholds: Thresholds
    clock: Clock
    complain: Callable[[str], None]
    """Tells the user what an output could not do."""
    environ: Mapping[str, str] = field(default_factory=dict)
    """Where k6's variables (``K6_CSV_TIME_FORMAT``, ...) are looked up."""
    system_tags: Sequence[str] | None = None
    """k6's option ``systemTags``; None: its default list."""
    verdicts: Callable[[], Verdicts] | None = None
    """The final verdict, if somebody else reaches it; otherwise an output that needs one judges by
    the time since it was opened."""


class CannotOpen(KtbLoadError):
    """An output cannot be made as the author asks for it: what is wrong, what to write instead."""

    def __init__(self, what: str, instead: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.instead = instead


class Once:
    """Says the first complaint of an output and keeps the others to itself."""

    def __init__(self, complain: Callable[[str], None]) -> None:
        self._complain: Callable[[str], None] | None = complain

    def __call__(self, text: str) -> None:
        complain, self._complain = self._complain, None
        if complain is not None:
            complain(text)
