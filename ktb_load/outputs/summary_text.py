"""k6's end-of-test summary as text, modes ``compact`` and ``full`` (k6 1.8.1).

Byte for byte what k6 prints for the same samples: ``tests/golden/summary`` holds k6's own output
against it. The sections CHAT and GENERATOR are ours, and the block above everything else.

    █ GENERATOR       in every mode, if it was past its limits
    █ THRESHOLDS      a block per metric; a submetric stands below its metric if both have some
    █ TOTAL RESULTS   checks, then metrics by section, columns aligned over all sections
    █ GROUP: ...      full only: the same for each group outside named scenarios, ↳ for inner ones
    █ SCENARIO: ...   full only: the same for each scenario that is not called "default"
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from ktb_load.metrics.checks import Check
from ktb_load.metrics.metric import Contains, MetricSpec, MetricType
from ktb_load.metrics.sinks import RateSink, Sink, TrendSink, percentile_of, values_of
from ktb_load.metrics.threshold import Threshold, Verdict
from ktb_load.outputs.breakdown import Part
from ktb_load.outputs.collation import collation_key, metric_key
from ktb_load.outputs.columns import (
    BOLD,
    CYAN,
    FAINT,
    GREEN,
    RED,
    WHITE,
    Columns,
    Entry,
    Paint,
    Wording,
    dots,
)
from ktb_load.outputs.generator_words import block
from ktb_load.outputs.sections import ORDER, section_of
from ktb_load.outputs.summary_data import RunSummary, summary_data
from ktb_load.outputs.summary_legacy import legacy_text

_PASSED, _FAILED, _BLANK = "✓", "✗", ""
_PERCENTILE = re.compile(r"(p\(\d+(?:\.\d+)?\))\s*[<>=]", re.ASCII)


class SummaryMode(StrEnum):
    """k6's ``--summary-mode``."""

    COMPACT = "compact"
    FULL = "full"
    LEGACY = "legacy"
    DISABLED = "disabled"


def summary_text(
    run: RunSummary, mode: SummaryMode = SummaryMode.COMPACT, *, colors: bool = False
) -> str:
    """What k6 prints on stdout at the end; the empty string if the mode is ``disabled``."""
    paint = Paint(colors)
    wording = Wording(run.options.trend_stats, run.options.time_unit)
    if mode is SummaryMode.DISABLED:
        return ""
    if mode is SummaryMode.LEGACY:
        above = "".join(f"\n{line}" for line in block(run.past_limits or (), paint))
        return f"{above}\n{legacy_text(summary_data(run), paint, wording)}\n\n"
    page = _Page(run, paint, wording, full=mode is SummaryMode.FULL)
    return "\n" + "".join(f"\n{line}" for line in page.lines()) + "\n\n"


@dataclass(frozen=True)
class _Content:
    """What a section or a group shows."""

    entries: Sequence[Entry]
    checks: RateSink | None
    by_name: Sequence[Check]
    groups: Mapping[str, Part]


class _Page:
    """The lines of one summary."""

    def __init__(self, run: RunSummary, paint: Paint, wording: Wording, *, full: bool) -> None:
        self._run = run
        self._paint = paint
        self._wording = wording
        self._full = full

    def lines(self) -> Iterator[str]:
        run = self._run
        yield from block(run.past_limits or (), self._paint)
        if any(run.verdicts.by_selector.values()):
            yield self._title("█", "THRESHOLDS", 0)
            yield from self._thresholds()
            yield _BLANK
        yield self._title("█", "TOTAL RESULTS", 0)
        yield from self._content(self._total(), 0)
        yield _BLANK
        if self._full and run.breakdown is not None:
            for name in _key_order(run.breakdown.root.groups):
                yield from self._part(f"GROUP: {name}", run.breakdown.root.groups[name])
            for name in sorted(run.breakdown.scenarios, key=collation_key):
                yield from self._part(f"SCENARIO: {name}", run.breakdown.scenarios[name])

    def _title(self, mark: str, title: str, level: int) -> str:
        return f"{_indent(level)}{mark} {self._paint(title, BOLD)} \n"

    def _part(self, title: str, part: Part) -> Iterator[str]:
        yield self._title("█", title, 0)
        yield from self._content(self._content_of(part), 0)
        yield _BLANK

    # What there is to show.

    def _entry(self, name: str, spec: MetricSpec, sink: Sink) -> Entry:
        values = values_of(sink, self._wording.trend_stats, self._run.duration_s)
        return Entry(name, spec.type, spec.contains, values)

    def _total(self) -> _Content:
        run = self._run
        shown = {name: (spec, sink) for name, spec, sink in run.metrics()}
        entries = [self._entry(name, *found) for name, found in shown.items()]
        _, checks = shown.get("checks", (None, None))
        assert checks is None or isinstance(checks, RateSink)
        return _Content(entries, checks, run.store.checks.by_name(), {})

    def _content_of(self, part: Part) -> _Content:
        entries = [self._entry(name, spec, sink) for name, (spec, sink) in part.sinks.items()]
        _, checks = part.sinks.get("checks", (None, None))
        assert checks is None or isinstance(checks, RateSink)
        return _Content(entries, checks, list(part.checks.values()), part.groups)

    # How it is shown.

    def _content(self, content: _Content, level: int) -> Iterator[str]:
        if content.checks is not None:
            yield from self._checks(content.checks, content.by_name, level + 1)
            yield _BLANK
        yield from self._sections(content.entries, level + 1)
        for name in _key_order(content.groups):
            yield self._title("↳", f"GROUP: {name}", level + 1)
            yield from self._content(self._content_of(content.groups[name]), level + 1)

    def _checks(self, sink: RateSink, checks: Iterable[Check], level: int) -> Iterator[str]:
        entries = _check_entries(sink, self._run.duration_s)
        yield from self._rows(entries, Columns(entries, self._wording), level)
        yield _BLANK
        for check in checks:
            if check.fails == 0:
                yield _indent(level) + self._paint(f"{_PASSED} {check.name}", GREEN)
                continue
            share = 100 * check.passes // (check.passes + check.fails)
            counts = f"{_PASSED} {check.passes} / {_FAILED} {check.fails}"
            yield _indent(level) + self._paint(f"{_FAILED} {check.name}", RED)
            yield _indent(2 * level) + self._paint(f"↳  {share}% — {counts}", RED)

    def _sections(self, entries: Iterable[Entry], level: int) -> Iterator[str]:
        sections: dict[str, list[Entry]] = {section: [] for section in ORDER}
        for entry in sorted(entries, key=lambda entry: metric_key(entry.name)):
            section = section_of(entry.name, phases=self._full)
            if section is not None:
                sections[section].append(entry)
        columns = Columns(
            [entry for section in sections.values() for entry in section], self._wording
        )
        for title, listed in sections.items():
            if listed:
                yield _indent(level) + self._paint(title, BOLD)
                yield from self._rows(listed, columns, level)
                yield _BLANK

    def _rows(self, entries: Iterable[Entry], columns: Columns, level: int) -> Iterator[str]:
        for entry in entries:
            name = display_name(entry.name)
            leader = self._paint(dots(name, columns.names_width(display_name)), FAINT, WHITE)
            row = columns.row(entry.name, self._paint, (FAINT, CYAN))
            yield f"{_indent(level)}{name}{leader} {row}"

    def _thresholds(self) -> Iterator[str]:
        judged = {
            name: results for name, results in self._run.verdicts.by_selector.items() if results
        }
        entries = {
            name: self._entry(name, spec, sink)
            for name, spec, sink in self._run.metrics()
            if name in judged
        }
        columns = Columns(entries.values(), self._wording)
        for name in sorted(judged, key=metric_key):
            parent = name.partition("{")[0]
            inner = parent != name and parent in judged
            indent = _indent(2 if inner else 1)
            yield indent + (name.removeprefix(parent) if inner else name)
            for threshold, verdict in judged[name]:
                yield indent + self._verdict(entries[name], threshold, verdict, columns)
            yield _BLANK

    def _verdict(
        self, entry: Entry, threshold: Threshold, verdict: Verdict, columns: Columns
    ) -> str:
        mark = self._paint(_PASSED, GREEN) if verdict.ok else self._paint(_FAILED, RED)
        source = self._paint(f"'{threshold.source.strip()}'", WHITE)
        asked = re.split("[=><]", threshold.source)[0].strip()
        found = self._compared_with(entry, threshold, asked, columns)
        return f"{mark} {source} {self._paint(asked, WHITE)}={found}"

    def _compared_with(
        self, entry: Entry, threshold: Threshold, asked: str, columns: Columns
    ) -> str:
        """The value that k6 prints beside a threshold; it has none for ``!=`` on a trend."""
        cells = columns.cells(entry.name)
        if entry.type is MetricType.COUNTER:
            return self._paint(cells[0 if asked == "count" else 1], CYAN)
        if entry.type is not MetricType.TREND:
            return self._paint(cells[0], CYAN)
        if asked in self._wording.trend_stats:
            return self._paint(cells[list(self._wording.trend_stats).index(asked)], CYAN)
        found = _PERCENTILE.match(threshold.source.strip())
        sink = self._run.store.sink(entry.name) or TrendSink()
        if found is None or not isinstance(sink, TrendSink):
            return self._paint("undefined", CYAN) if self._paint.enabled else ""
        amount = sink.quantile(percentile_of(found[1]) / 100)
        extra = replace(entry, values={found[1]: amount})
        return self._paint(self._wording.cell(extra, found[1]), CYAN)


def display_name(name: str) -> str:
    """How a metric is named in a list where submetrics stand below their metric."""
    _, brace, rest = name.partition("{")
    return f"  {{ {rest[:-1]} }}" if brace else name


def _indent(level: int) -> str:
    return "  " * (level + 1)


def _check_entries(sink: RateSink, duration_s: float) -> list[Entry]:
    """Names for display only; the metric is ``checks``."""
    total, passes = sink.count, sink.passes
    per_second = total / duration_s if duration_s > 0 else 0.0
    plain, rate = Contains.DEFAULT, MetricType.RATE
    shares = (
        ("checks_succeeded", passes, total - passes),
        ("checks_failed", total - passes, passes),
    )
    counted: Mapping[str, float] = {"count": total, "rate": per_second}
    return [
        Entry("checks_total", MetricType.COUNTER, plain, counted),
        *(
            Entry(name, rate, plain, {"rate": a / total if total else 0.0, "passes": a, "fails": b})
            for name, a, b in shares
        ),
    ]


def _key_order(names: Iterable[str]) -> list[str]:
    """The order of the keys of a JavaScript object: whole numbers first, then as they came."""
    numbers = [name for name in names if re.fullmatch("0|[1-9][0-9]{0,8}", name, re.ASCII)]
    return sorted(numbers, key=int) + [name for name in names if name not in numbers]
