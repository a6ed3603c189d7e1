"""What a worker process does: it waits for orders. Plan, progress and verdict are the master's."""

from __future__ import annotations

from locust.env import Environment
from locust.rpc.protocol import Message

import logging
import os
import signal
from collections.abc import Mapping
from types import FrameType
from typing import Any

from ktb_load.clock import RealClock
from ktb_load.errors import ExitCode
from ktb_load.locust_host.free_scene import FreeScene, stand_by
from ktb_load.locust_host.orders import CLOCK, END, ORDER, REPORT, Order, Report
from ktb_load.locust_host.plan import plan_from_master
from ktb_load.locust_host.user import LoadUser
from ktb_load.locust_host.worker_run import WorkerRun

logger = logging.getLogger(__name__)

_END_TIMEOUT_S = 10.0


class WorkerHost:
    """The bridge of a worker's Locust environment."""

    def __init__(self, environment: Environment) -> None:
        self.environment = environment
        self.run: WorkerRun | None = None
        self._scene: FreeScene | None = None
        self._signals = 0

    def prepare(self) -> None:
        """Listen to the master."""
        runner = self.environment.runner
        assert runner is not None
        runner.register_message(CLOCK, self._asked_for_the_time)
        runner.register_message(ORDER, self._ordered, concurrent=True)
        runner.register_message(END, self._end, concurrent=True)
        self.environment.events.quitting.add_listener(self.quitting)
        self.environment.events.report_to_master.add_listener(self._count_users)
        signal.signal(signal.SIGINT, self._interrupted)

    def test_started(self) -> None:
        """Locust begins a test; we begin when the order comes."""

    def test_stopping(self) -> None:
        """Locust is about to stop its users; ours are stopped together with the run."""

    def test_stopped(self) -> None:
        """The master wants no more."""
        self._conclude(ExitCode.STOPPED_BY_API, "stopped by the master")

    def quitting(self, **_: Any) -> None:
        """This process ends. If a run is on, somebody ended the process and not the test."""
        self._conclude(ExitCode.EXTERNAL_ABORT, "its process was told to end")

    def _conclude(self, code: ExitCode, reason: str) -> None:
        run = self.run
        if run is None:
            return
        run.abort(code, reason)
        if run.plan.free:
            run.finish()
        else:
            run.finished.wait(_END_TIMEOUT_S)
        self.run = None

    def run_freely(self, user: LoadUser) -> None:
        """A user that Locust started iterates until Locust stops it."""
        if self.run is None or self._scene is None:
            stand_by(user)  # this worker came late: the master says so
        else:
            self._scene.iterate(self.run, user)

    def _asked_for_the_time(self, environment: Environment, msg: Message) -> None:
        assert environment.runner is not None
        answer = {**msg.data, "theirs": RealClock().epoch()}
        environment.runner.send_message(CLOCK, answer)

    def _ordered(self, environment: Environment, msg: Message) -> None:
        try:
            self._obey(environment, Order.from_dict(msg.data))
        except Exception as error:
            logger.critical("this worker cannot do what the master asks for", exc_info=error)
            assert environment.runner is not None
            why = f"it cannot run the plan: {error}"
            report = Report(msg.data["run_id"], done=True, gave_up=why)
            environment.runner.send_message(REPORT, report.to_dict())

    def _obey(self, environment: Environment, order: Order) -> None:
        self.test_stopped()  # what is left of another run
        loaded = [c for c in environment.user_classes if issubclass(c, LoadUser)]
        classes = [c for c in loaded if c.__name__ in order.hosts]
        for user_class in classes:
            for name, host in order.hosts.get(user_class.__name__, {}).items():
                setattr(user_class, name, host)
        plan = plan_from_master(order, classes)
        self.run = run = WorkerRun(environment, plan, order)
        self._scene = FreeScene(run.share)
        if plan.free:
            run.begin()
        else:
            run.start()

    def _end(self, environment: Environment, msg: Message) -> None:
        if self.run is None or self.run.id != msg.data["run_id"]:
            return
        if self.run.plan.free:
            assert environment.runner is not None
            environment.runner.stop()
        else:
            self.test_stopped()

    def _count_users(self, client_id: str, data: dict[str, Any], **_: Any) -> None:
        if self.run is not None and not self.run.plan.free:
            counts: Mapping[str, int] = self.run.user_counts()
            data["user_classes_count"] = dict(counts)
            data["user_count"] = sum(counts.values())

    def _interrupted(self, signum: int, frame: FrameType | None) -> None:
        """Ctrl-C reaches every process of a terminal: while a run is on, the first one is the
        master's to answer.
        """
        if self.run is None:
            signal.default_int_handler(signum, frame)
        self._signals += 1
        if self._signals > 1:
            os._exit(ExitCode.EXTERNAL_ABORT)
