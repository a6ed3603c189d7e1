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

from ktb_load.clients.drivers import LEAN
from ktb_load.errors import AuthorError, Problem
from ktb_load.executors import EXECUTORS
from ktb_load.executors.arrivals import ArrivalRate
from ktb_load.locust_host.orders import Order
from ktb_load.locust_host.tasks import UnknownTask, find_work
from ktb_load.locust_host.transports import transport_problems
from ktb_load.locust_host.user import LoadUser
from ktb_load.metrics.custom import declared
from ktb_load.metrics.known import KNOWN
from ktb_load.metrics.threshold import Thresholds
from ktb_load.plan.document import Document, read_document
from ktb_load.plan.layers import SHORTCUTS, Layers, merge
from ktb_load.plan.locate import Chosen, choose
from ktb_load.plan.scenario import ScenarioConfig
from ktb_load.plan.schema import Options, read_options
from ktb_load.plan.sources import from_command_line, from_environment
from ktb_load.plan.together import TAG, together


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
    layers: Layers
    """The options as they were written, merged."""
    free: bool = False
    """No plan was given: Locust starts and stops the users."""
    full_summary: bool = False
    """The summary will show every group and scenario for itself."""
    marks: bool = False
    """Requests and handshakes say which iteration they belong to."""
    driver: str = LEAN
    """Who speaks WebSocket and Socket.IO."""

    @property
    def values(self) -> Mapping[str, Any]:
        """The options as they were written; nothing without a plan."""
        return {} if self.free else self.layers.values

    def most(self, vus: Callable[[ScenarioConfig], int]) -> int:
        """The largest sum of ``vus`` over scenarios that overlap in time; 0 without a plan."""
        return 0 if self.free else self.options.most(vus)

    @property
    def max_vus(self) -> int:
        return self.most(lambda config: config.max_vus)

    def classes_for(self, config: ScenarioConfig) -> Sequence[type[LoadUser]]:
        """Whose people a scenario runs."""
        return classes_of(config.tags.get(TAG, ""), self.classes)

    def env_for(self, user_class: type[LoadUser]) -> Mapping[str, str]:
        """The ``env`` of all scenarios that may run a class, as its ``setup()`` sees it."""
        configs = self.options.scenarios.values()
        mine = [config for config in configs if user_class in self.classes_for(config)]
        return {key: value for config in mine for key, value in config.env.items()}

    @property
    def has_several_systems(self) -> bool:
        return len({one.system for one in self.classes if one.system}) > 1

    def tags_for(self, user_class: type[LoadUser]) -> Mapping[str, str]:
        """What tells the samples of a class from those of another system's people."""
        named = self.has_several_systems and user_class.system
        return {TAG: user_class.system} if named else {}

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
    problems = [
        *_threshold_problems(layers, thresholds),
        *_task_problems(layers, options, classes),
        *transport_problems(arguments.driver, classes),
    ]
    if problems:
        raise AuthorError(problems)
    if free:
        options = replace(options, scenarios={})
    named = dict.fromkeys(one.path.stem for one in _chosen(arguments, classes))
    name = "+".join(named) or ("no plan" if free else "options")
    seed = arguments.seed or str(SystemRandom().randrange(1_000_000))
    full = arguments.summary_mode == "full"
    marks, driver = arguments.mark_iterations, arguments.driver
    return RunPlan(name, options, thresholds, classes, seed, layers, free, full, marks, driver)


def plan_from_master(order: Order, classes: Sequence[type[LoadUser]]) -> RunPlan:
    """The plan of a worker: what the master has checked and sent. Thresholds are judged there."""
    layers = merge([Document("master", order.values)])
    options = read_options(layers.document(), EXECUTORS)
    free = not order.values
    if free:
        options = replace(options, scenarios={})
    thresholds = Thresholds({})
    return RunPlan(
        order.plan, options, thresholds, classes, order.seed, layers, free, driver=order.driver
    )


def classes_of(system: str, classes: Sequence[type[LoadUser]]) -> Sequence[type[LoadUser]]:
    """The classes of a system; all of them where none is of it."""
    return [one for one in classes if system and one.system == system] or classes


def _chosen(arguments: Namespace, classes: Sequence[type[LoadUser]]) -> list[Chosen]:
    systems = [user_class.system for user_class in classes if user_class.system]
    folder = Path(arguments.locustfile_folder)
    return choose(arguments.plan, systems, folder) if arguments.plan else []


def classes_in(arguments: Namespace, classes: Sequence[type[LoadUser]]) -> Sequence[type[LoadUser]]:
    """The classes that the plan is for.

    Raises:
        AuthorError: there is no such plan.
    """
    systems = [one.system for one in _chosen(arguments, classes) if one.system]
    return [one for one in classes if one.system in systems] if systems else classes


def _documents(
    arguments: Namespace, classes: Sequence[type[LoadUser]], environ: Mapping[str, str]
) -> list[Document]:
    chosen = _chosen(arguments, classes)
    plans = {one.system: read_document(one.path, shown_as=_shown(one.path)) for one in chosen}
    documents = [together(plans)] if len(plans) > 1 else list(plans.values())
    documents += [
        Document(f"{user_class.__name__}.options", dict(user_class.options))
        for user_class in classes
        if user_class.options
    ]
    documents += from_environment(environ)
    documents += from_command_line(_flags(arguments))
    return documents


def _shown(path: Path) -> str:
    """The path as people see it: relative where that is shorter."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def _flags(arguments: Namespace) -> dict[str, Any]:
    """The command line by ``Source.dest``. Locust's ``-u`` and ``-t`` belong to a plan only if
    there is one, and not in the web form.
    """
    flags = dict(vars(arguments))
    if arguments.plan and arguments.headless:
        flags["k6_vus"] = arguments.num_users
        flags["k6_duration"] = f"{arguments.run_time}s" if arguments.run_time else None
    return flags


def _threshold_problems(layers: Layers, thresholds: Thresholds) -> list[Problem]:
    document = layers.document()
    return [
        Problem(document.place(("thresholds", *problem.path)), problem.what, problem.instead)
        for problem in thresholds.problems({**KNOWN, **declared()})
    ]


def _task_problems(
    layers: Layers, options: Options, classes: Sequence[type[LoadUser]]
) -> list[Problem]:
    problems = []
    for name, config in options.scenarios.items():
        try:
            work = find_work(config.exec, classes_of(config.tags.get(TAG, ""), classes))
        except UnknownTask as error:
            place = layers.document().place(("scenarios", name, "exec"))
            problems.append(Problem(place, str(error), error.near))
            continue
        resting = [c.__name__ for c in dict.fromkeys(work.classes) if _rests(c)]
        if resting and isinstance(config, ArrivalRate):
            place = layers.document().place(("scenarios", name, "executor"))
            what = f"{', '.join(resting)} has a wait_time, and {config.EXECUTOR} paces by itself"
            instead = "leave out wait_time, or choose an executor of looping VUs"
            problems.append(Problem(place, what, instead))
    return problems


def _rests(user_class: type[LoadUser]) -> bool:
    """Whether a class has a wait time of its own; Locust's default is none at all."""
    return user_class.wait_time is not LoadUser.wait_time
