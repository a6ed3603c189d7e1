"""Custom metrics, tags and verdicts, spoken by one VU."""

import math

import pytest

import ktb_load
from ktb_load.clock import RealClock
from ktb_load.errors import AbortTest
from ktb_load.metrics.custom import declared
from ktb_load.metrics.recorder import Recorder
from ktb_load.metrics.store import Store
from ktb_load.metrics.tags import tag_set
from ktb_load.vocabulary.context import TaskContext, enter
from ktb_load.vocabulary.random import Random


class Speaker:
    def __init__(self):
        self.store = Store(RealClock())
        for spec in declared().values():
            self.store.declare(spec)
        self.recorder = Recorder(self.store, tag_set({"scenario": "s", "group": ""}))
        self.failures = []
        enter(
            TaskContext(self.recorder, Random(), lambda: 0.0, lambda _: None, self.failures.append)
        )


CASES = [
    (ktb_load.Counter, "my_counter", [2, 3], "count", 5),
    (ktb_load.Gauge, "my_gauge", [2, 7, 3], "max", 7),
    (ktb_load.Rate, "my_rate", [True, False, 1, 0], "rate", 0.5),
    (ktb_load.Trend, "my_trend", [1, 2, 9], "med", 2),
]


@pytest.mark.parametrize(("kind", "name", "values", "stat", "expected"), CASES)
def test_a_metric_of_ones_own_adds_up(kind, name, values, stat, expected):
    metric = kind(name)
    speaker = Speaker()
    for value in values:
        metric.add(value)
    assert speaker.store.sink(name).value(stat, 1.0) == expected


def test_samples_carry_the_tags_of_the_vu_and_their_own():
    metric = ktb_load.Counter("my_tagged")
    speaker = Speaker()
    speaker.store.watch("my_tagged{scenario:s,room:a}")
    metric.add(1, {"room": "a"})
    metric.add(1, {"room": "b"})
    assert speaker.store.sink("my_tagged{scenario:s,room:a}").value("count", 1.0) == 1


@pytest.mark.parametrize("value", [math.nan, math.inf, "many"])
def test_what_is_no_number_is_refused(value):
    metric = ktb_load.Trend("my_numbers")
    Speaker()
    with pytest.raises(ValueError):
        metric.add(value)


def test_a_name_stands_for_one_kind_of_metric():
    ktb_load.Counter("my_only")
    ktb_load.Counter("my_only")
    with pytest.raises(ValueError, match="already exists but with type counter, instead of trend"):
        ktb_load.Trend("my_only")
    with pytest.raises(ValueError, match="already exists but with type counter"):
        ktb_load.Gauge("http_reqs")
    with pytest.raises(ValueError, match="Invalid metric name: 'foo-bar'"):
        ktb_load.Gauge("foo-bar")


def test_a_tag_lasts_and_survives_the_end_of_a_group():
    metric = ktb_load.Counter("my_lasting")
    speaker = Speaker()
    speaker.store.watch("my_lasting{team:red}")
    with ktb_load.group("inside"):
        ktb_load.tag("team", "red")
    metric.add(1)
    assert speaker.store.sink("my_lasting{team:red}").value("count", 1.0) == 1
    assert dict(speaker.recorder.tags)["group"] == ""
    with pytest.raises(ValueError, match="cannot be set"):
        ktb_load.tag("scenario", "x")


@pytest.mark.parametrize(
    "speak", [lambda: ktb_load.group("a::b").__enter__(), lambda: ktb_load.check(1, {"a::b": True})]
)
def test_a_name_of_several_groups_is_refused(speak):
    Speaker()
    with pytest.raises(ValueError, match="may not contain '::'"):
        speak()


def test_a_task_may_decide_about_the_test():
    speaker = Speaker()
    ktb_load.mark_failed("too slow")
    assert speaker.failures == ["too slow"]
    with pytest.raises(AbortTest, match="over"):
        ktb_load.abort("over")
