"""A job as a plan, and the summary of what ran it: the same for us and for k6."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from benchmarks.peers.peer import Job, Report

MEASURED = {
    "http": ("http_req_duration", "http_reqs"),
    "socketio": ("round_trip", "checks"),
    "echo": ("chat_round_trip", "ws_msgs_received"),
}
"""Case -> the metric of its exchanges' latency, and the one that counts them."""


def write_plan(job: Job) -> Path:
    """The job in k6's option names."""
    scenario: dict[str, Any] = {"env": dict(job.settings), "gracefulStop": "5s"}
    if job.ramp_s:
        stages = [(job.ramp_s, job.users), (job.seconds - job.ramp_s, job.users)]
        scenario |= {
            "executor": "ramping-vus",
            "startVUs": 0,
            "gracefulRampDown": "0s",
            "stages": [{"duration": f"{s}s", "target": target} for s, target in stages],
        }
    else:
        duration = f"{job.seconds}s"
        scenario |= {"executor": "constant-vus", "vus": job.users, "duration": duration}
    path = job.scratch / "plan.json"
    path.write_text(json.dumps({"scenarios": {"work": scenario}}))
    return path


def read_summary(job: Job) -> Report:
    """The report of a run that wrote ``summary.json``, in k6's shape."""
    metrics = json.loads((job.scratch / "summary.json").read_text())["metrics"]
    latency, counter = (metrics[name] for name in MEASURED[job.case])
    count = counter["count"] if "count" in counter else counter["passes"] + counter["fails"]
    failed = int(metrics.get("checks", {}).get("fails", 0))
    return Report(int(count), latency["med"], latency["p(95)"], failed)
