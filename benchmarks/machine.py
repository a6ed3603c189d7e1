"""The machine: one core for the generator, another for the server, and limits for many sockets."""

from __future__ import annotations

import os
import resource
from collections.abc import Sequence

CORES = sorted(os.sched_getaffinity(0))
SERVER_CORE = CORES[0]
GENERATOR_CORE = CORES[-1]


def on_core(core: int, arguments: Sequence[str]) -> list[str]:
    """The command that runs another one on a core of its own."""
    return ["taskset", "--cpu-list", str(core), *arguments]


def allow_many_sockets() -> None:
    """Let this process, and those that it starts, open as many files as they ever may."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
