"""Locust's own table of requests, in terminal, web UI and CSV: every exchange is a row of it."""

from __future__ import annotations

from locust.env import Environment

from ktb_load.metrics.recorder import Exchange

_LOCUST = "locust.runners"


class RequestTable:
    """Fires Locust's ``request`` event; where Locust alone listens, what its listener would do is
    done at once, for half the cost.
    """

    def __init__(self, environment: Environment) -> None:
        self._stats = environment.stats
        self._event = environment.events.request
        self._listeners = self._event._handlers
        self._locust_alone = [one for one in self._listeners if one.__module__ == _LOCUST]

    def show(self, system: str, exchange: Exchange) -> None:
        """Add one request or correlated exchange, with its system's name in front where several are
        loaded.
        """
        kind, name, ms, size, error = exchange
        if system:
            name = f"{system}: {name}"
        if error is None and self._listeners == self._locust_alone:
            self._stats.log_request(kind, name, ms, size)  # type: ignore[arg-type]  # takes floats
            return
        self._event.fire(
            request_type=kind,
            name=name,
            response_time=ms,
            response_length=size,
            exception=error,
            context={},
        )
