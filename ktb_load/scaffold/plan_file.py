"""The plans: whether everything works, and an ordinary load to begin with."""

from __future__ import annotations

import json
from collections.abc import Sequence

from ktb_load.scaffold.flow import Task
from ktb_load.scaffold.project_names import Names
from ktb_load.scaffold.session import Session

_THRESHOLDS = """
thresholds:
  # Nearly nothing fails, and what the tasks check is right. Rates go from 0 to 1.
  http_req_failed: ["rate<0.01"]
  checks: ["rate>0.99"]
"""


_SOCKETS = """\
  # Sockets: what is asked is answered, and nobody hangs up.
  chat_timeouts: ["count==0"]
  chat_unexpected_disconnections: ["count==0"]
"""


def smoke(session: Session, names: Names, tasks: Sequence[Task]) -> str:
    """Every task, a few times."""
    rows = [
        f"  {task.name}: {{ executor: per-vu-iterations, iterations: 2, maxDuration: 1m,"
        f" exec: {task.name} }}\n"
        for task in tasks
    ]
    return "".join(
        [
            "# smoke: does everything work at all? Every task, twice.\n",
            "# Run it first, and in CI on every change:\n",
            f"# locust -f locustfiles/{names.module}.py --plan smoke --headless\n\n",
            *_cookies(session),
            "scenarios:\n",
            *rows,
            _THRESHOLDS,
            *_of_sockets(tasks),
            "  # A run in which nothing happened proves nothing.\n",
            '  iterations: ["count>0"]\n',
        ]
    )


def load(session: Session, names: Names, tasks: Sequence[Task]) -> str:
    """People come, stay and go."""
    slow = ""
    if session.steps:
        slow = "  # Signing in hashes passwords, which is slow on purpose.\n" + "".join(
            f'  {json.dumps(f"http_req_duration{{name:{one.path}}}")}: ["p(95)<1000"]\n'
            for one in session.steps
        )
    return "".join(
        [
            "# load: an ordinary hour, shortened. Change the numbers to those of yours:\n",
            f"# locust -f locustfiles/{names.module}.py --plan load --headless\n\n",
            *_cookies(session),
            "scenarios:\n",
            "  visits:\n",
            "    executor: ramping-vus\n",
            "    startVUs: 0\n",
            "    stages:\n",
            "      - { duration: 30s, target: 20 }  # people come\n",
            "      - { duration: 2m, target: 20 }  # stay\n",
            "      - { duration: 10s, target: 0 }  # and go\n",
            "    gracefulRampDown: 30s\n",
            "    # no `exec`: every visit is one of the tasks, by their weights\n",
            _THRESHOLDS,
            *_of_sockets(tasks),
            "  # Milliseconds.\n",
            '  http_req_duration: ["p(95)<500"]\n',
            slow,
            '  chat_round_trip: ["p(95)<500"]\n' if _of_sockets(tasks) else "",
        ]
    )


def _of_sockets(tasks: Sequence[Task]) -> list[str]:
    return [_SOCKETS] if any(task.socket for task in tasks) else []


def _cookies(session: Session) -> list[str]:
    if not session.by_cookie:
        return []
    return ["# The session is a cookie, which k6 would forget after each iteration.\n",
            "noCookiesReset: true\n\n"]  # fmt: skip
