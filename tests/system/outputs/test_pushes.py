"""Outputs that push, against endpoints as they are: there, away, back, slow, unwilling."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

import gevent
import pytest
from gevent import subprocess

pytest.importorskip("cramjam")
pytest.importorskip("opentelemetry.proto")
pytest.importorskip("opentelemetry.sdk.metrics")

from ktb_load.metrics.store import Store
from ktb_load.outputs import push
from tests.system.outputs.receiver import Received, Receiver, hanging, receiving, unused_port

pytestmark = pytest.mark.system

INTERVAL = {"K6_PROMETHEUS_RW_PUSH_INTERVAL": "50ms", "K6_OTEL_EXPORT_INTERVAL": "50ms"}


def _written(received: Received) -> dict[str, float]:
    return {dict(labels)["__name__"]: value for labels, value, _ in received.written()}


def _exported(received: Received) -> dict[str, float]:
    (resource,) = received.exported().resource_metrics
    return {
        f"k6_{metric.name}_total": metric.sum.data_points[0].as_double
        for metric in resource.scope_metrics[0].metrics
    }


READERS: dict[str, Callable[[Received], dict[str, float]]] = {
    "prometheus-rw": _written,
    "opentelemetry": _exported,
}
every_push = pytest.mark.parametrize("name", list(READERS))


@contextmanager
def _ticks() -> Iterator[list[float]]:
    """When another greenlet got its turn: the load that must not notice."""
    turns: list[float] = []

    def run() -> None:
        while True:
            turns.append(time.perf_counter())
            gevent.sleep(0.005)

    greenlet = gevent.spawn(run)
    try:
        yield turns
    finally:
        greenlet.kill()


def _longest_pause(turns: list[float]) -> float:
    return max(later - earlier for earlier, later in pairwise(turns))


@every_push
def test_samples_arrive_while_the_run_goes_on_and_at_its_end(
    open_: Any, store: Store, said: list[str], until: Any, name: str
) -> None:
    with receiving() as receiver:
        (output,) = open_(f"{name}={receiver.url}", **INTERVAL)
        store.series("http_reqs", ()).add(2)
        until(lambda: output.flush() or receiver.received)
        assert READERS[name](receiver.received[-1]) == {"k6_http_reqs_total": 2}
        assert receiver.received[-1].path == "/in?a=b"
        store.series("http_reqs", ()).add(3)
        output.close()
        assert READERS[name](receiver.received[-1]) == {"k6_http_reqs_total": 5}
        seen = len(receiver.received)
        store.series("http_reqs", ()).add(1)
        output.flush()
        output.close()
        assert all("k6_http_reqs_total" in READERS[name](r) for r in receiver.received[seen:])
    assert said == []


@every_push
def test_endpoint_that_is_away_is_complained_of_once_and_served_when_it_is_back(
    open_: Any, store: Store, said: list[str], until: Any, name: str
) -> None:
    port = unused_port()
    (output,) = open_(f"{name}=http://127.0.0.1:{port}/", **INTERVAL)
    store.series("http_reqs", ()).add(2)
    until(lambda: output.flush() or said)
    for _ in range(5):
        gevent.sleep(0.06)
        output.flush()
    with receiving(port) as receiver:
        until(lambda: output.flush() or receiver.received)
        assert READERS[name](receiver.received[-1]) == {"k6_http_reqs_total": 2}
        output.close()
    (text,) = said
    assert f"metrics could not be sent to http://127.0.0.1:{port}/: " in text
    assert "refused" in text


@every_push
def test_endpoint_that_hangs_stops_neither_the_load_nor_the_end(
    open_: Any, store: Store, said: list[str], until: Any, name: str, monkeypatch: Any
) -> None:
    monkeypatch.setattr(push, "PUSH_S", 0.4)
    monkeypatch.setattr(push, "GRACE_S", 0.2)
    with hanging() as url, _ticks() as turns:
        (output,) = open_(f"{name}={url}", **INTERVAL)
        store.series("http_reqs", ()).add(2)
        longest_flush = 0.0

        def flush() -> list[str]:
            nonlocal longest_flush
            began = time.perf_counter()
            output.flush()
            longest_flush = max(longest_flush, time.perf_counter() - began)
            return said

        until(flush)
        flush()
        began = time.perf_counter()
        output.close()
        took = time.perf_counter() - began
    assert longest_flush < 0.2
    assert took < 2.0
    assert _longest_pause(turns) < 0.2
    (text,) = said
    assert "no answer within 0.4s" in text


@every_push
def test_refusal_is_complained_of_with_its_words(
    open_: Any, store: Store, said: list[str], name: str
) -> None:
    with receiving() as receiver:
        receiver.status = "401 Unauthorized"
        (output,) = open_(f"{name}={receiver.url}")
        store.series("http_reqs", ()).add(2)
        output.close()
        assert len(receiver.received) == 1
        assert said == [
            f"metrics could not be sent to {receiver.url}: it answered 401 Unauthorized: not today"
        ]


def test_one_output_that_fails_leaves_the_others_alone(
    open_: Any, store: Store, said: list[str], until: Any, tmp_path: Any
) -> None:
    with receiving() as receiver, hanging() as away:
        specs = ["json=/dev/full", f"opentelemetry={away}", f"csv={tmp_path}/a.csv"]
        outputs = open_(*specs, f"prometheus-rw={receiver.url}", **INTERVAL)
        store.series("http_reqs", ()).add(2)
        until(lambda: [output.flush() for output in outputs] and receiver.received)
        for output in [outputs[0], *outputs[2:]]:
            output.close()
    assert _written(receiver.received[0]) == {"k6_http_reqs_total": 2}
    assert len((tmp_path / "a.csv").read_text("utf-8").splitlines()) == 2
    (text,) = said
    assert "No space left on device" in text


def test_certificate_that_nobody_vouches_for_is_taken_on_demand_only(
    open_: Any, store: Store, said: list[str], certificate: tuple[str, str]
) -> None:
    def pushed(**environ: str) -> Receiver:
        with receiving(certificate=certificate) as receiver:
            (output,) = open_(f"prometheus-rw={receiver.url}", **environ)
            store.series("http_reqs", ()).add(2)
            output.close()
        return receiver

    assert pushed().received == []
    assert "certificate verify failed" in said[0].lower()
    said.clear()
    assert len(pushed(K6_PROMETHEUS_RW_INSECURE_SKIP_TLS_VERIFY="true").received) == 1
    assert said == []


def test_authority_of_ones_own_vouches_for_a_collector(
    open_: Any, store: Store, said: list[str], certificate: tuple[str, str]
) -> None:
    with receiving(certificate=certificate) as receiver:
        (output,) = open_(f"opentelemetry={receiver.url}", K6_OTEL_TLS_CERTIFICATE=certificate[0])
        store.series("http_reqs", ()).add(2)
        output.close()
    assert said == []
    assert len(receiver.received) == 1


PROGRAM = """
from gevent import monkey
monkey.patch_all()
import sys
from ktb_load.clock import RealClock
from ktb_load.metrics.store import Store
from ktb_load.metrics.threshold import Thresholds
from ktb_load.outputs.out import OutputContext, open_outputs
store = Store(RealClock())
context = OutputContext(store, Thresholds({}), RealClock(), sys.exit, {})
outputs = open_outputs(sys.argv[1:], context)
store.series("http_reqs", ()).add(2)
for output in outputs:
    output.close()
"""


def test_patched_process_pushes_as_well() -> None:
    """Locust patches the whole process."""
    with receiving() as receiver:
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, *(f"{name}={receiver.url}" for name in READERS)],
            capture_output=True,
            cwd=Path(__file__).parents[3],
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()
    told = zip(READERS.values(), receiver.received, strict=True)
    assert [read(received) for read, received in told] == [{"k6_http_reqs_total": 2}] * 2
