"""What the garbage collector looks at while a run is on."""

import gc
from weakref import WeakSet

import pytest

from ktb_load.locust_host.garbage import Garbage


@pytest.fixture
def garbage():
    watching = Garbage()
    watching.start()
    yield watching
    watching.stop()


class Node:
    """A cycle, which only the collector can free."""

    def __init__(self):
        self.itself = self


def nodes(count):
    made = [Node() for _ in range(count)]
    return made, WeakSet(made)


def test_what_survived_a_full_collection_is_set_aside(garbage):
    kept, _ = nodes(100)
    aside = gc.get_freeze_count()
    gc.collect()
    assert gc.get_freeze_count() >= aside + len(kept)


def test_new_cycles_are_collected(garbage):
    kept, alive = nodes(100)
    del kept
    gc.collect()
    assert not alive


def test_cycles_that_were_set_aside_are_found_when_the_heap_has_grown(garbage):
    kept, alive = nodes(100)
    gc.collect()
    del kept
    gc.collect()
    assert len(alive) == 100, "so far they are out of sight"
    others = [[] for _ in range(3 * gc.get_freeze_count())]
    gc.collect()  # sets aside more than it may
    gc.collect()  # and so this one is thorough
    assert not alive
    assert gc.get_freeze_count() > len(others)


def test_after_the_run_nothing_is_set_aside():
    watching = Garbage()
    watching.start()
    assert gc.get_freeze_count() > 0
    watching.stop()
    watching.stop()
    assert gc.get_freeze_count() == 0
