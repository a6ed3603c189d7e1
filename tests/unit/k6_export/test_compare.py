"""What ``ktb-load compare`` says of two runs."""

from dataclasses import replace

import pytest

from k6_export.compare import Ran, report

METRICS = {"iterations": {"count": 1}}
SUMMARY = {"metrics": METRICS, "root_group": {"checks": {}, "groups": {}}}
LOCUST = Ran("locust", 0, {}, SUMMARY, 0)
K6 = replace(LOCUST, name="k6")


def test_event_streams_that_one_side_opened_are_told_and_no_difference():
    lines, same = report(replace(LOCUST, streams=6), K6)
    assert same
    assert lines[-1] == "left out: 6 requests for event streams, which k6 cannot read"


def test_nothing_is_said_of_event_streams_where_there_are_none():
    assert report(LOCUST, K6) == (
        [
            "exit code: identical",
            "metrics: identical",
            "checks: identical",
            "thresholds: identical",
        ],
        True,
    )


@pytest.mark.parametrize(("name", "same"), [("chat_notification", True), ("chat_delivery", False)])
def test_a_metric_of_event_streams_is_not_missed_in_k6(name, same):
    summary = {**SUMMARY, "metrics": {**METRICS, name: {"avg": 1.0}}}
    assert report(replace(LOCUST, summary=summary), K6)[1] is same
