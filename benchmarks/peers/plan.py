"""A job as a plan, and the summary of what ran it: the same for us and for k6."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from benchmarks.peers.peer import Job, Report, Work

MEASURED = {
    "http": ("http_req_duration", "http_reqs"),
    "socketio": ("round_trip", "checks"),
    "echo": ("round_trip", "checks"),
    "chat": ("chat_round_trip", "chat_messages_sent"),
}
"""Work -> the metric of its exchanges' latency, and the one that counts them."""


def write_plan(job: Job) -> Path:
    """The job in k6's option names."""
    scenario = {"env": job.settings, "gracefulStop": "5s", **_executor(job.work)}
    if job.work.task:
        scenario["exec"] = job.work.task
    path = job.scratch / "plan.json"
    path.write_text(json.dumps({"setupTimeout": "5m", "scenarios": {"work": scenario}}))
    return path


def _executor(work: Work) -> dict[str, Any]:
    duration = f"{work.seconds}s"
    if work.per_second:
        vus = {"preAllocatedVUs": work.users, "maxVUs": work.users, "rate": work.per_second}
        return {"executor": "constant-arrival-rate", "duration": duration, **vus}
    if not work.ramp_s:
        return {"executor": "constant-vus", "duration": duration, "vus": work.users}
    stages = [(work.ramp_s, work.users), (work.seconds - work.ramp_s, work.users)]
    return {
        "executor": "ramping-vus",
        "startVUs": 0,
        "gracefulRampDown": "0s",
        "stages": [{"duration": f"{s}s", "target": target} for s, target in stages],
    }


def read_summary(job: Job) -> Report:
    """The report of a run that wrote ``summary.json``, in k6's shape."""
    metrics = json.loads((job.scratch / "summary.json").read_text())["metrics"]
    latency, counter = (metrics[name] for name in MEASURED[job.work.name])
    count = counter["count"] if "count" in counter else counter["passes"] + counter["fails"]
    failed = int(metrics.get("checks", {}).get("fails", 0))
    return Report(int(count), latency["med"], latency["p(95)"], failed)
