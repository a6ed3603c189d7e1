"""Python's full garbage collections, kept short while a run is on.

A full collection looks at every object there is, and nothing else runs meanwhile: with ten thousand
users that is half a second in which the generator would measure itself. So what has survived one
is set aside (``gc.freeze``), and the next looks at newer objects only. Reference counting frees
what was set aside all the same, cycles aside; they are looked for when there are ``_GROWTH`` times
as many objects as after the last thorough collection.
"""

from __future__ import annotations

import gc
from collections.abc import Mapping

_GROWTH = 3
_FULL = 2
"""The generation that holds everything."""


class Garbage:
    """Watches over one run."""

    def __init__(self) -> None:
        self._survivors = 0
        self._thorough = False

    def start(self) -> None:
        """The load begins: set aside what there is by now."""
        gc.collect()
        gc.freeze()
        self._survivors = gc.get_freeze_count()
        gc.callbacks.append(self._collected)

    def stop(self) -> None:
        """The load is over; safe to call without ``start``."""
        if self._collected in gc.callbacks:
            gc.callbacks.remove(self._collected)
            gc.unfreeze()

    def _collected(self, phase: str, info: Mapping[str, int]) -> None:
        if phase != "stop" or info["generation"] != _FULL:
            return
        gc.freeze()
        objects = gc.get_freeze_count()
        if self._thorough:
            self._survivors, self._thorough = objects, False
        elif objects > _GROWTH * self._survivors:
            gc.unfreeze()
            self._thorough = True
