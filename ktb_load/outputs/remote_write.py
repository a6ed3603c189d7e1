"""``experimental-prometheus-rw``: pushes by Prometheus remote write 1.0, like k6 1.8.1.

Every few seconds the series that got samples since then are sent, with their value so far and the
time of their last sample. What could not be sent is sent again with the next push.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ktb_load.outputs import environ as env
from ktb_load.outputs.output import OutputContext
from ktb_load.outputs.prometheus_series import Tracked, Tracker, read_stats
from ktb_load.outputs.push import Endpoint, Parcel, Pusher, Tls, basic_authorization
from ktb_load.outputs.remote_write_wire import STALE, double, time_series, write_request

DEFAULT_URL = "http://localhost:9090/api/v1/write"
DEFAULT_INTERVAL_S = 5.0
_PREFIX = "K6_PROMETHEUS_RW_"
_HEADERS = {
    "Content-Type": "application/x-protobuf",
    "Content-Encoding": "snappy",
    "X-Prometheus-Remote-Write-Version": "0.1.0",
}
_REFUSED = {
    f"{_PREFIX}TREND_AS_NATIVE_HISTOGRAM": "native histograms are not written here",
    f"{_PREFIX}SIGV4_REGION": "requests are not signed for AWS",
}


def open_remote_write(argument: str, context: OutputContext) -> RemoteWrite:
    """``experimental-prometheus-rw``, set up by k6's variables; an argument, if any, is the URL.

    Raises CannotOpen, ModuleNotFoundError without the extra, OSError for certificates.
    """
    from cramjam import snappy  # noqa: PLC0415  # needs an extra

    environ = context.environ
    env.refuse(environ, _REFUSED)
    url = argument or environ.get(f"{_PREFIX}SERVER_URL") or DEFAULT_URL
    tls = Tls(
        insecure=env.switch(environ, f"{_PREFIX}INSECURE_SKIP_TLS_VERIFY"),
        certificate=environ.get(f"{_PREFIX}CLIENT_CERTIFICATE", ""),
        key=environ.get(f"{_PREFIX}CLIENT_CERTIFICATE_KEY", ""),
    )
    return RemoteWrite(
        context,
        Endpoint(url, _headers(environ), tls),
        lambda body: bytes(snappy.compress_raw(body)),
    )


def _headers(environ: Mapping[str, str]) -> dict[str, str]:
    each = f"{_PREFIX}HEADERS_"
    headers = {k.removeprefix(each): v for k, v in environ.items() if k.startswith(each)}
    headers |= env.pairs(environ, f"{_PREFIX}HTTP_HEADERS", ":")
    if user := environ.get(f"{_PREFIX}USERNAME"):
        headers["Authorization"] = basic_authorization(user, environ.get(f"{_PREFIX}PASSWORD", ""))
    if token := environ.get(f"{_PREFIX}BEARER_TOKEN"):
        headers["Authorization"] = f"Bearer {token}"
    return {**headers, **_HEADERS}


class RemoteWrite:
    """Pushes what comes from now on."""

    def __init__(
        self, context: OutputContext, endpoint: Endpoint, compress: Callable[[bytes], bytes]
    ) -> None:
        environ, self._compress, self._epoch = context.environ, compress, context.clock.epoch
        self._stats = read_stats(environ.get(f"{_PREFIX}TREND_STATS") or "p(99)")
        self._stale = env.switch(environ, f"{_PREFIX}STALE_MARKERS")
        interval_s = env.interval_s(environ, f"{_PREFIX}PUSH_INTERVAL", DEFAULT_INTERVAL_S)
        self._tracker = Tracker(context.store, context.clock.epoch)
        self._pusher = Pusher(endpoint, context.clock, interval_s, self._pack, context.complain)

    def flush(self) -> None:
        """Push if it is time."""
        self._pusher.tick()

    def close(self) -> None:
        """Push the rest, then the marks that end every series if they are asked for."""
        self._tracker.close()
        if self._pusher.finish() and self._stale:
            self._pusher.push(self._pack_ends)

    def _pack(self) -> Parcel | None:
        touched, self._tracker.touched = self._tracker.touched, {}
        if not touched:
            return None
        body = self._compress(write_request(map(self._encoded, touched)))
        return Parcel(body, lambda: self._tracker.touched.update(touched))

    def _encoded(self, tracked: Tracked) -> bytes:
        at_ms = int(tracked.last_s * 1000)
        return b"".join(
            time_series(name, tracked.labels, double(value), at_ms)
            for name, value in tracked.values(self._stats)
        )

    def _pack_ends(self) -> Parcel | None:
        at_ms = int(self._epoch() * 1000) + 1  # behind the last sample
        ends = [
            time_series(name, tracked.labels, STALE, at_ms)
            for tracked in self._tracker.all
            for name, _ in tracked.values(self._stats)
        ]
        return Parcel(self._compress(write_request(ends))) if ends else None
