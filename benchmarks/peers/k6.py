"""k6: our own export of the very locustfile that we run, and scripts written for it by hand."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from benchmarks.node import ROOT
from benchmarks.peers.peer import WORK, Command, Job, Peer
from benchmarks.peers.plan import read_summary, write_plan


def _binary() -> str:
    """Where the tests look for it, too."""
    local = ROOT / ".tools" / "k6"
    return os.environ.get("K6_BINARY") or (str(local) if local.exists() else "k6")


def _absent(case: str) -> str:
    return "" if shutil.which(_binary()) else "no k6: `make .tools/k6` builds it where Go is"


def _export(job: Job) -> Command:
    export = [sys.executable, "-m", "ktb_load", "export", str(job.work / "ours.py")]
    export += ["--plan", str(write_plan(job)), "--out", str(job.scratch / "k6")]
    subprocess.run(export, check=True, capture_output=True)
    return _run(job, str(job.scratch / "k6" / "ours.js"))


def _by_hand(job: Job) -> Command:
    return _run(job, str(job.work / "k6.js"))


def _run(job: Job, script: str) -> Command:
    arguments = [_binary(), "run", "--quiet", "--no-usage-report", "-e", f"BASE_URL={job.origin}"]
    for name, value in job.environment.items():
        arguments += ["-e", f"{name}={value}"]
    arguments += ["--summary-export", str(job.scratch / "summary.json"), script]
    return Command(arguments, lambda: read_summary(job))


def _absent_by_hand(case: str) -> str:
    missing = "" if (WORK / case / "k6.js").exists() else "no script by hand for this case"
    return missing or _absent(case)


K6 = Peer("k6", "k6, our export", _absent, _export)
K6_BY_HAND = Peer("k6-by-hand", "k6, by hand", _absent_by_hand, _by_hand)
