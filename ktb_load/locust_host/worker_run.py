"""A worker's share of a run: the scenarios, and nothing else. Set-up, verdict and summary are the
master's.
"""

from __future__ import annotations

from locust.env import Environment
from locust.runners import WorkerRunner

from collections.abc import Mapping
from socket import gethostname
from typing import Any

import gevent
from gevent.pool import Group

from ktb_load.errors import ExitCode
from ktb_load.executors.share import Share
from ktb_load.locust_host.orders import REPORT, Order, Report
from ktb_load.locust_host.plan import RunPlan
from ktb_load.locust_host.run import Ending, Run
from ktb_load.locust_host.shared_data import freeze
from ktb_load.metrics.generator import WORKER
from ktb_load.metrics.shipping import Shipper

_REPORT_EVERY_S = 1.0
_MASTER_SILENT_S = 15.0


class WorkerRun(Run):
    """The worker's half of a distributed run."""

    def __init__(self, environment: Environment, plan: RunPlan, order: Order) -> None:
        self.id = order.run_id
        self._group = Group()
        self._expected_vus = order.expected_vus
        super().__init__(environment, plan, Share(*order.share))
        self.setup_data = {name: freeze(data) for name, data in order.setup_data.items()}
        self._shipper = Shipper(self.store)
        self._failures: list[str] = []
        self._wants_abort: str | None = None

    @property
    def expected_vus(self) -> int:
        return self._expected_vus

    def begin(self) -> None:
        """The master has set up; the clocks of the scenarios start."""
        self._begin_scenarios()
        gevent.spawn(self._keep_reporting)

    def finish(self) -> None:
        if self.finished.is_set():
            return
        self._self_watch.stop()
        self.complaints.sum_up()
        self._close_vus()
        self.finished.set()
        self._report(done=True)

    def _who(self) -> Mapping[str, str]:
        return {WORKER: f"{self.share.index + 1}@{gethostname()}"}

    @property
    def _gave_up(self) -> str:
        """Why this part ended early without the master's word."""
        ending = self.ending
        return "" if ending is None or ending.code is ExitCode.STOPPED_BY_API else ending.reason

    def mark_failed(self, message: str) -> None:
        self._failures.append(message)

    def abort_by_task(self, message: str) -> None:
        self._wants_abort = f"test aborted: {message}"
        self._report()

    def _announce(self, ending: Ending) -> None:
        """What the master ends it has announced."""
        if ending.code is not ExitCode.STOPPED_BY_API:
            super()._announce(ending)

    def user_counts(self) -> Mapping[str, int]:
        """How many VUs of each class are at work, for Locust's own counting."""
        counts: dict[str, int] = {}
        for greenlet in self._group:
            name = type(greenlet.args[0]).__name__ if greenlet.args else ""
            counts[name] = counts.get(name, 0) + 1
        return counts

    def _users(self) -> Group:
        """A group of our own: Locust, which was told to have no users, would stop them."""
        return self._group

    def _keep_reporting(self) -> None:
        while not self.finished.is_set():
            self._report()
            self._listen_for_the_master()
            gevent.sleep(_REPORT_EVERY_S)

    def _listen_for_the_master(self) -> None:
        """Nobody would count what we do, or end it, if the master is gone."""
        assert isinstance(self.runner, WorkerRunner)
        heard = self.runner.last_heartbeat_timestamp
        if heard is not None and self.clock.epoch() - heard > _MASTER_SILENT_S:
            reason = f"the master was silent for {_MASTER_SILENT_S:g} s: no load without it"
            self.abort(ExitCode.EXTERNAL_ABORT, reason)

    def _report(self, *, done: bool = False) -> None:
        counts, self.counts = self.counts, {"completed": 0, "interrupted": 0}
        failures, self._failures = self._failures, []
        abort, self._wants_abort = self._wants_abort, None
        report = Report(
            run_id=self.id,
            shipment=self._shipper.ship(),
            active=self.active_vus,
            initialised=self.initialised_vus,
            completed=counts["completed"],
            interrupted=counts["interrupted"],
            failures=failures,
            abort=abort,
            done=done,
            gave_up=self._gave_up,
        )
        said: dict[str, Any] = report.to_dict()
        self.runner.send_message(REPORT, said)
