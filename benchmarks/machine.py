"""The machine: a core for the generator, another for the server, and how many sockets it allows."""

from __future__ import annotations

import os
import resource
from collections.abc import Sequence
from pathlib import Path

CORES = sorted(os.sched_getaffinity(0))
SERVER_CORE = CORES[0]
GENERATOR_CORE = CORES[-1]
_OTHERS = 500
"""Files and ports that are taken already."""


def on_core(core: int, arguments: Sequence[str]) -> list[str]:
    """The command that runs another one on a core of its own."""
    return ["taskset", "--cpu-list", str(core), *arguments]


def allow_many_sockets() -> None:
    """Let this process, and those that it starts, open as many files as they ever may."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def most_users() -> int:
    """How many connections one process can have to one server here."""
    _, files = resource.getrlimit(resource.RLIMIT_NOFILE)
    first, last = Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()
    return min(files, int(last) - int(first)) - _OTHERS
