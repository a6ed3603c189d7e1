"""Where an answer leads to, and what is said there."""

import pytest

from ktb_load.clients.failure import NetworkError
from ktb_load.clients.http_redirect import following
from ktb_load.clients.http_request import build

HEADERS = {"Content-Type": "text/plain", "Authorization": "t", "X-Own": "1", "Cookie": "c=1"}


@pytest.mark.parametrize(
    ("status", "method", "becomes", "keeps_body"),
    [
        (301, "GET", "GET", False),
        (301, "POST", "GET", False),
        (302, "POST", "GET", False),
        (303, "PUT", "GET", False),
        (302, "HEAD", "HEAD", False),
        (303, "DELETE", "GET", False),
        (307, "POST", "POST", True),
        (308, "PUT", "PUT", True),
    ],
)
def test_redirection_changes_method_and_body(status, method, becomes, keeps_body):
    first = build(method, "http://h/a/b", {"body": "x", "headers": HEADERS})
    hop = following(first, status, "c")
    assert (hop.method, hop.url.target) == (becomes, "/a/c")
    assert hop.body == (b"x" if keeps_body else b"")
    assert ("Content-Type" in hop.headers) == keeps_body
    assert hop.referer == "http://h/a/b"
    assert hop.headers["Authorization"] == "t"
    assert "Cookie" not in hop.headers, "that is the jar's from now on"


@pytest.mark.parametrize("status", [300, 304, 305, 306, 200])
def test_other_statuses_lead_nowhere(status):
    assert following(build("GET", "http://h/", {}), status, "/a") is None


def test_redirection_without_a_location_leads_nowhere():
    assert following(build("GET", "http://h/", {}), 302, "") is None


@pytest.mark.parametrize(
    "location", ["ftp://h/", "http://[::1", "http://h:x/", "/a\tb", "/a%zz", "/100%", "mailto:x@y"]
)
def test_redirection_to_no_url_is_a_failure(location):
    with pytest.raises(NetworkError, match="failed to parse Location header") as raised:
        following(build("GET", "http://h/", {}), 302, location)
    assert raised.value.failure.code == 1000


def test_percent_sign_in_a_query_is_nobodys_business():
    assert following(build("GET", "http://h/", {}), 302, "/a?100%").url.target == "/a?100%"


SECRETS = {"Authorization", "WWW-Authenticate", "Cookie2", "Proxy-Authorization"}


@pytest.mark.parametrize(
    ("case", "locations", "kept"),
    [
        ("the same host", ["http://a.test:2/x"], True),
        ("below it", ["http://b.a.test/x"], True),
        ("below it and back", ["http://b.a.test/x", "http://a.test/"], True),
        ("another host", ["http://other/x"], False),
        ("a host that ends like it", ["http://ba.test/x"], False),
        ("another host and back", ["http://other/x", "http://a.test/"], False),
        ("an address that ends like it", ["http://[::1]/x"], False),
    ],
)
def test_secrets_stay_with_their_host(case, locations, kept):
    headers = {**dict.fromkeys(SECRETS, "t"), "X-Own": "1"}
    request = build("GET", "http://a.test/", {"headers": headers})
    for location in locations:
        request = following(request, 302, location)
    assert set(request.headers) == {"X-Own", *(SECRETS if kept else ())}, case


def test_what_belongs_to_a_body_goes_with_it():
    of_a_body = {f"Content-{name}": "x" for name in ("Encoding", "Language", "Location")}
    first = build("POST", "http://h/", {"headers": {**of_a_body, "Content-MD5": "y"}})
    assert set(following(first, 303, "/").headers) == {"Content-MD5"}
    assert following(first, 307, "/").headers == first.headers


@pytest.mark.parametrize(
    ("location", "host"),
    [("/x", "own.test"), ("x?y", "own.test"), ("http://h/x", "h"), ("HTTP://h/x", "h")],
)
def test_own_host_stays_where_the_location_names_none(location, host):
    first = build("GET", "http://h/", {"headers": {"Host": "own.test"}})
    assert f"Host: {host}\r\n".encode() in following(first, 302, location).encode(
        "", "", close=False
    )


def referer(request):
    line = next(
        (one for one in request.encode("", "", close=False).split(b"\r\n") if b"Referer" in one),
        b"",
    )
    return line.removeprefix(b"Referer: ").decode()


def test_way_is_told_but_not_from_https_to_http_nor_with_credentials():
    assert referer(following(build("GET", "https://h/a#b", {}), 302, "/")) == "https://h/a"
    assert referer(following(build("GET", "https://h/secret", {}), 302, "http://h/")) == ""
    assert referer(following(build("GET", "http://u:p@h/a", {}), 302, "/")) == "http://h/a"


def test_own_referer_stays():
    request = build("GET", "http://h/", {"headers": {"referer": "http://mine/"}})
    for _ in range(2):
        request = following(request, 302, "/x")
        assert b"referer: http://mine/\r\n" in request.encode("", "", close=False)
        assert referer(request) == ""


def test_credentials_go_along_only_where_no_other_host_is_named():
    first = build("GET", "http://u:p@h/", {})
    assert following(first, 302, "/a").url.user == "u:p"
    assert following(first, 302, "http://other/a").url.user is None
