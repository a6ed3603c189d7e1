"""Where people read: the summary on stdout, a progress line on stderr, colours on terminals
only.
"""

from __future__ import annotations

import os
import sys
from typing import Any, TextIO

if sys.platform != "win32":
    import termios

_LINE_EVERY_S = 5.0


class Terminal:
    """Two streams, and what was shown on them."""

    def __init__(self, out: TextIO, err: TextIO) -> None:
        self._out, self._err = out, err
        self.colours = out.isatty() and "NO_COLOR" not in os.environ
        self._rewrites = err.isatty()
        self._shown = False
        self._next_line_s = 0.0
        self._settings: list[Any] | None = None
        if sys.platform != "win32" and sys.stdin is not None and sys.stdin.isatty():
            self._settings = termios.tcgetattr(sys.stdin)

    def progress(self, line: str, elapsed_s: float) -> None:
        """Show how far the run is: in place on a terminal, else one line every few seconds."""
        if self._rewrites:
            self.complain(f"\r\x1b[2K{line}")
            self._shown = True
        elif elapsed_s >= self._next_line_s:
            self._next_line_s = elapsed_s + _LINE_EVERY_S
            self.complain(f"{line}\n")

    def end_progress(self) -> None:
        if self._shown:
            self.complain("\r\x1b[2K")
            self._shown = False

    def write(self, text: str) -> None:
        """Print what a run is run for."""
        _print(self._out, text)

    def complain(self, text: str) -> None:
        """Print what people should know beside it."""
        _print(self._err, text)

    def restore(self) -> None:
        """Give the terminal back as it was; Locust reads single keys from it."""
        self.end_progress()
        if sys.platform != "win32" and self._settings is not None:
            termios.tcsetattr(sys.stdin, termios.TCSANOW, self._settings)


def _print(stream: TextIO, text: str) -> None:
    """Write; where nobody reads any more (``| head``) or the disk is full, the run goes on."""
    try:
        stream.write(text)
        stream.flush()
    except OSError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
