"""VUs at work: who is idle, who iterates for which scenario, and how each is stopped.

All scenarios of a run share one pool. A VU that comes back goes to the end of the queue and keeps
its state (k6 1.8.1 ``lib/execution.go``: the buffered channel of initialised VUs). An activation
is one VU iterating for one scenario until it is told to stop (k6's ``vu_handle.go``):

    running ──stop()──▶ stopping ──iteration ends──▶ idle
       │  ◀──go_on()──────┘                           ▲
       └──interrupt()──▶ iteration is killed ─────────┘

Nothing here knows what an iteration does or that Locust exists.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Protocol

from gevent.event import Event

from ktb_load.clock import Clock

CLEAN_UP_S = 2.0


class Interrupted(BaseException):
    """Raised inside an iteration to end it at once. Not an Exception, so that tasks do not catch
    it.
    """


class Killable(Protocol):
    """The part of a greenlet that an activation uses."""

    def kill(self, exception: type[BaseException], block: bool) -> object: ...


class VU(Protocol):
    """What an executor may ask of a VU."""

    id: int

    def activate(self, scene: "Scene") -> None:
        """The VU now works for ``scene``."""

    def iterate(self) -> None:
        """Run one iteration; raises Interrupted only."""

    def silence(self) -> None:
        """The iteration is about to be interrupted: what it reports from now on does not count."""

    def deactivate(self) -> None:
        """The VU is idle again."""


class Scene(Protocol):
    """The scenario that a VU works for, as far as the VU may see it."""

    @property
    def name(self) -> str: ...
    @property
    def exec(self) -> str: ...

    def next_iteration(self) -> int:
        """The number of the iteration that starts now, counted over all VUs of the scenario."""


Spawn = Callable[[VU, Scene, Callable[[], None]], Killable]
"""Runs a function in a greenlet of its own; the host shows the VU as one running user."""


class Pool:
    """The VUs of a run."""

    def __init__(self, vus: Iterable[VU], spawn: Spawn, make: Callable[[], VU]) -> None:
        self._idle = deque(vus)
        self._spawn = spawn
        self._make = make
        self._resting = 0
        self.total = len(self._idle)
        """How many VUs are initialised (k6's ``vus_max``)."""
        self._active: set[Activation] = set()
        self._came_back = Event()

    @property
    def active(self) -> int:
        """How many VUs are at work now (k6's ``vus``)."""
        return len(self._active) - self._resting

    @contextmanager
    def resting(self) -> Iterator[None]:
        """For a VU that belongs to a scenario, but waits for work."""
        self._resting += 1
        try:
            yield
        finally:
            self._resting -= 1

    def grow(self) -> None:
        """Initialise one more VU."""
        self._idle.append(self._make())
        self.total += 1
        self._came_back.set()

    def activate(
        self, scene: Scene, goes_on: Callable[[], bool], ended: Callable[["Activation"], None]
    ) -> "Activation":
        """Take an idle VU and let it iterate for as long as ``goes_on()``; call ``ended`` after.

        Waits where every VU is busy, if only with its clean-up.
        """
        while not self._idle:
            self._came_back.clear()
            self._came_back.wait()
        activation = Activation(self._idle.popleft(), goes_on)

        def work() -> None:
            try:
                activation.run(scene)
            finally:
                self._active.discard(activation)
                self._idle.append(activation.vu)
                self._came_back.set()
                ended(activation)

        self._active.add(activation)
        activation.greenlet = self._spawn(activation.vu, scene, work)
        return activation


class Activation:
    """One VU that iterates for one scenario."""

    greenlet: Killable

    def __init__(self, vu: VU, goes_on: Callable[[], bool]) -> None:
        self.vu = vu
        self.stopping = False
        self.begun = False
        self.started = 0
        """Iterations started in this activation."""
        self._goes_on = goes_on
        self._over = False

    def run(self, scene: Scene) -> None:
        self.begun = True
        try:
            self.vu.activate(scene)
            while not self.stopping and self._goes_on():
                self.started += 1
                self.vu.iterate()
        except Interrupted:
            pass
        finally:
            self._over = True
            self.vu.deactivate()

    def stop(self) -> None:
        """Let the iteration that runs now be the last."""
        self.stopping = True

    def go_on(self) -> bool:
        """Take back a ``stop()``; False if it has taken effect already."""
        if not self._over:
            self.stopping = False
        return not self._over

    def interrupt(self) -> None:
        """End the iteration that runs now at once."""
        self.stopping = True
        if self.begun:  # a greenlet that is killed before it began would never say that it ended
            self.vu.silence()
            self.greenlet.kill(Interrupted, block=False)


class Crew:
    """The activations of one scenario, and the wait for their end."""

    def __init__(self, pool: Pool, scene: Scene, clock: Clock) -> None:
        self._pool = pool
        self._scene = scene
        self._clock = clock
        self._working: set[Activation] = set()
        self._all_idle = Event()

    def __iter__(self) -> Iterator[Activation]:
        return iter(tuple(self._working))

    def add(
        self,
        goes_on: Callable[[], bool] = lambda: True,
        ended: Callable[[Activation], None] = lambda _: None,
    ) -> Activation:
        def left(activation: Activation) -> None:
            self._working.discard(activation)
            if not self._working:
                self._all_idle.set()
            ended(activation)

        self._all_idle.clear()
        activation = self._pool.activate(self._scene, goes_on, left)
        self._working.add(activation)
        return activation

    def wait(self, timeout_s: float) -> bool:
        """Block until nobody works, at most ``timeout_s``; whether that is so."""
        return not self._working or self._clock.wait(self._all_idle, timeout_s)

    def stop(self) -> None:
        for activation in self:
            activation.stop()

    def interrupt(self) -> None:
        """End all iterations at once, and wait until the VUs are idle.

        An iteration may still clean up (close its socket); one that takes longer than
        ``CLEAN_UP_S`` over it is interrupted again.
        """
        while self._working:
            for activation in self:
                activation.interrupt()
            self._clock.wait(self._all_idle, CLEAN_UP_S)
