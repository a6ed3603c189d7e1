"""The comparison itself: it must see what differs, and forgive what a clock decides."""

from dataclasses import replace
from typing import Any

import pytest

from tests.conformance.runs.compare import differences, unexpected, unexplained
from tests.conformance.runs.run_case import Facts

_CASE: dict[str, Any] = {"options": {}}
_K6 = Facts(
    code=0,
    arrivals={"/hit?begin": [0.0, 0.5, 1.0, 1.5], "/hit?teardown": [2.0]},
    connections=1,
    user_agents=["k6"],
    cookies=0,
    stderr="a warning",
    stdout="",
    completed=4,
    metrics=["iterations"],
    averages_ms={"iteration_duration": 500.0},
    tags={"iterations": [{"scenario": "s"}]},
    summarised=True,
)


def moved(*seconds: float) -> dict[str, list[float]]:
    *begun, torn_down = seconds
    return {"/hit?begin": begun, "/hit?teardown": [torn_down]}


@pytest.mark.parametrize(
    ("change", "facets"),
    [
        pytest.param({}, [], id="the same"),
        pytest.param({"arrivals": moved(0.0, 0.55, 1.04, 1.5, 2.01)}, [], id="a little late"),
        pytest.param({"arrivals": moved(0.0, 0.4, 0.9, 1.4, 1.9)}, ["schedule"], id="first early"),
        pytest.param({"arrivals": moved(0.0, 0.5, 1.0, 1.6, 2.0)}, ["schedule"], id="one late"),
        pytest.param({"arrivals": moved(9.0, 9.5, 10.0, 10.5, 11.0)}, [], id="all later: aligned"),
        pytest.param(
            {"arrivals": moved(0.0, 0.5, 1.0, 2.0), "completed": 3},
            ["requests", "iterations"],
            id="one less",
        ),
        pytest.param({"code": 99}, ["code"], id="exit code"),
        pytest.param({"completed": 3}, ["iterations", "interrupted"], id="interrupted"),
        pytest.param({"averages_ms": {"iteration_duration": 600.0}}, ["durations"], id="slow"),
        pytest.param({"metrics": []}, ["metrics"], id="no metric"),
        pytest.param({"tags": {"iterations": [{}]}}, ["tags"], id="a tag is missing"),
        pytest.param({"summarised": False, "code": 104}, ["code"], id="did not run"),
    ],
)
def test_what_differs_is_seen(change: dict[str, Any], facets: list[str]) -> None:
    assert [d.facet for d in differences(_CASE, _K6, replace(_K6, **change))] == facets


def test_counts_may_differ_where_the_case_says_so() -> None:
    ours = replace(_K6, arrivals=moved(0.0, 0.5, 1.0, 2.0), completed=3)
    assert differences({**_CASE, "counts_within": 1}, _K6, ours) == []


def test_what_is_to_be_said_is_looked_for_in_both() -> None:
    case = {**_CASE, "says": {"k6": ["warning"], "ours": ["problem"]}}
    assert [d.facet for d in differences(case, _K6, _K6)] == ["says"]
    assert differences(case, _K6, replace(_K6, stderr="a problem")) == []


def test_a_difference_needs_a_reason_and_a_reason_a_difference() -> None:
    found = differences(_CASE, _K6, replace(_K6, code=99))
    assert unexplained(_CASE, found) == ["code: k6 0, ours 99"]
    assert unexplained({**_CASE, "differs": {"code": "on purpose"}}, found) == []
    stale = {**_CASE, "differs": {"code": "on purpose", "tags": "once"}}
    assert unexplained(stale, found) == ["tags: said to differ, but it does not"]


def test_a_case_that_does_something_else_on_k6_proves_nothing() -> None:
    assert unexpected({**_CASE, "expect": {"code": 0, "iterations": 4}}, _K6) == []
    assert unexpected({**_CASE, "expect": {"code": 99}}, _K6) == [
        "code: expected of k6 99, but it is 0"
    ]
