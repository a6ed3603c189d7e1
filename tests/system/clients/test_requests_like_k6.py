"""What a server is sent by the real k6 and by us: headers of the author's own, and redirections
among several hosts.
"""

from itertools import zip_longest

import pytest

from ktb_load.clients.resolver import Rules
from tests.servers.scripted import redirect
from tests.system.clients.k6_side import ask, run_k6

pytestmark = [pytest.mark.system, pytest.mark.k6]

HOSTS = ("a.test", "sub.a.test", "ba.test", "b.test")
OWN = {
    "Authorization": "t",
    "Proxy-Authorization": "p",
    "Www-Authenticate": "w",
    "Cookie2": "2",
    "Cookie": "c=1",
    "Content-Type": "text/plain",
    "X-Own": "1",
}
OF_A_BODY = {
    f"Content-{name}": "x" for name in ("Encoding", "Language", "Location", "Md5", "Range")
}
WAYS = {
    "/down": "http://sub.a.test:PORT/ok",
    "/down-and-up": "http://sub.a.test:PORT/up",
    "/up": "http://a.test:PORT/ok",
    "/like-it": "http://ba.test:PORT/ok",
    "/away": "http://b.test:PORT/ok",
    "/away-and-back": "http://b.test:PORT/up",
    "/other-scheme": "//b.test:PORT/ok",
    "/dots": "../x/./y/../ok",
    "/fragment": "/ok#there",
    "/escaped": "/a%2fb",
    "/hangul": "/가",
    "/bad-escape": "/%zz",
    "/control": "/a\tb",
    "/mail": "mailto:x@y",
    "/user": "http://u:p@a.test:PORT/ok",
    "/backslash": "/a\\b",
    "/nowhere": "",
}
STATUSES = (301, 302, 303, 307, 308)
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH")


def to(path, host="a.test", **more):
    return {"url": f"http://{host}:PORT{path}", **more}


def headers(**own):
    return to("/ok", headers={name.replace("_", "-"): value for name, value in own.items()})


CASES = {
    **{f"way {path}": to(path, headers=OWN) for path in WAYS},
    "way /up from below": to("/up", "sub.a.test", headers=OWN),
    **{
        f"{method} {status}": to(f"/{status}", method=method, body="text", headers=OWN | OF_A_BODY)
        for method in METHODS
        for status in STATUSES
    },
    "own referer": to("/302", headers={"Referer": "http://mine/"}),
    "two locations": to("/two"),
    "own host": headers(Host="own.test"),
    "own host in small letters": headers(host="own.test"),
    "own host and on": to("/302", headers={"Host": "own.test"}),
    "own host and away": to("/away", headers={"Host": "own.test"}),
    "own length": to("/ok", method="POST", body="abc", headers={"Content-Length": "3"}),
    "wrong length": to("/ok", method="POST", body="abc", headers={"Content-Length": "99"}),
    "length of nothing": headers(Content_Length="5"),
    "own chunks": to("/ok", method="POST", body="abc", headers={"Transfer-Encoding": "chunked"}),
    "own trailer": to("/ok", method="POST", body="abc", headers={"Trailer": "X"}),
    "close": headers(Connection="close"),
    "keep-alive": headers(Connection="keep-alive"),
    "after them": to("/ok"),
    "no agent": headers(User_Agent=""),
    "no value": headers(X_Own=""),
    "blanks": headers(X_Own="  a\tb "),
    "hangul": headers(X_Own="가"),
    "two spellings": to("/ok", headers={"X-Own": "1", "x-own": "2"}),
    "expect": to("/continue", method="POST", body="abc", headers={"Expect": "100-continue"}),
    "expect in vain": to("/ok", method="POST", body="abc", headers={"Expect": "100-continue"}),
    "expect and be refused": to("/400", method="POST", body="a" * 90_000,
                                headers={"Expect": "100-continue"}),
    "expect and be refused after a while": to("/late", method="PUT", body="a" * 90_000,
                                              headers={"Expect": "100-continue"}),
    "another method": to("/ok", method="PURGE"),
    "another method with a body": to("/ok", method="PROPFIND", body="text"),
    "a method in small letters": to("/ok", method="get"),
    "a body of GET": to("/ok", body="text"),
    "a body of HEAD": to("/head", method="HEAD", body="text"),
}  # fmt: skip


@pytest.fixture
def hosts(server):
    for path, location in WAYS.items():
        raw = location.replace("PORT", str(server.port)).encode()
        server.also[path] = [
            b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + raw + b"\r\n\r\n"
        ]
    server.also["/two"] = redirect(302, "/ok", "Location: /404")
    return {host: f"127.0.0.1:{server.port}" for host in HOSTS}


def said(received):
    """Method, host, target, headers in any order, body, connection."""
    return [
        (
            one.method,
            one.target,
            sorted((name.title(), value) for name, value in one.headers),
            one.body,
            one.connection - received[0].connection,
        )
        for one in received
    ]


def test_server_is_sent_what_k6_sends(k6, vu, new_vu, new_client, server, hosts, tmp_path):
    cases = [
        {**case, "case": name, "url": case["url"].replace("PORT", str(server.port))}
        for name, case in CASES.items()
    ]
    theirs = run_k6(k6, cases, tmp_path, {"hosts": hosts})
    from_k6 = said(server.received)
    server.received.clear()
    vu = new_vu(rules=Rules(hosts=hosts))
    vu.network.user_agent = "judge"
    ours = ask(new_client(vu, max_redirects=4), cases)
    assert {name: seen[:2] for name, seen in ours.items()} == {
        name: seen[:2] for name, seen in theirs.seen.items()
    }
    assert [
        pair for pair in zip_longest(from_k6, said(server.received)) if pair[0] != pair[1]
    ] == []
