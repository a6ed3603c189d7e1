"""The runtime that an export takes along: which of its files, found by their imports."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

RUNTIME = Path(__file__).parent / "runtime"
_IMPORTED = re.compile(r"""^(?:import|export)\b[^"';]*["'](\.[^"']+)["']""", re.MULTILINE)


def runtime_files(names: Iterable[str]) -> dict[str, str]:
    """The named files of the runtime and all that they import: path below ``lib/`` -> text."""
    found: dict[str, str] = {}
    pending = list(names)
    while pending:
        name = pending.pop()
        if name in found:
            continue
        path = RUNTIME / name
        found[name] = path.read_text(encoding="utf-8")
        for imported in _IMPORTED.findall(found[name]):
            target = (path.parent / imported).resolve().relative_to(RUNTIME.resolve())
            pending.append(target.as_posix())
    return found
