"""Fixtures that all systems' tests need: a common server, people in front of it, and servers of
one's own.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from typing import Any

import pytest

Crowd = Callable[[str], AbstractContextManager[Callable[..., Any]]]
"""An origin -> ``arrive()``, which makes one more person there; all of them go at the end."""


def fixtures_for(system: str, crowd: Crowd) -> tuple[Any, Any, Any]:
    """``server``, the common one; ``arrive``, to that; ``serve(*options)``, which is an ``arrive``
    to a server of one's own.
    """

    @pytest.fixture(scope="session")
    def server(start_reference: Callable[..., Any]) -> Iterator[Any]:
        with start_reference(system=system) as started:
            yield started

    @pytest.fixture
    def arrive(server: Any) -> Iterator[Callable[..., Any]]:
        with crowd(server.rest) as one_more:
            yield one_more

    @pytest.fixture
    def serve(start_reference: Callable[..., Any]) -> Iterator[Callable[..., Any]]:
        with ExitStack() as stack:

            def start(*options: str) -> Any:
                started = stack.enter_context(start_reference(*options, system=system))
                return stack.enter_context(crowd(started.rest))

            yield start

    return server, arrive, serve
