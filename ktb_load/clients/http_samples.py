"""The samples of one HTTP round trip (k6 1.8.1 ``lib/netext/httpext/tracer.go``): nine metrics,
one set of tags.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import NamedTuple

from ktb_load.clients.failure import REQUEST_TIMEOUT
from ktb_load.clients.http_answer import Response
from ktb_load.errors import ConnectFailed, ExchangeFailed, Rejected, TimedOut
from ktb_load.metrics.recorder import Exchange, Recorder

_METRICS = (
    "http_reqs",  # then the phases in the order of Timings
    "http_req_duration",
    "http_req_blocked",
    "http_req_connecting",
    "http_req_tls_handshaking",
    "http_req_sending",
    "http_req_waiting",
    "http_req_receiving",
    "http_req_failed",
)


class Shown(NamedTuple):
    """What is the same for every hop of one call."""

    method: str
    name: str
    """Empty: the URL of the hop."""
    label: str
    """The name in Locust's table: the name, or the URL as the author wrote it."""
    expected: Container[int] | None
    tags: Mapping[str, str]


def emit(
    recorder: Recorder, shown: Shown, method: str, response: Response, tls_version: str
) -> None:
    """The samples of one finished round trip."""
    if not recorder.enabled:
        return
    status = response.status
    expected = 200 <= status < 400 if shown.expected is None else status in shown.expected
    name = shown.name or response.url
    extra = tuple(shown.tags.items())
    said = (status, response.proto, response.error)
    key = (method, name, *said, tls_version, expected, extra)
    series = recorder.bundles.get(key)
    if series is None:
        # k6's own tags win over the author's, its name aside.
        tags = dict(shown.tags) | _tags(method, name, response, tls_version, expected)
        series = recorder.bundles[key] = [recorder.series(metric, tags) for metric in _METRICS]
    values = (1.0, *response.timings, 0.0 if expected else 1.0)
    for one, value in zip(series, values, strict=True):
        one.add(value)
    if recorder.on_exchange is not None:
        error = None if expected else _error(response)
        ms, size = response.timings.duration, len(response.body)
        recorder.on_exchange(Exchange(method, shown.label, ms, size, error))


def _tags(
    method: str, name: str, response: Response, tls_version: str, expected: bool
) -> dict[str, str]:
    tags = {
        "name": name,
        "url": name,
        "method": method,
        "status": str(response.status),
        "expected_response": "true" if expected else "false",
    }
    optional = {
        "proto": response.proto,
        "error": response.error,
        "error_code": str(response.error_code or ""),
        "tls_version": tls_version,
    }
    return tags | {key: value for key, value in optional.items() if value}


def _error(response: Response) -> ExchangeFailed:
    """What Locust's table of failures shows."""
    code = str(response.error_code or response.status)
    if not response.error:
        return Rejected(f"HTTP {response.status}", kind="http", code=code)
    kind = TimedOut if response.error_code == REQUEST_TIMEOUT else ConnectFailed
    return kind(response.error, kind="connection", code=code)
