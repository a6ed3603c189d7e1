"""Servers that any test may start: the reference server, and the Node server of its contract."""

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
sys.path.insert(0, str(TESTS.parent))  # for ``tests.servers``: the test folders are no packages

from tests.servers.node import node_server  # noqa: E402
from tests.servers.process import Server  # noqa: E402
from tests.servers.reference import reference_server  # noqa: E402

Start = Callable[..., AbstractContextManager[Server]]


@pytest.fixture(scope="session")
def start_node_server() -> Start:
    """``with start_node_server(*options) as server``: a server written in Node."""
    return partial(node_server, TESTS / "servers" / "ktb_chat_node")


@pytest.fixture(scope="session")
def start_reference() -> Start:
    """``with start_reference(*options) as server``: a reference server of one's own."""
    return reference_server


@pytest.fixture(scope="session")
def reference(start_reference: Start) -> Iterator[Server]:
    """One reference server for all tests that need nothing special."""
    with start_reference() as server:
        yield server
