"""``prometheus=HOST:PORT``: a page with all metrics so far, for Prometheus to fetch (ours).

Names and units are those of ``experimental-prometheus-rw``, but a trend has more stats. The
official client writes the exposition format. The page is there as long as the run lasts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from gevent import socket

from ktb_load.metrics.metric import MetricType
from ktb_load.outputs.output import CannotOpen, OutputContext
from ktb_load.outputs.prometheus_series import Tracker, read_stats

if TYPE_CHECKING:
    from prometheus_client import Metric

DEFAULT_STATS = "count,sum,min,avg,med,p(90),p(95),p(99),max"
_STOP_S = 1.0
_ADDRESS = re.compile(r"(?:(\[[0-9A-Fa-f:.]+\]|[^\s:/\[\]]*):)?([0-9]{1,5})", re.ASCII)
_NO_LABEL = re.compile(r"[^a-zA-Z0-9_]", re.ASCII)


def open_scrape(argument: str, context: OutputContext) -> Scrape:
    """Listen. Without a host only this machine can ask; port 0 is any free one.

    Raises CannotOpen, OSError for an address that cannot be had, ModuleNotFoundError without the
    extra.
    """
    from gevent.pywsgi import WSGIServer  # noqa: PLC0415  # only runs with this output pay for it
    from prometheus_client import CollectorRegistry, make_wsgi_app  # noqa: PLC0415  # an extra

    found = _ADDRESS.fullmatch(argument)
    if found is None or int(found[2]) > 65535:
        what = f"{argument!r} is not an address to listen at"
        raise CannotOpen(what, "write prometheus=127.0.0.1:9464")
    host = (found[1] or "127.0.0.1").strip("[]")
    stats = context.environ.get("K6_PROMETHEUS_RW_TREND_STATS") or DEFAULT_STATS
    page = Page(Tracker(context.store, context.clock.epoch, label_name), read_stats(stats))
    registry = CollectorRegistry()
    registry.register(page)
    listener = _listen(host, int(found[2]))
    server = WSGIServer(listener, make_wsgi_app(registry), log=None, error_log=None)
    server.start()
    return Scrape(server)


def _listen(host: str, port: int) -> Any:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen()
    except OSError:
        listener.close()
        raise
    return listener


def label_name(tag: str) -> str:
    """A tag's name as Prometheus allows it; ``a-b`` becomes ``a_b``."""
    name = _NO_LABEL.sub("_", tag)
    return f"_{name}" if name[:1].isdigit() else name


class Page:
    """What the official client asks for the metrics whenever somebody fetches the page."""

    def __init__(self, tracker: Tracker, stats: tuple[str, ...]) -> None:
        self._tracker, self._stats = tracker, stats

    def describe(self) -> list[Metric]:
        """Nothing is known before the run."""
        return []

    def collect(self) -> Iterator[Metric]:
        """One family a name."""
        from prometheus_client import Metric  # noqa: PLC0415  # needs an extra

        self._tracker.touched.clear()
        families: dict[str, Metric] = {}
        for tracked in self._tracker.all:
            kind = "counter" if tracked.spec.type is MetricType.COUNTER else "gauge"
            for name, value in tracked.values(self._stats):
                family = families.get(name)
                if family is None:
                    help_ = tracked.spec.description or tracked.spec.name
                    families[name] = family = Metric(name.removesuffix("_total"), help_, kind)
                family.add_sample(name, dict(tracked.labels), value)
        yield from families.values()


class Scrape:
    """The page while it is there."""

    def __init__(self, server: Any) -> None:
        self._server = server

    @property
    def port(self) -> int:
        """Where it listens."""
        port: int = self._server.server_port
        return port

    def flush(self) -> None:
        """Nothing to do: whoever asks gets what there is."""

    def close(self) -> None:
        """Take the page away; whoever is reading it has a moment."""
        self._server.stop(timeout=_STOP_S)
