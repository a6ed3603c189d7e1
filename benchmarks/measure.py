"""CPU time and memory of a process and everything below it, as Linux accounts for them.

CPU time is read from each process's own clock (nanoseconds, user and system, all threads, those
that have ended included), so that an interval is the difference of two readings. Children that
ended are in their parent's ``cutime`` and ``cstime``.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

_TICK_S = 1 / os.sysconf("SC_CLK_TCK")
_PAGE_BYTES = os.sysconf("SC_PAGESIZE")


def tree(pid: int) -> list[int]:
    """A process and its descendants that are alive."""
    found, pending = [], [pid]
    while pending:
        current = pending.pop()
        found.append(current)
        pending += _children(current)
    return found


def cpu_s(pid: int) -> float:
    """CPU seconds that a process and its descendants have used so far."""
    return sum(_own_cpu_s(each) + _ended_children_s(each) for each in tree(pid))


def memory_bytes(pid: int) -> int:
    """Resident memory of a process and its descendants, as ``ps`` shows it."""
    return sum(_resident_bytes(each) for each in tree(pid))


def _children(pid: int) -> list[int]:
    found = []
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += [int(child) for child in path.read_text().split()]
        except OSError:
            continue
    return found


def _own_cpu_s(pid: int) -> float:
    try:
        return time.clock_gettime((~pid << 3) | 2)  # CPUCLOCK_SCHED of a process, clock_getres(2)
    except OSError:
        return 0.0


def _ended_children_s(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[13]) + int(fields[14])) * _TICK_S


def _resident_bytes(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE_BYTES
    except OSError:
        return 0
