"""What is measured, with whom, and what we want to come out: the table of the benchmark."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from benchmarks import arrivals, startup, steady
from benchmarks.memory import MemoryPerUser
from benchmarks.node import ROOT
from benchmarks.peers.artillery import ARTILLERY
from benchmarks.peers.gevent_floor import GEVENT
from benchmarks.peers.k6 import K6, K6_BY_HAND
from benchmarks.peers.ktb_load import KTB_LOAD, TWO_PROCESSES
from benchmarks.peers.node_client import NODE
from benchmarks.peers.peer import Peer, Work
from benchmarks.peers.stock_locust import FAST_HTTP_USER, HTTP_USER, SOCKETIO_USER
from benchmarks.peers.wrk import WRK


@dataclass(frozen=True)
class Case:
    """One figure, for us and for others."""

    name: str
    title: str
    figure: str
    """Which of the measured figures it is about (``figures.FIGURES``)."""
    peers: tuple[Peer, ...]
    """The first is ours."""
    measure: Callable[[Peer], Mapping[str, float]]
    work: Work
    beside: tuple[str, ...] = ("memory_mb", "median_ms", "p95_ms")
    """Figures to show beside it."""
    at_most: float | None = None
    """Our goal."""
    shares: Mapping[Peer, float] = field(default_factory=dict)
    """Our goals against others: at most this share of what they need."""
    once: tuple[Peer, ...] = ()
    """Who runs in the first round only, to show where they stand, and not at all in a hurry."""


@dataclass(frozen=True)
class Effort:
    """How much time is spent."""

    rounds: int = 5
    window_s: float = 5.0
    crowd: int = 5_000
    sizes: tuple[int, ...] = (100, 1_000, 5_000, 10_000)
    growth_settle_s: float = 10.0
    growth_s: float = 10.0


QUICK = Effort(1, 3.0, crowd=1_000, sizes=(100, 1_000), growth_settle_s=5.0, growth_s=3.0)

PEOPLE = {"ROOM_SIZE": "20", "SECONDS_PER_MESSAGE": "1", "SPREAD": "1"}
CHAT_SETTINGS = {"ROOM_SIZE": "20", "ACCOUNTS_PER_SECOND": "1000", "MESSAGES": "1000"}
WORKS = {
    "socketio": Work("socketio", "rooms", 300, PEOPLE),
    "chat": Work(
        "chat",
        "ktb-chat",
        100,
        CHAT_SETTINGS,
        locustfile=ROOT / "locustfiles" / "chat.py",
        task="chat",
    ),
    "http": Work("http", "json", 20),
    "echo": Work("echo", "echo", 20),
    "arrivals": Work("arrivals", "", 1_000, per_second=5_000, patience_s=5),
}
IDLE = {**PEOPLE, "SECONDS_PER_MESSAGE": "60"}
SLOW = {**PEOPLE, "SECONDS_PER_MESSAGE": "10"}
USERS_PER_SECOND = 500


def cases(effort: Effort) -> tuple[Case, ...]:
    """All of them."""
    socketio, *others = _throughput(effort)
    held = (_memory(effort), _arrivals(effort), _startup())
    return (socketio, _at_once(effort), *others, *held, *_growth(effort))


def _throughput(effort: Effort) -> tuple[Case, ...]:
    peers: Mapping[str, Mapping[Peer, float | None]] = {
        "socketio": {
            K6: 0.18,
            K6_BY_HAND: None,
            SOCKETIO_USER: 0.12,
            NODE: 0.45,
            ARTILLERY: None,
            GEVENT: None,
        },
        "chat": {K6: 0.18},
        "http": {K6: 0.6, K6_BY_HAND: None, FAST_HTTP_USER: 0.35, HTTP_USER: None, WRK: None},
        "echo": {K6: 0.25, K6_BY_HAND: None},
    }
    titles = {
        "socketio": "Socket.IO messages: 300 users in rooms of 20, one a second each",
        "chat": "KTB Chat messages: 100 people of locustfiles/chat.py in rooms of 20",
        "http": "HTTP requests: GET and POST of small JSON, a check each, 20 users without a pause",
        "echo": "raw WebSocket messages: echo, 20 users without a pause",
    }
    return tuple(
        Case(
            name,
            title,
            "cpu_us",
            (KTB_LOAD, *peers[name]),
            partial(steady.measure, work := replace(WORKS[name], window_s=effort.window_s)),
            shares={peer: share for peer, share in peers[name].items() if share is not None},
            work=work,
            once=(ARTILLERY, HTTP_USER, WRK),
        )
        for name, title in titles.items()
    )


def _at_once(effort: Effort) -> Case:
    settings = {**PEOPLE, "SPREAD": "0"}
    work = replace(WORKS["socketio"], settings=settings, window_s=effort.window_s)
    peers = (KTB_LOAD, K6_BY_HAND, SOCKETIO_USER, NODE, GEVENT)
    return Case(
        "socketio-at-once",
        "the same messages, all 300 users' at the same moment of every second",
        "cpu_us",
        peers,
        partial(steady.measure, work),
        work=work,
        once=peers,
    )


def _memory(effort: Effort) -> Case:
    work = Work("socketio", "rooms", effort.crowd, IDLE, effort.crowd // 1_000, window_s=4.0)
    return Case(
        "memory",
        f"memory for each connected user: {effort.crowd:,} in rooms of 20, a message a minute each",
        "kb_per_user",
        (KTB_LOAD, K6_BY_HAND, K6, SOCKETIO_USER, NODE),
        MemoryPerUser(work, at_most={K6.name: 400}),
        beside=("users", "memory_mb"),
        at_most=35.0,
        work=work,
        once=(K6, SOCKETIO_USER, NODE),
    )


def _arrivals(effort: Effort) -> Case:
    work = replace(WORKS["arrivals"], window_s=effort.window_s)
    return Case(
        "arrivals",
        "an empty task that arrives 5,000 times a second: how late it begins, 99th percentile",
        "late_p99_ms",
        (KTB_LOAD, K6_BY_HAND),
        partial(arrivals.measure, work),
        beside=("late_median_ms", "late_most_ms", "drift_ms", "undone", "cpu_us"),
        at_most=20.0,
        work=work,
    )


def _startup() -> Case:
    return Case(
        "startup",
        "from the command to the first request",
        "start_s",
        (startup.CHAT, startup.BARE),
        startup.measure,
        beside=("cpu_s",),
        shares={startup.BARE: 1.3},
        work=startup.WORK,
    )


def _growth(effort: Effort) -> tuple[Case, ...]:
    """One process and two on the same core. The most that we want to hold is a case for all."""
    *sizes, most = (_crowd(size, effort) for size in effort.sizes)
    held = Case(
        f"growth-{most.users}",
        f"{most.users:,} users held by one process, a message every ten seconds each:"
        " messages that did not come back within ten seconds",
        "failed",
        (KTB_LOAD, TWO_PROCESSES, NODE, K6_BY_HAND),
        partial(steady.measure, most),
        beside=("cpu_us", "memory_mb", "median_ms", "p95_ms", "per_second"),
        at_most=0,
        work=most,
        once=(KTB_LOAD, TWO_PROCESSES, NODE, K6_BY_HAND),
    )
    title = "{:,} users in rooms of 20, a message every ten seconds each"
    grown = [
        replace(
            held,
            name=f"growth-{work.users}",
            title=title.format(work.users),
            figure="cpu_us",
            peers=(KTB_LOAD, TWO_PROCESSES),
            measure=partial(steady.measure, work),
            beside=("memory_mb", "median_ms", "p95_ms", "per_second", "failed"),
            at_most=None,
            work=work,
        )
        for work in sizes
    ]
    return (*grown, held)


def _crowd(size: int, effort: Effort) -> Work:
    ramp_s = size // USERS_PER_SECOND
    return Work("socketio", "rooms", size, SLOW, ramp_s, effort.growth_settle_s, effort.growth_s)
