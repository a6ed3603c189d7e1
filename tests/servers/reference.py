"""The reference server as a process of its own, as a person starts it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.servers.process import Server, running

ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-m", "ktb_load.reference_server", "ktb-chat")
FREE_PORTS = ("--rest-port", "0", "--socket-port", "0")


@contextmanager
def reference_server(*options: str) -> Iterator[Server]:
    """Start it on free ports, unless the options say otherwise."""
    with running([*COMMAND, *FREE_PORTS, *options], ROOT) as server:
        yield server
