"""Lines of text on their way into a file: held for a while, written together, compressed on demand.

A disk that fails ends the file, not the run, and is complained of once.
"""

from __future__ import annotations

import gzip
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from ktb_load.outputs.output import Once

_HELD = 2_000  # lines that wait for each other: most samples cost no system call


def open_lines(path: Path) -> TextIO:
    """The file to write to, compressed if its name ends in ``.gz``. Raises OSError."""
    opener: Callable[..., TextIO] = gzip.open if path.suffix == ".gz" else open
    # Half a surrogate pair, which has no UTF-8, becomes \udxxx: JSON's own way to write it.
    return opener(path, "wt", encoding="utf-8", errors="backslashreplace", newline="\n")


def open_named(name: str) -> TextIO:
    """The file of that name; stdout, which stays open, if it is ``-``. Raises OSError."""
    if name != "-":
        return open_lines(Path(name))
    descriptor = sys.stdout.fileno()
    return open(
        descriptor, "w", encoding="utf-8", errors="backslashreplace", newline="\n", closefd=False
    )


class TextLines:
    """Where an output puts its lines, each with its end of line."""

    def __init__(self, out: TextIO, complain: Callable[[str], None], what: str) -> None:
        """``what`` the file is, for the complaint: "the file of samples"."""
        self._out: TextIO | None = out
        self._complain, self._what = Once(complain), what
        self._held: list[str] = []

    @property
    def is_open(self) -> bool:
        """Whether what is added still gets anywhere."""
        return self._out is not None

    def add(self, line: str) -> None:
        """Take one line; it is lost if the file has ended."""
        if self._out is None:
            return
        self._held.append(line)
        if len(self._held) >= _HELD:
            self.flush()

    def flush(self) -> None:
        """Write what waits."""
        held, self._held = self._held, []
        self._attempt(lambda out: (out.writelines(held), out.flush()))

    def close(self) -> None:
        """Write what waits, and close the file."""
        self.flush()
        self._attempt(lambda out: out.close())
        self._out = None

    def _attempt(self, act: Callable[[TextIO], object]) -> None:
        if (out := self._out) is None:
            return
        try:
            act(out)
        except OSError as error:
            self._out, self._held = None, []
            self._complain(f"{self._what} is not complete, writing failed: {error}")
            with suppress(OSError):
                out.close()
