"""``ktb-load demo``: an embedded chat system on free ports, and a real headless run of a plan
against it.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from ktb_load.errors import AuthorError, ExitCode, Place, Problem

_END_TIMEOUT_S = 5.0


@contextmanager
def served(system: str, options: Sequence[str] = ()) -> Iterator[dict[str, str]]:
    """Serve a system in a process of its own; yields where it answers (``rest``, ``socket``)."""
    command = [sys.executable, "-m", "ktb_load.reference_server", system]
    command += ["--free-ports", *options]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        ready = server.stdout.readline()
        if not ready:
            what = "the reference server did not start; it says why above"
            raise AuthorError([Problem(Place(" ".join(command)), what)], ExitCode.GENERIC)
        yield json.loads(ready)
    finally:
        server.terminate()
        try:
            server.wait(_END_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            server.kill()
        if server.stdout is not None:
            server.stdout.close()
