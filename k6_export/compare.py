"""``ktb-load compare``: one seed on both runners against the reference server, and what differs.

Both mark what they send with scenario, VU and iteration; the server writes down what each client
did. Compared are the actions of every iteration, then metrics, checks and verdicts.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from k6_export import traces
from k6_export.export import compile_all, export
from k6_export.options import is_only_here
from k6_export.script import class_constant
from k6_export.traces import Iteration, Key
from ktb_load.demo import served
from ktb_load.errors import AuthorError, ExitCode, Place, Problem

_TIMEOUT_S = 600


@dataclass(frozen=True)
class Wanted:
    """What is compared."""

    locustfile: str
    plan: str
    dialect: str = ""
    """For systems that have several; empty: the usual one."""
    seed: str = "1"
    k6: str = "k6"


@dataclass(frozen=True)
class Ran:
    """What one runner left behind."""

    name: str
    exit_code: int
    trace: Mapping[Key, Iteration]
    summary: Mapping[str, Any]
    streams: int
    """Requests that opened an event stream."""


def compare(wanted: Wanted) -> tuple[list[str], bool]:
    """Run both; the report, and whether they did the same.

    Raises:
        AuthorError: the locustfile cannot be exported, or there is no k6.
    """
    if shutil.which(wanted.k6) is None:
        what = f"there is no k6: {wanted.k6}"
        problem = Problem(Place("ktb-load compare"), what, "install k6, or name it with --k6")
        raise AuthorError([problem], ExitCode.GENERIC)
    classes = compile_all(Path(wanted.locustfile)).classes
    system = next((name for one in classes if (name := class_constant(one, "system"))), "")
    if not system:
        what = "no user class says which system it is for"
        instead = 'give one `system = "NAME"`: one that `ktb-load serve` knows'
        raise AuthorError([Problem(Place(wanted.locustfile), what, instead)])
    with TemporaryDirectory() as folder:
        locust = _run(wanted, system, Path(folder), "locust")
        k6 = _run(wanted, system, Path(folder), "k6")
    return report(locust, k6)


def _run(wanted: Wanted, system: str, folder: Path, runner: str) -> Ran:
    trace, summary = folder / f"{runner}.trace", folder / f"{runner}.json"
    options = ["--trace", str(trace)]
    options += ["--dialect", wanted.dialect] if wanted.dialect else []
    with served(system, options) as server:
        command = _COMMANDS[runner](wanted, server, folder)
        command += ["--summary-export", str(summary)]
        env = {**os.environ, "KTB_LOAD_SEED": wanted.seed, "KTB_LOAD_MARKS": "1"}
        ended = subprocess.run(
            command, env=env, capture_output=True, text=True, timeout=_TIMEOUT_S, check=False
        )
    said = json.loads(summary.read_text(encoding="utf-8")) if summary.is_file() else {}
    if not said:
        what = f"{runner} ended with {ended.returncode} and without a summary"
        problem = Problem(Place("ktb-load compare"), f"{what}:\n{ended.stdout}{ended.stderr}")
        raise AuthorError([problem], ExitCode.GENERIC)
    iterations, streams = traces.read_trace(trace)
    return Ran(runner, ended.returncode, iterations, said, streams)


def _locust(wanted: Wanted, server: Mapping[str, str], _folder: Path) -> list[str]:
    where = ["--host", server["rest"], "--socket-host", server["socket"]]
    plan = ["--plan", wanted.plan, "--headless"]
    return [sys.executable, "-m", "locust", "-f", wanted.locustfile, *plan, *where]


def _k6(wanted: Wanted, server: Mapping[str, str], folder: Path) -> list[str]:
    files = export(Path(wanted.locustfile), [wanted.plan])
    for name, text in files.items():
        path = folder / "k6" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    main = folder / "k6" / f"{Path(wanted.locustfile).stem}.js"
    where = ["-e", f"BASE_URL={server['rest']}", "-e", f"SOCKET_URL={server['socket']}"]
    return [wanted.k6, "run", "--quiet", "--address", "", *where, str(main)]


_COMMANDS = {"locust": _locust, "k6": _k6}


def report(one: Ran, other: Ran) -> tuple[list[str], bool]:
    """What to print, and whether both runs are the same."""
    differences = traces.compare(one.trace, other.trace)
    lines = []
    for key in sorted(one.trace.keys() | other.trace.keys()):
        lines.append(f"{key[0]} {key[1]}: {_verdict(key, one, other, differences)}")
    rows = [
        ("exit code", one.exit_code, other.exit_code),
        ("metrics", _metrics(one.summary), _metrics(other.summary)),
        ("checks", _checks(one.summary["root_group"]), _checks(other.summary["root_group"])),
        ("thresholds", _thresholds(one.summary), _thresholds(other.summary)),
    ]
    same = not differences
    for what, mine, theirs in rows:
        equal = mine == theirs
        same = same and equal
        lines.append(
            f"{what}: {'identical' if equal else _apart(one.name, mine, other.name, theirs)}"
        )
    if one.streams:
        lines.append(f"left out: {one.streams} requests for event streams, which k6 cannot read")
    return lines, same


def _verdict(key: Key, one: Ran, other: Ran, differences: Sequence[traces.Difference]) -> str:
    for ran in (one, other):
        if key not in ran.trace:
            return f"only begun by {(other if ran is one else one).name}"
    for found in differences:
        if found.key == key:
            mine, theirs = one.trace[key].vu, other.trace[key].vu
            why = f" (run by VU {mine} and VU {theirs}, whose own state may differ)"
            return (
                f"action {found.number} differs{why if mine != theirs else ''}\n"
                f"  {one.name}: {found.one}\n  {other.name}: {found.other}"
            )
    actions = min(len(one.trace[key].actions), len(other.trace[key].actions))
    return f"identical, {actions} actions"


def _apart(one: str, mine: Any, other: str, theirs: Any) -> str:
    if isinstance(mine, set | frozenset):
        return f"differ: only {one}: {sorted(mine - theirs)}; only {other}: {sorted(theirs - mine)}"
    return f"differ: {one}: {mine}; {other}: {theirs}"


def _of_both(summary: Mapping[str, Any]) -> dict[str, Any]:
    """The metrics that both runners have: k6 does not measure itself."""
    return {name: one for name, one in summary["metrics"].items() if not is_only_here(name)}


def _metrics(summary: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(_of_both(summary))


def _checks(group: Mapping[str, Any]) -> frozenset[str]:
    """Names only: how often depends on how far each runner got."""
    below = [name for inner in group["groups"].values() for name in _checks(inner)]
    return frozenset([*group["checks"], *below])


def _thresholds(summary: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(
        f"{name} {expression}: {'crossed' if crossed else 'held'}"
        for name, metric in _of_both(summary).items()
        for expression, crossed in metric.get("thresholds", {}).items()
    )
