"""The Node server of the KTB Chat contract, and visitors who talk to it with foreign clients."""

import importlib.util
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

TESTS = Path(__file__).parents[2]
FOLDER = TESTS / "servers" / "ktb_chat_node"


def _load(name: str, path: Path) -> ModuleType:
    """Import a helper by its file: the test folders are no packages."""
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


node = _load("ktb_tests_node", TESTS / "servers" / "node.py")
visitors = _load("ktb_tests_visitor", Path(__file__).parent / "visitor.py")


@pytest.fixture(scope="session")
def start_node_server() -> Iterator[Callable[..., Any]]:
    """Start one more server with options of its own; it ends with the session."""
    with ExitStack() as servers:
        yield lambda *options: servers.enter_context(node.node_server(FOLDER, *options))


@pytest.fixture(scope="session")
def node_server(start_node_server: Callable[..., Any]) -> Any:
    """The contract as deployed servers keep it; a taken-over session ends after 0.3 s, not 10."""
    return start_node_server("--dialect", "deployed", "--takeover-ms", "300")


@pytest.fixture(scope="session")
def documented_server(start_node_server: Callable[..., Any]) -> Any:
    """The contract as the published document has it."""
    return start_node_server("--dialect", "documented")


@pytest.fixture
def visit(node_server: Any) -> Iterator[Callable[..., Any]]:
    """A new visitor, signed in unless told otherwise; to the deployed server unless another."""
    with ExitStack() as all_of_them:

        def arrive(server: Any = node_server, signed_in: bool = True) -> Any:
            visitor = all_of_them.enter_context(
                closing(visitors.Visitor(server.rest, server.socket))
            )
            if signed_in:
                visitor.register()
                visitor.log_in()
            return visitor

        yield arrive
