import pytest

from ktb_load.metrics.metric import MetricSpec, MetricType
from ktb_load.metrics.sinks import SINKS
from ktb_load.metrics.tags import tag_set
from ktb_load.outputs.otlp_points import _KINDS, Buckets, Follower, Shares, Total


@pytest.fixture
def follower(store, clock):
    return Follower(store, clock.epoch)


@pytest.mark.parametrize(("adds", "value"), [(True, 5), (False, 2)])
def test_total_adds_or_keeps_the_last(adds, value):
    total = Total(adds)
    total.add(3)
    total.add(2)
    assert (total.count, total.value) == (2, value)
    assert isinstance(total.value, float)


def test_shares_count_what_is_not_zero():
    shares = Shares()
    for value in (1, 0, 0.5):
        shares.add(value)
    assert (shares.count, shares.nonzero) == (3, 2)


@pytest.mark.parametrize(
    ("value", "bucket"), [(-1, 0), (0, 0), (0.1, 1), (5, 1), (5.1, 2), (10000, 14), (1e9, 15)]
)
def test_value_on_a_bound_belongs_below_it(value, bucket):
    buckets = Buckets()
    buckets.add(value)
    assert buckets.counts.index(1) == bucket


def test_buckets_know_the_extremes():
    buckets = Buckets()
    for value in (5, -2, 7):
        buckets.add(value)
    assert (buckets.count, buckets.sum, buckets.min, buckets.max) == (3, 10, -2, 7)


@pytest.mark.parametrize("type_", list(MetricType))
def test_what_other_processes_collected_counts_as_if_it_came_here(type_):
    values = (5, 0, 700, 12)
    alone, merged = _KINDS[type_](), _KINDS[type_]()
    merged.add(values[0])
    merged.merge(SINKS[type_]())
    for value in values:
        alone.add(value)
    for part in (values[1:3], values[3:]):
        sink = SINKS[type_]()
        for value in part:
            sink.add(value)
        merged.merge(sink)
    if type_ is MetricType.GAUGE:
        assert (merged.count, merged.value) == (4, 12)
    else:
        assert vars(merged) == vars(alone)


def test_metric_is_followed_since_its_first_series(store, follower, clock):
    store.series("vus", ()).add(1)
    clock.passed_s = 5
    store.series("vus", tag_set({"a": "b"})).add(2)
    followed = follower.metrics["vus"]
    assert followed.since_s == 1000.25
    assert list(followed.points) == [(), (("a", "b"),)]


def test_series_that_look_alike_are_one(store, follower):
    store.declare(MetricSpec("mm", MetricType.COUNTER))
    store.series("mm", tag_set({"a": ""})).add(1)
    store.series("mm", ()).add(2)
    assert follower.metrics["mm"].points[()].value == 3


def test_series_that_is_new_after_the_end_is_left_out(store, follower):
    follower.close()
    store.series("vus", ()).add(1)
    assert follower.metrics == {}
