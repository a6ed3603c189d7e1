"""docs/new-system.md, followed to the letter in a copy of the repository.

To each command only options are added: which port is free, and which k6 is meant.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.servers.process import running

pytestmark = [pytest.mark.system, pytest.mark.k6]
ROOT = Path(__file__).parents[3]
COPIED = (
    *("ktb_load", "k6_export", "locustfiles", "config", "docs/systems"),
    *("tests/house/test_systems.py", "Makefile", "pyproject.toml", "mkdocs.yml"),
)
FILE = re.compile(r"^### `([^`]+)`\n\n(`{3,})\w+\n(.*?)^\2\n", re.MULTILINE | re.DOTALL)
CONSOLE = re.compile(r"^```console\n(.*?)^```\n", re.MULTILINE | re.DOTALL)
OURS = {
    "ktb-load": [sys.executable, "-m", "ktb_load"],
    "pytest": [sys.executable, "-m", "pytest"],
}


def copy_of_the_repository(folder):
    for name in COPIED:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / name).is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / name, folder / name, ignore=ignored)
        else:
            shutil.copy(ROOT / name, folder / name)


def write_files(page, folder):
    files = {path: text for path, _, text in FILE.findall(page)}
    for path, text in files.items():
        assert not (folder / path).exists(), f"{path}: the page changes what is there"
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return files


def commands_in(page):
    blocks = CONSOLE.findall(FILE.sub("", page))
    return [line[2:] for block in blocks for line in block.splitlines() if line.startswith("$ ")]


@pytest.mark.timeout(300)
def test_the_page_about_a_new_system_works_as_it_is_written(tmp_path, k6):
    page = (ROOT / "docs" / "new-system.md").read_text("utf-8")
    copy_of_the_repository(tmp_path)
    files = write_files(page, tmp_path)
    assert len(files) == 5
    serve, *others = commands_in(page)
    env = {**os.environ, "PYTHONPATH": str(tmp_path)}

    def run(command, *added):
        program, *arguments = shlex.split(command)
        known = OURS | {"k6": [k6]}
        ended = subprocess.run(
            [*known[program], *arguments, *added],
            cwd=tmp_path,
            env=env,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert ended.returncode == 0, f"{command}\n{ended.stdout}\n{ended.stderr}"
        return ended.stdout

    program, *arguments = shlex.split(serve)
    served = [*OURS[program], *arguments, "--free-ports"]
    with running(served, tmp_path, env) as server:
        added = {
            "ktb-load run": ["--host", server.rest],
            "k6 run": ["-e", f"BASE_URL={server.rest}", "--address", ""],
            "ktb-load compare": ["--k6", k6],
        }
        said = {}
        for command in others:
            name = " ".join(command.split()[:2])
            said[name] = run(command, *added.get(name, ()))

    for name in ("ktb-load run", "k6 run"):
        assert re.search(r"✓ 'count>0' count=\d+", said[name]), said[name]
        assert "✗" not in said[name]
    *iterations, code, metrics, checks, thresholds = said["ktb-load compare"].splitlines()
    assert iterations == [
        "setup 0: identical, 12 actions",
        *(f"talk {number}: identical, 8 actions" for number in range(12)),
    ]
    judged = ["exit code", "metrics", "checks", "thresholds"]
    assert [code, metrics, checks, thresholds] == [f"{what}: identical" for what in judged]
    assert re.search(r"\d+ passed", said["pytest tests/house/test_systems.py"])
