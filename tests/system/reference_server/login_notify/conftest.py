"""A login-notify server, and people in front of it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from tests.servers.listeners import people

SYSTEM = "login-notify"


@pytest.fixture(scope="session")
def login_notify(start_reference: Callable[..., Any]) -> Iterator[Any]:
    with start_reference(system=SYSTEM) as server:
        yield server


@pytest.fixture
def arrive(login_notify: Any) -> Iterator[Callable[..., Any]]:
    """``arrive()``: one more person at the common server."""
    with people(login_notify.rest) as one_more:
        yield one_more


@pytest.fixture
def serve(start_reference: Callable[..., Any]) -> Iterator[Callable[..., Any]]:
    """``serve(*options)``: a server of one's own; returns ``arrive`` for it."""
    with ExitStack() as stack:

        def start(*options: str) -> Any:
            server = stack.enter_context(start_reference(*options, system=SYSTEM))
            return stack.enter_context(people(server.rest))

        yield start
