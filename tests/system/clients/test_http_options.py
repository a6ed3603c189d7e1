"""k6's network options, over real sockets."""

import logging
import time
from ipaddress import ip_network

import pytest

from ktb_load.clients.request_pace import RequestPace
from ktb_load.clients.resolver import Rules

pytestmark = pytest.mark.system


def test_hosts_leads_a_name_elsewhere_but_the_host_header_stays(new_client, new_vu, server):
    port = server.url.rpartition(":")[2]
    vu = new_vu(rules=Rules(hosts={"chat.example:81": f"127.0.0.1:{port}"}))
    assert new_client(vu, "http://chat.example:81").get("/ok").status == 200
    assert ("Host", "chat.example:81") in server.received[-1].headers


def test_a_blacklisted_address_is_a_failed_sample(new_client, new_vu, server):
    vu = new_vu(rules=Rules(blacklist_ips=[ip_network("127.0.0.0/8")]))
    response = new_client(vu, server.url).get("/ok")
    assert (response.status, response.error, response.error_code) == (0, "ip is blacklisted", 1110)
    assert vu.values("http_req_failed") == [1.0]


def test_requests_a_second_are_evenly_spaced_and_the_wait_is_in_no_metric(new_client, vu, server):
    client = new_client(vu, server.url, pace=RequestPace(20))
    began = time.perf_counter()
    for _ in range(5):
        client.get("/ok")
    assert time.perf_counter() - began >= 4 / 20
    assert max(vu.values("http_req_duration")) < 50
    assert max(vu.values("http_req_blocked")) < 50


def test_bodies_are_discarded(new_client, vu, server):
    client = new_client(vu, server.url, discard_response_bodies=True)
    response = client.get("/ok")
    assert (response.status, response.body, response.json()) == (200, b"", None)


@pytest.mark.parametrize(("how", "with_body"), [("headers", False), ("full", True)])
def test_http_debug_logs_requests_and_answers(new_client, vu, server, caplog, how, with_body):
    client = new_client(vu, server.url, debug=how)
    with caplog.at_level(logging.INFO):
        response = client.post("/ok", body="my body")
    assert "Request:\nPOST /ok HTTP/1.1\nHost:" in caplog.text
    assert "Response:\nHTTP/1.1 200" in caplog.text
    assert ("my body" in caplog.text) == with_body
    assert (response.text in caplog.text.partition("Response:")[2]) == with_body
