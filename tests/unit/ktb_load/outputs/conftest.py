import pytest

from ktb_load.metrics.store import Store


class StoppedClock:
    """A clock for stores, which ask only what time it is."""

    def epoch(self):
        return 1000.25


@pytest.fixture
def store():
    return Store(StoppedClock())
