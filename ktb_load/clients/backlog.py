"""What waits in this process because sockets take no more. A write that fits does not come here."""


class Backlog:
    """One per run, for all sockets that never block."""

    def __init__(self) -> None:
        self.sockets = 0
        """How many are open."""
        self._waiting = self._most = 0

    def grow(self, size: int) -> None:
        """So many bytes did not fit."""
        self._waiting += size
        self._most = max(self._most, self._waiting)

    def shrink(self, size: int) -> None:
        """So many have been sent after all, or are lost with their socket."""
        self._waiting -= size

    def take_most(self) -> int:
        """The most bytes that waited since the last time."""
        most, self._most = self._most, self._waiting
        return most
