"""A nest-chat server, and people in front of it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from tests.servers.nest_people import soapfters

SYSTEM = "nest-chat"


@pytest.fixture(scope="session")
def nest(start_reference: Callable[..., Any]) -> Iterator[Any]:
    with start_reference(system=SYSTEM) as server:
        yield server


@pytest.fixture
def arrive(nest: Any) -> Iterator[Callable[..., Any]]:
    """``arrive(nickname)``: one more person at the common server."""
    with soapfters(nest.rest) as one_more:
        yield one_more


@pytest.fixture
def serve(start_reference: Callable[..., Any]) -> Iterator[Callable[..., Any]]:
    """``serve(*options)``: a server of one's own; returns ``arrive`` for it."""
    with ExitStack() as stack:

        def start(*options: str) -> Any:
            server = stack.enter_context(start_reference(*options, system=SYSTEM))
            return stack.enter_context(soapfters(server.rest))

        yield start
