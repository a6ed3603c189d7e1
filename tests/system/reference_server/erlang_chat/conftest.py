"""An erlang-chat server, and people in front of it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from tests.servers.erlang_people import chatters

SYSTEM = "erlang-chat"


@pytest.fixture(scope="session")
def erlang(start_reference: Callable[..., Any]) -> Iterator[Any]:
    with start_reference(system=SYSTEM) as server:
        yield server


@pytest.fixture
def arrive(erlang: Any) -> Iterator[Callable[..., Any]]:
    """``arrive(name)``: one more person at the common server."""
    with chatters(erlang.rest) as one_more:
        yield one_more


@pytest.fixture
def serve(start_reference: Callable[..., Any]) -> Iterator[Callable[..., Any]]:
    """``serve(*options)``: a server of one's own; returns ``arrive`` for it."""
    with ExitStack() as stack:

        def start(*options: str) -> Any:
            server = stack.enter_context(start_reference(*options, system=SYSTEM))
            return stack.enter_context(chatters(server.rest))

        yield start
