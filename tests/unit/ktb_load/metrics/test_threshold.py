from math import inf

import pytest

from ktb_load.metrics.metric import MetricSpec, MetricType
from ktb_load.metrics.threshold import Thresholds, Verdict, parse_threshold

_SPECS = {
    "tt": MetricSpec("tt", MetricType.TREND),
    "cc": MetricSpec("cc", MetricType.COUNTER),
    "gg": MetricSpec("gg", MetricType.GAUGE),
    "rr": MetricSpec("rr", MetricType.RATE),
}
_SAMPLES = {"tt": [10, 20, 30], "cc": [1, 2, 3], "gg": [5, 1, 3], "rr": [1, 1, 0, 1, 0]}


@pytest.fixture
def run(store):
    """Judge thresholds on ``_SAMPLES``, which come with and without the tag ``k: a``."""

    def judge(entries, only=None):
        thresholds = Thresholds(entries)
        for spec in _SPECS.values():
            store.declare(spec)
        for selector in thresholds.selectors:
            store.watch(selector)
        for name in _SAMPLES if only is None else only:
            for index, value in enumerate(_SAMPLES[name]):
                tags = (("k", "a"),) if index == 0 else ()
                store.series(name, tags).add(value)
        assert thresholds.problems(store) == []
        return thresholds

    return judge


@pytest.mark.parametrize(
    ("selector", "expression", "ok", "value"),
    [
        pytest.param("tt", "avg<20", False, 20, id="less is not equal"),
        pytest.param("tt", "avg<=20", True, 20, id="less or equal"),
        pytest.param("tt", "avg>=20.001", False, 20, id="not even equal"),
        pytest.param("tt", "min==10", True, 10, id="the least"),
        pytest.param("tt", "max!=30", False, 30, id="the greatest"),
        pytest.param("tt", "med===20", True, 20, id="the median"),
        pytest.param("tt", "p(95)<29", False, 29, id="a percentile"),
        pytest.param("tt", "p(75)<25.1", True, 25, id="another"),
        pytest.param("tt{k:a}", "max<11", True, 10, id="only the samples with the tag"),
        pytest.param("cc", "count==6", True, 6, id="the sum"),
        pytest.param("cc", "rate>1.5", False, 1.5, id="the sum a second"),
        pytest.param("gg", "value==3", True, 3, id="the last value"),
        pytest.param("rr", "rate>0.6", False, 0.6, id="the share"),
        pytest.param("rr{k:a}", "rate==1", True, 1, id="the share of those with the tag"),
    ],
)
def test_verdict_and_the_value_it_rests_on(run, store, selector, expression, ok, value):
    verdicts = run({selector: [expression]}).evaluate(store, 4.0)
    [(threshold, verdict)] = verdicts.by_selector[selector]
    assert (threshold.source, verdict.ok) == (expression, ok)
    assert verdict.value == pytest.approx(value)
    assert verdicts.ok is ok
    assert verdicts.crossed == (() if ok else (selector,))


@pytest.mark.parametrize(
    ("selector", "expression", "verdict"),
    [
        pytest.param("cc", "count<1", Verdict(True, 0.0), id="a counter counts as 0"),
        pytest.param("cc", "count>0", Verdict(False, 0.0), id="so it may fail"),
        pytest.param("tt", "p(95)<500", Verdict(True, 0.0), id="a trend counts as 0"),
        pytest.param("tt", "max>0", Verdict(False, 0.0), id="and may fail"),
        pytest.param("gg", "value>0", Verdict(False, 0.0), id="a gauge as well"),
        pytest.param("rr", "rate>0.5", Verdict(True, None), id="a rate always passes"),
        pytest.param("rr{k:none}", "rate<0", Verdict(True, None), id="whatever is asked of it"),
        pytest.param("tt{k:none}", "avg>0", Verdict(False, 0.0), id="a tag that nobody sent"),
    ],
)
def test_metric_without_samples_is_judged_in_the_end(run, store, selector, expression, verdict):
    verdicts = run({selector: [expression]}, only=()).evaluate(store, 4.0)
    [(_, found)] = verdicts.by_selector[selector]
    assert found == verdict


def test_crossed_metrics_are_named_in_order_and_once(run, store):
    entries = {"tt": ["avg<1", "max<1", "min>0"], "cc": ["count<1"], "gg": ["value>0"]}
    assert run(entries).evaluate(store, 1.0).crossed == ("cc", "tt")


def test_selectors_that_differ_in_spaces_share_a_name(run, store):
    entries = {"tt{k:a}": ["max<11"], "tt{ k:a }": ["max<9"]}
    verdicts = run(entries).evaluate(store, 1.0)
    assert [v.ok for _, v in verdicts.by_selector["tt{k:a}"]] == [True, False]


def test_no_thresholds_are_false():
    assert not Thresholds({})
    assert not Thresholds({"tt": []})
    assert Thresholds({"tt": ["avg<1"]})


@pytest.mark.parametrize(
    ("elapsed_s", "crossed"),
    [
        pytest.param(2.0, (), id="too early"),
        pytest.param(3.0, (), id="the delay itself is not past it"),
        pytest.param(3.001, ("cc", "tt"), id="past it; all that are crossed are named"),
    ],
)
def test_run_is_aborted_after_the_delay(run, store, elapsed_s, crossed):
    abort = {"threshold": "avg<1", "abortOnFail": True, "delayAbortEval": "3s"}
    assert run({"tt": [abort], "cc": ["count<1"]}).to_abort(store, elapsed_s) == crossed


@pytest.mark.parametrize(
    ("entries", "only"),
    [
        pytest.param({"tt": ["avg<1"]}, None, id="nobody asked to abort"),
        pytest.param(
            {"tt": [{"threshold": "avg>1", "abortOnFail": True}], "cc": ["count<1"]},
            None,
            id="what is to abort holds",
        ),
        pytest.param(
            {"tt": [{"threshold": "avg>1", "abortOnFail": True}]}, (), id="no sample came yet"
        ),
    ],
)
def test_run_is_not_aborted(run, store, entries, only):
    assert run(entries, only).to_abort(store, 100.0) == ()


@pytest.mark.parametrize(
    ("entries", "selector", "used"),
    [
        pytest.param({"tt": ["avg<40", "max<40"]}, "tt", 0.75, id="nearest to its limit"),
        pytest.param({"tt": ["avg<40"], "cc": ["count<3"]}, "cc", 2.0, id="furthest past it"),
        pytest.param({"tt": ["min>5"]}, "tt", 0.5, id="a lower limit is turned round"),
        pytest.param({"rr": ["rate>0.2"]}, "rr", 0.5, id="of a share its rest counts"),
        pytest.param({"tt": ["avg==20"]}, "tt", 0.0, id="equality holds"),
        pytest.param({"tt": ["avg==21"]}, "tt", inf, id="or does not"),
        pytest.param({"cc": ["count<0"]}, "cc", inf, id="a limit of zero is crossed"),
    ],
)
def test_worst_threshold_is_the_one_that_used_up_most(run, store, entries, selector, used):
    worst = run(entries).worst(store, 1.0)
    assert (worst.selector, worst.used) == (selector, pytest.approx(used))
    assert worst.spec == _SPECS[selector]


@pytest.mark.parametrize("entries", [{"cc": ["count>100"]}, {"cc": ["count>=100"]}, {}])
def test_counter_that_only_has_to_grow_is_never_the_worst(run, store, entries):
    assert run(entries).worst(store, 1.0) is None


@pytest.mark.parametrize(
    ("entry", "abort", "delay_s"),
    [
        pytest.param("avg<1", False, 0, id="text"),
        pytest.param({"threshold": "avg<1"}, False, 0, id="a mapping with the text only"),
        pytest.param({"threshold": "avg<1", "abortOnFail": True}, True, 0, id="to abort"),
        pytest.param({"threshold": "avg<1", "delayAbortEval": "1m"}, False, 60, id="a delay"),
        pytest.param({"threshold": "avg<1", "delayAbortEval": None}, False, 0, id="no delay"),
    ],
)
def test_entry_is_read(entry, abort, delay_s):
    read = parse_threshold(entry)
    assert (read.source, read.abort_on_fail, read.delay_abort_eval_s) == ("avg<1", abort, delay_s)


@pytest.mark.parametrize(
    ("source", "stat"), [("p(95)<1", "p(95)"), ("p(99.90)<1", "p(99.9)"), ("med<1", "med")]
)
def test_stat_is_the_name_of_a_column(source, stat):
    assert parse_threshold(source).stat == stat


@pytest.mark.parametrize(
    ("entries", "path", "what"),
    [
        pytest.param({"tt": "avg<1"}, ("tt",), "the thresholds of a metric are a list", id="text"),
        pytest.param({"tt": [5]}, ("tt", 0), "a threshold is an expression", id="a number"),
        pytest.param(
            {"tt": [{}]}, ("tt", 0), "a threshold is an expression", id="an empty mapping"
        ),
        pytest.param(
            {"tt": [{"threshold": "avg<1", "abortOnFial": True}]},
            ("tt", 0),
            "unknown key 'abortOnFial', did you mean `abortOnFail`?",
            id="a key that nobody knows",
        ),
        pytest.param(
            {"tt": [{"threshold": "avg<1", "abortOnFail": "yes"}]},
            ("tt", 0),
            "abortOnFail is 'yes', write true or false",
            id="text for a switch",
        ),
        pytest.param(
            {"tt": [{"threshold": "avg<1", "delayAbortEval": "soon"}]},
            ("tt", 0),
            "'soon' is not a duration",
            id="no duration",
        ),
        pytest.param(
            {"tt": ["avg<1", "avg<1s"]},
            ("tt", 1),
            "failed parsing threshold expresion's",
            id="an expression",
        ),
        pytest.param(
            {"tt{a}": ["avg<1"]},
            ("tt{a}",),
            "unable to validate threshold expressions; reason: parsing metric name failed, "
            'metric "a" tag expression is malformed',
            id="a selector",
        ),
        pytest.param(
            {"tr": ["avg<1"]},
            ("tr",),
            'invalid threshold defined on tr; reason: no metric name "tr" found',
            id="a metric that nobody declared",
        ),
        pytest.param(
            {"cc{k:a}": ["avg<1"]},
            ("cc{k:a}",),
            'invalid threshold "avg<1" applied on metric cc; reason: unsupported aggregation '
            "method avg on metric of type counter. supported aggregation methods for this metric "
            "are: count, rate",
            id="what the type does not have",
        ),
    ],
)
def test_mistake_is_found_before_the_run(entries, path, what):
    [problem] = Thresholds(entries).problems(_SPECS)
    assert problem.path == path
    assert str(problem).startswith(what)


@pytest.mark.parametrize(
    ("selector", "allowed"),
    [
        ("tt", {"avg<1", "min<1", "max<1", "med<1", "p(5)<1"}),
        ("cc", {"count<1", "rate<1"}),
        ("gg", {"value<1"}),
        ("rr", {"rate<1"}),
    ],
)
def test_each_type_allows_what_k6_allows(selector, allowed):
    every = ["avg<1", "min<1", "max<1", "med<1", "p(5)<1", "count<1", "rate<1", "value<1"]
    problems = Thresholds({selector: every}).problems(_SPECS)
    refused = {problem.what.split('"')[1] for problem in problems}
    assert refused == set(every) - allowed


def test_all_mistakes_come_at_once_with_near_names():
    entries = {"http_req_duratoin": ["p(95)<1"], "vus": ["value<", "count<1"], "x{": []}
    problems = Thresholds(entries).problems()
    assert {problem.path[0] for problem in problems} == set(entries)
    [unknown] = [problem for problem in problems if problem.path[0] == "http_req_duratoin"]
    assert unknown.instead == "did you mean `http_req_duration`?"
    assert len(problems) == 4
