"""``ktb-load export`` and ``ktb-load check``: writes k6 scripts, says what cannot be one, and
whether written ones are still what the sources give.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from k6_export import folder
from k6_export.bundle import bundle
from k6_export.compare import Wanted, compare
from k6_export.deployment import KINDS, Order, files_for
from k6_export.export import compile_all, export
from k6_export.script import hosts_of
from ktb_load.catalog import locustfile_of
from ktb_load.errors import AuthorError
from ktb_load.plan.locate import plan_names

STALE = DIFFERENT = 1


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Our commands, beside the others."""
    writing = commands.add_parser(
        "export", help="write a k6 script that does what a locustfile does"
    )
    writing.add_argument("locustfile", nargs="?", help="the locustfile; not with --check")
    writing.add_argument("--system", default="", metavar="NAME", help="its locustfile, instead")
    writing.add_argument(
        "--plan", action="append", default=[], help="a plan's name or file; one script for each"
    )
    writing.add_argument("--every-plan", action="store_true", help="every plan of --system")
    writing.add_argument("--out", metavar="DIR", help="where to write it; default: k6/")
    writing.add_argument(
        "--single-file", action="store_true", help="one file for each script, with everything in it"
    )
    writing.add_argument(
        "--with",
        dest="beside",
        action="append",
        default=[],
        choices=KINDS,
        help="write beside it: a TestRun of the k6 operator, a compose file for Locust's workers",
    )
    writing.add_argument(
        "--check",
        metavar="DIR",
        help="write nothing: exit with 1 if the export in DIR is not what its sources give now",
    )
    writing.set_defaults(command=_export)
    checking = commands.add_parser("check", help="say what of a locustfile cannot be exported")
    checking.add_argument("locustfile")
    checking.add_argument("--format", choices=("text", "json"), default="text")
    checking.set_defaults(command=_check)
    _add_compare(commands)


def _add_compare(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    comparing = commands.add_parser(
        "compare", help="run a locustfile and its export with one seed, and say what differs"
    )
    comparing.add_argument("locustfile")
    comparing.add_argument("--plan", default="smoke")
    comparing.add_argument("--dialect", default="", help="of a system that has several")
    comparing.add_argument("--seed", default="1")
    comparing.add_argument("--k6", default="k6", metavar="BINARY")
    comparing.set_defaults(command=_compare_runners)


def _compare_runners(arguments: argparse.Namespace, _rest: object = None) -> int:
    wanted = Wanted(
        arguments.locustfile, arguments.plan, arguments.dialect, arguments.seed, arguments.k6
    )
    lines, same = compare(wanted)
    sys.stdout.writelines(f"{line}\n" for line in lines)
    return 0 if same else DIFFERENT


def _export(arguments: argparse.Namespace, _rest: object = None) -> int:
    if arguments.check:
        return _compare(Path(arguments.check))
    system = arguments.system
    if not arguments.locustfile and not system:
        sys.stderr.write("ktb-load export: give a locustfile, --system NAME or --check DIR\n")
        return 2
    locustfile = arguments.locustfile or locustfile_of(system)
    plans = [*arguments.plan]
    if arguments.every_plan:
        plans += plan_names([system], Path(locustfile).parent)
    made = folder.Made(locustfile, plans, arguments.single_file, arguments.beside)
    files = _files(made)
    out = Path(arguments.out or "k6")
    manifest = folder.manifest_of(made, files)
    folder.write(out, manifest, files)
    scripts = ", ".join(str(out / name) for name in files if "/" not in name and name[-3:] == ".js")
    sys.stdout.write(f"{len(files)} files in {out}; what k6 runs: {scripts}\n")
    return 0


def _files(made: folder.Made) -> dict[str, str]:
    compiled = compile_all(Path(made.locustfile))
    files = export(Path(made.locustfile), made.plans, compiled)
    if not made.single_file and not made.beside:
        return files
    single = {name: bundle(name, files) for name in files if "/" not in name}
    plan = made.plans[0] if made.plans else ""
    order = Order(made.locustfile, plan, hosts_of(compiled.classes))
    return (single if made.single_file else files) | files_for(made.beside, order, single)


def _compare(where: Path) -> int:
    made = folder.read_manifest(where).made
    lines = list(folder.differences(where, _files(made)))
    if not lines:
        return 0
    sys.stdout.writelines(line if line.endswith("\n") else f"{line}\n" for line in lines)
    plans = " ".join(f"--plan {plan}" for plan in made.plans)
    single = " --single-file" if made.single_file else ""
    beside = "".join(f" --with {kind}" for kind in made.beside)
    again = f"ktb-load export {made.locustfile} {plans}{single}{beside} --out {where}"
    sys.stdout.write(f"{where} is not what its sources give now; write it again with: {again}\n")
    return STALE


def _check(arguments: argparse.Namespace, _rest: object = None) -> int:
    try:
        compile_all(Path(arguments.locustfile))
    except AuthorError as error:
        if arguments.format == "json":
            problems = [
                {"place": str(p.place), "what": p.what, "instead": p.instead}
                for p in error.problems
            ]
            sys.stdout.write(json.dumps(problems, ensure_ascii=False, indent=2) + "\n")
        else:
            sys.stdout.write(f"{error}\n")
        return int(error.exit_code)
    return 0
