"""The other end of a connection that stays: where it comes from, and how faults silence it."""

from collections.abc import Mapping
from dataclasses import dataclass

from ktb_load.reference_server.faults import SOCKET, Fault, Faults
from ktb_load.reference_server.trace import MARK_HEADER


@dataclass(frozen=True)
class Silences:
    """What faults do to one connection. Each draws once, when it opens; the windows open and close
    for those that were chosen.
    """

    mutes: tuple[Fault, ...] = ()
    """The server sends no pings or heart-beats."""
    deafs: tuple[Fault, ...] = ()
    """It hears no pongs or heart-beats, and answers no pings."""
    halves: tuple[Fault, ...] = ()
    """It sends and hears nothing, and goes on as if all were well."""

    @property
    def half_open(self) -> bool:
        return any(fault.open for fault in self.halves)

    @property
    def mute(self) -> bool:
        return self.half_open or any(fault.open for fault in self.mutes)

    @property
    def deaf(self) -> bool:
        return self.half_open or any(fault.open for fault in self.deafs)


def draw_silences(faults: Faults) -> Silences:
    """What a new connection will meet."""
    return Silences(*(_chosen(faults, kind) for kind in ("no-ping", "no-pong", "half-open")))


def _chosen(faults: Faults, kind: str) -> tuple[Fault, ...]:
    return tuple(fault for fault in faults.of((SOCKET,), kind) if fault.chosen())


@dataclass(frozen=True)
class Peer:
    """Where a connection comes from; the names of its headers are in lower case."""

    address: tuple[str, int]
    headers: Mapping[str, str]
    silences: Silences = Silences()

    @property
    def name(self) -> str:
        return f"{self.address[0]}:{self.address[1]}"

    @property
    def vu(self) -> str | None:
        """Which iteration of a load generator it is."""
        return self.headers.get(MARK_HEADER)
