"""Visitors of the reference server, and its command as a person runs it."""

import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from typing import Any

import pytest

from tests.servers.reference import COMMAND, FREE_PORTS, ROOT
from tests.servers.visitor import Visitor


@pytest.fixture
def serve(start_reference: Callable[..., Any]) -> Iterator[Callable[..., Any]]:
    """Start one more server with options of its own; it ends with the test."""
    with ExitStack() as servers:
        yield lambda *options: servers.enter_context(start_reference(*options))


@pytest.fixture
def visit(reference: Any) -> Iterator[Callable[..., Any]]:
    """A new visitor, signed in unless told otherwise; to the common server unless another."""
    with ExitStack() as all_of_them:

        def arrive(server: Any = reference, signed_in: bool = True) -> Any:
            visitor = all_of_them.enter_context(closing(Visitor(server.rest, server.socket)))
            if signed_in:
                visitor.register()
                visitor.log_in()
            return visitor

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
