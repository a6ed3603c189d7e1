"""What one Locust process does with us: which run is on, how it starts, how it is ended.

A run is on from Locust's ``test_start`` to its summary. With a plan the shape waits for it;
without one Locust's own users frame it.
"""

from __future__ import annotations

from locust.env import Environment
from locust.runners import MasterRunner, WorkerRunner

import logging
import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from types import FrameType

import gevent

from ktb_load.errors import AuthorError, ExitCode
from ktb_load.locust_host import master_run
from ktb_load.locust_host.free_scene import FreeScene
from ktb_load.locust_host.master_run import MasterRun
from ktb_load.locust_host.monitor import Monitor
from ktb_load.locust_host.plan import RunPlan, gather
from ktb_load.locust_host.plan_shape import PlanShape
from ktb_load.locust_host.preflight import unreachable
from ktb_load.locust_host.report import conclude
from ktb_load.locust_host.run import Run
from ktb_load.locust_host.terminal import Terminal
from ktb_load.locust_host.user import LoadUser
from ktb_load.locust_host.web_form import listen
from ktb_load.locust_host.worker import WorkerHost

logger = logging.getLogger(__name__)

_QUIET_LOGGERS = ("locust.runners", "locust.stats_logger", "locust.main")
_END_TIMEOUT_S = 150.0
_BY_SIGNAL = "test run was aborted because of a signal (Ctrl-C, SIGTERM)"


class Host:
    """The one bridge of a Locust environment."""

    def __init__(self, environment: Environment) -> None:
        self.environment = environment
        assert environment.parsed_options is not None  # Locust's command line makes it
        self.arguments = environment.parsed_options
        self.run: Run | None = None
        self.terminal = Terminal(sys.stdout, sys.stderr)
        self._monitor: Monitor | None = None
        self._scene: FreeScene | None = None
        self._signals = 0

    # Before anything runs.

    def prepare(self) -> None:
        """Find the author's faults, and tell Locust how this process runs.

        Raises:
            AuthorError: with every problem found.
        """
        self.arguments.locustfile_folder = self._locustfile_folder()
        plan = self._gather()
        for warning in plan.warnings:
            logger.warning("%s", warning)
        if isinstance(self.environment.runner, MasterRunner):
            master_run.listen(self.environment)
        self._drive(plan)
        if self.arguments.headless:
            self._refuse_unreachable(plan)
            self._be_quiet()
        elif self.environment.web_ui is not None:
            listen(self.environment.web_ui, self._prepare_from_form)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._on_signal)

    def _prepare_from_form(self, form: Mapping[str, str]) -> None:
        for name in ("plan", "socket_host", "seed"):
            setattr(self.arguments, name, form.get(name, ""))
        self.environment.host = form.get("host") or self.environment.host
        plan = self._gather()
        self._drive(plan)
        self._refuse_unreachable(plan)

    def _gather(self) -> RunPlan:
        classes = [c for c in self.environment.user_classes if issubclass(c, LoadUser)]
        for user_class in classes:
            if self.environment.host:
                user_class.host = self.environment.host
            if self.arguments.socket_host and hasattr(user_class, "socket_host"):
                user_class.socket_host = self.arguments.socket_host
        return gather(self.arguments, classes)

    def _locustfile_folder(self) -> str:
        files = self.environment.parsed_locustfiles or ["."]
        return str(Path(files[0]).parent)

    def _drive(self, plan: RunPlan) -> None:
        """Let the plan's shape decide how long the test is, or Locust's own users without a
        plan.
        """
        shape = None
        if not plan.free:
            shape = PlanShape(lambda: self.run)
            shape.runner = self.environment.runner
            self.arguments.run_time = None
        self.environment.shape_class = shape

    def _refuse_unreachable(self, plan: RunPlan) -> None:
        if problems := unreachable(plan.classes):
            raise AuthorError(problems)

    def _be_quiet(self) -> None:
        """Progress and summary are ours; Locust's own tables come with ``--print-stats``."""
        if not self.arguments.print_stats:
            self.arguments.only_summary = True
            for name in _QUIET_LOGGERS:
                logging.getLogger(name).setLevel(logging.WARNING)

    # While a test is on.

    def test_started(self) -> None:
        """Locust begins a test: make its run. With a plan it starts now, else only ``setup()``
        runs.
        """
        distributed = isinstance(self.environment.runner, MasterRunner)
        run = (MasterRun if distributed else Run)(self.environment, self._gather())
        self.run = run
        self._monitor = Monitor(run, self.terminal if self.arguments.headless else None)
        self._monitor.start()
        if run.plan.free:
            self._scene = FreeScene()
            run.begin()
        else:
            run.start()

    def test_stopped(self) -> None:
        """Locust has stopped all users: see to it that the run is concluded."""
        run = self.run
        if run is None:
            return
        if not run.finished.is_set():
            if run.plan.free:
                run.finish()
            else:
                run.abort(ExitCode.STOPPED_BY_API, "test stopped from Locust")
                run.finished.wait(_END_TIMEOUT_S)
        self.run = None
        if self._monitor is not None:
            self._monitor.stop()
        self.environment.process_exit_code = int(conclude(run, self.terminal, self.arguments))

    def quitting(self) -> None:
        """Locust ends (SIGTERM, the end of the plan, Ctrl-C without a run): nothing may be lost."""
        if self.run is not None:
            self.run.abort(ExitCode.EXTERNAL_ABORT, _BY_SIGNAL)
            self.test_stopped()

    def run_freely(self, user: LoadUser) -> None:
        """A user that Locust started iterates until Locust stops it."""
        run, scene = self.run, self._scene
        if run is None or scene is None:
            raise RuntimeError("a LoadUser runs inside a Locust test only")
        scene.iterate(run, user)

    def _on_signal(self, signum: int, frame: FrameType | None) -> None:
        """The first signal ends the run in good order, the second ends the process."""
        self._signals += 1
        if self._signals > 1:
            self.terminal.restore()
            os._exit(ExitCode.EXTERNAL_ABORT)
        if self.run is None:
            signal.default_int_handler(signum, frame)
        gevent.spawn(self._end_by_signal)

    def _end_by_signal(self) -> None:
        if self.run is not None:
            self.run.abort(ExitCode.EXTERNAL_ABORT, _BY_SIGNAL)
            if self.run.plan.free or not self.arguments.headless:
                self.run.runner.quit()
        if self.environment.web_ui is not None:
            self.environment.web_ui.stop()


def host_of(environment: Environment) -> Host | WorkerHost:
    """The host of an environment, made on first use."""
    host: Host | WorkerHost | None = getattr(environment, "ktb_load_host", None)
    if host is None:
        is_worker = isinstance(environment.runner, WorkerRunner)
        host = (WorkerHost if is_worker else Host)(environment)
        vars(environment)["ktb_load_host"] = host
    return host
