"""ktb-load export, check and compare, as people call them."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from ktb_load.catalog import locustfiles

pytestmark = pytest.mark.system
ROOT = Path(__file__).parents[3]
SCRIPTS = ROOT / "k6_export" / "scripts"
SYSTEMS = locustfiles(ROOT / "locustfiles")
OUTSIDE = """
from locust import task

from ktb_load import check, think
from ktb_load.systems.ktb_chat import KtbChatUser


class U(KtbChatUser):
    @task
    def quiet(self):
        think(0)
"""


def ktb_load(*arguments, cwd=ROOT, timeout=300):
    return subprocess.run(
        [sys.executable, "-m", "ktb_load", *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=timeout,
        check=False,
    )


@pytest.mark.parametrize("system", sorted(path.name for path in SCRIPTS.iterdir()))
def test_the_exports_that_we_ship_are_what_their_sources_give(system):
    ended = ktb_load("export", "--check", f"k6_export/scripts/{system}")
    assert ended.returncode == 0, ended.stdout[-3000:]


@pytest.mark.k6
@pytest.mark.parametrize(
    "script", sorted(SCRIPTS.glob("*/*.js")), ids=lambda path: f"{path.parent.name}/{path.stem}"
)
def test_k6_accepts_every_script_that_we_ship(script, k6):
    command = [k6, "inspect", "--execution-requirements", str(script)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 0, ended.stderr
    assert json.loads(ended.stdout)["maxVUs"] > 0


def test_an_export_that_was_changed_or_is_stale_is_told_with_the_difference(tmp_path):
    assert (
        ktb_load("export", "locustfiles/chat.py", "--plan", "smoke", "--out", tmp_path).returncode
        == 0
    )
    assert ktb_load("export", "--check", tmp_path).returncode == 0
    script = tmp_path / "chat.js"
    script.write_text(script.read_text("utf-8").replace('"20s"', '"21s"'), encoding="utf-8")
    ended = ktb_load("export", "--check", tmp_path)
    assert ended.returncode == 1
    assert '-      "duration": "21s",' in ended.stdout
    assert "is not what its sources give now; write it again with: ktb-load export" in ended.stdout


def test_an_export_is_the_same_every_time(tmp_path):
    for name in ("one", "two"):
        ktb_load("export", "locustfiles/chat.py", "--plan", "light", "--out", tmp_path / name)
    one = {p.name: p.read_bytes() for p in (tmp_path / "one").rglob("*.js")}
    assert one == {p.name: p.read_bytes() for p in (tmp_path / "two").rglob("*.js")}
    assert one


def test_all_refusals_come_at_once_with_their_places(tmp_path):
    locustfile = tmp_path / "mine.py"
    body = "        import random\n        random.random()\n        open('x')\n        yield 1\n"
    locustfile.write_text(OUTSIDE + body, encoding="utf-8")
    ended = ktb_load("check", "mine.py", cwd=tmp_path)
    assert ended.returncode == 104
    assert ended.stdout.splitlines() == [
        "mine.py:13:9: random.random cannot be exported;"
        " use self.vu.random: it is seeded, and the same in k6",
        "mine.py:14:9: the name 'open' cannot be exported;"
        " put the data into a constant of the module",
        "mine.py:15:9: yield cannot be exported; collect into a list and return it",
    ]
    problems = json.loads(ktb_load("check", "mine.py", "--format", "json", cwd=tmp_path).stdout)
    assert [problem["place"] for problem in problems] == [
        "mine.py:13:9",
        "mine.py:14:9",
        "mine.py:15:9",
    ]


def test_a_plan_that_names_no_task_is_refused(tmp_path):
    plan = tmp_path / "plan.yaml"
    plan.write_text(
        "scenarios: {a: {executor: per-vu-iterations, exec: chatt}}\n", encoding="utf-8"
    )
    ended = ktb_load("export", "locustfiles/chat.py", "--plan", plan, "--out", tmp_path / "out")
    assert ended.returncode == 104
    assert "scenarios.a.exec: no task or user class 'chatt'; known are: chat, lurk" in ended.stderr
    assert not (tmp_path / "out").exists()


def test_a_wait_time_beside_an_arrival_rate_is_refused_by_both_runners(tmp_path):
    plan = tmp_path / "plan.yaml"
    rate = "{executor: constant-arrival-rate, rate: 1, duration: 1s, preAllocatedVUs: 1}"
    plan.write_text(f"scenarios: {{a: {rate}}}\n", encoding="utf-8")
    (tmp_path / "mine.py").write_text(OUTSIDE + "\n    wait_time = between(1, 2)\n", "utf-8")
    text = (tmp_path / "mine.py").read_text("utf-8")
    imported = text.replace("from locust import task", "from locust import between, task")
    (tmp_path / "mine.py").write_text(imported, encoding="utf-8")
    for command in (["export"], ["inspect", "-f"]):
        ended = ktb_load(*command, "mine.py", "--plan", plan, cwd=tmp_path)
        assert ended.returncode == 104
        assert "U has a wait_time, and constant-arrival-rate paces by itself" in ended.stderr


def test_people_of_two_systems_are_no_one_script(tmp_path):
    both = OUTSIDE.replace(
        "\n\nclass U(", "\nfrom ktb_load.systems.nest_chat import NestChatUser\n\nclass U("
    )
    text = both + "\n\nclass N(NestChatUser):\n    @task\n    def go(self):\n        think(0)\n"
    (tmp_path / "mine.py").write_text(text, "utf-8")
    ended = ktb_load("check", "mine.py", cwd=tmp_path)
    assert ended.returncode == 104
    assert ended.stdout == (
        "mine.py: people of ktb-chat and nest-chat;"
        " write a locustfile for each system: k6 runs their scripts side by side\n"
    )


def test_every_plan_of_a_system_is_exported_at_once(tmp_path):
    ended = ktb_load("export", "--system", "nest-chat", "--every-plan", "--out", tmp_path)
    assert ended.returncode == 0, ended.stderr
    plans = {path.stem for path in (ROOT / "config" / "nest-chat").iterdir()}
    assert {path.stem for path in tmp_path.glob("*.js")} == {f"nest_chat-{n}" for n in plans}


def test_files_that_an_export_no_longer_has_are_taken_away(tmp_path):
    shutil.copytree(SCRIPTS / "ktb-chat", tmp_path / "out")
    ktb_load("export", "locustfiles/chat.py", "--plan", "smoke", "--out", tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out").glob("*.js")) == ["chat.js"]


LEFT_OUT = {"meeting": ["left out: 6 requests for event streams, which k6 cannot read"]}


@pytest.mark.k6
@pytest.mark.parametrize(
    ("system", "options"),
    [
        *(pytest.param(name, [], id=name) for name in SYSTEMS),
        pytest.param("ktb-chat", ["--dialect", "documented"], id="ktb-chat documented"),
    ],
)
def test_both_runners_do_the_same(k6, system, options):
    ended = ktb_load("compare", SYSTEMS[system], "--plan", "smoke", *options, "--k6", k6)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    lines = ended.stdout.splitlines()
    plan = yaml.safe_load((ROOT / "config" / system / "smoke.yaml").read_text("utf-8"))
    for scenario in (*plan["scenarios"], "setup"):
        assert any(line.startswith(f"{scenario} 0: identical") for line in lines), ended.stdout
    assert lines[lines.index("exit code: identical") :] == [
        *(f"{what}: identical" for what in ("exit code", "metrics", "checks", "thresholds")),
        *LEFT_OUT.get(system, []),
    ]
