from collections.abc import Callable

import pytest

from ktb_load.metrics.store import Store
from ktb_load.metrics.threshold import Thresholds
from ktb_load.outputs.output import OutputContext


class StoppedClock:
    """A clock for stores and outputs, which ask only what time it is; a test moves it."""

    def __init__(self):
        self.passed_s = 0.0

    def now(self):
        return self.passed_s

    def epoch(self):
        return 1000.25 + self.passed_s


@pytest.fixture
def clock():
    return StoppedClock()


@pytest.fixture
def store(clock):
    return Store(clock)


@pytest.fixture
def said():
    """What was complained of."""
    return []


@pytest.fixture
def context(store, clock, said) -> Callable[..., OutputContext]:
    """``context(environ, **more)``: a run for outputs to write about."""

    def make(environ=None, *, thresholds=None, **more):
        asked = Thresholds(thresholds or {})
        for selector in asked.selectors:
            store.watch(selector)
        return OutputContext(store, asked, clock, said.append, environ or {}, **more)

    return make
