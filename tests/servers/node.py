"""Servers written in Node for the tests: installed once, and ended with the test that started them.

A machine without Node skips these tests and says why; where the environment says CI, that is a
failure. The lock between test processes is POSIX's.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import pytest

from tests.servers.process import Server, running

INSTALLED_WITHIN_S = 240.0


def install(folder: Path) -> None:
    """Install the packages of a folder's lock file, unless that very file is installed already."""
    _tool("node")
    npm = _tool("npm")
    wanted = hashlib.sha256((folder / "package-lock.json").read_bytes()).hexdigest()
    stamp = folder / "node_modules" / ".installed-for"
    with _only_one_at_a_time(folder):
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
            _cannot(f"npm ci failed in {folder.name}: {done.stderr[-800:]}")
        stamp.write_text(wanted)


@contextmanager
def node_server(folder: Path, *options: str) -> Iterator[Server]:
    """Start ``server.mjs`` of a folder and wait until it listens; it is ended on the way out."""
    install(folder)
    command = [_tool("node"), "server.mjs", "--stop-with-stdin", *options]
    with running(command, folder) as server:
        yield server


@contextmanager
def _only_one_at_a_time(folder: Path) -> Iterator[None]:
    """Hold a lock that this machine's test processes share; the system frees it with its holder."""
    name = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]
    with (Path(tempfile.gettempdir()) / f"ktb-load-npm-{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _tool(name: str) -> str:
    path = shutil.which(name)
    if path is None:
        _cannot(f"{name} is not installed")
    return path


def _cannot(reason: str) -> NoReturn:
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)
