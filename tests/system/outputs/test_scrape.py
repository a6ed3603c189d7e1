"""The page for Prometheus, fetched over a real socket and read by the official parser."""

from __future__ import annotations

from typing import Any

import pytest

pytest.importorskip("prometheus_client")

from geventhttpclient import HTTPClient
from prometheus_client.openmetrics import parser as openmetrics
from prometheus_client.parser import text_string_to_metric_families

from ktb_load.errors import AuthorError, ExitCode
from ktb_load.metrics.store import Store
from tests.system.outputs.receiver import receiving, unused_port

pytestmark = pytest.mark.system


def _fetch(port: int, accept: str = "text/plain") -> tuple[int, str, str]:
    client = HTTPClient("127.0.0.1", port)
    answer = client.get("/metrics", headers={"Accept": accept})
    text = bytes(answer.read()).decode()
    client.close()
    return answer.status_code, str(answer.get("content-type")), text


def test_page_shows_the_run_so_far_in_both_formats(open_: Any, store: Store) -> None:
    port = unused_port()
    (output,) = open_(f"prometheus=127.0.0.1:{port}")
    store.series("http_reqs", (("name", 'say "값"\n'),)).add(2)
    store.series("http_req_duration", ()).add(250)
    output.flush()
    status, kind, text = _fetch(port)
    assert (status, kind.startswith("text/plain")) == (200, True)
    families = {family.name: family for family in text_string_to_metric_families(text)}
    (sample,) = families["k6_http_reqs"].samples
    assert (sample.labels, sample.value) == ({"name": 'say "값"\n'}, 2)
    assert families["k6_http_req_duration_p95"].samples[0].value == 0.25
    store.series("http_reqs", (("name", 'say "값"\n'),)).add(3)
    status, kind, text = _fetch(port, "application/openmetrics-text; version=1.0.0")
    assert kind.startswith("application/openmetrics-text")
    families = {f.name: f for f in openmetrics.text_string_to_metric_families(text)}
    assert families["k6_http_reqs"].samples[0].value == 5
    output.close()
    with pytest.raises(OSError, match="refused"):
        _fetch(port)


def test_port_that_is_taken_is_found_before_the_run(open_: Any) -> None:
    with receiving() as other, pytest.raises(AuthorError, match="in use") as raised:
        open_(f"prometheus={other.host}")
    assert raised.value.exit_code is ExitCode.GENERIC
