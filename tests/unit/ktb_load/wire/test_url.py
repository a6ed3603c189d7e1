"""URLs taken apart; the judge of escaping is h11, which refuses what is no request target."""

import h11
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ktb_load.wire.url import Origin, parse_url

HTTP = ("http", "https")
WS = ("ws", "wss")


@pytest.mark.parametrize(
    ("case", "text", "origin", "host_header", "target"),
    [
        ("a host", "http://h", Origin("h", 80, False), "h", "/"),
        ("a path", "http://h/a/b", Origin("h", 80, False), "h", "/a/b"),
        ("a port", "http://h:8080/", Origin("h", 8080, False), "h:8080", "/"),
        ("the scheme's own port", "http://h:80/", Origin("h", 80, False), "h", "/"),
        ("https", "https://h/", Origin("h", 443, True), "h", "/"),
        ("https with the port of http", "https://h:80/", Origin("h", 80, True), "h:80", "/"),
        ("a query", "http://h/a?b=c&d", Origin("h", 80, False), "h", "/a?b=c&d"),
        ("a query without a path", "http://h?b=c", Origin("h", 80, False), "h", "/?b=c"),
        ("a fragment is not sent", "http://h/a?b#c", Origin("h", 80, False), "h", "/a?b"),
        ("an upper-case host", "http://HOST.Example/A", Origin("host.example", 80, False),
         "host.example", "/A"),
        ("an IPv6 address", "http://[::1]:81/", Origin("::1", 81, False), "[::1]:81", "/"),
        ("an IPv6 address, no port", "http://[::1]/", Origin("::1", 80, False), "[::1]", "/"),
        ("an IPv6 address with a zone", "http://[fe80::1%25eth0]/",
         Origin("fe80::1%eth0", 80, False), "[fe80::1]", "/"),
        ("a Korean host", "http://한국.kr/", Origin("xn--3e0b707e.kr", 80, False),
         "xn--3e0b707e.kr", "/"),
        ("a blank", "http://h/a b?c d", Origin("h", 80, False), "h", "/a%20b?c%20d"),
        ("Korean", "http://h/방?이름=값", Origin("h", 80, False), "h",
         "/%EB%B0%A9?%EC%9D%B4%EB%A6%84=%EA%B0%92"),
        ("what is escaped already", "http://h/a%20b?c=%2F", Origin("h", 80, False), "h",
         "/a%20b?c=%2F"),
        ("two slashes in the path", "http://h//a", Origin("h", 80, False), "h", "//a"),
    ],
)  # fmt: skip
def test_url_is_taken_apart(case, text, origin, host_header, target):
    url = parse_url(text, HTTP)
    assert (url.origin, url.host_header, url.target) == (origin, host_header, target), case
    assert url.path == target.partition("?")[0], case
    assert (url.shown, url.user) == (text, None), case
    assert url.text == f"{url.scheme}://{host_header}{target}", case


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        ("ws://h/a", Origin("h", 80, False)),
        ("wss://h/a", Origin("h", 443, True)),
        ("wss://h:1/a", Origin("h", 1, True)),
    ],
)
def test_urls_of_websockets_have_the_ports_of_http(text, origin):
    assert parse_url(text, WS).origin == origin


@pytest.mark.parametrize(
    ("case", "text", "user", "shown"),
    [
        ("user and password", "http://u:p@h/a", "u:p", "http://****:****@h/a"),
        ("a user without a password", "http://u@h/a", "u:", "http://****@h/a"),
        ("an empty password", "http://u:@h/a", "u:", "http://****:****@h/a"),
        ("escaped ones", "http://u%40x:p%3A@h/a", "u@x:p:", "http://****:****@h/a"),
        ("an @ in the password", "http://u:p@q@h/a", "u:p@q", "http://****:****@h/a"),
        ("an @ in the path", "http://h/@a", None, "http://h/@a"),
    ],
)
def test_credentials_are_taken_out_and_masked(case, text, user, shown):
    url = parse_url(text, HTTP)
    assert (url.user, url.shown) == (user, shown), case
    assert "u:" not in url.text
    assert url.origin.host == "h"


@pytest.mark.parametrize(
    ("case", "text", "said"),
    [
        ("another scheme", "ftp://h/", "http:// or https://"),
        ("no scheme", "h/a", "http:// or https://"),
        ("a path", "/a", "http:// or https://"),
        ("nothing", "", "http:// or https://"),
        ("no host", "http:///a", "no host"),
        ("only a port", "http://:80/", "no host"),
        ("a blank in the host", "http://a b/", "blank"),
        ("a port that is no number", "http://h:x/", "ort"),
        ("a port that is too big", "http://h:65536/", "ort"),
        ("half an IPv6 address", "http://[::1/", "IPv6"),
    ],
)
def test_what_is_no_url_is_refused_with_the_reason(case, text, said):
    with pytest.raises(ValueError, match=said):
        parse_url(text, HTTP)


@pytest.mark.parametrize(
    ("case", "reference", "expected"),
    [
        ("a path", "/x", "http://h:1/x"),
        ("a relative path", "x", "http://h:1/a/x"),
        ("one level up", "../x", "http://h:1/x"),
        ("a query", "?q", "http://h:1/a/b?q"),
        ("another host", "//other/x", "http://other/x"),
        ("a whole URL", "https://other/x", "https://other/x"),
    ],
)
def test_reference_is_resolved(case, reference, expected):
    assert parse_url("http://h:1/a/b?c", HTTP).join(reference) == expected, case


def test_credentials_stay_with_references_to_the_same_host_only():
    url = parse_url("http://u:p%40@h:1/a", HTTP)
    assert parse_url(url.join("/b"), HTTP).user == "u:p@"
    assert parse_url(url.join("?q"), HTTP).user == "u:p@"
    assert parse_url(url.join("//other/b"), HTTP).user is None
    assert parse_url(url.join("http://h:1/b"), HTTP).user is None


@given(st.text(max_size=30), st.text(max_size=30))
def test_target_is_always_one_that_another_implementation_takes(path, query):
    text = f"http://h/{path}?{query}".encode("utf-8", "replace").decode()
    try:
        url = parse_url(text, HTTP)
    except ValueError:
        return  # urlsplit takes some characters for another host
    h11.Request(method="GET", target=url.target, headers=[("Host", url.host_header)])
    assert parse_url(url.text, HTTP).target == url.target
