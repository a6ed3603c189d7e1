"""What Locust was asked to run: the layers of options gathered, checked, and ready.

Layers, lowest first: the plan file, the user classes' ``options``, ``K6_*`` variables, the command
line (``-u`` and ``-t`` are k6's ``vus`` and ``duration`` there). All problems are found before
anything starts.
"""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import SystemRandom
from typing import Any

from ktb_load.errors import AuthorError, Place, Problem
from ktb_load.executors import EXECUTORS
from ktb_load.locust_host.tasks import UnknownTask, find_work
from ktb_load.locust_host.user import LoadUser
from ktb_load.metrics.threshold import Thresholds
from ktb_load.plan.document import Document, read_document
from ktb_load.plan.layers import SHORTCUTS, Layers, merge
from ktb_load.plan.locate import find_plan
from ktb_load.plan.schema import Options, read_options

_Parse = Callable[[str], Any]


def _switch(text: str) -> bool:
    if text.lower() not in ("true", "false", "1", "0"):
        raise ValueError(f"{text!r} is not true or false")
    return text.lower() in ("true", "1")


def _stages(text: str) -> list[dict[str, Any]]:
    stages = []
    for part in text.split(","):
        duration, colon, target = part.partition(":")
        if not colon:
            raise ValueError(f"{part!r} is not a stage, write for example 30s:10")
        stages.append({"duration": duration, "target": int(target)})
    return stages


def _tags(text: str) -> dict[str, str]:
    pairs = [part.split(":", 1) for part in text.split(",")]
    if any(len(pair) != 2 for pair in pairs):
        raise ValueError(f"{text!r} is not a list of tags, write for example a:1,b:2")
    return {key: value for key, value in pairs}


_ENVIRONMENT: Mapping[str, tuple[str, _Parse]] = {
    "K6_VUS": ("vus", int),
    "K6_DURATION": ("duration", str),
    "K6_ITERATIONS": ("iterations", int),
    "K6_STAGES": ("stages", _stages),
    "K6_TAGS": ("tags", _tags),
    "K6_MAX_REDIRECTS": ("maxRedirects", int),
    "K6_USER_AGENT": ("userAgent", str),
    "K6_INSECURE_SKIP_TLS_VERIFY": ("insecureSkipTLSVerify", _switch),
    "K6_NO_CONNECTION_REUSE": ("noConnectionReuse", _switch),
    "K6_NO_VU_CONNECTION_REUSE": ("noVUConnectionReuse", _switch),
    "K6_NO_COOKIES_RESET": ("noCookiesReset", _switch),
    "K6_MIN_ITERATION_DURATION": ("minIterationDuration", str),
    "K6_SETUP_TIMEOUT": ("setupTimeout", str),
    "K6_TEARDOWN_TIMEOUT": ("teardownTimeout", str),
    "K6_SUMMARY_TREND_STATS": ("summaryTrendStats", lambda text: text.split(",")),
    "K6_SUMMARY_TIME_UNIT": ("summaryTimeUnit", str),
    "K6_NO_SETUP": ("noSetup", _switch),
    "K6_NO_TEARDOWN": ("noTeardown", _switch),
}


@dataclass(frozen=True)
class RunPlan:
    """A run that can start: options that are right, thresholds that can be judged, classes that
    exist.
    """

    name: str
    options: Options
    thresholds: Thresholds
    classes: Sequence[type[LoadUser]]
    seed: str
    free: bool = False
    """No plan was given: Locust starts and stops the users."""
    full_summary: bool = False
    """The summary will show every group and scenario for itself."""
    warnings: tuple[str, ...] = ()

    @property
    def max_vus(self) -> int:
        return 0 if self.free else self.options.max_vus

    @property
    def planned_vus(self) -> int:
        return 0 if self.free else self.options.most(lambda config: config.planned_vus)

    @property
    def selectors(self) -> list[str]:
        """The submetrics that need values of their own."""
        return self.thresholds.selectors


def gather(
    arguments: Namespace,
    classes: Sequence[type[LoadUser]],
    environ: Mapping[str, str] = os.environ,
) -> RunPlan:
    """Make the plan of a run.

    Raises:
        AuthorError: with every problem found.
    """
    documents = _documents(arguments, classes, environ)
    layers = merge(documents)
    free = not any(
        document.values.get(key) for document in documents for key in (*SHORTCUTS, "scenarios")
    )
    options = read_options(layers.document(), EXECUTORS)
    thresholds = Thresholds({} if arguments.no_thresholds else options.thresholds)
    problems = [*_threshold_problems(layers, thresholds), *_task_problems(layers, options, classes)]
    if problems:
        raise AuthorError(problems)
    if free:
        options = replace(options, scenarios={})
    name = Path(arguments.plan).stem if arguments.plan else "no plan" if free else "options"
    seed = arguments.seed or str(SystemRandom().randrange(1_000_000))
    full = arguments.summary_mode == "full"
    return RunPlan(name, options, thresholds, classes, seed, free, full, layers.warnings)


def _documents(
    arguments: Namespace, classes: Sequence[type[LoadUser]], environ: Mapping[str, str]
) -> list[Document]:
    documents = []
    if arguments.plan:
        systems = [user_class.system for user_class in classes if user_class.system]
        path = find_plan(arguments.plan, systems, Path(arguments.locustfile_folder))
        documents.append(read_document(path, shown_as=_shown(path)))
    documents += [
        Document(f"{user_class.__name__}.options", dict(user_class.options))
        for user_class in classes
        if user_class.options
    ]
    documents += _environment(environ)
    documents += _command_line(arguments)
    return documents


def _shown(path: Path) -> str:
    """The path as people see it: relative where that is shorter."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def _environment(environ: Mapping[str, str]) -> list[Document]:
    values, problems = {}, []
    for variable, (key, parse) in _ENVIRONMENT.items():
        if text := environ.get(variable):
            try:
                values[key] = parse(text)
            except ValueError as error:
                problems.append(Problem(Place("environment", None, variable), str(error)))
    if problems:
        raise AuthorError(problems)
    return [Document("environment (K6_*)", values)] if values else []


def _command_line(arguments: Namespace) -> list[Document]:
    """``-u`` and ``-t`` beside a plan; without one, and in the web form, they are Locust's own."""
    if not arguments.plan or not arguments.headless:
        return []
    values = {}
    if arguments.num_users:
        values["vus"] = arguments.num_users
    if arguments.run_time:
        values["duration"] = f"{arguments.run_time}s"
    return [Document("command line", values)] if values else []


def _threshold_problems(layers: Layers, thresholds: Thresholds) -> list[Problem]:
    document = layers.document()
    return [
        Problem(document.place(("thresholds", *problem.path)), problem.what, problem.instead)
        for problem in thresholds.problems()
    ]


def _task_problems(
    layers: Layers, options: Options, classes: Sequence[type[LoadUser]]
) -> list[Problem]:
    problems = []
    for name, config in options.scenarios.items():
        try:
            find_work(config.exec, classes)
        except UnknownTask as error:
            place = layers.document().place(("scenarios", name, "exec"))
            problems.append(Problem(place, str(error), error.near))
    return problems
