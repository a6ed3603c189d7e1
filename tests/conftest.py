"""Servers that any test may start: the reference server, and the Node server of its contract."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
_RERUNS = 2
"""Tests of real processes share their machine; on a busy one a schedule or a deadline slips. Such a
test is judged anew, and pytest's last line says how often that was needed. Unit tests never are."""
_K6_IN_TREE = TESTS.parent / ".tools" / "k6"
sys.path.insert(0, str(TESTS.parent))  # for ``tests.servers``: the test folders are no packages

from tests.servers.java import SpringServer, spring_server  # noqa: E402
from tests.servers.node import node_server  # noqa: E402
from tests.servers.process import Server  # noqa: E402
from tests.servers.reference import reference_server  # noqa: E402

Start = Callable[..., AbstractContextManager[Server]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("system") or item.get_closest_marker("k6"):
            item.add_marker(pytest.mark.flaky(reruns=_RERUNS, reruns_delay=1))


@pytest.fixture(scope="session")
def start_node_server() -> Start:
    """``with start_node_server(*options) as server``: a server written in Node."""
    return partial(node_server, TESTS / "servers" / "ktb_chat_node")


@pytest.fixture(scope="session")
def start_nest_server() -> Start:
    """The same for the one that NestJS is made of, with the contract of nest-chat."""
    return partial(node_server, TESTS / "servers" / "nest_chat_nest")


@pytest.fixture(scope="session")
def start_reference() -> Start:
    """``with start_reference(*options) as server``: a reference server of one's own."""
    return reference_server


@pytest.fixture(scope="session")
def reference(start_reference: Start) -> Iterator[Server]:
    """One reference server for all tests that need nothing special."""
    with start_reference() as server:
        yield server


@pytest.fixture(scope="session")
def spring() -> Iterator[SpringServer]:
    """Brokers and streams of Java: see ``tests/servers/java.py``. Heart-beats are fast."""
    with spring_server(heart_beat_ms=500) as server:
        yield server


@pytest.fixture(scope="session")
def k6() -> str:
    """The k6 binary: K6_BINARY, else ``.tools/k6``, else the one on the PATH.

    Where there is none the test is skipped, but in CI it fails: nobody would notice there.
    """
    named = os.environ.get("K6_BINARY")
    binary = named or (str(_K6_IN_TREE) if _K6_IN_TREE.is_file() else shutil.which("k6"))
    if binary and (found := shutil.which(binary)):
        return found
    reason = f"no k6: {named or _K6_IN_TREE} is not there, nor is k6 on the PATH"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)
