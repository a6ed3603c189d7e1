"""Memory for each connected user: a process with many of them, less one with few."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from benchmarks.peers.peer import Peer, Work
from benchmarks.steady import measure

FEW = 100


@dataclass
class MemoryPerUser:
    """Measures it; the process with few users is measured once for each generator."""

    work: Work
    at_most: Mapping[str, int] = field(default_factory=dict)
    """Generators of which the machine does not hold as many users."""
    _few_mb: dict[str, float] = field(default_factory=dict)

    def __call__(self, peer: Peer) -> Mapping[str, float]:
        if peer.name not in self._few_mb:
            few = replace(self.work, users=FEW, ramp_s=0)
            self._few_mb[peer.name] = measure(few, peer)["memory_mb"]
        users = min(self.work.users, self.at_most.get(peer.name, self.work.users))
        figures = measure(replace(self.work, users=users), peer)
        grown_mb = figures["memory_mb"] - self._few_mb[peer.name]
        return {**figures, "users": users, "kb_per_user": grown_mb * 1024 / (users - FEW)}
