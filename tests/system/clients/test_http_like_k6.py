"""The same requests by real k6 and by our client, to the same server: the samples have the same
tags, and the server has received the same requests.
"""

import socket
from collections import defaultdict

import pytest

from tests.system.clients.k6_side import ask, run_k6

pytestmark = [pytest.mark.system, pytest.mark.k6]

JSON = {"Content-Type": "application/json", "Authorization": "Bearer t", "X-Own": "1"}
OF_THE_PROGRAM = {"host", "user-agent", "accept-encoding"}
OWN_TAGS = {"scenario", "group", "case"}


def to(path, **more):
    return {"url": f"{{here}}{path}", **more}


def post(path, **more):
    return to(path, method="POST", body='{"a":1}', headers=JSON, **more)


CASES = {
    **{
        f"GET {path}": to(path)
        for path in (
            "/ok", "/created", "/no-content", "/not-modified", "/400", "/404", "/429", "/500",
            "/599", "/600", "/http10", "/until-close", "/closing", "/chunked", "/continue",
            "/early-hints", "/gzip", "/deflate", "/br", "/gzip-then-br", "/identity", "/not-gzip",
            "/half-gzip", "/slow", "/late", "/trickle", "/eof", "/reset", "/half-head",
            "/short-body", "/short-chunk", "/no-last-chunk", "/reset-in-body", "/garbage",
            "/http9", "/bad-status", "/bad-chunk", "/two-lengths", "/301", "/302", "/303", "/307",
            "/308", "/300", "/304-with-location", "/305", "/no-location", "/to-404", "/to-eof",
            "/twice", "/relative", "/loop", "/to-ftp", "/to-nonsense", "/cookie",
            "/cookie-and-on", "/cookie-gone",
        )
    },
    **{f"POST {path}": post(path) for path in ("/ok", "/301", "/302", "/303", "/307", "/308")},
    **{
        f"{method} /ok": to("/ok", method=method, body="text")
        for method in ("PUT", "PATCH", "DELETE")
    },
    "POST nothing": to("/ok", method="POST"),
    "DELETE nothing": to("/ok", method="DELETE"),
    "HEAD": to("/head", method="HEAD"),
    "HEAD and on": to("/302", method="HEAD"),
    "OPTIONS": to("/ok", method="OPTIONS"),
    "PUT and on": to("/302", method="PUT", body="text"),
    "DELETE and on": to("/302", method="DELETE"),
    "GET with headers and on": to("/302", headers=JSON),
    "a time-out": to("/hang", timeout_s=0.3),
    "a time-out in the body": to("/hang-in-body", timeout_s=0.3),
    "a time-out behind a redirection": to("/to-hang", timeout_s=0.3),
    "a query": to("/ok?a=b&c=%20"),
    "a fragment": to("/ok#there"),
    "no path": to(""),
    "credentials": {"url": "http://u:p%40@{host}/ok"},
    "a user without a password": {"url": "http://u@{host}/ok"},
    "credentials and on": {"url": "http://u:p@{host}/302"},
    "credentials and an own header": {"url": "http://u:p@{host}/ok", "headers": JSON},
    "no redirections": to("/302", redirects=0),
    "one redirection of two": to("/twice", redirects=1),
    "a name": to("/ok", name="my name"),
    "a name and on": to("/302", name="my name"),
    "own tags": to("/ok", tags={"kind": "own"}),
    "own tags in the place of k6's": to(
        "/ok",
        tags={"status": "x", "url": "x", "method": "x", "proto": "x", "expected_response": "x"},
    ),
    "own tags that this answer does not have": to("/ok", tags={"error": "x", "tls_version": "x"}),
    "a name among the tags": to("/ok", tags={"name": "tagged"}),
    "a 404 that was expected": to("/404", expected=[404]),
    "a 200 that was not": to("/ok", expected=[404]),
    "an EOF that nobody expected": to("/eof", expected=[404]),
    "a refused redirection target": to("/to-closed"),
    "to another host": to("/to-localhost", headers=JSON),
    "to another host with a body": post("/307-to-localhost"),
    "an own cookie": to("/ok", headers={"Cookie": "own=1"}),
    "an own cookie and on": to("/302", headers={"Cookie": "own=1"}),
    "refused": {"url": "http://127.0.0.1:{closed}/"},
    "no such host": {"url": "http://nowhere.invalid/"},
    "kept, but closed when idle": to("/close-when-idle"),
    "GET afterwards": to("/ok"),
    "kept, but closed when idle, once more": to("/close-when-idle"),
    "a while elsewhere": {"url": "{six}/late"},  # k6 needs it to notice
    "POST afterwards": post("/ok"),
    "https": {"url": "{good}/ok"},
    "https with another name in the certificate": {"url": "{misnamed}/ok"},
    "https from an unknown authority": {"url": "{foreign}/ok"},
    "http where https is spoken": {"url": "http://{good_host}/ok"},
    "IPv6": {"url": "{six}/ok"},
}  # fmt: skip

OTHER_WORDS = {
    "GET /half-head", "GET /two-lengths", "GET /not-gzip", "GET /to-nonsense",
}  # fmt: skip
"""What is wrong with an answer that is no HTTP is said in other words; code and status agree."""

KNOWN = {
    "GET /to-ftp": "k6 makes a hop of its own out of it; here the redirection itself has failed",
    "credentials": "k6 masks %40 in a password as ****40",
}
"""Where we differ on purpose, and how."""

OTHER_PHASES = {
    "GET /cookie": "the case before it has closed the connection at k6 alone",
    "GET /eof": "k6 forgets the dial where nothing came",
    "GET /to-eof": "the same",
    "an EOF that nobody expected": "the same",
    "GET afterwards": "whether the close comes before the request or after it is a race at both",
}


@pytest.fixture
def places(start_server, tls, foreign_tls, closed_port):
    here = start_server()
    good = start_server(tls=tls("localhost"), host="localhost")
    here.also |= {
        "/to-closed": redirect(302, f"http://127.0.0.1:{closed_port}/"),
        "/to-localhost": redirect(302, f"http://localhost:{here.port}/ok"),
        "/307-to-localhost": redirect(307, f"http://localhost:{here.port}/ok"),
    }
    return here, {
        "here": here.url,
        "host": f"{here.host}:{here.port}",
        "closed": closed_port,
        "good": good.url,
        "good_host": f"localhost:{good.port}",
        "misnamed": start_server(tls=tls("other.example"), host="localhost").url,
        "foreign": start_server(tls=foreign_tls("localhost"), host="localhost").url,
        "six": start_server(family=socket.AF_INET6).url,
    }


def redirect(status, location):
    lines = [f"HTTP/1.1 {status} Moved", "Content-Length: 0", f"Location: {location}", "", ""]
    return ["\r\n".join(lines).encode()]


def filled_in(places):
    """The cases with their addresses."""
    cases = []
    for name, case in CASES.items():
        cases.append({**case, "case": name, "url": case["url"].format_map(places)})
    return cases


def by_case(samples):
    """Of each case: its hops, and how many samples each metric has."""
    hops, counts, timings = defaultdict(list), defaultdict(lambda: defaultdict(int)), {}
    for metric, value, tags in samples:
        case = tags["case"]
        counts[case][metric] += 1
        if metric == "http_reqs":
            hops[case].append({k: v for k, v in tags.items() if k not in OWN_TAGS})
        if metric in ("http_req_connecting", "http_req_tls_handshaking"):
            timings.setdefault(case, []).append((metric, value > 0))
    return hops, counts, timings


def by_request(received):
    """What each request said, without what belongs to the program."""
    return [
        (
            one.method,
            one.target,
            {n.title(): v for n, v in one.headers if n.lower() not in OF_THE_PROGRAM},
            one.body,
        )
        for one in received
    ]


@pytest.fixture
def both(places, k6, vu, new_client, tmp_path, trusted):
    server, addresses = places
    cases = filled_in(addresses)
    theirs = run_k6(k6, cases, tmp_path, env={"SSL_CERT_FILE": str(trusted)}).samples
    received_from_k6 = by_request(server.received)
    server.received.clear()
    vu.network.user_agent = "judge"
    ask(new_client(vu, max_redirects=4), cases)
    ours = [(metric, value, dict(tags)) for metric, value, tags in vu.samples]
    return theirs, received_from_k6, ours, by_request(server.received)


def differences(theirs, ours, known):
    return {
        case: {"k6": theirs.get(case), "ours": ours.get(case)}
        for case in CASES
        if theirs.get(case) != ours.get(case) and case not in known
    }


def in_the_same_words(hops):
    return {
        case: [{k: v for k, v in tags.items() if k != "error"} for tags in of_case]
        if case in OTHER_WORDS
        else of_case
        for case, of_case in hops.items()
    }


def test_samples_tags_and_requests_are_those_of_k6(both):
    theirs, received_from_k6, ours, received_from_us = both
    hops_of_k6, counts_of_k6, phases_of_k6 = by_case(theirs)
    hops, counts, phases = by_case(ours)
    assert differences(in_the_same_words(hops_of_k6), in_the_same_words(hops), KNOWN) == {}
    assert differences(counts_of_k6, counts, KNOWN) == {}
    assert differences(phases_of_k6, phases, KNOWN | OTHER_PHASES) == {}
    assert received_from_us == received_from_k6
