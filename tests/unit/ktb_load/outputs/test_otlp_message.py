import pytest

pytest.importorskip("opentelemetry.sdk.metrics")

from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest

from ktb_load.outputs.otlp_message import Message
from ktb_load.outputs.otlp_points import Follower

PLAIN = Message(prefix="", service="mine", version="", single_counter=True)


@pytest.fixture
def follower(store, clock):
    return Follower(store, clock.epoch)


def metrics_of(follower, message=PLAIN):
    request = ExportMetricsServiceRequest.FromString(message.encode(follower, 2000.0))
    (resource,) = request.resource_metrics
    (scope,) = resource.scope_metrics
    return {metric.name: metric for metric in scope.metrics}


def test_nothing_is_said_before_the_first_sample(store, follower):
    store.series("vus", ())
    assert PLAIN.encode(follower, 2000.0) is None


def test_point_tells_since_when_and_until_when(store, follower):
    store.series("http_reqs", ()).add(2)
    (point,) = metrics_of(follower)["http_reqs"].sum.data_points
    assert (point.start_time_unix_nano, point.time_unix_nano) == (1000_250000000, 2000_000000000)
    assert point.as_double == 2


@pytest.mark.parametrize(
    ("metric", "name", "unit"),
    [
        ("ws_ping", "k6.ws_ping", "ms"),
        ("data_sent", "k6.data_sent", "By"),
        ("checks", "k6.checks.total", ""),
        ("vus", "k6.vus", ""),
    ],
)
def test_metric_has_a_prefix_and_a_unit(store, follower, metric, name, unit):
    store.series(metric, ()).add(1)
    message = Message(prefix="k6.", service="mine", version="", single_counter=True)
    assert {n: m.unit for n, m in metrics_of(follower, message).items()} == {name: unit}


def test_rate_is_counted_by_condition(store, follower):
    for value in (1, 0, 1):
        store.series("checks", ()).add(value)
    points = metrics_of(follower)["checks.total"].sum.data_points
    assert [(p.attributes[0].value.string_value, p.as_int) for p in points] == [
        ("nonzero", 2),
        ("zero", 1),
    ]


def test_rate_may_be_two_counters(store, follower):
    store.series("checks", ()).add(0)
    message = Message(prefix="", service="mine", version="", single_counter=False)
    assert list(metrics_of(follower, message)) == ["checks.total"]
    store.series("checks", ()).add(1)
    metrics = metrics_of(follower, message)
    assert {n: m.sum.data_points[0].as_int for n, m in metrics.items()} == {
        "checks.occurred": 1,
        "checks.total": 2,
    }


def test_service_is_named(store, follower):
    store.series("vus", ()).add(1)
    message = Message(prefix="", service="mine", version="7", single_counter=True)
    request = ExportMetricsServiceRequest.FromString(message.encode(follower, 1.0))
    told = {a.key: a.value.string_value for a in request.resource_metrics[0].resource.attributes}
    assert (told["service.name"], told["service.version"]) == ("mine", "7")
