"""A run whose iterations happen in workers: the master sets up, deals out shares, adds up, judges.

A worker that is lost is said loudly, and leaves the run incomplete: its part of the plan is missing
from then on, so the run cannot pass.
"""

from __future__ import annotations

from locust.env import Environment
from locust.rpc.protocol import Message
from locust.runners import STATE_MISSING, MasterRunner

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import gevent
from gevent.event import Event

from ktb_load.errors import ExitCode
from ktb_load.executors.share import Share
from ktb_load.locust_host.clocks import Clocks
from ktb_load.locust_host.orders import CLOCK, END, ORDER, REPORT, Order, Report
from ktb_load.locust_host.plan import RunPlan
from ktb_load.locust_host.run import Run
from ktb_load.metrics.shipping import receive

logger = logging.getLogger(__name__)

_SILENT_S = 15.0
"""A worker that has not reported for so long is lost."""
_LOOK_EVERY_S = 0.5
_READY_WITHIN_S = 10.0
_QUESTIONS = 5
"""So many answers about its clock we want of each worker."""
_FIRST_PAUSE_S = 0.01


@dataclass
class Worker:
    """One worker as the master sees it."""

    client_id: str
    heard_at: float
    """When it last reported, on the master's clock."""
    active: int = 0
    initialised: int = 0
    lost: bool = False
    done: Event = field(default_factory=Event)


class MasterRun(Run):
    """The master's half of a distributed run."""

    def __init__(self, environment: Environment, plan: RunPlan) -> None:
        self.id = uuid4().hex
        self._workers: dict[str, Worker] = {}
        self._clocks = Clocks()
        self._dealt = False
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

    def _begin_scenarios(self) -> None:
        """The master makes no load: it does not watch itself."""
        if self.ending is None:
            self._deal(self._ready(self._clients()))
        self.scenarios_began = self.clock.now()

    def stop(self) -> None:
        """Locust also stops the test when it has no worker left."""
        self._look_for_the_lost()
        if self._dealt and all(worker.lost for worker in self._workers.values()):
            self.abort(ExitCode.GENERIC, "every worker is lost")
        else:
            super().stop()

    def finish(self) -> None:
        if not self.finished.is_set():
            self._call_back()
            super().finish()

    def reported(self, message: Message) -> None:
        """A worker says what it has done."""
        report = Report.from_dict(message.data)
        worker = self._workers.get(message.node_id) if report.run_id == self.id else None
        if worker is None or worker.done.is_set():
            if not report.done:  # it was taken for lost, and is back
                self._end(message.node_id, report.run_id)
            return
        worker.heard_at = self.clock.now()
        receive(self.store, report.shipment)
        worker.active, worker.initialised = report.active, report.initialised
        self.counts["completed"] += report.completed
        self.counts["interrupted"] += report.interrupted
        for failure in report.failures:
            self.mark_failed(failure)
        if report.done and report.gave_up:
            self._lose(worker, f"gave up, {report.gave_up}")
        elif report.done:
            worker.active = 0
            worker.done.set()
        if report.abort is not None:
            self.abort(ExitCode.SCRIPT_ABORTED, report.abort)

    def told_the_time(self, message: Message) -> None:
        """A worker answers what its clock says."""
        said = message.data
        self._clocks.answered(message.node_id, said["asked_at"], said["theirs"], self.clock.epoch())

    def joined(self, client_id: str) -> None:
        """A worker has come."""
        if self._dealt and not self.finished.is_set() and client_id not in self._workers:
            logger.warning(
                "worker %s came after the test had begun: it takes no part in it%s",
                client_id,
                ", and users that Locust moves there do nothing" if self.plan.free else "",
            )

    def _run_scenarios(self) -> None:
        while not all(worker.done.is_set() for worker in self._workers.values()):
            gevent.sleep(_LOOK_EVERY_S)
            self._look_for_the_lost()

    def _clients(self) -> list[str]:
        """The workers that are there, in the order in which they came."""
        clients = self._master.clients
        there = [*clients.ready, *clients.spawning, *clients.running]
        return sorted((client.id for client in there), key=self._master.get_worker_index)

    def _ready(self, clients: Sequence[str]) -> list[str]:
        """Those who answer. Locust calls a worker ready a moment before it listens to us."""
        clocks, deadline = self._clocks, self.clock.now() + _READY_WITHIN_S
        asked, pause_s = set(clients), _FIRST_PAUSE_S
        while asked and self.clock.now() < deadline:
            for client_id in asked:
                question = {"asked_at": self.clock.epoch()}
                self._master.send_message(CLOCK, question, client_id)
            gevent.sleep(pause_s)
            pause_s = min(2 * pause_s, _LOOK_EVERY_S)
            asked = {client_id for client_id in asked if clocks.answers(client_id) < _QUESTIONS}
        for complaint in clocks.complaints():
            logger.warning("%s", complaint)
        for client_id in asked:
            logger.warning("worker %s does not answer: it takes no part", client_id)
        return [client_id for client_id in clients if client_id not in asked]

    def _deal(self, clients: Sequence[str]) -> None:
        """Give every worker its share."""
        if not clients:
            self.abort(ExitCode.GENERIC, "there is no worker")
        now = self.clock.now()
        self._workers = {client_id: Worker(client_id, now) for client_id in clients}
        self._dealt = True
        for index, client_id in enumerate(clients):
            order = self._order(Share(index, len(clients)))
            self._master.send_message(ORDER, order.to_dict(), client_id)

    def _order(self, share: Share) -> Order:
        names = ("host", "socket_host")
        return Order(
            run_id=self.id,
            plan=self.plan.name,
            values=self.plan.values,
            seed=self.seed,
            driver=self.plan.driver,
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
            self._end(worker.client_id, self.id)
        deadline = self.clock.now() + _SILENT_S
        for worker in working:
            while not worker.done.wait(_LOOK_EVERY_S):
                self._look_for_the_lost()
                if self.clock.now() > deadline:
                    self._lose(worker, "does not end")

    def _end(self, client_id: str, run_id: str) -> None:
        self._master.send_message(END, {"run_id": run_id}, client_id)

    def _look_for_the_lost(self) -> None:
        for worker in self._workers.values():
            client = self._master.clients.get(worker.client_id)
            if worker.done.is_set():
                continue
            if client is None or client.state == STATE_MISSING:
                self._lose(worker, "is gone")
            elif self.clock.now() - worker.heard_at > _SILENT_S:
                self._lose(worker, f"has not reported for {_SILENT_S:g} s")

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
    """Hand what workers say to the run that is on."""
    from ktb_load.locust_host.host import host_of  # noqa: PLC0415  # both need each other

    def run() -> MasterRun | None:
        run = host_of(environment).run
        return run if isinstance(run, MasterRun) else None

    def reported(environment: Environment, msg: Message) -> None:
        if on := run():
            on.reported(msg)

    def told_the_time(environment: Environment, msg: Message) -> None:
        if on := run():
            on.told_the_time(msg)

    def joined(client_id: str, **_: Any) -> None:
        if on := run():
            on.joined(client_id)

    assert environment.runner is not None
    environment.runner.register_message(REPORT, reported)
    environment.runner.register_message(CLOCK, told_the_time)
    environment.events.worker_connect.add_listener(joined)
