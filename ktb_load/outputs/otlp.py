"""``opentelemetry``: pushes to a collector by OTLP over HTTP, like k6 1.8.1 with ``http/protobuf``.

The messages are those of the official SDK, written by its exporter's encoder (``otlp_message``).
They travel as all our pushes do; the exporter itself would wait for the collector, and try again,
in a thread of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from urllib.parse import unquote

from ktb_load.outputs import environ as env
from ktb_load.outputs.otlp_points import Follower
from ktb_load.outputs.output import CannotOpen, OutputContext
from ktb_load.outputs.push import Endpoint, Parcel, Pusher, Tls

DEFAULT_ENDPOINT, DEFAULT_PATH = "localhost:4318", "/v1/metrics"
DEFAULT_INTERVAL_S = 10.0
_PREFIX = "K6_OTEL_"
_HTTP, _GRPC = "http/protobuf", "grpc"
_TYPES = {"http": _HTTP, "grpc": _GRPC}


def open_otlp(argument: str, context: OutputContext) -> Otlp:
    """``opentelemetry``, set up by k6's variables; an argument, if any, is the collector's URL.

    Raises CannotOpen, ModuleNotFoundError without the extra, OSError for certificates.
    """
    from ktb_load.outputs.otlp_message import Message  # noqa: PLC0415  # needs an extra

    environ = context.environ
    _check_protocol(environ)
    headers = {
        key: unquote(value) for key, value in env.pairs(environ, f"{_PREFIX}HEADERS", "=").items()
    }
    tls = Tls(
        insecure=env.switch(environ, f"{_PREFIX}TLS_INSECURE_SKIP_VERIFY"),
        ca_file=environ.get(f"{_PREFIX}TLS_CERTIFICATE", ""),
        certificate=environ.get(f"{_PREFIX}TLS_CLIENT_CERTIFICATE", ""),
        key=environ.get(f"{_PREFIX}TLS_CLIENT_KEY", ""),
    )
    message = Message(
        prefix=environ.get(f"{_PREFIX}METRIC_PREFIX", ""),
        service=environ.get(f"{_PREFIX}SERVICE_NAME") or "ktb-load",
        version=environ.get(f"{_PREFIX}SERVICE_VERSION", ""),
        single_counter=env.switch(environ, f"{_PREFIX}SINGLE_COUNTER_FOR_RATE", default=True),
    )
    endpoint = Endpoint(
        _url(argument, environ), {**headers, "Content-Type": "application/x-protobuf"}, tls
    )
    return Otlp(context, endpoint, message.encode)


def _check_protocol(environ: Mapping[str, str]) -> None:
    asked = environ.get(f"{_PREFIX}EXPORTER_PROTOCOL") or _TYPES.get(
        environ.get(f"{_PREFIX}EXPORTER_TYPE", ""), ""
    )
    if not asked and environ.get(f"{_PREFIX}GRPC_EXPORTER_ENDPOINT"):
        asked = _GRPC
    if asked == _GRPC:
        what = "gRPC is not supported: its library waits outside of gevent and would stop the load"
        instead = f"set {_PREFIX}EXPORTER_PROTOCOL={_HTTP}; collectors take it at port 4318"
        raise CannotOpen(what, instead)
    if asked not in ("", _HTTP):
        raise CannotOpen(f'unsupported exporter protocol "{asked}"', f"write {_HTTP}")


def _url(argument: str, environ: Mapping[str, str]) -> str:
    if argument:
        return argument
    where = environ.get(f"{_PREFIX}HTTP_EXPORTER_ENDPOINT") or DEFAULT_ENDPOINT
    if "/" in where:
        what = f"{_PREFIX}HTTP_EXPORTER_ENDPOINT is {where!r}: it has only a host and a port"
        raise CannotOpen(
            what, f"write {DEFAULT_ENDPOINT}; the path is {_PREFIX}HTTP_EXPORTER_URL_PATH"
        )
    path = environ.get(f"{_PREFIX}HTTP_EXPORTER_URL_PATH") or DEFAULT_PATH
    plain = env.switch(environ, f"{_PREFIX}HTTP_EXPORTER_INSECURE")
    return f"{'http' if plain else 'https'}://{where}/{path.removeprefix('/')}"


class Otlp:
    """Pushes the totals of what comes from now on."""

    def __init__(
        self,
        context: OutputContext,
        endpoint: Endpoint,
        encode: Callable[[Follower, float], bytes | None],
    ) -> None:
        self._encode, self._epoch = encode, context.clock.epoch
        self._follower = Follower(context.store, context.clock.epoch)
        interval_s = env.interval_s(
            context.environ, f"{_PREFIX}EXPORT_INTERVAL", DEFAULT_INTERVAL_S
        )
        self._pusher = Pusher(endpoint, context.clock, interval_s, self._pack, context.complain)

    def flush(self) -> None:
        """Push if it is time."""
        self._pusher.tick()

    def close(self) -> None:
        """Push the final totals."""
        self._follower.close()
        self._pusher.finish()

    def _pack(self) -> Parcel | None:
        body = self._encode(self._follower, self._epoch())
        return None if body is None else Parcel(body)
