"""Two systems in one run: each keeps its host, its plan, its people and its thresholds."""

import json

import pytest

from tests.servers.process import Server

pytestmark = pytest.mark.system
PEOPLE = {"ktb-chat": ("chat", 2), "nest-chat": ("talk", 4)}
"""System -> the task, and how many people; so that their numbers differ."""


@pytest.fixture(scope="module")
def servers(start_reference):
    with start_reference() as ktb, start_reference(system="nest-chat") as nest:
        yield {"ktb-chat": ktb, "nest-chat": nest}


@pytest.fixture
def run(runner, tmp_path):
    """Run plans of both systems from a folder of their own."""
    for system, (task, people) in PEOPLE.items():
        folder = tmp_path / "config" / system
        folder.mkdir(parents=True)
        env = {"ROOM_SIZE": str(people), "MESSAGES": "1", "ACCOUNTS_PER_SECOND": "100"}
        scenario = {"executor": "per-vu-iterations", "vus": people, "exec": task, "env": env}
        plan = {"scenarios": {"visit": {**scenario, "maxDuration": "30s"}}}
        plan["thresholds"] = {"chat_messages_sent": [f"count=={people}"], "checks": ["rate==1"]}
        (folder / "quick.yaml").write_text(json.dumps(plan), "utf-8")
        (folder / f"{system}-alone.yaml").write_text(json.dumps(plan), "utf-8")
    locustfiles = runner.cwd / "locustfiles"
    runner.cwd = tmp_path

    def start(*arguments, module="locust", folder=False):
        begin = ("run",) if module == "ktb_load" else ("--headless",)
        names = [""] if folder else ["chat.py", "nest_chat.py"]
        files = ",".join(str(locustfiles / name) for name in names)
        return runner(module, *begin, "-f", files, *arguments)

    return start


def where(servers: dict[str, Server]) -> list[str]:
    hosts = ",".join(f"{system}={server.rest}" for system, server in servers.items())
    return ["--host", hosts, "--socket-host", servers["ktb-chat"].socket]


@pytest.mark.parametrize("plan", ["quick", "ktb-chat/quick,nest-chat/nest-chat-alone"])
def test_each_system_runs_its_own_plan_and_is_judged_by_its_own_samples(
    run, servers, tmp_path, plan, processes
):
    summary = tmp_path / "summary.json"
    ended = run(
        "--plan", plan, *where(servers), "--summary-export", str(summary), *processes,
    )  # fmt: skip
    assert ended.code == 0, ended.err + ended.out
    assert "Traceback" not in ended.err
    metrics = json.loads(summary.read_text("utf-8"))["metrics"]
    for system, (_, people) in PEOPLE.items():
        assert metrics[f"chat_messages_sent{{system:{system}}}"]["count"] == people
        assert metrics[f"checks{{system:{system}}}"]["fails"] == 0
    assert metrics["chat_messages_sent"]["count"] == sum(n for _, n in PEOPLE.values())


def test_a_folder_of_locustfiles_runs_the_systems_that_plans_are_named_for(run, servers):
    """Of all systems that there are; the servers of the others are not even asked for."""
    plans = "ktb-chat/quick,nest-chat/quick"
    ended = run("--plan", plans, *where(servers), folder=True)
    assert ended.code == 0, ended.err + ended.out
    assert "checks{system:nest-chat}" in ended.out.replace(" ", "")


def test_a_threshold_that_is_crossed_is_named_with_its_system(run, servers, tmp_path):
    plan = tmp_path / "config" / "nest-chat" / "quick.yaml"
    plan.write_text(plan.read_text("utf-8").replace("count==4", "count==5"), "utf-8")
    ended = run("--plan", "quick", *where(servers), module="ktb_load")
    assert ended.code == 99
    crossed = "thresholds on metrics 'chat_messages_sent{system:nest-chat}' have been crossed"
    assert crossed in ended.err


@pytest.mark.parametrize("form", ["nest-chat={},ktb-chat=http://127.0.0.1:9", "{}"])
def test_the_plan_of_one_system_leaves_the_other_alone(run, servers, form):
    """The other's server is not even asked for."""
    host = form.format(servers["nest-chat"].rest)
    ended = run("--plan", "nest-chat/quick", "--host", host)
    assert ended.code == 0, ended.err + ended.out
    assert "registered" not in ended.out


def test_without_a_plan_locust_starts_people_of_both(run, servers, tmp_path):
    stats = tmp_path / "stats"
    ended = run("-u", "4", "-r", "4", "-t", "6s", *where(servers), "--csv", str(stats))
    assert ended.code == 0, ended.err + ended.out
    requests = (tmp_path / "stats_stats.csv").read_text("utf-8")
    for name in ("ktb-chat: /api/auth/register", "nest-chat: /api/auth/dev-token"):
        assert f"POST,{name},4,0," in requests
    for name in ("ktb-chat: say", "nest-chat: say"):
        assert f"SIO,{name}," in requests


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (
            ["--plan", "quick", "--host", "http://127.0.0.1:9"],
            "one URL for 2 systems; write --host ktb-chat=URL,nest-chat=URL",
        ),
        (
            ["--plan", "quick", "--host", "nets-chat=http://127.0.0.1:9"],
            "no user class is for 'nets-chat'; did you mean `nest-chat`?",
        ),
        (
            ["--plan", "ktb-chat-alone"],
            "nest-chat has no such plan; write --plan ktb-chat/ktb-chat-alone",
        ),
        (["--plan", "nest-chat/quik"], "quik: there is no such plan; did you mean `quick`?"),
    ],
)
def test_what_cannot_be_told_whose_it_is_is_refused(run, arguments, expected):
    ended = run(*arguments)
    assert ended.code == 104
    assert expected in ended.err


def test_a_scenario_with_a_task_of_the_other_system_is_refused_with_its_place(run, tmp_path):
    plan = tmp_path / "config" / "nest-chat" / "quick.yaml"
    plan.write_text(plan.read_text("utf-8").replace('"exec": "talk"', '"exec": "lurk"'), "utf-8")
    ended = run("--plan", "quick")
    assert ended.code == 104
    assert "config/nest-chat/quick.yaml:1, scenarios.visit.exec: no task or user" in ended.err
