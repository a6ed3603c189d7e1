from pathlib import Path

import pytest

from ktb_load.errors import AuthorError
from ktb_load.executors import EXECUTORS
from ktb_load.plan.document import read_document
from ktb_load.plan.layers import merge
from ktb_load.plan.schema import read_options


@pytest.fixture
def problems(tmp_path):
    """The problems of a plan text, one line each, the file's folder left out."""

    def read(text):
        path = tmp_path / "plan.yaml"
        path.write_text(text, encoding="utf-8")
        try:
            read_options(merge([read_document(path, shown_as="plan.yaml")]).document(), EXECUTORS)
        except AuthorError as error:
            return str(error).splitlines()
        return []

    return read


EVERY = (
    "shared-iterations, per-vu-iterations, constant-vus, ramping-vus, constant-arrival-rate,"
    " ramping-arrival-rate, externally-controlled"
)


def scenario(**lines):
    body = "\n".join(f"    {key}: {value}" for key, value in lines.items())
    return f"scenarios:\n  a:\n{body}\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            scenario(executor="constant-vus", vus=0, duration="500ms"),
            [
                "plan.yaml:4, scenarios.a.vus: the number of VUs must be more than 0",
                "plan.yaml:5, scenarios.a.duration: the duration must be at least 1s, but is 500ms",
            ],
            id="all problems at once",
        ),
        pytest.param(
            scenario(vus=1),
            [
                "plan.yaml:2, scenarios.a: scenario 'a' doesn't have a specified executor type; add"
                " `executor:` with one of " + EVERY
            ],
            id="no executor",
        ),
        pytest.param(
            scenario(executor="nope"),
            [
                "plan.yaml:3, scenarios.a.executor: unknown executor type 'nope'; write one of"
                " " + EVERY
            ],
            id="unknown executor",
        ),
        pytest.param(
            scenario(executor="shared-iterations", vus=5, iterations=2),
            [
                "plan.yaml:5, scenarios.a.iterations: the number of iterations (2) can't be less"
                " than the number of VUs (5)"
            ],
            id="fewer iterations than VUs",
        ),
        pytest.param(
            scenario(executor="constant-arrival-rate"),
            [
                "plan.yaml:2, scenarios.a.rate: the iteration rate isn't specified;"
                " add for example `rate: 5`",
                "plan.yaml:2, scenarios.a.duration: the duration is unspecified;"
                " add for example `duration: 1m`",
                "plan.yaml:2, scenarios.a.preAllocatedVUs: the number of preAllocatedVUs isn't"
                " specified; add for example `preAllocatedVUs: 50`",
            ],
            id="an arrival rate without anything",
        ),
        pytest.param(
            scenario(
                executor="ramping-arrival-rate",
                startRate=-1,
                timeUnit="0s",
                preAllocatedVUs=4,
                maxVUs=3,
            ),
            [
                "plan.yaml:4, scenarios.a.startRate: the startRate value can't be negative",
                "plan.yaml:2, scenarios.a.stages: at least one stage has to be specified",
                "plan.yaml:5, scenarios.a.timeUnit: the timeUnit must be more than 0",
                "plan.yaml:7, scenarios.a.maxVUs: maxVUs can't be less than preAllocatedVUs",
            ],
            id="a ramp of wrong values",
        ),
        pytest.param(
            scenario(executor="externally-controlled", vus=2, maxVUs=1, gracefulStop="3s"),
            [
                "plan.yaml:6, scenarios.a.gracefulStop: gracefulStop is not supported by"
                " externally-controlled",
                "plan.yaml:2, scenarios.a.duration: the duration must be specified, for infinite"
                " duration use 0; add for example `duration: 1m`",
                "plan.yaml:5, scenarios.a.maxVUs: the number of active VUs (2) must be less than or"
                " equal to the number of maxVUs (1)",
            ],
            id="external control that cannot be",
        ),
        pytest.param(
            scenario(executor="constant-vus", duration="5s", vu=3),
            ["plan.yaml:5, scenarios.a.vu: unknown option `vu`; did you mean `vus`?"],
            id="unknown key with the near name",
        ),
        pytest.param(
            "scenario:\n  a: {}\n",
            ["plan.yaml:1, scenario: unknown option `scenario`; did you mean `scenarios`?"],
            id="unknown top-level key",
        ),
        pytest.param(
            scenario(executor="constant-vus", duration="5 minutes"),
            [
                "plan.yaml:4, scenarios.a.duration: '5 minutes' is not a duration,"
                " write for example '30s' or '1m30s'",
                "plan.yaml:4, scenarios.a.duration: the duration must be at least 1s, but is 0s",
            ],
            id="not a duration",
        ),
        pytest.param(
            scenario(executor="constant-vus", duration="5s", vus=1.5),
            ["plan.yaml:5, scenarios.a.vus: must be a whole number, but is 1.5"],
            id="VUs are whole",
        ),
        pytest.param(
            scenario(executor="constant-vus", duration="5s", startTime="-1s", gracefulStop="-2s"),
            [
                "plan.yaml:5, scenarios.a.startTime: the startTime can't be negative",
                "plan.yaml:6, scenarios.a.gracefulStop: the gracefulStop timeout can't be negative",
            ],
            id="negative times",
        ),
        pytest.param(
            scenario(executor="ramping-vus", stages="[{duration: 1s}, {target: 3}]"),
            [
                "plan.yaml:4, scenarios.a.stages[0]: stage 1 doesn't have a target",
                "plan.yaml:4, scenarios.a.stages[1]: stage 2 doesn't have a duration",
            ],
            id="incomplete stages",
        ),
        pytest.param(
            scenario(executor="ramping-vus", startVUs=0, stages="[{duration: 1s, target: 0}]"),
            [
                "plan.yaml:4, scenarios.a.startVUs: either startVUs or one of the stages' target"
                " values must be greater than 0"
            ],
            id="a ramp of nobody",
        ),
        pytest.param(
            "scenarios:\n  'a b': {executor: constant-vus, duration: 5s}\n",
            [
                "plan.yaml:2, scenarios.a b: 'a b' is not a name for a scenario; use"
                " letters, digits, _ and - only"
            ],
            id="scenario names",
        ),
        pytest.param(
            "scenarios:\n  a: {executor: constant-vus, duration: 5s}\n  a: {}\n",
            ["plan.yaml:3, scenarios.a: the key stands twice"],
            id="a key twice",
        ),
        pytest.param(
            "scenarios: [\n",
            [
                "plan.yaml:2: not valid YAML: expected the node content, but found '<stream end>';"
                " check indentation and quotes there"
            ],
            id="malformed",
        ),
        pytest.param(
            "- a\n",
            ["plan.yaml: a plan is a mapping of k6 options; begin with `scenarios:`"],
            id="list",
        ),
    ],
)
def test_problems(problems, text, expected):
    assert problems(text) == expected


def test_json_is_read_too(problems):
    assert problems('{"scenarios": {"a": {"executor": "constant-vus", "duration": "5s"}}}') == []


def test_a_missing_file_is_a_problem_with_its_reason(tmp_path):
    with pytest.raises(AuthorError, match=r"no\.yaml: the plan cannot be read: No such file"):
        read_document(tmp_path / "no.yaml")


PLANS = sorted((Path(__file__).parents[4] / "config").glob("*/*.yaml"))


NEEDED = {
    "http_req_failed",
    "http_req_duration",
    "checks",
    "chat_connecting",
    "chat_unexpected_disconnections",
}
"""Thresholds that no plan goes without."""
_DELIVERY = {"chat_delivery", "chat_messages_lost"}
NEEDED_BY = {
    "erlang-chat": {"chat_round_trip", *_DELIVERY},
    "ktb-chat": {"http_req_duration{name:/api/auth/login}", "chat_round_trip", *_DELIVERY},
    "login-notify": {"login_notify_logout", "chat_timeouts"},
    "meeting": {"chat_round_trip", *_DELIVERY},
    "nest-chat": _DELIVERY,
}
"""Those of systems whose members write to each other, and get their own messages back or not; or
are told that somebody logged in."""
NEWS = {
    "listen_to_news": {"chat_messages_received", *_DELIVERY},
    "tell_everybody": {"chat_messages_received", "chat_round_trip", *_DELIVERY},
    "remind_myself": {"login_notify_news"},
}
"""Task of login-notify -> thresholds that judge what it is for."""


@pytest.mark.parametrize("path", PLANS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_plan_that_we_ship_is_right(path):
    options = read_options(merge([read_document(path)]).document(), EXECUTORS)
    needed = NEEDED | NEEDED_BY.get(path.parent.name, set())
    assert needed <= set(options.thresholds)


@pytest.mark.parametrize(
    "path",
    [path for path in PLANS if path.parent.name == "login-notify"],
    ids=lambda path: path.stem,
)
def test_a_plan_judges_the_news_that_its_people_hear(path):
    options = read_options(merge([read_document(path)]).document(), EXECUTORS)
    tasks = {scenario.exec for scenario in options.scenarios.values()}
    assert set().union(*(NEWS.get(task, set()) for task in tasks)) <= set(options.thresholds)
    assert "tell_everybody" in tasks or "listen_to_news" not in tasks


def test_overlapping_scenarios_need_vus_together_and_others_reuse_them():
    text = {
        "a": {"executor": "constant-vus", "duration": "10s", "vus": 3, "gracefulStop": "0s"},
        "b": {"executor": "constant-vus", "duration": "10s", "vus": 4, "startTime": "5s"},
        "c": {"executor": "constant-vus", "duration": "5s", "vus": 6, "startTime": "2m"},
    }
    from ktb_load.plan.document import Document

    options = read_options(merge([Document("plan", {"scenarios": text})]).document(), EXECUTORS)
    assert options.max_vus == 7
