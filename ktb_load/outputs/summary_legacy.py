"""k6's older end-of-test summary, ``--summary-mode=legacy`` (k6 1.8.1; gone in k6 2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ktb_load.metrics.metric import Contains, MetricType
from ktb_load.outputs.collation import metric_key
from ktb_load.outputs.columns import (
    CYAN,
    FAINT,
    GREEN,
    RED,
    Columns,
    Entry,
    Paint,
    Wording,
    dots,
)

_INDENT = "   "


def legacy_text(data: Mapping[str, Any], paint: Paint, wording: Wording) -> str:
    """The text for ``summary_data``: checks by group, then all metrics, marked by thresholds."""
    lines = [*_group(data["root_group"], _INDENT + "  ", paint), *_metrics(data, paint, wording)]
    return "\n".join(lines)


def _group(group: Mapping[str, Any], indent: str, paint: Paint) -> Iterator[str]:
    if group["name"]:
        yield f"{indent}█ {group['name']}\n"
        indent += "  "
    for check in group["checks"]:
        yield _check(check, indent, paint)
    if group["checks"]:
        yield ""
    for inner in group["groups"]:
        yield from _group(inner, indent, paint)


def _check(check: Mapping[str, Any], indent: str, paint: Paint) -> str:
    passes, fails = check["passes"], check["fails"]
    if fails == 0:
        return paint(f"{indent}✓ {check['name']}", GREEN)
    share = 100 * passes // (passes + fails)
    counts = f"{indent} ↳  {share}% — ✓ {passes} / ✗ {fails}"
    return paint(f"{indent}✗ {check['name']}\n{counts}", RED)


def _metrics(data: Mapping[str, Any], paint: Paint, wording: Wording) -> Iterator[str]:
    entries = [
        Entry(name, MetricType(m["type"]), Contains(m["contains"]), m["values"])
        for name, m in data["metrics"].items()
    ]
    columns = Columns(entries, wording)
    names_width = columns.names_width(_display_name)
    for entry in sorted(entries, key=lambda entry: metric_key(entry.name)):
        name = _display_name(entry.name)
        bare = name.lstrip(" ")
        indent = _INDENT + name[: len(name) - len(bare)]
        leader = paint(dots(name, names_width), FAINT)
        row = columns.row(entry.name, paint, (CYAN, FAINT))
        mark = _mark(data["metrics"][entry.name].get("thresholds"), paint)
        yield f"{indent}{mark} {bare}{leader} {row}"


def _mark(thresholds: Mapping[str, Any] | None, paint: Paint) -> str:
    if not thresholds:
        return " "
    ok = all(result["ok"] for result in thresholds.values())
    return paint("✓", GREEN) if ok else paint("✗", RED)


def _display_name(name: str) -> str:
    _, brace, rest = name.partition("{")
    return f"  {{ {rest[:-1]} }}" if brace else name
