import pytest

from ktb_load.metrics.overload import LIMITS, Excess, Overload, excesses
from ktb_load.metrics.sinks import TrendSink
from ktb_load.metrics.tags import tag_set

CALM = {
    "generator_lag": [1.0] * 96 + [19.0] * 3 + [500.0],
    "generator_cpu": [0.89] * 60 + [1.0] * 5,
    "generator_lateness": [1.0] * 98 + [50.0] * 2,
    "generator_unsent": [0.0, 1_000_000.0],
}


def sinks(**processes):
    """``sinks(p={"generator_lag": [1.0, 2.0]})``"""

    def filled(values):
        sink = TrendSink()
        for value in values:
            sink.add(value)
        return sink

    return {
        process: {metric: filled(values) for metric, values in measured.items()}
        for process, measured in processes.items()
    }


def past(**processes):
    return [
        (f"{e.limit.metric.name} {e.limit.stat}", e.value) for e in excesses(sinks(**processes))
    ]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        pytest.param({}, [], id="at its limits it is not past them"),
        pytest.param(
            {"generator_lag": [1.0] * 9 + [21.0] * 11},
            [("generator_lag p(95)", 21.0)],
            id="a loop that is often late",
        ),
        pytest.param(
            {"generator_lag": [1.0] * 199 + [501.0]},
            [("generator_lag max", 501.0)],
            id="a loop that stood still once",
        ),
        pytest.param(
            {"generator_cpu": [0.1] * 1000 + [0.91] * 6},
            [("generator_cpu busy", 6000.0)],
            id="few seconds of a whole core, in a long run",
        ),
        pytest.param(
            {"generator_lateness": [1.0] * 98 + [51.0] * 2},
            [("generator_lateness p(99)", 51.0)],
            id="iterations that begin late",
        ),
        pytest.param(
            {"generator_unsent": [0.0] * 99 + [1_000_001.0]},
            [("generator_unsent max", 1_000_001.0)],
            id="messages that nobody takes, for a second",
        ),
        pytest.param(
            {"generator_lag": [900.0] * 20, "generator_cpu": [1.0] * 20},
            [
                ("generator_lag p(95)", 900.0),
                ("generator_lag max", 900.0),
                ("generator_cpu busy", 20_000.0),
            ],
            id="several at once, in the order of the table",
        ),
    ],
)
def test_each_limit_is_judged_by_itself(changed, expected):
    assert past(p={**CALM, **changed}) == expected


def test_what_was_not_measured_is_not_judged():
    assert past(p={"generator_lag": [1.0]}) == []
    assert past() == []


def test_one_process_that_starves_is_seen_though_the_others_idle():
    idle, starved = {"generator_lag": [0.1] * 1000}, {"generator_lag": [30.0] * 10}
    [found] = excesses(sinks(a=idle, b=starved, c=idle))
    assert found == Excess(LIMITS[0], 30.0, "b", 0)


def test_the_worst_of_several_is_named_and_the_others_counted():
    lags = {"a": 21.0, "b": 90.0, "c": 40.0, "d": 2.0}
    found = excesses(sinks(**{name: {"generator_lag": [ms]} for name, ms in lags.items()}))
    assert found == [Excess(LIMITS[0], 90.0, "b", 2)]


@pytest.fixture
def overload(store):
    return Overload(store)


def test_samples_are_told_apart_by_their_worker(store, overload):
    for worker, ms in (("1@here", 5.0), ("2@here", 100.0)):
        store.series("generator_lag", tag_set({"worker": worker, "scenario": "s"})).add(ms)
        store.series("generator_lag", tag_set({"worker": worker})).add(ms)
    assert overload.excesses() == [Excess(LIMITS[0], 100.0, "2@here")]


def test_what_a_worker_ships_counts_like_what_was_measured_here(store, overload):
    shipped = TrendSink()
    shipped.add(100.0)
    store.series("generator_lag", tag_set({"worker": "1@there"})).merge(shipped)
    assert overload.excesses() == [Excess(LIMITS[0], 100.0, "1@there")]


def test_without_a_sample_there_is_no_verdict(store, overload):
    store.series("iterations", ()).add(1)
    assert overload.excesses() is None
