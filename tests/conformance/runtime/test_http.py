"""The runtime's HTTP client against the Python half: the same bytes, samples and answers."""

import json

import orjson
import pytest

from ktb_load.clients.http import HttpClient, HttpOptions
from ktb_load.clients.network import Network
from ktb_load.clock import RealClock
from ktb_load.metrics.recorder import Recorder
from ktb_load.metrics.store import Store
from tests.servers.scripted import ScriptedServer, answer, redirect

pytestmark = pytest.mark.k6

BODY = {"user": {"name": "뭐"}, "data": [{"_id": "a1"}, 2.5], "none": None, "big": 1.0}
PNG = "89504e470d0a1a0aff00"
ALSO = {
    "/json": [answer("200 OK", orjson.dumps(BODY), "Content-Type: application/json")],
    "/broken": [answer("200 OK", b'{"user":', "X-Two: 1", "x-two: 2")],
    "/latin": [answer("200 OK", b"caf\xe9", "Content-Type: text/plain; charset=iso-8859-1")],
    "/bytes": [answer("200 OK", bytes(range(256)))],
    "/to-json": redirect(307, "/json"),
}

CASES = {
    "a relative URL": {
        "url": "/json?b=1", "paths": ["", "user.name", "data.0._id", "data.7", "x.y"],
    },
    "the whole URL": {"url": "{base}/json"},
    "a name": {"url": "/json", "name": "/:any"},
    "a name among the tags": {"url": "/json", "tags": {"name": "other", "kind": "7"}},
    "no JSON": {"url": "/broken", "paths": ["", "user"]},
    "another charset": {"url": "/latin"},
    "all bytes": {"url": "/bytes"},
    "JSON": {
        "method": "POST", "url": "/ok",
        "json": {"text": "안녕 👍 \"\\\n\u2028", "list": [1, 2.5, None, True, []], "": {}},
    },
    "JSON with a type of its own": {
        "method": "PUT", "url": "/ok", "json": [1], "headers": {"content-type": "application/x"},
    },
    "a form": {"method": "POST", "url": "/ok", "body": {"b": "1 2&3", "a": "ü/?"}},
    "text": {"method": "PATCH", "url": "/ok", "body": "뭐"},
    "bytes": {"method": "POST", "url": "/ok", "hex": "00ff0d0a80"},
    "nothing": {"method": "POST", "url": "/ok"},
    "DELETE": {"method": "DELETE", "url": "/ok"},
    "HEAD": {"method": "HEAD", "url": "/head"},
    "a file": {
        "method": "POST", "url": "/ok",
        "files": {"p\"ic": ["사진\r\n.png", PNG, "image/png"], "z": ["", "", "text/plain"]},
        "body": {"zz": "last", "aa": "안녕"},
    },
    "the boundary in a file": {
        "method": "POST", "url": "/ok",
        "files": {"f": ["a", b"----ktb-load-7d1f3a9c5e-1 ----ktb-load-7d1f3a9c5e".hex(), "t/t"]},
    },
    "headers": {"url": "/ok", "headers": {"Authorization": "Bearer x", "x-session-id": "y"}},
    "an agent of its own": {"url": "/ok", "headers": {"User-Agent": "me"}},
    "what a query may not hold": {"url": "/ok?q=안 녕&r=a|b%20c"},
    "the same in the whole URL": {"url": "{base}/ok?q=안 녕"},
    "404": {"url": "/404"},
    "404 as expected": {"url": "/404", "expected": [401, 404]},
    "200 against expectation": {"url": "/ok", "expected": [404]},
    "nothing is expected": {"url": "/ok", "expected": []},
    "a redirection": {"url": "/302"},
    "one that keeps the body": {"method": "POST", "url": "/to-json", "body": "x"},
    "none followed": {"url": "/302", "redirects": 0},
    "a cookie": {"url": "/cookie"},
    "with the cookie": {"url": "/ok"},
    "no connection": {"url": "{closed}/"},
    "EOF": {"method": "POST", "url": "/eof"},
    "too late": {"url": "/hang", "timeout_s": 0.2},
    "no URL": {"url": "ftp://nowhere/"},
    "a line break in a header": {"url": "/ok", "headers": {"X-A": "1\r\nX-B: 2"}},
    "an unknown parameter": {"url": "/ok", "colour": "red"},
    "a body that is none": {"method": "POST", "url": "/ok", "body": 7},
}  # fmt: skip

OTHER_WORDS = {"no URL"}
"""A URL of k6 is a str as it stands."""


def cases_for(server, closed):
    """As the script wants them: what is of the request itself is under ``params``."""
    cases = []
    for name, given in CASES.items():
        case = {key: given[key] for key in ("method", "paths") if key in given}
        params = {k: v for k, v in given.items() if k not in ("method", "paths", "url")}
        url = given["url"].replace("{base}", server.url).replace("{closed}", closed)
        cases.append({**case, "case": name, "url": url, "params": params})
    return cases


def python_params(case):
    params = {**case["params"], "tags": {"case": case["case"], **case["params"].get("tags", {})}}
    if "hex" in params:
        params["body"] = bytes.fromhex(params.pop("hex"))
    if "files" in params:
        files = params["files"].items()
        params["files"] = {n: (name, bytes.fromhex(data), t) for n, (name, data, t) in files}
    return params


def told_by_python(client, case):
    try:
        response = client.request(case.get("method", "GET"), case["url"], **python_params(case))
    except (TypeError, ValueError) as error:
        return {"case": case["case"], "raised": type(error).__name__, "said": str(error)}
    return {
        "case": case["case"],
        "status": response.status,
        "error": response.error,
        "error_code": response.error_code,
        "url": response.url,
        "text": response.text,
        "size": len(response.body),
        "json": orjson.dumps([response.json(p) for p in case.get("paths", [""])]).decode(),
        "type": response.headers.get("cONTENT-tYPE"),
        "timings": list(response.timings._fields),
    }


def by_request(received):
    """What each request said; k6 asks for connections of its own, and orders headers."""
    program = ("connection", "host", "accept-encoding")
    return [
        (
            one.method,
            one.target,
            {n.title(): v for n, v in one.headers if n.lower() not in program},
            one.body,
        )
        for one in received
    ]


def by_case(samples):
    """The samples of each case: metrics with their tags, and which values do not depend on time."""
    found = {}
    for metric, value, tags in samples:
        fixed = value if metric in ("http_reqs", "http_req_failed") else None
        own = {k: v for k, v in tags.items() if k not in ("case", "group", "scenario")}
        found.setdefault(tags["case"], []).append((metric, fixed, sorted(own.items())))
    return {case: sorted(of_case, key=repr) for case, of_case in found.items()}


@pytest.fixture
def server():
    with ScriptedServer(also=ALSO) as running:
        yield running


@pytest.fixture
def closed():
    import socket

    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{unused.getsockname()[1]}"


def test_http_is_that_of_the_python_half(run_script, server, closed):
    cases = cases_for(server, closed)
    outcome = run_script("http.k6.js", {"CASES": json.dumps(cases), "BASE": f"{server.url}/"})
    assert outcome.exit_code == 0, outcome.log
    received_from_k6 = by_request(server.received)
    server.received.clear()

    samples = []
    store = Store(RealClock())
    store.subscribe(lambda metric, value, tags, _: samples.append((metric, value, dict(tags))))
    client = HttpClient(Network(Recorder(store), user_agent="judge"), server.url, HttpOptions())
    told = [told_by_python(client, case) for case in cases]
    client.close()

    for ours, theirs in zip(told, outcome.told, strict=True):
        assert theirs == ours
    for ours, theirs in zip(by_request(server.received), received_from_k6, strict=True):
        assert theirs == ours
    of_k6 = [(p["metric"], p["value"], p["tags"]) for p in outcome.points]
    http_of_k6 = by_case(p for p in of_k6 if p[0].startswith("http_"))
    ours = by_case(one for one in samples if one[0].startswith("http_"))
    for case in ours:
        assert http_of_k6[case] == ours[case], case
