"""Servers written in Node for the tests: installed once, and ended with the test that started them.

A machine without Node skips these tests and says why; where the environment says CI, that is a
failure. The lock between test processes is POSIX's.
"""

import hashlib
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.servers.process import Server, running
from tests.servers.tools import cannot, one_at_a_time, tool

INSTALLED_WITHIN_S = 240.0


def install(folder: Path) -> None:
    """Install the packages of a folder's lock file, unless that very file is installed already."""
    tool("node")
    npm = tool("npm")
    wanted = hashlib.sha256((folder / "package-lock.json").read_bytes()).hexdigest()
    stamp = folder / "node_modules" / ".installed-for"
    with one_at_a_time(folder):
        if stamp.exists() and stamp.read_text() == wanted:
            return
        command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        done = subprocess.run(
            command,
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=INSTALLED_WITHIN_S,
            check=False,
        )
        if done.returncode != 0:
            cannot(f"npm ci failed in {folder.name}: {done.stderr[-800:]}")
        stamp.write_text(wanted)


@contextmanager
def node_server(folder: Path, *options: str) -> Iterator[Server]:
    """Start ``server.mjs`` of a folder and wait until it listens; it is ended on the way out."""
    command = [*node_command(folder, "server.mjs"), "--stop-with-stdin", *options]
    with running(command, folder) as server:
        yield server


def node_command(folder: Path, script: str) -> list[str]:
    """What runs a script of a folder, once its packages are installed."""
    install(folder)
    return [tool("node"), str(folder / script)]
