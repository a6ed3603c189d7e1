"""Visitors of the reference server, and its command as a person runs it."""

import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from tests.servers.reference import COMMAND, FREE_PORTS, ROOT
from tests.servers.visitor import visitors


@pytest.fixture
def serve(start_reference: Callable[..., Any]) -> Iterator[Callable[..., Any]]:
    """Start one more server with options of its own; it ends with the test."""
    with ExitStack() as servers:
        yield lambda *options: servers.enter_context(start_reference(*options))


@pytest.fixture
def visit(reference: Any) -> Iterator[Callable[..., Any]]:
    """A new visitor, signed in unless told otherwise; to the common server unless another."""
    with visitors(reference) as arrive:
        yield arrive


@pytest.fixture
def command() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run the command to its end, which is near: it cannot serve what it is asked for."""

    def run(*options: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*COMMAND, *FREE_PORTS, *options],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
        )

    return run
