import json
from math import ceil, floor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ktb_load.metrics import sinks
from ktb_load.metrics.metric import MetricType
from ktb_load.metrics.sinks import (
    SINKS,
    CounterSink,
    GaugeSink,
    RateSink,
    TrendSink,
    percentile_of,
    sink_from_dict,
    values_of,
)

_VALUES = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=60)
_STATS = {
    MetricType.COUNTER: ("count", "rate"),
    MetricType.GAUGE: ("value", "min", "max"),
    MetricType.RATE: ("rate", "passes", "fails"),
    MetricType.TREND: ("avg", "min", "med", "max", "count", "p(90)", "p(95)", "p(99.9)"),
}


def _filled(sink, values):
    for value in values:
        sink.add(value)
    return sink


def _shown(sink):
    return {stat: sink.value(stat, 8.0) for stat in _STATS[sink.type]}


def _k6_percentile(values, share):
    """k6 1.8.1, metrics/sink.go, TrendSink.P."""
    values = sorted(values)
    i = share * (len(values) - 1.0)
    j, k = values[floor(i)], values[ceil(i)]
    return j + (k - j) * (i - floor(i))


@pytest.mark.parametrize(
    ("type_", "values", "expected"),
    [
        pytest.param("counter", [1, 2.5, -0.5], {"count": 3, "rate": 0.375}, id="a sum, a second"),
        pytest.param("gauge", [5, 2, 3], {"value": 3, "min": 2, "max": 5}, id="the last one"),
        pytest.param("gauge", [-5, -7], {"value": -7, "min": -7, "max": -5}, id="all below zero"),
        pytest.param("gauge", [4], {"value": 4, "min": 4, "max": 4}, id="one value is all three"),
        pytest.param(
            "rate", [1, 0, 2, -1], {"rate": 0.75, "passes": 3, "fails": 1}, id="whatever is not 0"
        ),
        pytest.param(
            "trend",
            [30, 10, 20, 40],
            {
                "avg": 25,
                "min": 10,
                "med": 25,
                "max": 40,
                "count": 4,
                "p(90)": 37,
                "p(95)": 38.5,
                "p(99.9)": 39.97,
            },
            id="between two ranks by interpolation",
        ),
        pytest.param("trend", [7], dict.fromkeys(_STATS["trend"], 7) | {"count": 1}, id="one"),
    ],
)
def test_values_of_a_sink(type_, values, expected):
    assert _shown(_filled(SINKS[type_](), values)) == pytest.approx(expected)


@pytest.mark.parametrize("type_", MetricType)
def test_sink_without_samples_shows_zeros(type_):
    assert set(_shown(SINKS[type_]()).values()) == {0.0}
    assert SINKS[type_]().count == 0


def test_rate_of_a_counter_in_no_time_is_zero():
    assert _filled(CounterSink(), [3]).value("rate", 0.0) == 0.0


@settings(max_examples=100, deadline=None)
@given(_VALUES, st.floats(0, 1))
def test_percentile_is_that_of_k6_to_the_last_digit(values, share):
    assert _filled(TrendSink(), values).quantile(share) == _k6_percentile(values, share)


@pytest.mark.parametrize("type_", MetricType)
@settings(max_examples=40, deadline=None)
@given(parts=st.lists(_VALUES, min_size=1, max_size=4))
def test_merging_parts_gives_what_adding_everything_gives(type_, parts):
    merged, whole = SINKS[type_](), SINKS[type_]()
    for part in parts:
        merged.merge(_filled(SINKS[type_](), part))
        _filled(whole, part)
    assert merged.count == whole.count
    assert _shown(merged) == pytest.approx(_shown(whole), rel=1e-9, abs=1e-6)


@pytest.mark.parametrize("type_", MetricType)
@pytest.mark.parametrize("empty_first", [True, False])
def test_merging_with_nothing_changes_nothing(type_, empty_first):
    values = [3.0, -1.0, 2.0]
    full, empty = _filled(SINKS[type_](), values), SINKS[type_]()
    into, other = (empty, full) if empty_first else (full, empty)
    into.merge(other)
    assert _shown(into) == _shown(_filled(SINKS[type_](), values))


@pytest.mark.parametrize("type_", MetricType)
def test_state_survives_json_and_goes_on(type_):
    sink = _filled(SINKS[type_](), [3.0, 0.0, 2.0])
    copy = sink_from_dict(json.loads(json.dumps(sink.to_dict())))
    assert type(copy) is type(sink)
    assert _shown(_filled(copy, [9.0, 1.0])) == _shown(_filled(sink, [9.0, 1.0]))


def test_trend_keeps_so_many_values_and_not_one_more():
    sink = _filled(TrendSink(exact_values=3), [1.0, 2.0, 3.0])
    assert sink.exact
    sink.add(4.0)
    assert not sink.exact


@settings(max_examples=50, deadline=None)
@given(st.lists(st.floats(0.001, 1e6), min_size=4, max_size=60))
def test_past_its_bound_a_trend_is_a_thousandth_off_at_most(values):
    bounded = _filled(TrendSink(exact_values=3), values)
    exact = _filled(TrendSink(), values)
    assert not bounded.exact
    assert [bounded.value(s, 1) for s in ("avg", "min", "max", "count")] == [
        exact.value(s, 1) for s in ("avg", "min", "max", "count")
    ]
    for percentile in (1, 25, 50, 90, 99):
        ours, theirs = bounded.quantile(percentile / 100), exact.quantile(percentile / 100)
        assert ours == pytest.approx(theirs, rel=0.001 * (1 + 1e-9))


@pytest.mark.parametrize(
    ("bounds", "exact"),
    [
        pytest.param((9, 9), True, id="together within the bound"),
        pytest.param((5, 9), False, id="together past it"),
        pytest.param((2, 9), False, id="was past it"),
        pytest.param((9, 2), False, id="the other was past it"),
        pytest.param((2, 2), False, id="both were"),
    ],
)
def test_bound_of_a_trend_holds_after_a_merge(bounds, exact):
    one, two = (_filled(TrendSink(bound), [1.0, 5.0, 3.0]) for bound in bounds)
    one.merge(two)
    assert one.exact is exact
    assert [one.value(stat, 1) for stat in ("count", "avg", "min", "max")] == [6, 3, 1, 5]
    assert one.value("med", 1) == pytest.approx(3, rel=0.001)
    copy = sink_from_dict(json.loads(json.dumps(one.to_dict())))
    assert (copy.exact, _shown(copy)) == (exact, _shown(one))


def test_the_other_trend_is_unharmed_by_a_merge():
    one, two = _filled(TrendSink(), [1.0]), _filled(TrendSink(), [2.0])
    one.merge(two)
    one.add(3.0)
    two.add(8.0)
    assert (_shown(one)["max"], one.count, _shown(two)["med"], two.count) == (3.0, 3, 5.0, 2)


def test_empty_trend_does_not_share_what_it_took_over():
    one, two = TrendSink(), _filled(TrendSink(), [2.0])
    one.merge(two)
    _filled(one, [3.0]).value("max", 1)
    assert two.to_dict()["values"] == [2.0]


def test_average_is_summed_in_order_of_arrival():
    """Sorted first, the sum would end in another digit than that of k6."""
    values = [0.1, 0.7, 0.3, 1e16, 0.2, -1e16]
    expected = 0.0
    for value in values:
        expected += value
    assert _filled(TrendSink(), values).value("avg", 1) == expected / 6


def test_values_that_come_in_chunks_are_all_there(monkeypatch):
    monkeypatch.setattr(sinks, "_CHUNK", 4)
    sink = _filled(TrendSink(), [float(n % 7) for n in range(41)])
    assert (sink.count, sink.value("max", 1), sink.value("med", 1)) == (41, 6.0, 3.0)


@pytest.mark.parametrize(
    ("stat", "expected"), [("p(0)", 0), ("p(95)", 95), ("p(99.9)", 99.9), ("p(100)", 100)]
)
def test_percentile_is_read_from_its_name(stat, expected):
    assert percentile_of(stat) == expected


@pytest.mark.parametrize("stat", ["p(101)", "p(-1)", "p()", "p(x)", "p95", "p(nan)", "(5)", "p(5"])
def test_no_percentile(stat):
    with pytest.raises(ValueError, match="a trend has no"):
        TrendSink().value(stat, 1.0)


@pytest.mark.parametrize(
    ("sink", "stat"),
    [
        (CounterSink(), "avg"),
        (GaugeSink(), "count"),
        (RateSink(), "value"),
        (TrendSink(), "rate"),
    ],
)
def test_sink_says_what_it_does_not_have(sink, stat):
    with pytest.raises(ValueError, match=f"a {sink.type} has no '{stat}'"):
        sink.value(stat, 1.0)


def test_columns_of_a_trend_are_the_authors_and_those_of_others_fixed():
    trend, rate = _filled(TrendSink(), [1.0, 3.0]), _filled(RateSink(), [1.0])
    assert list(values_of(trend, ["max", "p(50)"], 1.0).items()) == [("max", 3.0), ("p(50)", 2.0)]
    assert list(values_of(rate, ["max"], 1.0)) == ["rate", "passes", "fails"]
