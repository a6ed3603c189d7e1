"""What surrounds the tasks of an export, against what ktb_load/locust_host/vu.py does."""

import ast
import re

import pytest

from ktb_load.vocabulary.random import Random

pytestmark = pytest.mark.k6

TASKS = ["chat", "chat", "chat", "lurk"]


@pytest.fixture
def run(run_script):
    """``run("picks")``: the scenario of that name."""

    def run_scenario(scenario, seed="7", **env):
        return run_script("run.k6.js", {"SCENARIO": scenario, "SEED": seed, **env})

    return run_scenario


def did(outcome, what):
    return [told for told in outcome.told if told["did"] == what]


def test_the_seed_of_an_iteration_picks_its_task_and_its_choices(run):
    outcome = run("picks")
    assert outcome.exit_code == 0, outcome.log
    iterations = sorted(did(outcome, "chat") + did(outcome, "lurk"), key=lambda i: i["iteration"])
    assert len(iterations) == 40
    for number, told in enumerate(iterations):
        random = Random(f"7/picks/{number}")
        assert told["did"] == random.choice(TASKS)
        assert told["text"] == random.text(8)


def test_on_start_runs_once_in_each_vu_with_a_seed_of_its_own(run):
    outcome = run("picks")
    started = {told["vu"]: told["text"] for told in did(outcome, "on_start")}
    assert started == {vu: Random(f"7/picks/vu {vu}").text(8) for vu in (1, 2)}
    assert len(did(outcome, "on_start")) == 2
    for told in did(outcome, "chat") + did(outcome, "lurk"):
        assert told["count"] == told["own"] + 1  # attributes last as long as the VU


def test_data_of_setup_reach_every_vu_and_teardown(run):
    outcome = run("fails")
    text = Random("7/setup").text(8)
    data = {"text": text, "vus": 2, "id": 0, "whole": 2.0, "env": "yes"}
    for told in (*did(outcome, "fail"), *did(outcome, "teardown")):
        said = ast.literal_eval(told["data"])
        assert said == data
        assert isinstance(said["whole"], float)
    assert all(told["same"] for told in did(outcome, "fail"))
    assert [told["id"] for told in did(outcome, "teardown")] == [0]
    assert outcome.of("checks") == [(1, {"check": "in setup", "group": "::setup"})]


def test_failures_are_logged_and_the_iteration_counts(run):
    outcome = run("fails")
    assert outcome.exit_code == 0
    assert len(outcome.of("iterations")) == 4
    said = "\n".join(outcome.log)
    assert "VU 1: IterationFailed: on purpose" in said
    assert "VU 1: ConnectFailed: nobody there" in said
    assert re.search(r"KeyError: 'a bug'\n\s+at ", said)


def test_a_socket_left_open_does_not_keep_the_iteration(run, start_socketio):
    with start_socketio() as origin:
        outcome = run("open", ORIGIN=origin)
    assert len(did(outcome, "leave_open")) == len(outcome.of("iterations")) == 2
    assert len(outcome.of("ws_session_duration")) == 2
    assert outcome.of("chat_disconnections") == []


def test_abort_ends_the_test_after_the_finally_clauses(run):
    outcome = run("abort")
    assert outcome.exit_code == 108
    assert len(did(outcome, "finally")) == 1
    assert len(did(outcome, "teardown")) == 1
    assert "test aborted: that is enough" in "\n".join(outcome.log)


@pytest.mark.parametrize(("what", "code"), [("fails", 107), ("aborts", 108)])
def test_a_setup_that_ends_early_ends_the_test(run, what, code):
    outcome = run("picks", SETUP=what)
    assert outcome.exit_code == code
    assert "no test today" in "\n".join(outcome.log)
    assert outcome.of("iterations") == []


def test_wait_time_belongs_to_the_iteration(run):
    outcome = run("waits")
    assert [value >= 200 for value, _ in outcome.of("iteration_duration")] == [True, True]
    assert [told["data"] for told in did(outcome, "only")] == [None, None]


def test_a_seed_is_drawn_and_said_where_none_is_given(run):
    outcome = run("picks", seed="")
    (seed,) = re.findall(r"seed (\d+): give it as KTB_LOAD_SEED", "\n".join(outcome.log))
    (first,) = [told for told in did(outcome, "on_start") if told["vu"] == 1]
    assert first["text"] == Random(f"{seed}/picks/vu 1").text(8)


def test_the_environments_seed_wins(run):
    outcome = run("picks", KTB_LOAD_SEED="99")
    assert did(outcome, "on_start")[0]["text"] in {
        Random(f"99/picks/vu {n}").text(8) for n in (1, 2)
    }
