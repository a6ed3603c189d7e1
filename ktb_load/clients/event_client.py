"""What tasks say to every client whose server sends events: handlers, expectations, the end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ktb_load.clients.inbox import Expectation, Handler, Inbox, Match
from ktb_load.errors import Disconnected

PING_TIMEOUT = "ping_timeout"
"""A ``close_cause`` beside those of ``websocket``: the server was silent for too long."""


class EventClient:
    """The half of a client that does not depend on the protocol."""

    def __init__(self) -> None:
        self._inbox = Inbox()
        self._gone = Disconnected("the connection is closed", kind="connection")
        self._began = False
        self.connected = False
        self.close_cause = ""
        """Who or what ended it; empty while it is open."""
        self.close_code = ""
        """What ``Disconnected.code`` says to those who waited."""
        self.on_close: Callable[[], None] | None = None
        """Called once, in the loop, when the connection has ended."""

    def on(self, event: str, handler: Handler) -> None:
        """Call ``handler`` with each such event; it must not block."""
        self._inbox.on(event, handler)

    def expect(self, event: str, match: Match | None = None) -> Expectation:
        """Wait from now on for the next such event for which ``match(*args)`` is true."""
        return self._inbox.expect(event, match)

    def first_of(
        self, expectations: Sequence[Expectation], timeout_s: float
    ) -> tuple[Expectation, tuple[Any, ...]]:
        """Wait for the first of them; which it was, and the arguments of the event.

        Raises:
            TimedOut: none came in time.
            Disconnected: the connection ended first.
        """
        return self._inbox.first_of(expectations, timeout_s)

    def _check_connected(self) -> None:
        """Raises what a handler has raised, or Disconnected with how it ended."""
        self._inbox.raise_fault()
        if not self.connected:
            raise self._gone

    def _has_begun(self) -> None:
        self._began = self.connected = True

    def _has_ended(self, cause: str, error: Disconnected) -> None:
        """The connection is gone; ``on_close`` hears of it if there was one."""
        self.connected = False
        self.close_cause, self.close_code = cause, error.code
        self._gone = error
        self._inbox.end(error)
        if self._began and self.on_close is not None:
            self.on_close()
