"""Our OTLP held against k6's: the same receiver decodes both."""

from __future__ import annotations

from typing import Any

import pytest

pytest.importorskip("cramjam")
pytest.importorskip("opentelemetry.proto")
pytest.importorskip("opentelemetry.sdk.metrics")

from tests.system.outputs.receiver import Receiver, receiving

pytestmark = [pytest.mark.k6, pytest.mark.system]


def _metrics(receiver: Receiver) -> dict[str, Any]:
    """Every metric of the last request, without its times and description."""
    (resource,) = receiver.received[-1].exported().resource_metrics
    (scope,) = resource.scope_metrics
    return {metric.name: _metric(metric) for metric in scope.metrics}


def _metric(metric: Any) -> dict[str, Any]:
    kind = metric.WhichOneof("data")
    data = getattr(metric, kind)
    about = {"unit": metric.unit, "kind": kind}
    if kind != "gauge":
        about["temporality"] = data.aggregation_temporality
    if kind == "sum":
        about["monotonic"] = data.is_monotonic
    about["points"] = {_attributes(point): _point(kind, point) for point in data.data_points}
    since = [p.start_time_unix_nano for p in data.data_points if kind != "gauge"]
    assert all(1.6e18 < at < 3e18 for at in since)  # the SDK's encoder gives a gauge none
    return about


def _attributes(point: Any) -> tuple[tuple[str, str], ...]:
    assert point.start_time_unix_nano <= point.time_unix_nano < 3e18
    return tuple(sorted((a.key, a.value.string_value) for a in point.attributes))


def _point(kind: str, point: Any) -> Any:
    if kind != "histogram":
        which = point.WhichOneof("value")
        return which, getattr(point, which)
    buckets = list(point.bucket_counts), list(point.explicit_bounds)
    return point.count, point.sum, point.min, point.max, *buckets


def _both(judge: Any, case: Any, **environ: str) -> tuple[Receiver, Receiver]:
    prefix = "K6_OTEL_"
    with receiving() as theirs, receiving() as ours:
        settings = {f"{prefix}{key}": value for key, value in environ.items()}
        settings |= {f"{prefix}EXPORTER_PROTOCOL": "http/protobuf"}
        settings |= {f"{prefix}HTTP_EXPORTER_INSECURE": "true"}
        endpoint = f"{prefix}HTTP_EXPORTER_ENDPOINT"
        lines = judge.run(case, ["opentelemetry"], {**settings, endpoint: theirs.host})
        judge.replay(case, lines, ["opentelemetry"], {**settings, endpoint: ours.host})
    return theirs, ours


@pytest.mark.parametrize(
    "environ",
    [
        pytest.param({}, id="plain"),
        pytest.param({"METRIC_PREFIX": "k6.", "HTTP_EXPORTER_URL_PATH": "/a/b"}, id="renamed"),
        pytest.param({"SINGLE_COUNTER_FOR_RATE": "false"}, id="a rate as two counters"),
    ],
)
def test_metrics_are_those_of_k6(judge: Any, case: Any, environ: dict[str, str]) -> None:
    theirs, ours = _both(judge, case, **environ)
    assert ours.received[-1].path == theirs.received[-1].path
    expected = _metrics(theirs)
    assert len(expected) > 10
    assert _metrics(ours) == expected


def test_headers_are_those_of_k6(judge: Any, case: Any) -> None:
    theirs, ours = _both(judge, case, HEADERS="x-one=a%20b,x-two=2")
    for receiver in (theirs, ours):
        headers = receiver.received[-1].headers
        assert (headers["X_ONE"], headers["X_TWO"]) == ("a b", "2")
        assert headers["CONTENT_TYPE"] == "application/x-protobuf"


def test_service_is_named_on_demand(judge: Any, case: Any) -> None:
    theirs, ours = _both(judge, case, SERVICE_NAME="mine", SERVICE_VERSION="7")
    for receiver in (theirs, ours):
        (resource,) = receiver.received[-1].exported().resource_metrics
        told = {a.key: a.value.string_value for a in resource.resource.attributes}
        assert (told["service.name"], told["service.version"]) == ("mine", "7")
