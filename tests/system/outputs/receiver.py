"""The other end of pushes: takes what comes, and decodes it with protobuf's own library.

It listens on gevent's loop, so that it answers whenever a test waits, patched process or not.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import cramjam
from gevent import socket, ssl
from gevent.pywsgi import WSGIServer
from gevent.server import StreamServer
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest

_STRING, _DOUBLE, _INT64, _MESSAGE = 9, 1, 3, 11
_MESSAGES: dict[str, list[tuple[str, int, int, str]]] = {
    "Label": [("name", 1, _STRING, ""), ("value", 2, _STRING, "")],
    "Sample": [("value", 1, _DOUBLE, ""), ("timestamp", 2, _INT64, "")],
    "TimeSeries": [("labels", 1, _MESSAGE, "Label"), ("samples", 2, _MESSAGE, "Sample")],
    "WriteRequest": [("timeseries", 1, _MESSAGE, "TimeSeries")],
}
"""prometheus/prompb: types.proto and remote.proto, as far as they are used."""


def _write_request_class() -> Any:
    file = descriptor_pb2.FileDescriptorProto(name="remote.proto", package="p", syntax="proto3")
    for name, fields in _MESSAGES.items():
        message = file.message_type.add(name=name)
        for field_name, number, type_, of in fields:
            told = message.field.add(name=field_name, number=number, type=type_, label=1)
            if of:
                told.type_name, told.label = f".p.{of}", 3
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    return message_factory.GetMessageClass(pool.FindMessageTypeByName("p.WriteRequest"))


WriteRequest = _write_request_class()


@dataclass
class Received:
    """One request."""

    path: str
    headers: dict[str, str]
    body: bytes

    def written(self) -> list[tuple[tuple[tuple[str, str], ...], float, int]]:
        """Remote write: labels in their order, value, time in ms."""
        request = WriteRequest()
        request.ParseFromString(bytes(cramjam.snappy.decompress_raw(self.body)))
        return [
            (
                tuple((label.name, label.value) for label in series.labels),
                sample.value,
                sample.timestamp,
            )
            for series in request.timeseries
            for sample in series.samples
        ]

    def exported(self) -> Any:
        """OTLP: the request."""
        return ExportMetricsServiceRequest.FromString(self.body)


@dataclass
class Receiver:
    """Answers every request with ``status`` and keeps it."""

    status: str = "204 No Content"
    port: int = 0
    scheme: str = "http"
    received: list[Received] = field(default_factory=list)

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.host}/in?a=b"

    def __call__(self, environ: dict[str, Any], start: Any) -> list[bytes]:
        headers = {k.removeprefix("HTTP_"): str(v) for k, v in environ.items() if k.isupper()}
        path = environ["PATH_INFO"] + ("?" if environ["QUERY_STRING"] else "")
        body = environ["wsgi.input"].read()
        self.received.append(Received(path + environ["QUERY_STRING"], headers, body))
        start(self.status, [])
        return [] if self.status.startswith("204") else [b"not today"]


@contextmanager
def receiving(port: int = 0, certificate: tuple[str, str] | None = None) -> Iterator[Receiver]:
    """A receiver that is there for a while, with TLS if it has a certificate and its key."""
    receiver = Receiver(scheme="https" if certificate else "http")
    tls: dict[str, Any] = {}
    if certificate:
        context = tls["ssl_context"] = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate)
    server = WSGIServer(("127.0.0.1", port), receiver, log=None, error_log=None, **tls)
    server.start()
    receiver.port = server.server_port
    try:
        yield receiver
    finally:
        server.stop(timeout=1)


@contextmanager
def hanging() -> Iterator[str]:
    """The URL of somebody who takes connections and never says a word."""
    server = StreamServer(("127.0.0.1", 0), _listen_only)
    server.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/in"
    finally:
        server.stop(timeout=0.1)


def _listen_only(sock: Any, _: Any) -> None:
    while sock.recv(65536):
        pass


def unused_port() -> int:
    """A port at which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
