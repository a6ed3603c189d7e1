"""TLS that fails, and TLS with client certificates: what the real k6 says, and what we say."""

import datetime
import socket
import ssl
import struct
import threading
from contextlib import ExitStack, contextmanager, suppress

import pytest
import trustme
from cryptography.hazmat.primitives import serialization

from ktb_load.clients.tls import Certificate, TlsOptions
from tests.system.clients.k6_side import ask, run_k6

pytestmark = [pytest.mark.system, pytest.mark.k6]

NOW = datetime.datetime.now(datetime.UTC)
DAY = datetime.timedelta(days=1)
OTHER_WORDS = {
    "over": "Go adds the time of day",
    "too early": "the same",
    "half a hello": "Go tells an end in a record from one between records",
    "our newest is older": "each says what it itself could do",
}


@contextmanager
def answering(data, *, reset=False):
    """A listener on localhost that reads something, says ``data`` to each and hangs up."""

    def serve():
        while True:
            try:
                sock = listener.accept()[0]
            except OSError:
                return
            with sock, suppress(OSError):
                sock.recv(65_536)
                sock.sendall(data)
                if reset:
                    linger = struct.pack("ii", 1, 0)
                    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve)
        thread.start()
        yield f"https://localhost:{listener.getsockname()[1]}"
        listener.shutdown(socket.SHUT_RDWR)
        thread.join(5)


def alert(number):
    return bytes([0x15, 3, 3, 0, 2, 2, number])


RAW = {
    "garbage": b"this is no TLS at all\r\n",
    "HTTP": b"HTTP/1.1 400 Bad Request\r\n\r\n",
    "nothing": b"",
    "half a hello": b"\x16\x03\x03\x00\x7a\x02\x00",
    "handshake failure": alert(40),
    "bad certificate": alert(42),
    "unknown authority": alert(48),
    "protocol version": alert(70),
    "internal error": alert(80),
    "unrecognized name": alert(112),
}


@pytest.fixture
def places(authority, start_server, tls, foreign_tls):
    """Servers by what is wrong with them."""

    def at(context, **limits):
        for name, value in limits.items():
            setattr(context, name, value)
        return start_server(tls=context, host="localhost").url

    def issued(**more):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("localhost", **more).configure_cert(context)
        return context

    older = {"maximum_version": ssl.TLSVersion.TLSv1_2}
    with ExitStack() as stack:
        places = {name: stack.enter_context(answering(data)) for name, data in RAW.items()}
        places |= {
            "a reset": stack.enter_context(answering(b"", reset=True)),
            "TLS 1.3": at(tls("localhost")),
            "TLS 1.2": at(tls("localhost"), **older),
            "an address": at(tls("127.0.0.1")).replace("localhost", "127.0.0.1"),
            "IPv6": start_server(tls=tls("::1"), family=socket.AF_INET6).url,
            "another name": at(tls("other.example")),
            "another address": at(tls("127.0.0.9")),
            "a pattern": at(tls("*.localhost")),
            "an unknown authority": at(foreign_tls("localhost")),
            "over": at(issued(not_before=NOW - 9 * DAY, not_after=NOW - DAY)),
            "too early": at(issued(not_before=NOW + DAY, not_after=NOW + 9 * DAY)),
        }
        yield places


def judged(k6, cases, folder, trusted, client, options=None):
    """What each said of the cases: k6 and we."""
    theirs = run_k6(k6, cases, folder, options, {"SSL_CERT_FILE": str(trusted)}).seen
    ours = ask(client, cases)
    return [{name: said(name, seen) for name, seen in side.items()} for side in (theirs, ours)]


def said(name, seen):
    return (seen.status, seen.code, "" if name in OTHER_WORDS else seen.error)


def test_handshakes_fail_in_the_words_of_k6(
    k6, vu, new_client, places, trusted, tmp_path,
):  # fmt: skip
    cases = [{"case": name, "url": f"{url}/ok"} for name, url in places.items()]
    theirs, ours = judged(k6, cases, tmp_path, trusted, new_client(vu))
    assert ours == theirs
    assert ours["TLS 1.3"] == (200, 0, "")


@pytest.mark.parametrize(
    ("case", "server_limits", "limits"),
    [
        ("our newest is older", {"minimum_version": ssl.TLSVersion.TLSv1_3}, ("tls1.2", "tls1.2")),
        ("our oldest is newer", {"maximum_version": ssl.TLSVersion.TLSv1_2}, ("tls1.3", "tls1.3")),
        ("one in common", {"maximum_version": ssl.TLSVersion.TLSv1_2}, ("tls1.2", "tls1.3")),
    ],
)
def test_versions_are_limited(
    k6, new_vu, new_client, tls, start_server, trusted, tmp_path, case, server_limits, limits,
):  # fmt: skip
    context = tls("localhost")
    for name, value in server_limits.items():
        setattr(context, name, value)
    cases = [{"case": case, "url": f"{start_server(tls=context, host='localhost').url}/ok"}]
    least, most = limits
    client = new_client(new_vu(tls=TlsOptions(min_version=least, max_version=most)))
    options = {"tlsVersion": {"min": least, "max": most}}
    theirs, ours = judged(k6, cases, tmp_path, trusted, client, options)
    assert ours == theirs


# Client certificates.


@pytest.fixture(params=[ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3], ids=["1.2", "1.3"])
def strict_server(request, authority, tls, start_server):
    """It wants to see a certificate of the authority, and remembers whose it saw."""
    context = tls("localhost")
    context.maximum_version = request.param
    context.verify_mode = ssl.CERT_REQUIRED
    authority.configure_trust(context)
    return start_server(tls=context, host="localhost")


def pem_of(issued, password=""):
    """Certificate and key as PEM text, the key encrypted where there is a password."""
    key = issued.private_key_pem.bytes()
    if password:
        secret = serialization.BestAvailableEncryption(password.encode())
        form = serialization.PrivateFormat.TraditionalOpenSSL  # the one that k6 can read
        loaded = serialization.load_pem_private_key(key, None)
        key = loaded.private_bytes(serialization.Encoding.PEM, form, secret)
    chain = b"".join(blob.bytes() for blob in issued.cert_chain_pems)
    told = {"cert": chain.decode(), "key": key.decode()}
    return told | ({"password": password} if password else {})


@pytest.mark.parametrize(
    "domains",
    [(), ("localhost",), ("example.com", "localhost"), ("*.localhost",), ("example.com",)],
)
@pytest.mark.parametrize("password", ["", "secret"])
def test_certificate_of_ours_is_shown(
    k6, new_vu, new_client, authority, strict_server, trusted, tmp_path,
    domains, password,
):  # fmt: skip
    told = pem_of(authority.issue_cert("me.test"), password)
    told |= {"domains": domains} if domains else {}
    client = new_client(new_vu(tls=TlsOptions(certificates=[Certificate(**told)])))
    cases = [{"case": "strict", "url": f"{strict_server.url}/ok"}]
    theirs, ours = judged(k6, cases, tmp_path, trusted, client, {"tlsAuth": [told]})
    assert ours == theirs == {"strict": (200, 0, "")}


@pytest.mark.parametrize("whose", ["nobody", "a stranger"])
def test_server_that_wants_another_certificate_refuses(
    k6, new_vu, new_client, strict_server, trusted, tmp_path, whose,
):  # fmt: skip
    told = [] if whose == "nobody" else [pem_of(trustme.CA().issue_cert("me.test"))]
    certificates = [Certificate(**one) for one in told]
    client = new_client(new_vu(tls=TlsOptions(certificates=certificates)))
    cases = [{"case": whose, "url": f"{strict_server.url}/ok"}]
    theirs, ours = judged(k6, cases, tmp_path, trusted, client, {"tlsAuth": told})
    assert ours == theirs
    assert ours[whose][:2] == (0, 1010)


def test_certificate_for_the_name_goes_before_others(
    new_vu, new_client, authority, strict_server, trusted
):
    good = pem_of(authority.issue_cert("me.test"))
    bad = pem_of(trustme.CA().issue_cert("me.test"))
    for domains in (("localhost",), ("other.test", "localhost"), ()):
        others = [Certificate(**bad, domains=("other.test",))]
        certificates = [*others, Certificate(**good, domains=domains)]
        client = new_client(new_vu(tls=TlsOptions(certificates=certificates)), strict_server.url)
        assert client.get("/ok").status == 200, domains
