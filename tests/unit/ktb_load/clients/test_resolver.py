import socket
from ipaddress import ip_network

import pytest

from ktb_load.clients.failure import NetworkError
from ktb_load.clients.resolver import Resolver, Rules
from ktb_load.wire.url import Origin

V4, V6 = socket.AF_INET, socket.AF_INET6
BOTH = [(V6, "2001:db8::1"), (V4, "192.0.2.1"), (V4, "192.0.2.2")]


class Names:
    """A name server that knows one name."""

    def __init__(self, found=BOTH):
        self.found = found
        self.asked = []

    def __call__(self, host, _port, *, type):
        self.asked.append(host)
        if host != "chat.test":
            raise socket.gaierror(socket.EAI_NONAME, "unknown")
        return [(family, type, 6, "", (ip, 0)) for family, ip in self.found]


def ask(host, port=80, names=None, **rules):
    resolver = Resolver(Rules(**rules), names or Names())
    return [(address.ip, address.port) for address in resolver.addresses(Origin(host, port, False))]


HOSTS = {
    "chat.test": "10.0.0.1",
    "chat.test:443": "10.0.0.2:8443",
    "*.test": "10.0.0.3",
    "*.eu.test": "10.0.0.4",
    "six.test": "[2001:db8::2]:81",
    "bare-six.test": "2001:db8::3",
}


@pytest.mark.parametrize(
    ("host", "port", "expected"),
    [
        pytest.param("chat.test", 80, ("10.0.0.1", 80), id="a name"),
        pytest.param("chat.test", 443, ("10.0.0.2", 8443), id="a name with its port"),
        pytest.param("CHAT.test", 80, ("10.0.0.1", 80), id="in any case"),
        pytest.param("a.test", 80, ("10.0.0.3", 80), id="what is below a name"),
        pytest.param("a.eu.test", 80, ("10.0.0.4", 80), id="the longest pattern wins"),
        pytest.param("six.test", 80, ("2001:db8::2", 81), id="IPv6 with a port"),
        pytest.param("bare-six.test", 80, ("2001:db8::3", 80), id="IPv6 alone"),
    ],
)
def test_hosts_override_names(host, port, expected):
    names = Names()
    assert ask(host, port, names, hosts=HOSTS) == [expected]
    assert names.asked == []


def test_an_address_is_not_looked_up():
    names = Names()
    assert ask("127.0.0.1", 8080, names) == [("127.0.0.1", 8080)]
    assert ask("::1", 8080, names) == [("::1", 8080)]
    assert names.asked == []


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ("preferIPv4", ["192.0.2.1", "192.0.2.2", "2001:db8::1"]),
        ("preferIPv6", ["2001:db8::1", "192.0.2.1", "192.0.2.2"]),
        ("onlyIPv4", ["192.0.2.1", "192.0.2.2"]),
        ("onlyIPv6", ["2001:db8::1"]),
        ("any", ["2001:db8::1", "192.0.2.1", "192.0.2.2"]),
    ],
)
def test_the_policy_orders_families(policy, expected):
    assert [ip for ip, _ in ask("chat.test", policy=policy, select="first")] == expected


def test_addresses_take_turns():
    resolver = Resolver(Rules(select="roundRobin"), Names(BOTH[1:]))
    firsts = [resolver.addresses(Origin("chat.test", 80, False))[0].ip for _ in range(4)]
    assert firsts[0] != firsts[1]
    assert firsts[:2] == firsts[2:]


def test_a_random_choice_chooses_all_of_them():
    resolver = Resolver(Rules(select="random"), Names(BOTH[1:]))
    firsts = {resolver.addresses(Origin("chat.test", 80, False))[0].ip for _ in range(100)}
    assert firsts == {"192.0.2.1", "192.0.2.2"}


@pytest.mark.parametrize(("ttl_s", "asked"), [(300.0, 1), (0.0, 3)])
def test_answers_are_kept_for_their_time(ttl_s, asked):
    names = Names()
    resolver = Resolver(Rules(ttl_s=ttl_s), names)
    for _ in range(3):
        resolver.addresses(Origin("chat.test", 80, False))
    assert len(names.asked) == asked


@pytest.mark.parametrize(
    ("host", "rules", "text", "code"),
    [
        ("nobody.test", {}, "lookup: no such host", 1101),
        ("chat.test", {"block_hostnames": ["chat.test"]}, "hostname is blocked", 1111),
        ("a.evil.test", {"block_hostnames": ["*.evil.test"]}, "hostname is blocked", 1111),
        ("10.1.2.3", {"blacklist_ips": [ip_network("10.0.0.0/8")]}, "ip is blacklisted", 1110),
        (
            "chat.test",
            {"blacklist_ips": [ip_network("10.0.0.0/8")], "hosts": HOSTS},
            "ip is blacklisted",
            1110,
        ),
    ],
)
def test_refusals_are_k6s(host, rules, text, code):
    with pytest.raises(NetworkError) as refused:
        ask(host, **rules)
    assert (refused.value.failure.text, refused.value.failure.code) == (text, code)


def test_a_pattern_does_not_match_the_name_itself():
    assert ask("chat.test", select="first", block_hostnames=["*.chat.test"])


def test_no_address_of_the_only_family_is_no_host():
    with pytest.raises(NetworkError, match="no such host"):
        ask("chat.test", names=Names([(V4, "192.0.2.1")]), policy="onlyIPv6")


@pytest.mark.parametrize("host", ["a..test", f"{'a' * 64}.test", ".test", "test.."])
def test_what_cannot_be_a_name_is_not_looked_up(host):
    names = Names()
    with pytest.raises(NetworkError, match="no such host"):
        ask(host, names=names)
    assert names.asked == []
