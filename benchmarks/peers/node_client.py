"""Node with socket.io-client: what deployments ship, and what many write their own load with."""

from __future__ import annotations

import json

from benchmarks import node
from benchmarks.peers.peer import Command, Job, Peer, Report, Work


def _absent(work: Work) -> str:
    if not work.script("node.mjs").exists():
        return "socket.io-client speaks Socket.IO only"
    return node.install()


def _command(job: Job) -> Command:
    return Command(
        [node.BINARY, f"tasks/{job.work.name}/node.mjs"],
        lambda: Report(**json.loads((job.scratch / "report.json").read_text())),
        node.FOLDER,
    )


NODE = Peer("node", "Node socket.io-client", _absent, _command)
