"""wrk: what a request costs when nothing but HTTP is done: no checks, no users, no metrics but one.

It is no peer but the floor. Where it is not installed, Debian's package is unpacked into the clone.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

from benchmarks.node import ROOT
from benchmarks.peers.peer import Command, Job, Peer, Report, Work

FOLDER = ROOT / ".tools" / "bench" / "wrk"
_PACKAGES = ("wrk", "libluajit-5.1-2", "libluajit-5.1-common")
_LATENCY = re.compile(r"^\s+(50|95)% +([\d.]+)(us|ms|s)$", re.MULTILINE)
_MS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


def _absent(work: Work) -> str:
    if not work.script("wrk.lua").exists():
        return "wrk speaks HTTP only"
    return "" if _binary() else "wrk is not installed, and this is no Debian that has it"


@cache
def _binary() -> str:
    unpacked = FOLDER / "usr" / "bin" / "wrk"
    if not unpacked.exists() and not shutil.which("wrk"):
        FOLDER.mkdir(parents=True, exist_ok=True)
        _quietly("apt-get", "download", *_PACKAGES)
        for package in FOLDER.glob("*.deb"):
            _quietly("dpkg", "-x", package.name, ".")
    return str(unpacked) if unpacked.exists() else shutil.which("wrk") or ""


def _quietly(*command: str) -> None:
    if shutil.which(command[0]):
        subprocess.run(command, cwd=FOLDER, capture_output=True, check=False)


def _command(job: Job) -> Command:
    work = job.work
    seconds = int(work.settle_s + work.window_s + 2)
    arguments = [_binary(), "-t1", f"-c{work.users}", f"-d{seconds}s", "--latency"]
    arguments += ["-s", str(work.script("wrk.lua")), job.origin]
    libraries = {"LD_LIBRARY_PATH": ":".join(map(str, FOLDER.glob("usr/lib/*")))}
    output = job.scratch / "output.txt"
    return Command(arguments, lambda: read(output), environment=libraries, stops_when_told=False)


def read(output: Path) -> Report:
    """The report out of what wrk prints."""
    text = output.read_text()
    times = {share: float(value) * _MS[unit] for share, value, unit in _LATENCY.findall(text)}
    told = re.search(r"^\s+(\d+) requests in", text, re.MULTILINE)
    wrong = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
    assert told is not None
    return Report(
        int(told[1]), times["50"], times.get("95", times["50"]), int(wrong[1]) if wrong else 0
    )


WRK = Peer("wrk", "wrk (the floor)", _absent, _command)
