"""A soak must not grow: past the bound of exact values memory stays where it is.

24 hours at 10,000 samples a second are 864 million; what counts is that nothing grows per sample,
so each kind of metric gets several times its bound, as fast as it goes.
"""

import subprocess
import sys

import pytest

pytestmark = pytest.mark.system

_FEED = """
import random, sys
from ktb_load.clock import RealClock
from ktb_load.metrics.sinks import EXACT_VALUES
from ktb_load.metrics.store import Store
from ktb_load.metrics.tags import tag_set

def resident_kb():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))

store = Store(RealClock())
store.watch("http_req_duration{name:/a}")
tags = tag_set({"name": "/a"})
trend = store.series("http_req_duration", tags)
others = [store.series(name, tags) for name in ("http_reqs", "http_req_failed", "vus")]
draw = random.Random(1).lognormvariate

def feed(count):
    for _ in range(count):
        value = draw(3, 1)
        trend.add(value)
        for series in others:
            series.add(value)

feed(EXACT_VALUES + 100_000)
sink = store.sink("http_req_duration")
sink.value("p(95)", 1.0)
assert not sink.exact
bound = resident_kb()
for _ in range(4):
    feed(500_000)
    sink.value("p(95)", 1.0)
print(bound, resident_kb(), sink.value("count", 1.0))
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
@pytest.mark.xdist_group("alone")
def test_memory_is_flat_past_the_bound_of_exact_values():
    ended = subprocess.run(
        [sys.executable, "-c", _FEED], capture_output=True, text=True, timeout=200, check=True
    )
    bound_kb, after_kb, count = map(float, ended.stdout.split())
    assert count == 3_100_000
    assert after_kb < bound_kb + 4_096
