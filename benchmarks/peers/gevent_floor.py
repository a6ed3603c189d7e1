"""gevent alone: what a message costs a Python process that looks at none of them.

It is no peer but the floor of every client whose events come from gevent's loop.
"""

from __future__ import annotations

import sys

from benchmarks.peers.peer import Command, Job, Peer, Work


def _absent(work: Work) -> str:
    return "" if work.script("floor.py").exists() else "the floor of messages only"


def _command(job: Job) -> Command:
    return Command([sys.executable, str(job.work.script("floor.py"))])


GEVENT = Peer("gevent", "gevent alone (the floor)", _absent, _command)
