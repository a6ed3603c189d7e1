import pytest

from ktb_load.metrics.metric import Contains, MetricSpec, MetricType
from ktb_load.metrics.selector import SelectorError
from ktb_load.metrics.store import ALWAYS_WATCHED

_A, _B = (("k", "a"),), (("k", "b"),)


def _max(store, selector):
    sink = store.sink(selector)
    return sink and sink.value("max", 1.0)


def test_samples_of_all_series_reach_the_sink_of_the_metric(store):
    store.series("vus", _A).add(3)
    store.series("vus", _B).add(7)
    assert (_max(store, "vus"), store.sink("vus").count) == (7, 2)


def test_series_is_made_once_for_equal_tags(store):
    assert store.series("vus", _A) is store.series("vus", _A)
    assert store.series("vus", _A) is not store.series("vus", _B)
    assert store.series_with(_A)["vus"] is store.series("vus", _A)


def test_metric_without_samples_has_no_sink(store):
    store.series("vus", ())
    assert store.sink("vus") is None
    assert store.sink("http_reqs") is None
    assert store.sink("vus{k:a}") is None


def test_metric_that_nobody_declared_is_an_error(store):
    with pytest.raises(KeyError):
        store.series("nobody", ())


@pytest.mark.parametrize("watch_first", [True, False])
def test_submetric_collects_the_samples_that_match(store, watch_first):
    if not watch_first:
        store.series("vus", _A)
        store.series("vus", _B)
    store.watch("vus{k:a}")
    store.series("vus", _A).add(3)
    store.series("vus", _B).add(7)
    assert (_max(store, "vus{k:a}"), _max(store, "vus")) == (3, 7)


@pytest.mark.parametrize("series_first", [True, False])
def test_watching_twice_counts_once(store, series_first):
    if series_first:
        store.series("iterations", _A)
    for selector in ("iterations{k:a}", "iterations{ k:a }", "iterations", "iterations{k:a}"):
        store.watch(selector)
    store.series("iterations", _A).add(1)
    assert store.sink("iterations{k:a}").value("count", 1.0) == 1
    assert store.sink("iterations").value("count", 1.0) == 1
    assert dict(store.watched("iterations")) == {"iterations{k:a}": _A}


def test_metric_may_be_declared_after_it_was_watched(store):
    store.watch("mine{k:a}")
    store.declare(MetricSpec("mine", MetricType.TREND))
    store.series("mine", _A).add(3)
    assert _max(store, "mine{k:a}") == 3


def test_the_submetric_that_k6_always_shows_is_watched(store):
    store.series("http_req_duration", (("expected_response", "true"),)).add(5)
    store.series("http_req_duration", (("expected_response", "false"),)).add(9)
    assert (_max(store, ALWAYS_WATCHED), _max(store, "http_req_duration")) == (5, 9)


def test_malformed_selector_cannot_be_watched(store):
    with pytest.raises(SelectorError):
        store.watch("vus{")


def test_metric_may_be_declared_again(store):
    first = store.declare(MetricSpec("mine", MetricType.TREND, description="one"))
    assert store.declare(MetricSpec("mine", MetricType.TREND, description="two")) is first
    assert store.specs["mine"].description == "one"


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        pytest.param(
            MetricSpec("vus", MetricType.TREND),
            "metric 'vus' already exists but with type gauge, instead of trend",
            id="another type",
        ),
        pytest.param(
            MetricSpec("http_req_duration", MetricType.TREND, Contains.DEFAULT),
            "metric 'http_req_duration' already exists but with a value type time, "
            "instead of default",
            id="another unit",
        ),
        pytest.param(MetricSpec("a b", MetricType.TREND), "Invalid metric name: 'a b'", id="name"),
    ],
)
def test_declaration_is_refused(store, spec, message):
    with pytest.raises(ValueError) as caught:
        store.declare(spec)
    assert str(caught.value).startswith(message)


def test_listener_hears_every_sample_from_then_on_with_its_time(store):
    heard = []
    store.series("vus", _A).add(1)
    store.subscribe(lambda *sample: heard.append(sample))
    store.series("vus", _A).add(2)
    store.series("iterations", _B).add(1)
    assert heard == [("vus", 2, _A, 1000.25), ("iterations", 1, _B, 1000.25)]


def test_visitor_sees_every_series_once_and_before_its_first_sample(store):
    seen = []
    store.series("vus", _A)
    store.each_series(lambda series: seen.append((series.metric.name, series.tags)))
    store.series("vus", _A).add(1)
    store.series("vus", _B).add(1)
    assert seen == [("vus", _A), ("vus", _B)]


def test_check_is_a_sample_and_a_count_in_the_tree(store):
    store.check("::g", "ok", True, (("group", "::g"),))
    store.check("::g", "ok", False, (("group", "::g"),))
    assert store.sink("checks").value("rate", 1.0) == 0.5
    [check] = store.checks.root.at("::g").checks.values()
    assert (check.passes, check.fails) == (1, 1)
    assert "checks" in store.series_with((("check", "ok"), ("group", "::g")))


def test_group_is_in_the_tree_even_without_a_check(store):
    store.series("group_duration", (("group", "::outer::inner"),)).add(1)
    assert list(store.checks.root.groups["outer"].groups) == ["inner"]
