"""The end of a run as people and CI see it: summary, what was crossed, exit code.

An output that fails says so once and harms neither the summary nor the verdict.
"""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

import orjson

from ktb_load.errors import ExitCode
from ktb_load.locust_host.run import Run
from ktb_load.locust_host.terminal import Terminal
from ktb_load.metrics.metric import MetricType
from ktb_load.metrics.selector import parse_selector
from ktb_load.metrics.threshold import Verdicts
from ktb_load.outputs.summary_data import (
    NO_SETUP_DATA,
    RunSummary,
    SummaryOptions,
    summary_data,
    summary_export,
)
from ktb_load.outputs.summary_text import SummaryMode, summary_text


def conclude(run: Run, terminal: Terminal, arguments: Namespace) -> ExitCode:
    """Print the summary, write what was asked for, and say how the run ended."""
    assert run.verdicts is not None  # run.finish() judges
    summary = _summary(run, run.verdicts, terminal)
    mode = SummaryMode(arguments.summary_mode)
    terminal.write(summary_text(summary, mode, colors=terminal.colours))
    if arguments.summary_export:
        _export(summary, Path(arguments.summary_export), terminal)
    for selector in _unmeasured(run):
        terminal.complain(f"no sample of {selector} came: its thresholds judged nothing\n")
    terminal.complain(f"seed {run.seed}: give it with --seed to make the same choices again\n")
    if run.ending is not None:
        return run.ending.code
    if run.marked_failed:
        return ExitCode.MARKED_FAILED
    if run.verdicts.crossed:
        names = ", ".join(run.verdicts.crossed)
        terminal.complain(f"thresholds on metrics '{names}' have been crossed\n")
        return ExitCode.THRESHOLDS_CROSSED
    return ExitCode.GENERIC if run.incomplete else ExitCode.OK


def _unmeasured(run: Run) -> list[str]:
    """Selectors with thresholds that k6 counts as passed, and shows as 0, for want of samples.

    A counter without samples has counted to 0, and is left out.
    """
    return [
        selector
        for selector in run.plan.thresholds.by_selector
        if run.store.sink(selector) is None
        and run.store.specs[parse_selector(selector).metric].type is not MetricType.COUNTER
    ]


def _summary(run: Run, verdicts: Verdicts, terminal: Terminal) -> RunSummary:
    return RunSummary(
        store=run.store,
        verdicts=verdicts,
        duration_s=run.duration_s,
        options=SummaryOptions(
            run.options.summary_trend_stats,
            run.options.summary_time_unit,
            no_color=not terminal.colours,
        ),
        setup_data=run.setup_data or NO_SETUP_DATA,
        is_stdout_tty=terminal.colours,
        breakdown=run.breakdown,
    )


def _export(summary: RunSummary, path: Path, terminal: Terminal) -> None:
    try:
        path.write_bytes(
            orjson.dumps(summary_export(summary_data(summary)), option=orjson.OPT_INDENT_2)
        )
    except OSError as error:
        terminal.complain(f"{path}: the summary cannot be written: {error.strerror or error}\n")
