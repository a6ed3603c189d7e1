"""k6: our own export of the very locustfile that we run, and scripts written for it by hand."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from benchmarks.node import ROOT
from benchmarks.peers.peer import Command, Job, Peer, Work
from benchmarks.peers.plan import read_summary, write_plan


def binary() -> str:
    """Where the tests look for it, too."""
    local = ROOT / ".tools" / "k6"
    return os.environ.get("K6_BINARY") or (str(local) if local.exists() else "k6")


def _absent(work: Work) -> str:
    return "" if shutil.which(binary()) else "no k6: `make .tools/k6` builds it where Go is"


def _export(job: Job) -> Command:
    out = job.scratch / "k6"
    export = [sys.executable, "-m", "ktb_load", "export", str(job.work.ours)]
    export += ["--plan", str(write_plan(job)), "--out", str(out)]
    subprocess.run(export, check=True, capture_output=True)
    urls = ["-e", f"BASE_URL={job.origin}"]
    if job.socket_origin:
        urls += ["-e", f"SOCKET_URL={job.socket_origin}"]
    return _run(job, out / f"{job.work.ours.stem}.js", urls)


def _by_hand(job: Job) -> Command:
    return _run(job, job.work.script("k6.js"), [])


def _run(job: Job, script: Path, options: list[str]) -> Command:
    arguments = [binary(), "run", "--quiet", "--no-usage-report", *options]
    for name, value in job.environment.items():
        arguments += ["-e", f"{name}={value}"]
    arguments += ["--summary-export", str(job.scratch / "summary.json"), str(script)]
    return Command(arguments, lambda: read_summary(job))


def _absent_by_hand(work: Work) -> str:
    missing = "" if work.script("k6.js").exists() else "no script by hand for this"
    return missing or _absent(work)


K6 = Peer("k6", "k6, our export", _absent, _export)
K6_BY_HAND = Peer("k6-by-hand", "k6, by hand", _absent_by_hand, _by_hand)
