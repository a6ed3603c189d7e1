"""Hosts of their own: server and master on one side of a bridge, workers in network namespaces.

    main ── bridge ─┬─ veth ─ worker 1
                    └─ veth ─ worker 2

It needs root and ``ip``; where one of the two is missing these tests are skipped.
"""

import os
import shutil
import subprocess
import time
from contextlib import ExitStack

import pytest

pytestmark = pytest.mark.system


def ip(*arguments):
    command = ["ip", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
    if done.returncode != 0:
        raise OSError(f"{' '.join(command)}: {done.stderr.strip()}")


class Network:
    """Four hosts on one bridge: ``server``, ``master``, ``one`` and ``two``."""

    hosts = ("server", "master", "one", "two")

    def __init__(self, stack):
        self._prefix = f"ktb{os.getpid() % 100_000}"
        self._switch = self._make(stack, "switch")
        self.run_in("switch", "ip", "link", "add", "bridge", "type", "bridge")
        self.run_in("switch", "ip", "link", "set", "bridge", "up")
        for host in self.hosts:
            self._make(stack, host)
            self._connect(host)

    def address(self, host):
        return f"10.213.0.{self.hosts.index(host) + 1}"

    def inside(self, host):
        """The words before a command that runs there."""
        return ("ip", "netns", "exec", self._name(host))

    def run_in(self, host, *command):
        ip(*self.inside(host)[1:], *command)

    def cut(self, host):
        """Pull the cable."""
        self.run_in("switch", "ip", "link", "set", f"to-{host}", "down")

    def _name(self, host):
        return f"{self._prefix}-{host}"

    def _make(self, stack, host):
        ip("netns", "add", self._name(host))
        stack.callback(ip, "netns", "del", self._name(host))
        self.run_in(host, "ip", "link", "set", "lo", "up")
        return host

    def _connect(self, host):
        peer = ("peer", "name", "eth0", "netns", self._name(host))
        self.run_in("switch", "ip", "link", "add", f"to-{host}", "type", "veth", *peer)
        self.run_in("switch", "ip", "link", "set", f"to-{host}", "master", "bridge", "up")
        self.run_in(host, "ip", "addr", "add", f"{self.address(host)}/24", "dev", "eth0")
        self.run_in(host, "ip", "link", "set", "eth0", "up")


@pytest.fixture
def network():
    if shutil.which("ip") is None:
        pytest.skip("ip is not installed")
    with ExitStack() as stack:
        try:
            made = Network(stack)
        except OSError as error:
            pytest.skip(f"no network namespaces here: {error}")
        yield made


@pytest.fixture
def server(network, fleet):
    """The reference server on a host of its own; returns the options that lead there."""
    ports = ("--rest-port", "5001", "--socket-port", "5002")
    address = network.address("server")
    process = fleet.run(
        "ktb_load.reference_server",
        "ktb-chat",
        *("--host", address, *ports),
        within=network.inside("server"),
    )
    process.wait_until(lambda: '"rest"' in process.out, "the server")
    return ("--host", f"http://{address}:5001", "--socket-host", f"http://{address}:5002")


CHAT = {"exec": "chat", "env": {"ROOM_SIZE": "4", "MESSAGES": "2"}}
CHAT_FILE = "locustfiles/chat.py"
FAST = {"ACCOUNTS_PER_SECOND": "200"}


def begin(fleet, network, plan, server):
    """A master and two workers, each on a host of its own."""
    more = {"locustfile": CHAT_FILE, **FAST}
    arguments = ("--plan", plan, *server, *fleet.export_to)
    master = fleet.master(2, *arguments, within=network.inside("master"), **more)
    at = ("--master-host", network.address("master"))
    return master, [
        fleet.worker(*at, within=network.inside(host), **more) for host in ("one", "two")
    ]


def test_workers_on_other_hosts_do_the_whole_plan(fleet, network, server):
    thresholds = {"checks": ["rate==1"], "chat_messages_lost": ["count==0"]}
    chat = {"executor": "per-vu-iterations", "vus": 8, "iterations": 1, **CHAT}
    master, workers = begin(fleet, network, fleet.plan(thresholds, chat=chat), server)
    assert master.wait().code == 0, master.err + master.out
    metrics = fleet.export()
    assert metrics["iterations"]["count"] == 8
    assert metrics["chat_messages_sent"]["count"] == 16
    assert "clock of worker" not in master.err
    for worker in workers:
        assert worker.wait(10).code == 0, worker.err


def test_a_worker_whose_link_goes_down_leaves_the_run_incomplete(fleet, network, server):
    chat = {"executor": "constant-vus", "vus": 8, "duration": "8s", "gracefulStop": "2s", **CHAT}
    master, workers = begin(fleet, network, fleet.plan(chat=chat), server)
    master.wait_for("8/8 VUs")
    network.cut("two")
    since = time.monotonic()
    master.wait_for("the run is incomplete", 15)
    assert time.monotonic() - since < 10
    assert master.wait(40).code == 255, master.err
    assert master.out.count("█ TOTAL RESULTS") == 1
    assert "Traceback" not in master.err
    assert "the 4 VUs that it had are missing" in master.err
    assert workers[0].wait(10).code == 0
