"""What each thing that comes over a socket passes on its way in: faults strike here, and the trace
is kept.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from ktb_load.reference_server.faults import SOCKET, Faults, Verdict
from ktb_load.reference_server.peer import Peer
from ktb_load.reference_server.trace import Doing, Trace

FAULT = "injected fault"


class Sender(Protocol):
    """The connection over which something comes."""

    peer: Peer
    user_id: str
    """Empty while nobody is known."""

    @property
    def alive(self) -> bool: ...

    def cut(self) -> None:
        """End the connection without another word."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """One thing that came."""

    sender: Sender
    action: str
    body: Any
    act: Callable[[], str | None]
    """Does it, and says how it went; None: it was nothing that the trace should tell."""
    refuse: Callable[[Verdict], None]
    """Answers that it failed, as a fault wants it."""


class Turnstile:
    """One for all sockets of a server."""

    def __init__(self, faults: Faults, trace: Trace) -> None:
        self._faults = faults
        self._trace = trace

    def enter(self, arrival: Arrival, known: bool = True) -> None:
        """
        Args:
            known: whether it is an action of the system; nothing else can be struck.
        """
        peer = arrival.sender.peer
        doing = self._trace.arrived(SOCKET, peer.name, peer.vu, arrival.action)
        verdict = self._faults.decide(SOCKET, arrival.action) if known else None
        if verdict is None:
            self._act(arrival, doing)
        else:
            doom = partial(self._doom, arrival, doing, verdict)
            asyncio.get_running_loop().call_later(verdict.delay_s, doom)

    def note(self, sender: Sender, action: str, status: str) -> None:
        """Write down something that no fault can strike."""
        doing = self._trace.arrived(SOCKET, sender.peer.name, sender.peer.vu, action)
        self._trace.write(doing, None, status, user=sender.user_id)

    def _act(self, arrival: Arrival, doing: Doing) -> None:
        status = arrival.act()
        if status is not None:
            self._trace.write(doing, arrival.body, status, user=arrival.sender.user_id)

    def _doom(self, arrival: Arrival, doing: Doing, verdict: Verdict) -> None:
        sender = arrival.sender
        if not sender.alive:
            return
        if not verdict.outcome:
            self._act(arrival, doing)
            return
        if verdict.outcome == "drop":
            sender.cut()
        elif verdict.outcome == "error":
            arrival.refuse(verdict)
        self._trace.write(doing, arrival.body, verdict.outcome, user=sender.user_id)
