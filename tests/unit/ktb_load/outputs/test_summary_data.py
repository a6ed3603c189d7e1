import json
from dataclasses import replace

import pytest

from ktb_load.metrics.checks import path_id
from ktb_load.metrics.overload import LIMITS, Excess
from ktb_load.metrics.tags import tag_set
from ktb_load.metrics.threshold import Thresholds
from ktb_load.outputs.summary_data import (
    RunSummary,
    SummaryOptions,
    summary_data,
    summary_export,
)


@pytest.fixture
def run(store):
    """A run of two seconds with these thresholds and options."""

    def end(entries=None, **more):
        thresholds = Thresholds(entries or {})
        for selector in thresholds.selectors:
            store.watch(selector)
        for ms in (10.0, 30.0):
            store.series("iteration_duration", tag_set({"scenario": "s"})).add(ms)
            store.series("iterations", ()).add(1)
        store.check("::g", "ok", True, tag_set({"group": "::g"}))
        store.check("::g", "ok", False, tag_set({"group": "::g"}))
        return RunSummary(store, thresholds.evaluate(store, 2.0), 2.0, **more)

    return end


def test_data_have_the_shape_of_k6(run):
    data = summary_data(run(options=SummaryOptions(("avg", "p(95)"), "ms", True)))
    group = {"name": "g", "path": "::g", "id": path_id("::g"), "groups": []}
    check = {"name": "ok", "path": "::g::ok", "id": path_id("::g::ok"), "passes": 1, "fails": 1}
    assert data == {
        "options": {
            "summaryTrendStats": ["avg", "p(95)"],
            "summaryTimeUnit": "ms",
            "noColor": True,
        },
        "state": {"isStdOutTTY": False, "isStdErrTTY": False, "testRunDurationMs": 2000},
        "metrics": {
            "checks": {
                "type": "rate",
                "contains": "default",
                "values": {"rate": 0.5, "passes": 1, "fails": 1},
            },
            "iteration_duration": {
                "type": "trend",
                "contains": "time",
                "values": {"avg": 20, "p(95)": 29},
            },
            "iterations": {
                "type": "counter",
                "contains": "default",
                "values": {"count": 2, "rate": 1},
            },
        },
        "root_group": {
            "name": "",
            "path": "",
            "id": path_id(""),
            "groups": [{**group, "checks": [check]}],
            "checks": [],
        },
    }
    assert json.loads(json.dumps(data)) == data


@pytest.mark.parametrize(
    ("more", "found"),
    [
        pytest.param({}, {}, id="setup returned nothing"),
        pytest.param({"setup_data": None}, {"setup_data": None}, id="setup returned null"),
        pytest.param({"setup_data": {"a": [1]}}, {"setup_data": {"a": [1]}}, id="setup did"),
    ],
)
def test_setup_data_are_there_if_setup_returned_some(run, more, found):
    data = summary_data(run(**more))
    assert {key: data[key] for key in ("setup_data",) if key in data} == found
    assert summary_export(data).get("setup_data", "none") == found.get("setup_data", "none")


@pytest.mark.parametrize(
    ("entries", "more"),
    [
        pytest.param({"vus": []}, {"vus"}, id="a metric with a list of thresholds, even empty"),
        pytest.param({"iterations{a:b}": ["count<1"]}, {"iterations{a:b}"}, id="a submetric"),
        pytest.param({"vus{a:b}": []}, {"vus", "vus{a:b}"}, id="and the metric it belongs to"),
        pytest.param({"iterations{ a:b }": []}, {"iterations{a:b}"}, id="without outer spaces"),
    ],
)
def test_metric_with_thresholds_is_shown_without_samples(run, entries, more):
    shown = {name for name, _, _ in run(entries).metrics()}
    assert shown == {"checks", "iteration_duration", "iterations", *more}


def test_submetric_of_expected_responses_is_shown_once(run, store):
    store.series("http_req_duration", tag_set({"expected_response": "true"})).add(1)
    spelled = 'http_req_duration{expected_response:"true"}'
    assert "http_req_duration{expected_response:true}" in dict(
        (name, sink) for name, _, sink in run().metrics()
    )
    names = [name for name, _, _ in run({spelled: []}).metrics() if "expected" in name]
    assert names == [spelled]


def test_thresholds_say_whether_they_hold(run):
    entries = {"iteration_duration": ["avg<20", "max<=30"], "iterations": []}
    metrics = summary_data(run(entries))["metrics"]
    assert metrics["iteration_duration"]["thresholds"] == {
        "avg<20": {"ok": False},
        "max<=30": {"ok": True},
    }
    assert "thresholds" not in metrics["iterations"]


def test_export_is_flat_and_says_whether_thresholds_failed(run):
    data = summary_data(run({"checks": ["rate>0.9", "rate<0.9"]}))
    export = summary_export(data)
    assert export["metrics"]["checks"] == {
        "value": 0.5,
        "passes": 1,
        "fails": 1,
        "thresholds": {"rate>0.9": True, "rate<0.9": False},
    }
    assert export["metrics"]["iterations"] == {"count": 2, "rate": 1}
    assert export["root_group"]["groups"]["g"]["checks"]["ok"]["passes"] == 1
    assert export["root_group"]["checks"] == {}
    assert "rate" in data["metrics"]["checks"]["values"]  # what was given stays as it was


def test_generator_is_judged_under_a_key_of_its_own(run):
    unmeasured = run()
    calm, past = (
        summary_data(replace(unmeasured, past_limits=found))
        for found in ([], [Excess(LIMITS[0], 83.0)])
    )
    assert calm == {**summary_data(unmeasured), "generator": {"ok": True, "warnings": []}}
    assert [warning["metric"] for warning in past["generator"]["warnings"]] == ["generator_lag"]
    assert summary_export(past)["generator"] == past["generator"]
    assert "generator" not in summary_export(summary_data(unmeasured))
