"""Cookies of every shape: what the real k6 sends back, and what we send back."""

import pytest

from tests.servers.scripted import answer
from tests.system.clients.k6_side import ask, run_k6

pytestmark = [pytest.mark.system, pytest.mark.k6]

COOKIES = [
    *("a=b c", 'b={"x":1}', "c=b,c", 'd="q"', "e=b\\c", "=x7", "g", "h 9=1", 'i=a"b', "j= lead"),
    *("k=x; Domain=127.0.0.1", "l=x; Domain=.127.0.0.1", "m=x; Domain=0.0.1", "n=a=b=c", "o="),
    *("p=x; Max-Age=0", "q=x; Max-Age=+5", 'r=x; Max-Age="5"', "s=x; Max-Age=05", "t=x; Secure"),
    *("u[29]=x", "v=\t y", '"w"=x', "x=%20;HttpOnly", 'y="a b"', 'z="a,b', "__Host-a=x"),
    *('aa=x; Path="/"', "ab=x; Path=", "ac=x; Path=/; SameSite=None", "ad = x", "ae=x;;Path=/"),
    "ba=x; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
    "bb=x; Expires=Thu, 01-Jan-1970 00:00:00 GMT",
    "bc=x; Expires=Thu, 01-Jan-70 00:00:00 GMT",
    "bd=x; Expires=Thu, 01 Jan 1970 00:00:00 +0100",
    "be=x; Expires=Thu Jan  1 00:00:00 1970",
    "bf=x; Expires=Thu, 1 Jan 1970 00:00:00 GMT",
    "bg=x; Expires=thu, 01 JAN 1970 0:00:00 CET",
    "bh=x; Expires=Thu, 01 Jan-1970 00:00:00 GMT",
    "bi=x; Expires=Wed, 01 Jan 2099 00:00:00 GMT; Max-Age=-1",
]


def test_cookies_come_back_as_from_k6(k6, server, client, tmp_path):
    cases = []
    for number, cookie in enumerate(COOKIES):
        path = f"/set/{number}"
        server.also[path] = [answer("200 OK", b"", f"Set-Cookie: {cookie}")]
        cases.append({"case": cookie, "url": server.url + path})
    cases.append({"case": "back", "url": f"{server.url}/ok"})
    run_k6(k6, cases, tmp_path)
    theirs = server.received[-1].header("Cookie")
    ask(client, cases)
    assert server.received[-1].header("Cookie").split("; ") == theirs.split("; ")
