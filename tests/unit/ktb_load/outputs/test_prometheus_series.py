import pytest

from ktb_load.metrics.metric import Contains, MetricSpec, MetricType
from ktb_load.metrics.sinks import TrendSink
from ktb_load.metrics.tags import tag_set
from ktb_load.outputs.prometheus_series import Tracker, read_stats


@pytest.fixture
def tracker(store, clock):
    return Tracker(store, clock.epoch)


def values_of(tracker, stats=("p(99)",)):
    return [pair for tracked in tracker.all for pair in tracked.values(stats)]


@pytest.mark.parametrize(
    ("type_", "contains", "expected"),
    [
        (MetricType.COUNTER, Contains.TIME, [("k6_mm_total", 6)]),
        (MetricType.GAUGE, Contains.TIME, [("k6_mm", 2)]),
        (MetricType.RATE, Contains.DEFAULT, [("k6_mm_rate", 2 / 3)]),
        (MetricType.TREND, Contains.DEFAULT, [("k6_mm_p99", 3.96), ("k6_mm_sum", 6)]),
        (MetricType.TREND, Contains.TIME, [("k6_mm_p99", 0.00396), ("k6_mm_sum", 0.006)]),
    ],
)
def test_metric_has_the_names_and_units_of_k6(store, tracker, type_, contains, expected):
    store.declare(MetricSpec("mm", type_, contains))
    for value in (4, 0, 2):
        store.series("mm", ()).add(value)
    found = values_of(tracker, ("p(99)", "sum"))
    assert found == [(name, pytest.approx(value)) for name, value in expected]


def test_percentile_with_a_fraction_loses_its_dot(store, tracker):
    store.series("ws_ping", ()).add(1)
    names = [name for name, _ in values_of(tracker, read_stats("p(95), p(99.9),med"))]
    assert names == ["k6_ws_ping_p95", "k6_ws_ping_p999", "k6_ws_ping_med"]


def test_count_of_times_is_divided_as_k6_does(store, tracker):
    store.series("ws_ping", ()).add(1)
    assert values_of(tracker, ("count",)) == [("k6_ws_ping_count", 0.001)]


def test_series_that_look_alike_are_one(store, tracker):
    store.series("http_reqs", tag_set({"a": "1", "b": ""})).add(1)
    store.series("http_reqs", tag_set({"a": "1"})).add(2)
    (tracked,) = tracker.all
    assert (tracked.labels, tracked.total) == ((("a", "1"),), 3)


def test_touched_are_those_with_new_samples(store, tracker, clock):
    store.series("vus", ()).add(1)
    (tracked,) = tracker.touched
    assert tracked.last_s == 1000.25
    tracker.touched = {}
    clock.passed_s = 2
    store.series("vus_max", ()).add(1)
    assert [tracked.spec.name for tracked in tracker.touched] == ["vus_max"]


def test_series_without_a_sample_is_not_mentioned(store, tracker):
    store.series("vus", ())
    assert tracker.all == []


def test_series_that_is_new_after_the_end_is_left_out(store, tracker):
    tracker.close()
    store.series("vus", ()).add(1)
    assert tracker.all == []


def test_what_other_processes_collected_counts_as_if_it_came_here(store, tracker):
    series = store.series("ws_ping", ())
    series.add(1)
    sink = TrendSink()
    for value in (2, 6):
        sink.add(value)
    tracker.touched = {}
    series.merge(sink)
    assert values_of(tracker, ("sum", "max")) == [
        ("k6_ws_ping_sum", 0.009),
        ("k6_ws_ping_max", 0.006),
    ]
    assert len(tracker.touched) == 1
