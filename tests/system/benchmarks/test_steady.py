"""A whole run: a server of npm's packages, a generator, and what comes of both."""

import os
import sys

import pytest

from benchmarks import node, steady
from benchmarks.peers.k6 import K6, K6_BY_HAND
from benchmarks.peers.ktb_load import KTB_LOAD
from benchmarks.peers.peer import Command, Peer, Work
from benchmarks.servers import Failed

pytestmark = [pytest.mark.system, pytest.mark.node]
WORK = Work("echo", "echo", users=2, settle_s=0.2, window_s=0.5)


@pytest.fixture(scope="module", autouse=True)
def packages():
    if problem := node.install():
        assert not os.environ.get("CI"), problem
        pytest.skip(problem)


@pytest.mark.parametrize(
    "peer",
    [
        KTB_LOAD,
        pytest.param(K6, marks=pytest.mark.k6),
        pytest.param(K6_BY_HAND, marks=pytest.mark.k6),
    ],
    ids=lambda peer: peer.name,
)
def test_a_generator_is_measured(peer):
    if problem := peer.absent(WORK):
        assert not os.environ.get("CI"), problem
        pytest.skip(problem)
    figures = steady.measure(WORK, peer)
    assert figures["failed"] == 0
    assert all(figures[name] > 0 for name in figures.keys() - {"failed", "median_ms"})
    assert figures["measured"] >= figures["per_second"] * WORK.window_s / 2 - WORK.users


def test_a_generator_that_falls_over_has_said_why():
    code = "import sys; sys.exit('I am not well')"
    ill = Peer("ill", "Ill", lambda work: "", lambda job: Command([sys.executable, "-c", code]))
    with pytest.raises(Failed, match=r"0 of 2 users came; it said: I am not well"):
        steady.measure(WORK, ill)
