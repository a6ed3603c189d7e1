import pytest
import trustme
from cryptography.hazmat.primitives import serialization

from ktb_load.errors import Problem
from ktb_load.plan.document import Document
from ktb_load.plan.fields import Fields
from ktb_load.plan.network import Dns, read_network


def read(**values):
    problems: list[Problem] = []
    options = read_network(Fields(Document("plan.yaml", values), (), problems))
    return options, [str(problem) for problem in problems]


def pem():
    """A certificate and its key."""
    issued = trustme.CA().issue_cert("me.test")
    return issued.cert_chain_pems[0].bytes().decode(), issued.private_key_pem.bytes().decode()


def encrypted(key, password):
    secret = serialization.BestAvailableEncryption(password.encode())
    loaded = serialization.load_pem_private_key(key.encode(), None)
    pkcs8 = serialization.PrivateFormat.PKCS8
    return loaded.private_bytes(serialization.Encoding.PEM, pkcs8, secret).decode()


def test_defaults_are_k6s():
    options, problems = read()
    assert problems == []
    assert options.max_redirects == 10
    assert options.dns == Dns(300.0, "random", "preferIPv4")
    assert (options.tls_min, options.tls_max) == ("tls1.2", "tls1.3")
    assert options.rps == 0


def test_everything_that_can_be_said():
    cert, key = pem()
    options, problems = read(
        blacklistIPs=["10.0.0.0/8", "2001:db8::/32"],
        blockHostnames=["*.Evil.test"],
        dns={"ttl": "inf", "select": "roundRobin", "policy": "onlyIPv6"},
        hosts={"Chat.test:81": "127.0.0.1:8080", "*.six.test": "[::1]:80"},
        httpDebug="full",
        rps=7,
        tlsAuth=[{"cert": cert, "key": key, "domains": ["*.Test"]}],
        tlsVersion={"min": "tls1.2", "max": "tls1.2"},
    )
    assert problems == []
    assert options.dns.ttl_s == float("inf")
    assert options.hosts == {"chat.test:81": "127.0.0.1:8080", "*.six.test": "[::1]:80"}
    assert options.block_hostnames == ("*.evil.test",)
    assert options.tls_auth[0].domains == ("*.test",)
    assert (options.tls_min, options.tls_max, options.rps) == ("tls1.2", "tls1.2", 7)


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        (
            {"blacklistIPs": ["10.0.0.0/x"]},
            "plan.yaml, blacklistIPs[0]: invalid CIDR address: 10.0.0.0/x;"
            " write for example 10.0.0.0/8",
        ),
        (
            {"blockHostnames": ["a.*.b"]},
            "plan.yaml, blockHostnames[0]: invalid hostname pattern 'a.*.b';"
            " a * may only stand in front",
        ),
        (
            {"hosts": {"a.test": "localhost"}},
            "plan.yaml, hosts.a.test: 'localhost' is not an address;"
            " write an IP address, with or without a port",
        ),
        (
            {"hosts": {"a.test": "1.2.3.4:99999"}},
            "plan.yaml, hosts.a.test: '1.2.3.4:99999' has no possible port",
        ),
        (
            {"dns": {"select": "best"}},
            "plan.yaml, dns.select: must be one of 'random', 'first', 'roundRobin', but is 'best'",
        ),
        (
            {"tlsVersion": "ssl3"},
            "plan.yaml, tlsVersion: must be one of 'tls1.0', 'tls1.1', 'tls1.2', 'tls1.3',"
            " but is 'ssl3'",
        ),
    ],
)
def test_problems(values, problem):
    assert read(**values)[1] == [problem]


def test_certificate_that_cannot_be_used_is_a_problem_before_the_run():
    (cert, key), (_, other) = pem(), pem()
    locked = encrypted(key, "secret")
    assert read(tlsAuth=[{"cert": cert, "key": locked, "password": "secret"}])[1] == []
    for entry in (
        {"cert": cert, "key": other},
        {"cert": cert, "key": locked},
        {"cert": cert, "key": locked, "password": "another"},
    ):
        [problem] = read(tlsAuth=[entry])[1]
        assert problem.startswith("plan.yaml, tlsAuth[0]: the certificate cannot be used: ")


def test_key_that_is_no_pem_is_a_problem():
    cert, _ = pem()
    assert read(tlsAuth=[{"cert": cert, "key": "nonsense"}])[1] == [
        "plan.yaml, tlsAuth[0].key: the key is missing or is no PEM;"
        " write it as PEM text (YAML: after `|`)"
    ]
