"""A locustfile whose iterations leave a line each in the folder ``RECORDS``, by process.

Run with ``--seed``: what an iteration picks at random says which number it has.
"""

from locust import events, task

import json
import os
import time
from pathlib import Path

from ktb_load import Counter, Trend, abort, check, group, mark_failed, setting
from ktb_load.clock import RealClock
from ktb_load.locust_host.user import LoadUser

if "CLOCK_AHEAD" in os.environ:  # this machine's clock is wrong
    RealClock.epoch = staticmethod(lambda: time.time() + float(os.environ["CLOCK_AHEAD"]))

if "SLOW_START" in os.environ:  # before ktb_load hears that the process begins
    events.init._handlers.insert(0, lambda **_: time.sleep(float(os.environ["SLOW_START"])))

RECORDS = Path(os.environ["RECORDS"])
NOTES, WEIGHTS = Counter("notes"), Trend("weights")


def record(what: str, **more: object) -> None:
    line = json.dumps({"what": what, "at": time.time(), "pid": os.getpid(), **more})
    with (RECORDS / f"{os.getpid()}.jsonl").open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")


@events.init.add_listener
def started(environment, **_):
    record("process", kind=type(environment.runner).__name__)


class CountingUser(LoadUser):
    def setup(self):
        record("setup")
        if os.environ.get("SETUP_FAILS"):
            raise RuntimeError("the house is on fire")
        return {"word": "from setup", "numbers": [1, 2, 3]}

    def teardown(self, data):
        record("teardown", data=data)
        time.sleep(float(os.environ.get("TEARDOWN_TAKES", "0")))

    def _note(self):
        record(
            "iteration",
            scenario=dict(self.vu.recorder.tags)["scenario"],
            vu=self.vu.id,
            pick=self.vu.random.text(12),
            data=self.data,
        )

    @task
    def note(self):
        self._note()
        time.sleep(setting("SLEEP", 0.02))

    @task
    def request(self):
        self._note()
        NOTES.add(2)
        WEIGHTS.add(self.vu.id)
        with group("asking"):
            answer = self.http.get("/api/health")
            check(answer, {"is answered": lambda r: r.status == 200})
            check(answer, {"is of an even VU": lambda _: self.vu.id % 2 == 0})
        time.sleep(setting("SLEEP", 0.02))

    @task
    def give_up(self):
        self._note()
        time.sleep(setting("SLEEP", 0.02))
        if self.vu.id == setting("WHO", 2) and self.vu.iteration == setting("WHEN", 3):
            abort("enough of this")

    @task
    def complain(self):
        self._note()
        if self.vu.id == 2 and self.vu.iteration == 0:
            mark_failed("this is not right")
        time.sleep(setting("SLEEP", 0.02))


if "PLAIN" in os.environ:  # without a plan, users pick among all tasks
    CountingUser.tasks = [CountingUser.note]
