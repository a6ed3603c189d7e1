"""Requests that are larger than what the network takes at once, and servers that do not wait for
the end of them: what the real k6 makes of it, and what we make of it.
"""

import pytest

from tests.servers.scripted import answer
from tests.system.clients.k6_side import ask, run_k6

pytestmark = [pytest.mark.system, pytest.mark.k6]

LARGE = "x" * 12_000_000
REFUSAL = answer("413 Too Large", b"no more")
EARLY = {
    "/read-at-last": ([0.05], [answer("200 OK", b"all of it")]),
    "/refused": ([REFUSAL, "close"], []),
    "/refused-and-said-so": ([answer("413 Too Large", b"", "Connection: close"), "close"], []),
    "/refused-and-read": ([REFUSAL], []),
    "/refused-and-never-read": ([REFUSAL, "hang"], []),
    "/refused-and-read-late": ([REFUSAL, 0.3], []),
    "/begun": ([b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello"], [b"hello"]),
    "/interim": ([b"HTTP/1.1 100 Continue\r\n\r\n"], [answer("200 OK", b"all of it")]),
    "/until-the-end": ([b"HTTP/1.1 200 OK\r\n\r\n"], [b"all of it", "close"]),
    "/hung-up": ([0.05, "close"], []),
    "/reset": ([0.05, "reset"], []),
    "/never-read": (["hang"], []),
    "/half-an-answer": (
        [b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello", 0.05, "close"],
        [],
    ),
}
"""What is done before the body has been read, and behind that."""
RACES = {
    "/refused": "at k6 the answer counts if it is read before the next write fails; here always",
    "/refused-and-said-so": "the same",
    "/hung-up": "the end is seen in reading or in writing, whichever comes first, at both",
}


@pytest.fixture
def cases(server):
    server.early |= EARLY
    return [
        {
            "case": path,
            "url": f"{server.url}{path}",
            "method": "POST",
            "body": LARGE,
            "timeout_s": 2,
        }
        for path in EARLY
    ]


def test_early_answer_counts(k6, vu, new_client, server, cases, tmp_path):
    theirs = run_k6(k6, cases, tmp_path).seen
    server.received.clear()
    ours = ask(new_client(vu), cases)
    for path in EARLY.keys() - RACES.keys():
        assert shown(ours[path]) == shown(theirs[path]), path
    assert ours["/refused"].body == b"no more"
    assert ours["/refused-and-said-so"].status == 413
    assert ours["/hung-up"].code in (1000, 1201, 1220)
    whole = {one.target for one in server.received if one.body == LARGE.encode()}
    assert whole >= {"/read-at-last", "/begun", "/interim", "/until-the-end"}


def shown(seen):
    """k6 keeps the part of a body that failed."""
    return (seen.status, seen.code, seen.body if seen.status else b"")


def test_early_answer_counts_under_tls(vu, new_client, start_server, tls, trusted):
    server = start_server(tls=tls("localhost"), host="localhost")
    server.early |= EARLY
    client = new_client(vu, server.url)
    for path in ("/refused", "/refused-and-said-so", "/refused-and-never-read"):
        assert client.post(path, body=LARGE).status == 413, path
    assert client.post("/begun", body=LARGE).body == b"hellohello"
    assert server.received[-1].body == LARGE.encode()


def test_connection_is_used_again_if_the_request_ended_soon_enough(vu, new_client, server):
    server.early |= EARLY
    client = new_client(vu, server.url)
    client.post("/refused-and-read", body=LARGE[:5_000_000])
    client.post("/ok")
    client.post("/refused-and-read-late", body=LARGE)
    client.post("/ok")
    assert [one.connection for one in server.received] == [1, 1, 1, 2]


def test_phases_of_an_early_answer_do_not_overlap(vu, new_client, server):
    server.early |= EARLY
    new_client(vu, server.url).post("/refused-and-never-read", body=LARGE)
    sending, waiting, receiving, duration = (
        vu.values(f"http_req_{phase}")[0]
        for phase in ("sending", "waiting", "receiving", "duration")
    )
    assert sending > 0
    assert waiting == 0
    assert duration == pytest.approx(sending + receiving)
