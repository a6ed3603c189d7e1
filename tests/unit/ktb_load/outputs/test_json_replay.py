import io
import json

import pytest

from ktb_load.metrics.metric import Contains, MetricSpec, MetricType
from ktb_load.metrics.store import Store
from ktb_load.metrics.tags import tag_set
from ktb_load.metrics.threshold import Thresholds
from ktb_load.outputs.json_lines import JsonLines
from ktb_load.outputs.json_replay import replay
from ktb_load.outputs.summary_data import RunSummary, summary_data


def _metric(name="mine", type_="trend", contains="time"):
    data = {"name": name, "type": type_, "contains": contains, "thresholds": [], "submetrics": None}
    return json.dumps({"type": "Metric", "data": data, "metric": name})


def _point(metric="mine", value=1, **tags):
    data = {"time": "1970-01-01T00:00:00Z", "value": value, "tags": tags}
    return json.dumps({"metric": metric, "type": "Point", "data": data})


def _data(store):
    return summary_data(RunSummary(store, Thresholds({}).evaluate(store, 1.0), 1.0))


def test_metrics_are_declared_and_samples_taken(store):
    replay([_metric(), _point(value=3, a="b"), "\n", _point(value=5), ""], store)
    assert store.specs["mine"] == MetricSpec("mine", MetricType.TREND, Contains.TIME)
    assert store.sink("mine").value("avg", 1.0) == 4
    assert "mine" in store.series_with(tag_set({"a": "b"}))


def test_checks_go_into_the_tree(store):
    replay([_point("checks", 1, check="ok", group="::g"), _point("checks", 0, group="")], store)
    assert [check.path for check in store.checks.root.every_check()] == ["::g::ok"]
    assert store.sink("checks").value("rate", 1.0) == 0.5


def test_what_we_write_leads_to_the_same_summary(store):
    out = io.StringIO()
    lines = JsonLines(store, Thresholds({}), out, pytest.fail)
    store.declare(MetricSpec("mine", MetricType.COUNTER))
    for value in (0.1, 0.2, 1e-9):
        store.series("mine", tag_set({"a": "b"})).add(value)
        store.series("iteration_duration", ()).add(value)
    store.check("::a::b", "ok", True, tag_set({"group": "::a::b"}))
    store.check("", "ok", False, tag_set({"group": ""}))
    lines.flush()
    again = Store(store._clock)
    replay(io.StringIO(out.getvalue()), again)
    assert _data(again) == _data(store)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        pytest.param("{", "Expecting property name", id="no JSON"),
        pytest.param("{}", "'data'", id="no data"),
        pytest.param("[]", "list indices", id="no mapping"),
        pytest.param(_metric(type_="histogram"), "'histogram' is not a valid", id="no such type"),
        pytest.param(_point("nobody"), "'nobody'", id="a metric that was not described"),
        pytest.param(_metric("vus"), "already exists but with type gauge", id="another type"),
    ],
)
def test_line_that_is_not_of_the_form_is_named(store, line, why):
    with pytest.raises(ValueError, match="line 2 is not of k6's form: ") as caught:
        replay([_metric(), line], store)
    assert why in str(caught.value)
