"""The contract of KTB Chat, kept by two servers that share nothing: one in Node, and the reference
server. Visitors talk to both with foreign clients.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from tests.servers.visitor import visitors

TAKEOVER = {"node": ("--takeover-ms", "300"), "reference": ("--takeover", "0.3")}


@pytest.fixture(scope="session", params=[pytest.param("node", marks=pytest.mark.node), "reference"])
def implementation(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="session")
def node_server(start_node_server: Callable[..., Any]) -> Iterator[Any]:
    """The Node server, for what it does as a program."""
    with start_node_server("--dialect", "deployed") as server:
        yield server


@pytest.fixture(scope="session")
def start_server(
    implementation: str, start_node_server: Callable[..., Any], start_reference: Callable[..., Any]
) -> Iterator[Callable[..., Any]]:
    """Start one more server with options of its own; it ends with the session."""
    start = start_node_server if implementation == "node" else start_reference
    with ExitStack() as servers:
        yield lambda *options: servers.enter_context(start(*options))


@pytest.fixture(scope="session")
def deployed_server(start_server: Callable[..., Any], implementation: str) -> Any:
    """The contract as deployed servers keep it; a taken-over session ends after 0.3 s, not 10."""
    return start_server("--dialect", "deployed", *TAKEOVER[implementation])


@pytest.fixture(scope="session")
def documented_server(start_server: Callable[..., Any]) -> Any:
    """The contract as the published document has it."""
    return start_server("--dialect", "documented")


@pytest.fixture
def visit(deployed_server: Any) -> Iterator[Callable[..., Any]]:
    """A new visitor, signed in unless told otherwise; to the deployed server unless another."""
    with visitors(deployed_server) as arrive:
        yield arrive
