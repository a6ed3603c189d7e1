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
from typing import Any

import gevent

from ktb_load.clients.drivers import LEAN
from ktb_load.errors import AuthorError, ExitCode, Place, Problem
from ktb_load.locust_host import master_run
from ktb_load.locust_host.free_scene import FreeScene
from ktb_load.locust_host.hosts import names_systems, set_hosts
from ktb_load.locust_host.master_run import MasterRun
from ktb_load.locust_host.monitor import Monitor
from ktb_load.locust_host.networking import dialer_for
from ktb_load.locust_host.plan import RunPlan, classes_in, gather
from ktb_load.locust_host.plan_shape import PlanShape
from ktb_load.locust_host.preflight import unreachable
from ktb_load.locust_host.report import conclude
from ktb_load.locust_host.rest_api import RestApi
from ktb_load.locust_host.run import Run
from ktb_load.locust_host.terminal import Terminal
from ktb_load.locust_host.user import LoadUser
from ktb_load.locust_host.web_form import listen
from ktb_load.locust_host.worker import WorkerHost
from ktb_load.outputs.out import OutputContext, open_outputs
from ktb_load.plan.inspection import inspect

logger = logging.getLogger(__name__)

_QUIET_LOGGERS = ("locust.runners", "locust.stats_logger", "locust.main")
_END_TIMEOUT_S = 150.0
_WORKERS_CONNECT_S = 0.5
"""Within this time the processes that this one has just forked are there to be told to end."""
_BY_SIGNAL = "test run was aborted because of a signal (Ctrl-C, SIGTERM)"


class Host:
    """The one bridge of a Locust environment."""

    def __init__(self, environment: Environment) -> None:
        self.environment = environment
        assert environment.parsed_options is not None  # Locust's command line makes it
        self.arguments = environment.parsed_options
        self.run: Run | None = None
        self._ready: Run | None = None
        self.terminal = Terminal(sys.stdout, sys.stderr)
        self._monitor: Monitor | None = None
        self._scene: FreeScene | None = None
        self._signals = 0
        self._host = environment.host or ""

    # Before anything runs.

    def prepare(self) -> None:
        """Find the author's faults, and tell Locust how this process runs.

        Raises:
            AuthorError: with every problem found.
        """
        self.arguments.locustfile_folder = self._locustfile_folder()
        plan = self._gather()
        if self.arguments.inspect:
            self.terminal.write(inspect(plan.layers, plan.options))
            sys.exit(ExitCode.OK)
        for warning in plan.layers.warnings:
            logger.warning("%s", warning)
        if isinstance(self.environment.runner, MasterRunner):
            master_run.listen(self.environment)
        if self.arguments.address:
            RestApi(self.arguments.address, lambda: self.run)
        self._drive(plan)
        if self.arguments.headless:
            self._get_ready(plan)
            self._be_quiet()
        elif self.environment.web_ui is not None:
            listen(self.environment.web_ui, self._prepare_from_form)
        # Locust calls the last one first: the run ends before the runner says goodbye to others.
        self.environment.events.quitting.add_listener(self.quitting)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._on_signal)

    def _prepare_from_form(self, form: Mapping[str, str]) -> None:
        for name in ("plan", "socket_host", "seed"):
            setattr(self.arguments, name, form.get(name, ""))
        self.arguments.driver = form.get("driver") or LEAN
        self._host = form.get("host") or self._host
        plan = self._gather()
        self._drive(plan)
        self._get_ready(plan)

    def _get_ready(self, plan: RunPlan) -> None:
        """Make the run that starts next; what would keep it from running is found here.

        Raises:
            AuthorError: nobody answers, or an output cannot be opened.
        """
        if problems := unreachable(plan.classes, dialer_for(plan.options.network)):
            raise AuthorError(problems)
        if self._ready is not None:
            close_outputs(self._ready)
        run = _make_run(self.environment, plan)
        run.outputs = open_outputs(self._outputs(), self._output_context(run))
        self._ready = run

    def _outputs(self) -> list[str]:
        specs = list(self.arguments.out or ())
        samples = [spec for spec in specs if spec.partition("=")[0] in ("json", "csv")]
        if samples and isinstance(self.environment.runner, MasterRunner):
            what = "samples stay in the workers, so json and csv are for runs of one process"
            instead = "use prometheus-rw or opentelemetry, or leave out --processes and --master"
            raise AuthorError([Problem(Place(f"--out {spec}"), what, instead) for spec in samples])
        return specs

    def _output_context(self, run: Run) -> OutputContext:
        return OutputContext(
            store=run.store,
            thresholds=run.plan.thresholds,
            clock=run.clock,
            complain=lambda text: self.terminal.complain(f"{text}\n"),
            environ=os.environ,
            system_tags=run.options.system_tags,
            verdicts=lambda: (
                run.verdicts or run.plan.thresholds.evaluate(run.store, run.duration_s)
            ),
        )

    def _gather(self) -> RunPlan:
        loaded = [c for c in self.environment.user_classes if issubclass(c, LoadUser)]
        used = classes_in(self.arguments, loaded)
        given = {"host": self._host, "socket_host": self.arguments.socket_host}
        set_hosts(loaded, used, given)
        self._keep_hosts()
        return gather(self.arguments, used)

    def _keep_hosts(self) -> None:
        """Locust gives the host that it knows to all classes; where each has its own it knows
        none.
        """
        if names_systems(self._host):
            self.environment.host = None

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
        self._keep_hosts()
        if self._ready is None:
            self._get_ready(self._gather())
        assert self._ready is not None
        self.run, self._ready = self._ready, None
        run = self.run
        self._monitor = Monitor(run, self.terminal if self.arguments.headless else None)
        self._monitor.start()
        if run.plan.free:
            self._scene = FreeScene()
            run.begin()
        else:
            run.start()

    def test_stopping(self) -> None:
        """Locust is about to stop its users: a plan that is not through ends here."""
        if self.run is not None and not self.run.plan.free:
            self.run.stop()

    def test_stopped(self) -> None:
        """Locust has stopped all users: see to it that the run is concluded."""
        run = self.run
        if run is None:
            return
        if not run.finished.is_set():
            if run.plan.free:
                run.finish()
            else:
                run.finished.wait(_END_TIMEOUT_S)
        self.run = None
        if self._monitor is not None:
            self._monitor.stop()
        try:
            code = conclude(run, self.terminal, self.arguments)
            self.environment.process_exit_code = int(code)
        finally:
            close_outputs(run)

    def quitting(self, **_: Any) -> None:
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
        if self.run is not None:
            gevent.spawn(self._end_by_signal)
        elif self.arguments.headless and isinstance(self.environment.runner, MasterRunner):
            gevent.spawn(self.dismiss, ExitCode.EXTERNAL_ABORT)
        else:
            signal.default_int_handler(signum, frame)

    def dismiss(self, code: ExitCode) -> None:
        """End this process where there is no run to end, and its workers with it."""
        if isinstance(self.environment.runner, MasterRunner):
            if self.arguments.processes:
                gevent.sleep(_WORKERS_CONNECT_S)
            self.environment.runner.quit()
        sys.exit(code)

    def _end_by_signal(self) -> None:
        if self.run is not None:
            self.run.abort(ExitCode.EXTERNAL_ABORT, _BY_SIGNAL)
            if self.run.plan.free or not self.arguments.headless:
                self.run.runner.quit()
        if self.environment.web_ui is not None:
            self.environment.web_ui.stop()


def _make_run(environment: Environment, plan: RunPlan) -> Run:
    if isinstance(environment.runner, MasterRunner):
        return MasterRun(environment, plan)
    return Run(environment, plan)


def close_outputs(run: Run) -> None:
    """Write what outputs still hold back."""
    for output in run.outputs:
        output.close()


def host_of(environment: Environment) -> Host | WorkerHost:
    """The host of an environment, made on first use."""
    host: Host | WorkerHost | None = getattr(environment, "ktb_load_host", None)
    if host is None:
        host = (WorkerHost if _is_worker(environment) else Host)(environment)
        vars(environment)["ktb_load_host"] = host
    return host


def _is_worker(environment: Environment) -> bool:
    """Locust begins to listen to a master before the environment has its runner."""
    options = environment.parsed_options
    return isinstance(environment.runner, WorkerRunner) or bool(options and options.worker)
