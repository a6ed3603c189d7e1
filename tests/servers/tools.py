"""Programs that tests need and that may be missing, and what only one test process may do at once.

A machine without them skips these tests and says why; where the environment says CI, that is a
failure. The lock between test processes is POSIX's.
"""

import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import pytest


def tool(name: str) -> str:
    """The path of a program."""
    path = shutil.which(name)
    if path is None:
        cannot(f"{name} is not installed")
    return path


def cannot(reason: str) -> NoReturn:
    """These tests cannot be run."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Hold a lock that this machine's test processes share; the system frees it with its holder."""
    name = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]
    with (Path(tempfile.gettempdir()) / f"ktb-load-{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
