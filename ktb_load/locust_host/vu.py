"""A virtual user: identity, seeded generator, clients, and the run of one iteration.

k6 1.8.1 ``js/runner.go`` (``ActiveVU.RunOnce``) for what counts: a completed iteration is one
sample of ``iterations`` and ``iteration_duration``, also after an exception; an interrupted one
leaves none.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from gevent import GreenletExit

from ktb_load.clients.http import HttpClient
from ktb_load.errors import AbortTest, ExchangeFailed
from ktb_load.executors.pool import Interrupted, Scene
from ktb_load.locust_host.tasks import Work
from ktb_load.locust_host.user import LoadUser
from ktb_load.metrics.recorder import Recorder
from ktb_load.metrics.tags import with_tags
from ktb_load.plan.together import TAG
from ktb_load.vocabulary.checks import IterationFailed
from ktb_load.vocabulary.context import TaskContext, enter
from ktb_load.vocabulary.random import Random

if TYPE_CHECKING:
    from ktb_load.locust_host.run import Run


class LocustVU:
    """One VU. Lives as long as the run; what it keeps between iterations is k6's: connections,
    ``self.x``.
    """

    def __init__(self, number: int, run: Run) -> None:
        self.id = number
        """1-based and unique in the test; 0 in ``setup()`` and ``teardown()``."""
        self.iteration = 0
        """0-based iterations of this VU in the scenario (k6's ``iterationInScenario``)."""
        self.run = run
        self.random = Random()
        self.recorder = Recorder(run.store, run.tags)
        self.network = run.network(self.recorder)
        """What every client of this VU goes through."""
        self._http: dict[str, HttpClient] = {}
        self.context = TaskContext(
            self.recorder, self.random, run.clock.now, self._sleep, run.mark_failed
        )
        self._users: dict[type[LoadUser], LoadUser] = {}
        self._scene: Scene | None = None
        self._done: dict[str, int] = {}
        """Scenario -> iterations of this VU in it."""
        self._work: Work | None = None

    def user(self, user_class: type[LoadUser]) -> LoadUser:
        """This VU's instance of a class; made when first needed, kept for the whole run."""
        if user_class not in self._users:
            user = user_class(self.run.environment)
            user.vu = self
            self._users[user_class] = user
        return self._users[user_class]

    def http_for(self, host: str) -> HttpClient:
        """This VU's client for a host; classes of one host share connections and cookies."""
        client = self._http.get(host)
        if client is None:
            client = self._http[host] = HttpClient(self.network, host, self.run.http_options)
        return client

    def adopt(self, user: LoadUser) -> None:
        """Take a user that Locust made as this VU's instance of its class."""
        user.vu = self
        self._users[type(user)] = user

    def enter_stage(self, group: str) -> None:
        """Speak in this greenlet as ``setup()`` or ``teardown()``: no scenario, but a group of
        that name.
        """
        self.recorder.enabled = True
        self.recorder.tags = with_tags(self.run.tags, {"group": f"::{group}"})
        self.context.group = f"::{group}"
        self.random.reseed(f"{self.run.seed}/{group}")
        enter(self.context)

    def serve_class(self, env: Mapping[str, str], tags: Mapping[str, str]) -> None:
        """The stage goes on with the next class: its settings, and what tells its samples apart."""
        self.context.env = env
        self._tag({"group": self.context.group, **tags})

    def _tag(self, extra: Mapping[str, str]) -> None:
        self.recorder.tags = with_tags(self.run.tags, extra)
        system = extra.get(TAG, "") if self.run.plan.has_several_systems else ""
        self.recorder.on_exchange = partial(self.run.table.show, system)

    # The three steps that an executor knows.

    def activate(self, scene: Scene) -> None:
        self._scene = scene
        self._work = self.run.work_for(scene)
        self.iteration = self._done.get(scene.name, 0)
        config = self.run.options.scenarios.get(scene.name)
        self.context.env = config.env if config else {}
        whose = self.run.plan.tags_for(self._work.class_for(self.id))
        given = config.tags if config else {}
        self._tag({**whose, **given, "scenario": scene.name, "group": ""})
        self.recorder.enabled = True
        self.context.group = ""
        enter(self.context)

    def iterate(self) -> None:
        assert self._scene is not None and self._work is not None
        scene = self._scene
        number = scene.next_iteration()
        user = self.user(self._work.class_for(self.id))
        if self.run.plan.marks:
            self.network.mark = f"{scene.name}/{self.id}/{number}"
        began = self.run.clock.now()
        try:
            self._run_task(user, scene, number)
        except (Interrupted, GreenletExit):
            self._interrupted()
            raise
        except AbortTest as error:
            self.run.abort_by_task(str(error))
        except Exception as error:
            self._failed(user, error)
        took = self.run.clock.now() - began
        self.recorder.add("iterations", 1)
        self.recorder.add("iteration_duration", took * 1000)
        self.run.counted("completed")
        self._done[scene.name] = self.iteration = self.iteration + 1
        self._end_iteration()
        if took < (least := self.run.options.min_iteration_duration_s):
            self._sleep(least - took)

    def silence(self) -> None:
        self.recorder.enabled = False

    def deactivate(self) -> None:
        for user in self._users.values():
            user.on_stop()
        self.recorder.enabled = False

    def close(self) -> None:
        """Give back every connection; the run is over."""
        for client in self._http.values():
            client.close()

    def _run_task(self, user: LoadUser, scene: Scene, number: int) -> None:
        assert self._work is not None
        seed = self.run.seed
        if self.iteration == 0:
            self.random.reseed(f"{seed}/{scene.name}/vu {self.id}")
            user.on_start()
        self.random.reseed(f"{seed}/{scene.name}/{number}")
        self._work.pick(user, self.random)(user)
        if callable(user.wait_time):
            self._sleep(user.wait_time())

    def _failed(self, user: LoadUser, error: Exception) -> None:
        """An exception ended the iteration: it is said, and the VU goes on (spec 1.9)."""
        if isinstance(error, ExchangeFailed | IterationFailed):
            self.run.complaints.warn(self.id, error)
        else:
            self.run.complaints.trace(self.id, error)
        self.run.environment.events.user_error.fire(
            user_instance=user, exception=error, tb=error.__traceback__
        )

    def _interrupted(self) -> None:
        self.silence()
        self.run.counted("interrupted")
        self._end_iteration()

    def _end_iteration(self) -> None:
        self.recorder.flush_data()
        for client in self._http.values():
            client.end_iteration()

    def _sleep(self, seconds: float) -> None:
        if seconds > 0:
            clock = self.run.clock
            clock.sleep_until(clock.now() + seconds)
