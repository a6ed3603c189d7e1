"""What is looked at while a run is on: VUs and the generator each second, thresholds every two.

``vus`` and ``vus_max`` come each second, the first after one second (k6 1.8.1
``execution/scheduler.go``); thresholds with ``abortOnFail`` are judged every two seconds
(``metrics/engine``).
"""

from __future__ import annotations

from math import isfinite

import gevent

from ktb_load.errors import ExitCode
from ktb_load.locust_host.run import Run
from ktb_load.locust_host.terminal import Terminal
from ktb_load.outputs.progress import Progress, progress_line

_TICK_S = 1.0
_THRESHOLDS_EVERY = 2


class Monitor:
    """Runs beside a run until ``stop()``."""

    def __init__(self, run: Run, terminal: Terminal | None) -> None:
        self._run = run
        self._terminal = terminal
        self._received = 0.0

    def start(self) -> None:
        self._greenlet = gevent.spawn(self._tick)

    def stop(self) -> None:
        self._greenlet.kill()
        if self._terminal is not None:
            self._terminal.end_progress()

    def _tick(self) -> None:
        run = self._run
        vus, vus_max = run.store.series("vus", run.tags), run.store.series("vus_max", run.tags)
        began = run.clock.now()
        number = 0
        while not run.finished.is_set():
            number += 1
            run.clock.sleep_until(began + number * _TICK_S)
            if run.finished.is_set():  # Locust notices the end of a run a little later
                return
            if run.ending is None:  # k6 counts nobody once a run is aborted
                vus.add(run.active_vus)
                vus_max.add(run.initialised_vus)
            if number % _THRESHOLDS_EVERY == 0:
                self._judge()
            for output in run.outputs:
                output.flush()
            if self._terminal is not None:
                self._terminal.progress(progress_line(self._progress()), number * _TICK_S)

    def _judge(self) -> None:
        run = self._run
        crossed = run.plan.thresholds.to_abort(run.store, run.duration_s)
        if crossed:
            names = ", ".join(crossed)
            reason = (
                f"thresholds on metrics '{names}' were crossed; at least one has"
                " abortOnFail enabled, stopping test prematurely"
            )
            run.abort(ExitCode.THRESHOLDS_CROSSED, reason)

    def _progress(self) -> Progress:
        run = self._run
        received = run.store.sink("chat_messages_received")
        total = received.value("count", 1.0) if received is not None else 0.0
        per_second, self._received = (total - self._received) / _TICK_S, total
        began = run.scenarios_began
        return Progress(
            plan=run.plan.name,
            elapsed_s=run.clock.now() - began if began is not None else None,
            total_s=run.options.duration_s if isfinite(run.options.duration_s) else None,
            vus=run.active_vus,
            max_vus=run.initialised_vus,
            completed=run.counts["completed"],
            interrupted=run.counts["interrupted"],
            messages_per_s=per_second if received is not None else None,
            past_limits=run.overload.excesses() or (),
            worst=run.plan.thresholds.worst(run.store, run.duration_s),
        )
