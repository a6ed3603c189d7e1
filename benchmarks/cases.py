"""What is measured, with whom, and how much less than a peer we want to need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from benchmarks.peers.k6 import K6, K6_BY_HAND
from benchmarks.peers.ktb_load import KTB_LOAD
from benchmarks.peers.node_client import NODE
from benchmarks.peers.peer import Peer
from benchmarks.peers.stock_locust import FAST_HTTP_USER, HTTP_USER, SOCKETIO_USER


@dataclass(frozen=True)
class Case:
    """CPU time per operation of one kind of work."""

    name: str
    title: str
    server: str
    users: int
    peers: Mapping[Peer, float | None]
    """Who does it beside us; our CPU time is to be at most this share of theirs."""
    settings: Mapping[str, str] = field(default_factory=dict)
    settle_s: float = 3.0
    window_s: float = 10.0


CASES = (
    Case(
        "socketio",
        "Socket.IO messages, 300 users in rooms of 20, one a second each",
        "rooms",
        300,
        {K6: 0.18, K6_BY_HAND: None, SOCKETIO_USER: 0.12, NODE: 0.45},
        {"ROOM_SIZE": "20", "SECONDS_PER_MESSAGE": "1"},
    ),
    Case(
        "http",
        "HTTP, GET and POST of small JSON, a check each, 20 users without a pause",
        "json",
        20,
        {K6: 0.6, K6_BY_HAND: None, FAST_HTTP_USER: 0.35, HTTP_USER: None},
        settle_s=2.0,
        window_s=6.0,
    ),
    Case(
        "echo",
        "raw WebSocket echo, 20 users without a pause",
        "echo",
        20,
        {K6: 0.25, K6_BY_HAND: None},
        settle_s=2.0,
        window_s=6.0,
    ),
)
EVERYBODY = (KTB_LOAD, K6, K6_BY_HAND, SOCKETIO_USER, NODE, FAST_HTTP_USER, HTTP_USER)
