"""A run whose iterations happen in workers: the master sets up, deals out shares, adds up, judges.

A worker that is lost is said loudly, and leaves the run incomplete: its part of the plan is missing
from then on, so the run cannot pass.
"""

from __future__ import annotations

from locust.env import Environment
from locust.rpc.protocol import Message
from locust.runners import STATE_MISSING, MasterRunner

import logging
import time
from dataclasses import dataclass, field

import gevent
from gevent.event import Event

from ktb_load.errors import ExitCode
from ktb_load.executors.share import Share
from ktb_load.locust_host.orders import END, ORDER, REPORT, Order, Report
from ktb_load.locust_host.plan import RunPlan
from ktb_load.locust_host.run import Run
from ktb_load.metrics.shipping import receive

logger = logging.getLogger(__name__)

_LAST_REPORT_TIMEOUT_S = 15.0
_LOOK_EVERY_S = 0.5
_CLOCKS_AGREE_S = 0.005


@dataclass
class Worker:
    """One worker as the master sees it."""

    client_id: str
    active: int = 0
    initialised: int = 0
    lost: bool = False
    done: Event = field(default_factory=Event)


class MasterRun(Run):
    """The master's half of a distributed run."""

    def __init__(self, environment: Environment, plan: RunPlan) -> None:
        self._workers: dict[str, Worker] = {}
        super().__init__(environment, plan)

    def _planned_vus(self) -> int:
        return 0

    @property
    def active_vus(self) -> int:
        return sum(worker.active for worker in self._workers.values())

    @property
    def initialised_vus(self) -> int:
        return sum(worker.initialised for worker in self._workers.values())

    @property
    def incomplete(self) -> list[str]:
        return [worker.client_id for worker in self._workers.values() if worker.lost]

    def begin(self) -> None:
        super().begin()
        if self.ending is None:
            self._deal()

    def finish(self) -> None:
        if not self.finished.is_set():
            self._call_back()
            super().finish()

    def reported(self, message: Message) -> None:
        """A worker says what it has done."""
        worker = self._workers.get(message.node_id)
        if worker is None or worker.done.is_set():
            return
        report = Report.from_dict(message.data)
        receive(self.store, report.shipment)
        worker.active, worker.initialised = report.active, report.initialised
        self.counts["completed"] += report.completed
        self.counts["interrupted"] += report.interrupted
        for failure in report.failures:
            self.mark_failed(failure)
        if report.done:
            worker.active = 0
            worker.done.set()
        if report.abort is not None:
            self.abort(ExitCode.SCRIPT_ABORTED, report.abort)

    def _run_scenarios(self) -> None:
        while not all(worker.done.is_set() for worker in self._workers.values()):
            gevent.sleep(_LOOK_EVERY_S)
            self._look_for_the_lost()

    def _deal(self) -> None:
        """Give every worker that is there its share."""
        runner = self._master
        clients = [*runner.clients.ready, *runner.clients.spawning, *runner.clients.running]
        clients.sort(key=lambda client: runner.get_worker_index(client.id))
        if not clients:
            self.abort(ExitCode.GENERIC, "there is no worker")
        self._workers = {client.id: Worker(client.id) for client in clients}
        for index, client in enumerate(clients):
            order = self._order(Share(index, len(clients)))
            runner.send_message(ORDER, order.to_dict(), client.id)

    def _order(self, share: Share) -> Order:
        names = ("host", "socket_host")
        return Order(
            plan=self.plan.name,
            values=self.plan.values,
            seed=self.seed,
            share=(share.index, share.count),
            setup_data=self.setup_data,
            hosts={
                user_class.__name__: {
                    name: getattr(user_class, name) or ""
                    for name in names
                    if hasattr(user_class, name)
                }
                for user_class in self.plan.classes
            },
            expected_vus=self.expected_vus,
        )

    def _call_back(self) -> None:
        """Have every worker end and report; what a lost one had not reported is lost with it."""
        working = [worker for worker in self._workers.values() if not worker.done.is_set()]
        for worker in working:
            self._master.send_message(END, {}, worker.client_id)
        deadline = time.monotonic() + _LAST_REPORT_TIMEOUT_S
        for worker in working:
            while not worker.done.wait(_LOOK_EVERY_S):
                self._look_for_the_lost()
                if time.monotonic() > deadline:
                    self._lose(worker, "does not answer")

    def _look_for_the_lost(self) -> None:
        for worker in self._workers.values():
            client = self._master.clients.get(worker.client_id)
            if not worker.done.is_set() and (client is None or client.state == STATE_MISSING):
                self._lose(worker, "is gone")

    def _lose(self, worker: Worker, why: str) -> None:
        logger.error(
            "worker %s %s: the %d VUs that it had are missing from now on, the run is incomplete",
            worker.client_id,
            why,
            worker.initialised,
        )
        worker.lost, worker.active = True, 0
        worker.done.set()

    @property
    def _master(self) -> MasterRunner:
        assert isinstance(self.runner, MasterRunner)
        return self.runner


def listen(environment: Environment) -> None:
    """Hand the reports of workers to the run that is on."""
    from ktb_load.locust_host.host import host_of  # noqa: PLC0415  # both need each other

    def reported(environment: Environment, msg: Message) -> None:
        run = host_of(environment).run
        if isinstance(run, MasterRun):
            run.reported(msg)

    assert environment.runner is not None
    environment.runner.register_message(REPORT, reported)
