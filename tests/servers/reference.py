"""The reference server as a process of its own, as a person starts it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.servers.process import Server, running

ROOT = Path(__file__).parents[2]
MODULE = (sys.executable, "-m", "ktb_load.reference_server")
COMMAND = (*MODULE, "ktb-chat")
FREE_PORTS = ("--rest-port", "0", "--socket-port", "0")


@contextmanager
def reference_server(*options: str, system: str = "ktb-chat") -> Iterator[Server]:
    """Start a system on free ports."""
    with running([*MODULE, system, "--free-ports", *options], ROOT) as server:
        yield server
