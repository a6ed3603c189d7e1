import ast

import pytest

pytestmark = pytest.mark.k6

EXPECTED = {
    "nobody speaks": (
        "RuntimeError",
        "check, group, think and setting can only be used while a task, setup() or teardown() runs",
    ),
    "all passed": True,
    "not all": False,
    "a check that raises": ("ValueError", "broken"),
    "thought": True,
    "TEXT": "some text",
    "WHOLE": 12,
    "PART": 0.25,
    "NONE": 7,
    "TEXT as a number": ("ValueError", "TEXT must be a whole number, but is 'some text'"),
    "PART as a whole number": ("ValueError", "PART must be a whole number, but is '0.25'"),
    "a value that is none": ("ValueError", "nan is not a value for the metric 'level'"),
    "a tag that is not to be set": (
        "ValueError",
        "the tag 'group' cannot be set; use group(), or the plan's scenarios",
    ),
    "fail": ("IterationFailed", "enough"),
    "abort": ("AbortTest", ""),
    "one draw": True,
}


@pytest.fixture
def outcome(run_script):
    env = {"TEXT": "some text", "WHOLE": "12", "PART": "0.25"}
    return run_script("vocabulary.k6.js", env)


def samples(outcome, metric):
    """Without the tags that every sample has."""
    found = []
    for value, tags in outcome.of(metric):
        assert tags.pop("scenario") == "default"
        found.append((value, tags))
    return found


def test_every_verb_says_what_python_says(outcome):
    said = {told["step"]: ast.literal_eval(told["said"]) for told in outcome.told}
    assert said == EXPECTED, outcome.log


def test_marking_the_test_failed_makes_the_exit_code(outcome):
    assert outcome.exit_code == 110


def test_checks_are_samples_of_k6s_own_metric(outcome):
    assert samples(outcome, "checks") == [
        (1, {"check": "is one", "group": ""}),
        (1, {"check": "full list", "group": ""}),
        (0, {"check": "is one", "group": "", "k": "v"}),
        (0, {"check": "empty list", "group": "", "k": "v"}),
        (0, {"check": "raises", "group": ""}),
        (1, {"check": "inside", "group": "::outer::inner"}),
    ]


def test_a_group_is_a_tag_and_a_duration(outcome):
    (inner_ms, inner), (outer_ms, outer) = samples(outcome, "group_duration")
    assert (inner, outer) == ({"group": "::outer::inner"}, {"group": "::outer"})
    assert 49 < inner_ms <= outer_ms < 1000


def test_metrics_of_ones_own(outcome):
    assert samples(outcome, "slow_rooms") == [
        (2, {"group": "", "room": "a"}),
        (1, {"group": "", "mine": "7"}),
    ]
    for metric, value in {"lateness": 3, "share": 1, "level": 1.5}.items():
        assert samples(outcome, metric) == [(value, {"group": ""})]


def test_the_recorder_adds_the_vus_tags(outcome):
    assert samples(outcome, "chat_errors") == [(1, {"group": "", "kind": "room", "mine": "gone"})]
    ((value, tags),) = samples(outcome, "chat_delivery")
    assert (value, tags["k"]) == (4, "1")
