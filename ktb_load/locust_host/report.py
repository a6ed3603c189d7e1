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
    terminal.complain(f"seed {run.seed}: give it with --seed to make the same choices again\n")
    if run.ending is not None:
        return run.ending.code
    if run.verdicts.crossed:
        names = ", ".join(run.verdicts.crossed)
        terminal.complain(f"thresholds on metrics '{names}' have been crossed\n")
        return ExitCode.THRESHOLDS_CROSSED
    return ExitCode.OK


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
