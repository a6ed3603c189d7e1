"""The cookie jar: the examples of RFC 6265, and ``http.cookiejar`` as a second opinion."""

import time
from email.message import Message
from http.cookiejar import CookieJar as OtherJar
from http.cookiejar import DefaultCookiePolicy
from urllib.request import Request

import pytest

from ktb_load.wire.cookies import CookieJar
from ktb_load.wire.url import parse_url

NOW = 1_700_000_000.0
PAST, FUTURE = "Wed, 09 Jun 2021 10:18:14 GMT", "Wed, 09 Jun 2077 10:18:14 GMT"


def url(text):
    return parse_url(text, ("http", "https", "ws", "wss"))


def sent(stored, asked, now=NOW):
    """What goes to ``asked`` after ``stored``: (URL, Set-Cookie) in order."""
    jar = CookieJar()
    for where, cookie in stored:
        jar.store(url(where), cookie, NOW)
    return jar.header(url(asked), now)


def sent_by_the_other_jar(stored, asked):
    policy = DefaultCookiePolicy(strict_ns_domain=DefaultCookiePolicy.DomainStrictNoDots)
    jar = OtherJar(policy)
    for where, cookie in stored:
        answer = Message()
        answer["Set-Cookie"] = cookie
        request = Request(where)
        jar.extract_cookies(type("Answer", (), {"info": lambda _, a=answer: a})(), request)
    request = Request(asked)
    jar.add_cookie_header(request)
    return request.get_header("Cookie", "")


HERE = "http://www.example.com/"
CASES = [
    ("a plain one", [(HERE, "SID=31d4d96e407aad42")], HERE, "SID=31d4d96e407aad42"),
    ("not to another host", [(HERE, "a=1")], "http://other.example.com/", ""),
    ("to any port", [(HERE, "a=1")], "http://www.example.com:81/x", "a=1"),
    ("over https as well", [(HERE, "a=1")], "https://www.example.com/", "a=1"),
    (
        "two, the older first",
        [(HERE, "SID=31d4; Path=/; Secure; HttpOnly"), (HERE, "lang=en-US; Path=/")],
        "https://www.example.com/",
        "SID=31d4; lang=en-US",
    ),
    ("secure not over http", [(HERE, "a=1; Secure")], HERE, ""),
    ("a domain above", [(HERE, "a=1; Domain=example.com")], "http://other.example.com/", "a=1"),
    ("a domain with a dot", [(HERE, "a=1; Domain=.example.com")], "http://b.example.com/", "a=1"),
    ("a domain above, itself", [(HERE, "a=1; Domain=example.com")], "http://example.com/", "a=1"),
    ("another domain", [(HERE, "a=1; Domain=example.org")], "http://example.org/", ""),
    ("a domain that only ends alike", [(HERE, "a=1; Domain=ample.com")], HERE, ""),
    ("a domain below", [(HERE, "a=1; Domain=x.www.example.com")], HERE, ""),
    ("a top-level domain", [(HERE, "a=1; Domain=com")], HERE, ""),
    ("its path", [(HERE, "a=1; Path=/x")], "http://www.example.com/x", "a=1"),
    ("below its path", [(HERE, "a=1; Path=/x")], "http://www.example.com/x/y", "a=1"),
    ("a path that only begins alike", [(HERE, "a=1; Path=/x")], "http://www.example.com/xy", ""),
    ("a path with a slash", [(HERE, "a=1; Path=/x/")], "http://www.example.com/x/y", "a=1"),
    ("above its path", [(HERE, "a=1; Path=/x")], HERE, ""),
    (
        "without a path the folder of the page",
        [("http://www.example.com/a/b", "a=1")],
        "http://www.example.com/a/c",
        "a=1",
    ),
    (
        "without a path not above the folder",
        [("http://www.example.com/a/b", "a=1")],
        "http://www.example.com/c",
        "",
    ),
    (
        "longer paths first",
        [(HERE, "a=1; Path=/"), (HERE, "b=2; Path=/x/y"), (HERE, "c=3; Path=/x")],
        "http://www.example.com/x/y",
        "b=2; c=3; a=1",
    ),
    ("the same again", [(HERE, "a=1"), (HERE, "a=2")], HERE, "a=2"),
    ("taken back", [(HERE, "a=1"), (HERE, f"a=; Expires={PAST}")], HERE, ""),
    ("taken back by its age", [(HERE, "a=1"), (HERE, "a=1; Max-Age=0")], HERE, ""),
    ("a negative age", [(HERE, "a=1; Max-Age=-5")], HERE, ""),
    ("another path is another cookie", [(HERE, "a=1"), (HERE, "a=2; Path=/x")], HERE, "a=1"),
    ("until far away", [(HERE, f"a=1; Expires={FUTURE}")], HERE, "a=1"),
    ("age wins over a past date", [(HERE, f"a=1; Expires={PAST}; Max-Age=9")], HERE, "a=1"),
    ("age wins over a future date", [(HERE, f"a=1; Max-Age=0; Expires={FUTURE}")], HERE, ""),
    ("a date that is none", [(HERE, "a=1; Expires=soon")], HERE, "a=1"),
    ("an = in the value", [(HERE, "a=b=c==")], HERE, "a=b=c=="),
    ("an attribute nobody knows", [(HERE, "a=1; SameSite=Lax; New")], HERE, "a=1"),
    ("an address", [("http://127.0.0.1/", "a=1")], "http://127.0.0.1:81/", "a=1"),
    ("localhost", [("http://localhost/", "a=1")], "http://localhost:81/", "a=1"),
]
ONLY_OURS = [
    ("an age that is none", [(HERE, "a=1; Max-Age=soon")], HERE, "a=1"),
    ("not to a host below", [(HERE, "a=1")], "http://x.www.example.com/", ""),
    ("attributes in any case", [(HERE, "a=1; PATH=/; sEcUrE")], HERE, ""),
    ("wss is secure", [(HERE, "a=1; Secure")], "wss://www.example.com/", "a=1"),
    ("ws is like http", [(HERE, "a=1")], "ws://www.example.com/", "a=1"),
    ("blanks around everything", [(HERE, "  a = 1 ;  Path = / ")], HERE, 'a=" 1"'),
    ("quotes go", [(HERE, 'a="1"')], HERE, "a=1"),
    ("quotes come where they are needed", [(HERE, "a=b c"), (HERE, "b=b,c")],
     HERE, 'a="b c"; b="b,c"'),
    ("quotes inside", [(HERE, 'a={"x":1}'), (HERE, 'b="1,2'), (HERE, "c=b\\c")], HERE, ""),
    ("letters of no token", [(HERE, "s 9=1"), (HERE, "s[2]=1"), (HERE, '"s"=1')], HERE, ""),
    ("no ASCII", [(HERE, "a=é")], HERE, ""),
    ("dates of other forms", [(HERE, "a=1; Expires=Thu, 01-Jan-70 00:00:00 GMT"),
                              (HERE, "b=1; Expires=Thu, 01 Jan 1970 00:00:00 +0100"),
                              (HERE, "c=1; Expires=Thu Jan  1 00:00:00 1970")],
     HERE, "a=1; b=1; c=1"),
    ("a date with dashes", [(HERE, "a=1; Expires=Thu, 01-Jan-1970 00:00:00 GMT")], HERE, ""),
    ("secure on this machine", [("http://127.0.0.1/", "a=1; Secure")], "http://127.0.0.1/", "a=1"),
    ("an address with a dot", [("http://127.0.0.1/", "a=1; Domain=.127.0.0.1")],
     "http://127.0.0.1/", ""),
    ("no value", [(HERE, "a=")], HERE, "a="),
    ("no =", [(HERE, "a")], HERE, ""),
    ("no name", [(HERE, "=1")], HERE, ""),
    ("nothing", [(HERE, "")], HERE, ""),
    ("a control character", [(HERE, "a=1\x01")], HERE, ""),
    ("a line break", [(HERE, "a=1\r\nX: y")], HERE, ""),
    ("a path that is none", [(HERE, "a=1; Path=x")], HERE, "a=1"),
    ("its own host as domain", [("http://localhost/", "a=1; Domain=localhost")],
     "http://localhost/", "a=1"),
    ("an address as domain", [("http://127.0.0.1/", "a=1; Domain=127.0.0.1")],
     "http://127.0.0.1/", "a=1"),
    ("part of an address as domain", [("http://127.0.0.1/", "a=1; Domain=0.0.1")],
     "http://127.0.0.1/", ""),
    ("an IPv6 address", [("http://[::1]/", "a=1")], "http://[::1]:81/", "a=1"),
    ("replaced, but in its old place", [(HERE, "a=1"), (HERE, "b=2"), (HERE, "a=3")], HERE,
     "a=3; b=2"),
    ("a date without a weekday and with two digits", [(HERE, "a=1; Expires=09-Jun-77 10:18:14")],
     HERE, "a=1"),
    ("a date of no calendar", [(HERE, "a=1; Expires=Wed, 99 Jun 2021 10:18:14 GMT")], HERE, "a=1"),
]  # fmt: skip


@pytest.mark.parametrize(("case", "stored", "asked", "expected"), CASES + ONLY_OURS)
def test_cookies_go_where_they_belong(case, stored, asked, expected):
    assert sent(stored, asked) == expected, case


@pytest.mark.parametrize(("case", "stored", "asked", "expected"), CASES)
def test_another_jar_agrees(case, stored, asked, expected):
    theirs = sent_by_the_other_jar(stored, asked)
    assert sorted(theirs.split("; ")) == sorted(expected.split("; ")), case


def test_cookie_with_an_age_goes_until_it_is_over():
    stored = [(HERE, "a=1; Max-Age=10")]
    assert sent(stored, HERE, NOW + 9.9) == "a=1"
    assert sent(stored, HERE, NOW + 10) == ""


def test_cookie_with_a_date_goes_until_then():
    date = time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(NOW + 60))
    assert sent([(HERE, f"a=1; Expires={date}")], HERE, NOW + 59) == "a=1"
    assert sent([(HERE, f"a=1; Expires={date}")], HERE, NOW + 61) == ""


def test_what_is_over_is_forgotten():
    jar = CookieJar()
    jar.store(url(HERE), "a=1; Max-Age=10", NOW)
    jar.store(url(HERE), "b=1", NOW)
    assert len(jar) == 2
    jar.header(url("http://elsewhere/"), NOW + 11)
    assert len(jar) == 1


def test_empty_jar_is_false_and_a_cleared_one_is_empty():
    jar = CookieJar()
    assert not jar
    jar.store(url(HERE), "a=1", NOW)
    assert jar
    jar.clear()
    assert not jar
    assert jar.header(url(HERE), NOW) == ""
