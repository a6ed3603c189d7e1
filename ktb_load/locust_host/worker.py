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

import gevent

from ktb_load.errors import ExitCode
from ktb_load.locust_host.free_scene import FreeScene
from ktb_load.locust_host.monitor import measure_lag
from ktb_load.locust_host.orders import END, ORDER, Order
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
        runner.register_message(ORDER, self._ordered, concurrent=True)
        runner.register_message(END, self._end, concurrent=True)
        self.environment.events.report_to_master.add_listener(self._count_users)
        signal.signal(signal.SIGINT, self._interrupted)

    def test_started(self) -> None:
        """Locust begins a test; we begin when the order comes."""

    def test_stopped(self) -> None:
        """Locust has stopped its users."""
        run = self.run
        if run is None:
            return
        if run.plan.free:
            run.finish()
        else:
            run.abort(ExitCode.STOPPED_BY_API, "stopped by the master")
            run.finished.wait(_END_TIMEOUT_S)
        self.run = None

    def quitting(self) -> None:
        self.test_stopped()

    def run_freely(self, user: LoadUser) -> None:
        """A user that Locust started iterates until Locust stops it."""
        if self.run is None or self._scene is None:
            raise RuntimeError("a LoadUser runs inside a Locust test only")
        self._scene.iterate(self.run, user)

    def _ordered(self, environment: Environment, msg: Message) -> None:
        order = Order.from_dict(msg.data)
        classes = [c for c in environment.user_classes if issubclass(c, LoadUser)]
        for user_class in classes:
            for name, host in order.hosts.get(user_class.__name__, {}).items():
                setattr(user_class, name, host)
        plan = plan_from_master(order.plan, order.values, classes, order.seed)
        self.run = run = WorkerRun(environment, plan, order)
        self._scene = FreeScene(run.share)
        gevent.spawn(measure_lag, run)
        if plan.free:
            run.begin()
        else:
            run.start()

    def _end(self, environment: Environment, msg: Message) -> None:
        if self.run is not None and self.run.plan.free:
            assert environment.runner is not None
            environment.runner.stop()
        else:
            self.test_stopped()

    def _count_users(self, client_id: str, data: dict[str, Any], **_: Any) -> None:
        if self.run is not None and not self.run.plan.free:
            counts: Mapping[str, int] = self.run.user_counts()
            data["user_classes_count"] = dict(counts)
            data["user_count"] = sum(counts.values())

    def _interrupted(self, _signum: int, _frame: FrameType | None) -> None:
        """Ctrl-C reaches every process of a terminal: the first one is the master's to answer."""
        self._signals += 1
        if self._signals > 1:
            os._exit(ExitCode.EXTERNAL_ABORT)
