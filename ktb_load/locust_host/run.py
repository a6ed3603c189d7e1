"""One run from ``setup()`` to the verdict (k6 1.8.1 ``execution/scheduler.go`` for the order of
things).

    setup ─▶ scenarios, or users that Locust starts ─▶ teardown ─▶ thresholds ─▶ finished
                 └── abort(): iterations are interrupted, the rest follows all the same

Whatever ends a run, what was collected stays and the verdict still comes.
"""

from __future__ import annotations

from locust.env import Environment
from locust.runners import Runner

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

import gevent
from gevent.event import Event
from gevent.pool import Group

from ktb_load.clients.backlog import Backlog
from ktb_load.clients.drivers import driver_named
from ktb_load.clients.network import USER_AGENT, Network
from ktb_load.clock import Clock, RealClock
from ktb_load.errors import AbortTest, ExitCode
from ktb_load.executors.pool import VU, Pool, Scene
from ktb_load.executors.running import Executor, RunningScenario
from ktb_load.executors.share import WHOLE, Share
from ktb_load.locust_host.complaints import Complaints
from ktb_load.locust_host.garbage import Garbage
from ktb_load.locust_host.networking import dialer_for, http_options_for
from ktb_load.locust_host.plan import RunPlan
from ktb_load.locust_host.request_table import RequestTable
from ktb_load.locust_host.self_watch import SelfWatch
from ktb_load.locust_host.shared_data import freeze
from ktb_load.locust_host.tasks import Work, find_work
from ktb_load.locust_host.user import LoadUser
from ktb_load.locust_host.vu import LocustVU
from ktb_load.metrics.custom import declared
from ktb_load.metrics.generator import LATENESS
from ktb_load.metrics.overload import Overload
from ktb_load.metrics.recorder import Recorder
from ktb_load.metrics.store import Store
from ktb_load.metrics.tags import SYSTEM_TAGS, tag_set, with_tags
from ktb_load.metrics.threshold import Verdicts
from ktb_load.outputs.breakdown import Breakdown
from ktb_load.outputs.output import Output
from ktb_load.plan.together import TAG

logger = logging.getLogger(__name__)


@dataclass
class Ending:
    """Why a run ended before its plan did; the first reason counts."""

    code: ExitCode
    reason: str


class Run:
    """A test run. ``execute`` drives a plan; without one ``begin`` and ``finish`` frame Locust's
    users.
    """

    def __init__(self, environment: Environment, plan: RunPlan, share: Share = WHOLE) -> None:
        self.environment = environment
        self.plan = plan
        self.share = share
        self.options = plan.options
        self.seed = plan.seed
        self.clock: Clock = RealClock()
        tags = plan.options.system_tags
        self.store = Store(self.clock, () if tags is None else SYSTEM_TAGS.difference(tags))
        for spec in declared().values():
            self.store.declare(spec)
        for selector in plan.selectors:
            self.store.watch(selector)
        self.breakdown = Breakdown(self.store) if plan.full_summary else None
        self.overload = Overload(self.store)
        self.outputs: Sequence[Output] = ()
        self.tags = tag_set(plan.options.tags)
        self._own_tags = with_tags(self.tags, self._who())
        self._backlog = Backlog()
        self._self_watch = SelfWatch(self.store, self._own_tags, self.clock, self._backlog)
        self.setup_data: dict[str, Any] = {}
        self.complaints = Complaints()
        self.table = RequestTable(environment)
        self.counts = {"completed": 0, "interrupted": 0}
        self.ending: Ending | None = None
        self.marked_failed = False
        self.verdicts: Verdicts | None = None
        self.finished = Event()
        self.scenarios_began: float | None = None
        self._began = self._ended = self.clock.now()
        self._dialer = dialer_for(plan.options.network)
        self._driver = driver_named(plan.driver)
        self.http_options = http_options_for(plan.options.network, share)
        self._vus: list[LocustVU] = []
        self.pool = Pool(
            [self._make_vu() for _ in range(self._planned_vus())], self._spawn, self._make_vu
        )
        self.scenarios: list[RunningScenario] = []
        self._work = {
            name: find_work(config.exec, plan.classes_for(config))
            for name, config in self.options.scenarios.items()
        }
        self._freely: list[LocustVU] = []
        self._free_numbers = count()
        self._body: gevent.Greenlet | None = None
        """What ``abort`` ends: everything of the plan but teardown and verdict."""
        self._setup_done = False
        self._garbage = Garbage()

    # What a VU asks of its run.

    @property
    def runner(self) -> Runner:
        runner = self.environment.runner
        assert runner is not None  # Locust makes it before any test can start
        return runner

    def network(self, recorder: Recorder) -> Network:
        """The way out of one more VU."""
        agent = self.options.network.user_agent or USER_AGENT
        return Network(recorder, self._dialer, agent, backlog=self._backlog, driver=self._driver)

    def work_for(self, scene: Scene) -> Work:
        return self._work.get(scene.name) or find_work("default", self.plan.classes)

    def counted(self, kind: str) -> None:
        self.counts[kind] += 1

    def mark_failed(self, message: str) -> None:
        logger.error("test marked as failed: %s", message)
        self.marked_failed = True

    def abort_by_task(self, message: str) -> None:
        self.abort(ExitCode.SCRIPT_ABORTED, f"test aborted: {message}")

    # The life of a run.

    @property
    def duration_s(self) -> float:
        """From just before ``setup()`` to the end of ``teardown()``, or until now."""
        return (self._ended if self.finished.is_set() else self.clock.now()) - self._began

    @property
    def incomplete(self) -> list[str]:
        """The workers whose part of the plan is missing; alone nobody can be missing."""
        return []

    @property
    def active_vus(self) -> int:
        return self.pool.active + len(self._freely)

    @property
    def initialised_vus(self) -> int:
        return self.pool.total + len(self._freely)

    @property
    def expected_vus(self) -> int:
        """How many VUs there will be at most; without a plan what Locust was asked for."""
        return self.plan.max_vus or self.runner.target_user_count

    def start(self) -> None:
        """Run the whole plan in a greenlet of its own."""
        self._body = gevent.spawn(self._run_plan)
        self._body.link(lambda _body: gevent.spawn(self.finish))

    def abort(self, code: ExitCode, reason: str) -> None:
        """End the run now: iterations are interrupted, teardown and summary follow."""
        if self.ending is None and not self.finished.is_set():
            self.ending = Ending(code, reason)
            self._announce(self.ending)
            if self._body is not None and self._body is not gevent.getcurrent():
                self._body.kill(block=False)

    def _announce(self, ending: Ending) -> None:
        logger.error("%s", ending.reason)

    def stop(self) -> None:
        """Somebody stops the test from Locust, in the web UI for example."""
        self.abort(ExitCode.STOPPED_BY_API, "test stopped from Locust")

    def begin(self) -> None:
        """``setup()``. After it the scenarios' clocks start."""
        self._began = self.clock.now()
        if not self.options.no_setup:
            self._stage("setup", self.options.setup_timeout_s, ExitCode.SETUP_TIMEOUT)
        self._setup_done = self.ending is None
        self._begin_scenarios()

    def _begin_scenarios(self) -> None:
        """Their clocks start; from now on this process watches itself."""
        self._garbage.start()
        self.scenarios_began = self.clock.now()
        self._self_watch.start()

    def finish(self) -> None:
        """``teardown()`` and the final verdict; safe to call more than once."""
        if self.finished.is_set():
            return
        self._self_watch.stop()
        if self._setup_done and not self.options.no_teardown:
            self._stage("teardown", self.options.teardown_timeout_s, ExitCode.TEARDOWN_TIMEOUT)
        self._ended = self.clock.now()
        self.complaints.sum_up()
        self._close_vus()
        self.verdicts = self.plan.thresholds.evaluate(self.store, self._ended - self._began)
        self.finished.set()

    def _close_vus(self) -> None:
        self._garbage.stop()
        for vu in (*self._vus, *self._freely):
            vu.close()

    def _run_plan(self) -> None:
        try:
            self.begin()
            if self.ending is None:
                self._run_scenarios()
        except Exception as error:
            logger.critical("a fault of ktb-load itself, please report it", exc_info=error)
            self.ending = Ending(ExitCode.PANIC, f"internal fault: {error}")

    def _run_scenarios(self) -> None:
        clock, pool, now = self.clock, self.pool, self.clock.now()
        self.scenarios = [
            RunningScenario(
                config,
                clock,
                pool,
                self._dropped_in(config.name),
                now,
                share,
                late=self._late_in(config.name),
            )
            for config in self.options.scenarios.values()
            if isinstance(config, Executor) and (share := config.part_of(self.share))
        ]
        greenlets = [gevent.spawn(scenario.run) for scenario in self.scenarios]
        try:
            gevent.joinall(greenlets, raise_error=True)
        finally:
            gevent.killall(greenlets)

    def _dropped_in(self, scenario: str) -> Callable[[int, int | None], None]:
        given = self.options.scenarios[scenario].tags
        system = {TAG: given[TAG]} if TAG in given else {}

        def dropped(how_many: int, _vu_id: int | None) -> None:
            if self.ending is None:
                tags = tag_set({**self.options.tags, **system, "scenario": scenario})
                self.store.series("dropped_iterations", tags).add(how_many)

        return dropped

    def _late_in(self, scenario: str) -> Callable[[float], None]:
        tags = with_tags(self._own_tags, {"scenario": scenario})
        return lambda seconds: self.store.series(LATENESS.name, tags).add(seconds * 1000)

    def _who(self) -> Mapping[str, str]:
        """The tags that tell this process from the others of a run."""
        return {}

    def _planned_vus(self) -> int:
        """How many VUs there are before the test begins."""
        return self.plan.most(lambda config: self.share.of(config.planned_vus))

    def _make_vu(self) -> LocustVU:
        vu = LocustVU(self.share.number(len(self._vus)) + 1, self)
        self._vus.append(vu)
        return vu

    def _spawn(self, vu: VU, scene: Scene, work: Callable[[], None]) -> gevent.Greenlet:
        """Run a VU among Locust's users, so that Locust's user count follows the plan."""
        assert isinstance(vu, LocustVU)
        user = vu.user(self.work_for(scene).class_for(vu.id))
        user._group = self._users()
        user._greenlet = user._group.spawn(lambda _user: work(), user)
        return user._greenlet

    def _users(self) -> Group:
        """Where the greenlets of VUs are."""
        return self.runner.user_greenlets

    def _stage(self, name: str, timeout_s: float, timeout_code: ExitCode) -> None:
        """Run ``setup`` or ``teardown`` of every class that has one."""
        vu = LocustVU(0, self)
        vu.enter_stage(name)
        try:
            with gevent.Timeout(timeout_s, StageTimeout):
                for user_class in self.plan.classes:
                    vu.serve_class(self.plan.env_for(user_class), self.plan.tags_for(user_class))
                    self._run_stage(name, vu.user(user_class))
        except StageTimeout:
            reason = f"{name}() execution timed out after {timeout_s:g} seconds"
            self.abort(timeout_code, reason)
        except AbortTest as error:
            self.abort_by_task(str(error))
        except Exception as error:
            logger.error("%s() failed", name, exc_info=error)
            self.abort(ExitCode.SCRIPT_EXCEPTION, f"{name}() failed: {error}")
        finally:
            vu.recorder.flush_data()
            vu.close()

    def _run_stage(self, name: str, user: LoadUser) -> None:
        key = type(user).__name__
        if name == "setup":
            self.setup_data[key] = freeze(user.setup())
        else:
            user.teardown(self.setup_data.get(key))

    # Users that Locust starts and stops by itself, without a plan.

    def join(self, user: LoadUser) -> LocustVU:
        vu = LocustVU(self.share.number(next(self._free_numbers)) + 1, self)
        vu.adopt(user)
        self._freely.append(vu)
        return vu

    def leave(self, vu: LocustVU) -> None:
        self._freely.remove(vu)
        vu.close()


class StageTimeout(Exception):
    """``setup()`` or ``teardown()`` took longer than its timeout."""
