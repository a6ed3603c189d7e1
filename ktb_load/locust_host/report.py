"""The end of a run as people and CI see it: summary, what was crossed, exit code.

An output that fails says so once and harms neither the summary nor the verdict.
"""

from __future__ import annotations

import logging
from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ktb_load import fast_json
from ktb_load.errors import ExitCode
from ktb_load.locust_host.run import Run
from ktb_load.locust_host.terminal import Terminal
from ktb_load.locust_host.user import LoadUser
from ktb_load.metrics.metric import MetricType
from ktb_load.metrics.selector import parse_selector
from ktb_load.metrics.threshold import Verdicts
from ktb_load.outputs.generator_words import line
from ktb_load.outputs.summary_data import (
    NO_SETUP_DATA,
    RunSummary,
    SummaryOptions,
    summary_data,
    summary_export,
)
from ktb_load.outputs.summary_text import SummaryMode, summary_text

logger = logging.getLogger(__name__)


def conclude(run: Run, terminal: Terminal, arguments: Namespace) -> ExitCode:
    """Print the summary, write what was asked for, and say how the run ended."""
    assert run.verdicts is not None  # run.finish() judges
    summary = _summary(run, run.verdicts, terminal)
    written = _handled(run, summary_data(summary))
    if written is None:
        mode = SummaryMode(arguments.summary_mode)
        terminal.write(summary_text(summary, mode, colors=terminal.colours))
    for where, content in (written or {}).items():
        _write(where, content, terminal)
    if arguments.summary_export:
        export = summary_export(summary_data(summary))
        text = fast_json.dumps(export, option=fast_json.OPT_INDENT_2)
        _write(arguments.summary_export, text, terminal)
    if summary.past_limits:
        terminal.complain(f"{line(summary.past_limits)}\n")
    for selector in _unmeasured(run):
        terminal.complain(f"no sample of {selector} came: its thresholds judged nothing\n")
    if run.incomplete:
        lost = ", ".join(run.incomplete)
        terminal.complain(f"the run is incomplete, for want of the workers {lost}\n")
    terminal.complain(f"seed {run.seed}: give it with --seed to make the same choices again\n")
    return _verdict(run, run.verdicts, terminal)


def _verdict(run: Run, verdicts: Verdicts, terminal: Terminal) -> ExitCode:
    """The exit code: what ended the run early counts first, then what the thresholds say."""
    if run.ending is not None:
        return run.ending.code
    if run.marked_failed:
        return ExitCode.MARKED_FAILED
    if verdicts.crossed:
        names = ", ".join(verdicts.crossed)
        terminal.complain(f"thresholds on metrics '{names}' have been crossed\n")
        return ExitCode.THRESHOLDS_CROSSED
    return ExitCode.GENERIC if run.incomplete else ExitCode.OK


def _handled(run: Run, data: dict[str, Any]) -> Mapping[str, str | bytes] | None:
    """What the first class that overrides ``handle_summary`` wants written; None: nothing of its
    own. One that fails is logged, and the usual summary printed, as in k6.
    """
    for user_class in run.plan.classes:
        if user_class.handle_summary is LoadUser.handle_summary:
            continue
        try:
            return user_class(run.environment).handle_summary(data)
        except Exception as error:
            logger.error("handle_summary() failed", exc_info=error)
            return None
    return None


def _write(where: str, content: str | bytes, terminal: Terminal) -> None:
    if where in ("stdout", "stderr"):
        write = terminal.write if where == "stdout" else terminal.complain
        write(content if isinstance(content, str) else content.decode())
        return
    try:
        Path(where).write_bytes(content if isinstance(content, bytes) else content.encode())
    except OSError as error:
        terminal.complain(f"{where}: the summary cannot be written: {error.strerror or error}\n")


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
        past_limits=run.overload.excesses(),
    )
