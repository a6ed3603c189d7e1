"""Which way a connection takes, by the variables of an environment."""

import pytest

from ktb_load.clients.proxies import Proxies, Proxy
from ktb_load.wire.url import Origin

PLAIN, SECURE = "http://plain.proxy:3128", "http://secure.proxy"


def way(host, port=80, secure=False, **environ):
    proxy = Proxies(environ).between(Origin(host, port, secure))
    return proxy and proxy.origin.host


def test_each_scheme_has_a_variable_of_its_own():
    environ = {"HTTP_PROXY": PLAIN, "HTTPS_PROXY": SECURE}
    assert way("a.test", **environ) == "plain.proxy"
    assert way("a.test", 443, True, **environ) == "secure.proxy"
    assert way("a.test", 443, True, HTTP_PROXY=PLAIN) is None
    assert way("a.test", HTTPS_PROXY=SECURE) is None


def test_small_letters_do_unless_there_are_capitals():
    assert way("a.test", http_proxy=PLAIN) == "plain.proxy"
    assert way("a.test", HTTP_PROXY=PLAIN, http_proxy="http://other") == "plain.proxy"
    assert way("a.test", HTTP_PROXY="", http_proxy=PLAIN) == "plain.proxy"
    assert way("a.test", HTTP_PROXY=PLAIN, no_proxy="a.test") is None


@pytest.mark.parametrize("environ", [{}, {"HTTP_PROXY": ""}, {"NO_PROXY": "a.test"}])
def test_environment_without_proxies_costs_nothing(environ):
    assert not Proxies(environ)


@pytest.mark.parametrize(
    ("said", "proxy"),
    [
        ("proxy:3128", Proxy(Origin("proxy", 3128, False), False, "", "")),
        ("10.0.0.1", Proxy(Origin("10.0.0.1", 80, False), False, "", "")),
        ("http://u:p%40@proxy/", Proxy(Origin("proxy", 80, False), False, "u", "p@")),
        ("http://u@[::2]:1", Proxy(Origin("::2", 1, False), False, "u", "")),
        ("socks5://proxy", Proxy(Origin("proxy", 1080, False), True, "", "")),
        ("socks5h://u:p@proxy:1", Proxy(Origin("proxy", 1, False), True, "u", "p")),
    ],
)
def test_proxy_is_written_in_many_ways(said, proxy):
    assert Proxies({"HTTP_PROXY": said}).between(Origin("a.test", 80, False)) == proxy


def test_credentials_become_a_header():
    proxies = Proxies({"HTTP_PROXY": "http://u:p%40@proxy", "HTTPS_PROXY": "http://proxy"})
    assert proxies.between(Origin("a", 80, False)).authorization == "Basic dTpwQA=="
    assert proxies.between(Origin("a", 443, True)).authorization == ""


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("ftp://proxy", "begins with ftp://"),
        ("https://proxy", "begins with https://"),
        ("http://[::1", "is no address of a proxy"),
        ("proxy:x", "is no address of a proxy"),
        ("http://", "names no host"),
    ],
)
def test_what_is_no_proxy_is_said_at_once_and_without_secrets(said, why):
    with pytest.raises(ValueError, match=f"HTTP_PROXY {why}.*; write http"):
        Proxies({"HTTP_PROXY": said})
    with pytest.raises(ValueError, match="HTTPS_PROXY") as raised:
        Proxies({"https_proxy": "ftp://u:secret@proxy"})
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize(
    ("word", "direct", "proxied"),
    [
        ("a.test", ["a.test", "A.test", "b.a.test"], ["ba.test", "test", "a.test.b"]),
        (".a.test", ["b.a.test"], ["a.test"]),
        ("*.a.test", ["b.a.test"], ["a.test"]),
        ("*", ["a.test", "10.0.0.1"], []),
        ("10.0.0.1", ["10.0.0.1"], ["10.0.0.2", "a10.0.0.1"]),
        ("10.0.0.0/8", ["10.1.2.3"], ["11.0.0.1", "a.test"]),
        ("fd00::/8", ["fd00::1"], ["fe00::1", "10.0.0.1"]),
        ("fd00::1", ["fd00::1"], ["fd00::2"]),
        ("0.1", [], ["10.0.0.1"]),
        (" a.test , ,b.test", ["a.test", "b.test"], ["c.test"]),
    ],
)
def test_exceptions(word, direct, proxied):
    assert [way(host, HTTP_PROXY=PLAIN, NO_PROXY=word) for host in direct] == [None] * len(direct)
    found = [way(host, HTTP_PROXY=PLAIN, NO_PROXY=word) for host in proxied]
    assert found == ["plain.proxy"] * len(proxied)


@pytest.mark.parametrize(
    ("word", "host"),
    [("a.test:81", "a.test"), ("10.0.0.1:81", "10.0.0.1"), ("[fd00::1]:81", "fd00::1")],
)
def test_exception_may_have_a_port(word, host):
    assert way(host, 81, HTTP_PROXY=PLAIN, NO_PROXY=word) is None
    assert way(host, 80, HTTP_PROXY=PLAIN, NO_PROXY=word) == "plain.proxy"


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST", "127.0.0.1", "127.9.9.9", "::1"])
def test_this_machine_is_never_behind_a_proxy(host):
    assert way(host, HTTP_PROXY=PLAIN) is None
