"""Waiting for events: handlers run when one comes, expectations wait for one that fits.

Events come in from the loop; a greenlet sleeps until something that it waits for has come, the
connection has ended, or its time is up. Nothing is kept for later: expect first, then send.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextvars import Context, copy_context
from math import inf
from typing import Any

from ktb_load.clients.bell import Bell
from ktb_load.errors import ExchangeFailed, TimedOut

Match = Callable[..., bool]
Handler = Callable[..., Any]
_OF_ANOTHER_SHAPE = (AttributeError, IndexError, KeyError, TypeError)


class Expectation:
    """One event that somebody waits for."""

    __slots__ = ("_inbox", "args", "arrived_at", "bell", "event", "match")

    def __init__(self, inbox: Inbox, event: str, match: Match | None) -> None:
        self._inbox = inbox
        self.event = event
        self.match = match
        self.args: tuple[Any, ...] = ()
        self.arrived_at: float | None = None
        """``time.perf_counter()`` of the moment when its bytes came in; None until then."""
        self.bell: Bell | None = None

    def fits(self, args: Sequence[Any]) -> bool:
        """Whether this is the event; arguments of another shape than ``match`` expects are not."""
        try:
            return self.match is None or bool(self.match(*args))
        except _OF_ANOTHER_SHAPE:
            return False

    def cancel(self) -> None:
        """Wait no longer."""
        self._inbox.forget(self)


class Inbox:
    """The events of one connection."""

    __slots__ = ("_bells", "_end", "_fault", "_handlers", "_waiting")

    def __init__(self) -> None:
        self._handlers: dict[str, list[tuple[Context, Handler]]] = {}
        self._waiting: dict[str, list[Expectation]] = {}
        self._bells: list[Bell] = []
        self._end: ExchangeFailed | None = None
        self._fault: Exception | None = None

    def on(self, event: str, handler: Handler) -> None:
        """Call ``handler`` with the arguments of each such event. It runs in the loop and must not
        block; what it raises ends the iteration of the task that uses the connection.
        """
        self._handlers.setdefault(event, []).append((copy_context(), handler))

    def expect(self, event: str, match: Match | None = None) -> Expectation:
        """Wait from now on for the next such event for which ``match(*args)`` is true."""
        expectation = Expectation(self, event, match)
        self._waiting.setdefault(event, []).append(expectation)
        return expectation

    def forget(self, expectation: Expectation) -> None:
        waiting = self._waiting.get(expectation.event, [])
        if expectation in waiting:
            waiting.remove(expectation)
        if not waiting:
            self._waiting.pop(expectation.event, None)

    def wants(self, event: str) -> bool:
        """Whether anybody would look at such an event."""
        return event in self._handlers or event in self._waiting

    def wanted(self) -> set[str]:
        """The names of all events that anybody would look at."""
        return self._handlers.keys() | self._waiting.keys()

    def handles(self, event: str) -> bool:
        """Whether such an event has a handler, and so an answer."""
        return event in self._handlers

    def deliver(self, event: str, args: Sequence[Any], at: float) -> Any:
        """An event has come; what the last handler returned (the answer to an acknowledgement)."""
        for expectation in self._waiting.get(event, ())[:]:
            try:
                fits = expectation.fits(args)
            except Exception as error:
                self.fail(error)
                continue
            if fits:
                expectation.args, expectation.arrived_at = tuple(args), at
                self.forget(expectation)
                if expectation.bell is not None:
                    expectation.bell.ring()
        answer = None
        for context, handler in self._handlers.get(event, ()):
            try:
                answer = context.run(handler, *args)
            except Exception as error:
                self.fail(error)
        return answer

    def fail(self, error: Exception) -> None:
        """Let the task that uses the connection raise ``error``; the first one counts."""
        self._fault = self._fault or error
        self._ring()

    def end(self, error: ExchangeFailed) -> None:
        """The connection is gone: whoever waits gets ``error``, and no handler is called again."""
        self._end = self._end or error
        self._handlers.clear()  # they hold what holds this
        self._ring()

    def raise_fault(self) -> None:
        """Raise what a handler has raised, once."""
        if self._fault is not None:
            fault, self._fault = self._fault, None
            raise fault

    def first_of(
        self, expectations: Sequence[Expectation], timeout_s: float
    ) -> tuple[Expectation, tuple[Any, ...]]:
        """Wait for the first of them; which it was, and the arguments of the event.

        Raises:
            TimedOut: none came in time.
            ExchangeFailed: the connection ended first.
        """
        bell = Bell()
        for expectation in expectations:
            expectation.bell = bell
        self._bells.append(bell)
        try:
            come = _first_come(expectations)
            if come is None and self._end is None and self._fault is None:
                bell.sleep(timeout_s)
                come = _first_come(expectations)
        finally:
            self._bells.remove(bell)
        self.raise_fault()
        if come is not None:
            return come, come.args
        if self._end is not None:
            raise self._end
        events = " or ".join(expectation.event for expectation in expectations)
        raise TimedOut(f"no {events} within {timeout_s:g} s")

    def _ring(self) -> None:
        for bell in self._bells:
            bell.ring()


def _first_come(expectations: Sequence[Expectation]) -> Expectation | None:
    """The one that has come, and came first."""
    first, at = None, inf
    for expectation in expectations:
        if expectation.arrived_at is not None and expectation.arrived_at < at:
            first, at = expectation, expectation.arrived_at
    return first
