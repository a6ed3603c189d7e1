"""Projects that `ktb-load new` wrote, run against real servers: by Locust, and by k6 as exports."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.system
ROOT = Path(__file__).parents[3]
DOCUMENTS = ROOT / "tests" / "documents"

PROJECTS = {
    "the page of KTB Chat, and its sockets": (
        "ktb-chat",
        ("--dialect", "documented"),
        ("--openapi", "ktb-chat.swagger-page.txt", "--asyncapi", "ktb-chat.asyncapi.yaml"),
        {"join_room: answered", "chat_message: answered", "create_room answers 201"},
    ),
    "the document of KTB Chat": (
        "ktb-chat",
        ("--dialect", "documented"),
        ("--openapi", "ktb-chat.openapi.json"),
        {"register_user answers 201 or 409", "join_room answers 200", "delete_account answers 200"},
    ),
    "a Postman collection in a post": (
        "nest-chat",
        (),
        ("--postman", "soapft-chat.post.md"),
        {"auth_dev_token answers 200 or 201", "delete_chat_room_leave answers 2xx"},
    ),
    "a plain WebSocket": (
        "login-notify",
        (),
        ("--openapi", "login-notify.openapi.yaml", "--asyncapi", "login-notify.asyncapi.yaml"),
        {"refresh answers 200", "chat connected", "notification: answered"},
    ),
}


def command(folder, *arguments, **environment):
    return subprocess.run(
        [*map(str, arguments)],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=180,
        check=False,
    )


@pytest.fixture
def project(tmp_path):
    """``project(options)``: an empty folder, and in it a project called ``mine``."""

    def build(options):
        named = [one if one.startswith("--") else str(DOCUMENTS / one) for one in options]
        written = command(tmp_path, sys.executable, "-m", "ktb_load", "new", "mine", *named)
        assert written.returncode == 0, written.stderr
        assert "try it: locust -f locustfiles/mine.py --plan smoke --headless" in written.stdout
        return tmp_path

    return build


def checks(summary):
    """Check -> whether it passed every time."""
    found = {}

    def walk(group):
        for one in group["checks"].values():
            found[one["name"]] = one["passes"] > 0 and one["fails"] == 0
        for below in group["groups"].values():
            walk(below)

    walk(json.loads(summary.read_text(encoding="utf-8"))["root_group"])
    return found


@pytest.mark.parametrize("case", PROJECTS)
def test_locust_runs_it_and_everything_passes(case, project, start_reference):
    system, options, documents, expected = PROJECTS[case]
    folder = project(documents)
    with start_reference(*options, system=system) as server:
        run = ["--plan", "smoke", "--headless", "--summary-export", "locust.json"]
        hosts = ["--host", server.rest, "--socket-host", server.socket]
        file = ["-f", "locustfiles/mine.py"]
        ended = command(folder, sys.executable, "-m", "locust", *file, *run, *hosts)
    assert ended.returncode == 0, ended.stdout[-3000:] + ended.stderr[-3000:]
    found = checks(folder / "locust.json")
    assert expected <= found.keys()
    assert [name for name, passed in found.items() if not passed] == []


@pytest.mark.k6
@pytest.mark.parametrize("case", PROJECTS)
def test_k6_runs_its_export_and_checks_the_same(case, project, start_reference, k6):
    system, options, documents, expected = PROJECTS[case]
    folder = project(documents)
    export = ["export", "locustfiles/mine.py", "--plan", "smoke", "--out", "k6"]
    checked = command(folder, sys.executable, "-m", "ktb_load", "check", "locustfiles/mine.py")
    assert checked.returncode == 0, checked.stdout
    written = command(folder, sys.executable, "-m", "ktb_load", *export)
    assert written.returncode == 0, written.stderr
    with start_reference(*options, system=system) as server:
        hosts = ["-e", f"BASE_URL={server.rest}", "-e", f"SOCKET_URL={server.socket}"]
        ended = command(folder, k6, "run", "--summary-export", "k6.json", *hosts, "k6/mine.js")
    assert ended.returncode == 0, ended.stdout[-3000:] + ended.stderr[-3000:]
    found = checks(folder / "k6.json")
    assert expected <= found.keys()
    assert [name for name, passed in found.items() if not passed] == []


def test_ktb_load_runs_it_by_its_name(project, start_reference):
    folder = project(PROJECTS["a Postman collection in a post"][2])
    with start_reference(system="nest-chat") as server:
        run = ["run", "--system", "mine", "--plan", "smoke", "--host", server.rest]
        ended = command(folder, sys.executable, "-m", "ktb_load", *run)
    assert ended.returncode == 0, ended.stdout[-3000:] + ended.stderr[-3000:]


def test_an_answer_that_is_not_as_documented_fails_the_run_and_is_named(project, start_reference):
    folder = project(("--openapi", "ktb-chat.openapi.json"))
    with start_reference("--dialect", "deployed") as server:
        run = ["--plan", "smoke", "--headless", "--host", server.rest]
        ended = command(folder, sys.executable, "-m", "locust", "-f", "locustfiles/mine.py", *run)
    assert ended.returncode == 99
    assert "✗ _id is in the answer" in ended.stdout
    assert "answers 201 without _id" in ended.stdout + ended.stderr


def test_files_that_are_there_are_not_written_over(project):
    folder = project(("--openapi", "shop.openapi.yaml"))
    again = ["new", "mine", "--openapi", DOCUMENTS / "login-notify.openapi.yaml"]
    refused = command(folder, sys.executable, "-m", "ktb_load", *again)
    assert refused.returncode == 104
    assert refused.stderr.splitlines() == [
        f"{name}: it is there already; choose another name, or write over it with --force"
        for name in (
            "locustfiles/mine_user.py",
            "locustfiles/mine.py",
            "config/mine/smoke.yaml",
            "config/mine/load.yaml",
        )
    ]
    forced = command(folder, sys.executable, "-m", "ktb_load", *again, "--force")
    assert forced.returncode == 0, forced.stderr


def test_nothing_to_begin_from(tmp_path):
    refused = command(tmp_path, sys.executable, "-m", "ktb_load", "new", "mine")
    assert refused.returncode == 104
    assert refused.stderr == (
        "ktb-load new: there is nothing to begin from;"
        " give --openapi, --asyncapi or --postman, or several of them\n"
    )
