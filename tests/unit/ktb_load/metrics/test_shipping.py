"""What workers collect, merged by a master: as if one process had done it all."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ktb_load.clock import RealClock
from ktb_load.metrics.shipping import Shipper, receive
from ktb_load.metrics.sinks import values_of
from ktb_load.metrics.store import Store
from ktb_load.metrics.tags import tag_set
from ktb_load.outputs.breakdown import Breakdown

STATS = ("avg", "min", "med", "max", "p(90)", "p(95)", "count")
A, B = tag_set({"scenario": "a", "group": ""}), tag_set({"scenario": "b", "group": "::g"})


def store():
    new = Store(RealClock())
    new.watch("http_req_duration{scenario:b}")
    return new


samples = st.lists(
    st.tuples(
        st.sampled_from(["http_req_duration", "http_reqs", "http_req_failed"]),
        st.sampled_from([A, B]),
        st.integers(0, 1000),
    ),
    max_size=60,
)


@given(st.lists(samples, min_size=1, max_size=4))
def test_merged_metrics_are_those_of_one_process(per_worker):
    alone, master = store(), store()
    workers = [store() for _ in per_worker]
    shippers = [Shipper(worker) for worker in workers]
    for worker, shipper, taken in zip(workers, shippers, per_worker, strict=True):
        for number, (metric, tags, value) in enumerate(taken):
            for one in (worker, alone):
                one.series(metric, tags).add(value)
            if number % 7 == 0:
                receive(master, shipper.ship())
    for shipper in shippers:
        receive(master, shipper.ship())
    for selector in ("http_req_duration", "http_req_duration{scenario:b}", "http_reqs"):
        mine, theirs = alone.sink(selector), master.sink(selector)
        assert (mine is None) == (theirs is None)
        if mine is not None:
            expected = values_of(mine, STATS, 10.0)
            assert values_of(theirs, STATS, 10.0) == pytest.approx(expected)


def test_a_shipment_holds_only_what_is_new_and_goes_through_a_wire_format():
    worker = store()
    shipper = Shipper(worker)
    worker.series("http_reqs", A).add(1)
    assert len(shipper.ship()["series"]) == 1
    worker.check("", "works", True, A)
    shipment = shipper.ship()
    json.dumps(shipment)
    assert [metric for metric, _, _ in shipment["series"]] == ["checks"]
    assert shipper.ship() == {"series": [], "checks": [("", "works", 0, 0)]}


def test_checks_and_the_parts_of_the_full_summary_arrive():
    worker, master = store(), store()
    breakdown = Breakdown(master)
    shipper = Shipper(worker)
    for passed in (True, False, True):
        worker.check("::g", "works", passed, B)
    receive(master, shipper.ship())
    receive(master, shipper.ship())
    check = master.checks.root.at("::g").check("works")
    assert (check.passes, check.fails) == (2, 1)
    part = breakdown.scenarios["b"].group(["g"]).checks["works"]
    assert (part.passes, part.fails) == (2, 1)
    assert master.sink("checks").value("rate", 1.0) == pytest.approx(2 / 3)


def test_many_values_travel_as_a_histogram():
    worker, master = store(), store()
    shipper = Shipper(worker)
    series = worker.series("http_req_duration", A)
    for value in range(1, 60_001):
        series.add(value)
    receive(master, shipper.ship())
    sink = master.sink("http_req_duration")
    assert sink.value("count", 1.0) == 60_000
    assert sink.value("avg", 1.0) == pytest.approx(30_000.5)
    assert sink.value("p(95)", 1.0) == pytest.approx(57_000, rel=0.001)
