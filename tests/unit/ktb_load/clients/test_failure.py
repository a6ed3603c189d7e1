"""k6's words and numbers for what goes wrong on the network."""

import errno
import socket
import ssl

import pytest

from ktb_load.clients import failure
from ktb_load.clients.failure import Failure, NetworkError

UNKNOWN = "dial: unknown errno"


def certificate_error(code, message):
    error = ssl.SSLCertVerificationError()
    error.verify_code, error.verify_message = code, message
    return error


def refusal(reason):
    error = ssl.SSLError(1, "x")
    error.reason = reason
    return error


@pytest.mark.parametrize(
    ("case", "error", "expected"),
    [
        ("no such name", socket.gaierror(socket.EAI_NONAME, "x"), ("lookup: no such host", 1101)),
        ("a name without an address", socket.gaierror(socket.EAI_NODATA, "x"),
         ("lookup: no such host", 1101)),
        ("no answer", socket.gaierror(socket.EAI_AGAIN, "try again"), ("lookup: try again", 1100)),
    ],
)  # fmt: skip
def test_lookups(case, error, expected):
    assert failure.of_lookup(error) == Failure(*expected), case


@pytest.mark.parametrize(
    ("case", "error", "expected"),
    [
        ("our patience", TimeoutError(), ("dial: i/o timeout", 1211)),
        ("the system's", OSError(errno.ETIMEDOUT, "x"), ("dial: i/o timeout", 1211)),
        ("nobody listens", ConnectionRefusedError(errno.ECONNREFUSED, "x"),
         ("dial: connection refused", 1212)),
        ("no way", OSError(errno.ENETUNREACH, "x"),
         (f"{UNKNOWN} {errno.ENETUNREACH} error with msg `network is unreachable`", 1213)),
        ("no number", OSError("no address"), ("dial: no address", 1210)),
    ],
)  # fmt: skip
def test_dials(case, error, expected):
    assert failure.of_dial(error) == Failure(*expected), case


@pytest.mark.parametrize(
    ("case", "error", "expected"),
    [
        ("self-signed", certificate_error(18, "m"), ("x509: unknown authority", 1310)),
        ("self-signed in the chain", certificate_error(19, "m"), ("x509: unknown authority", 1310)),
        ("no issuer", certificate_error(20, "m"), ("x509: unknown authority", 1310)),
        ("another name", certificate_error(62, "m"),
         ("x509: certificate doesn't match hostname", 1311)),
        ("another address", certificate_error(64, "m"),
         ("x509: certificate doesn't match hostname", 1311)),
        ("nobody known", certificate_error(21, "m"), ("x509: unknown authority", 1310)),
        ("too early", certificate_error(9, "m"),
         ("x509: certificate has expired or is not yet valid", 1000)),
        ("over", certificate_error(10, "m"),
         ("x509: certificate has expired or is not yet valid", 1000)),
        ("something else", certificate_error(24, "invalid CA certificate"),
         ("x509: invalid CA certificate", 1000)),
        ("no TLS", refusal("WRONG_VERSION_NUMBER"),
         ("tls: first record does not look like a TLS handshake", 1301)),
        ("an alert", refusal("SSLV3_ALERT_HANDSHAKE_FAILURE"),
         ("remote error: tls: handshake failure", 1010)),
        ("an alert of TLS 1.3", refusal("TLSV13_ALERT_CERTIFICATE_REQUIRED"),
         ("remote error: tls: certificate required", 1010)),
        ("an alert in other words", refusal("TLSV1_ALERT_UNKNOWN_CA"),
         ("remote error: tls: unknown certificate authority", 1010)),
        ("a name nobody has", refusal("TLSV1_UNRECOGNIZED_NAME"),
         ("remote error: tls: unrecognized name", 1010)),
        ("what we do not take", refusal("UNSUPPORTED_PROTOCOL"),
         ("tls: unsupported protocol", 1000)),
        ("no reason", ssl.SSLError(1, "odd"), ("tls: ", 1000)),
        ("an end", ssl.SSLEOFError(8, "x"), ("EOF", 1000)),
        ("a farewell", ssl.SSLZeroReturnError(6, "x"), ("EOF", 1000)),
        ("a reset", ConnectionResetError(errno.ECONNRESET, "x"),
         ("read: connection reset by peer", 1220)),
    ],
)  # fmt: skip
def test_tls(case, error, expected):
    found = failure.of_tls(error)
    assert (found.text.startswith(expected[0]), found.code) == (True, expected[1]), case


@pytest.mark.parametrize(
    ("case", "error", "what", "expected"),
    [
        ("a reset", OSError(errno.ECONNRESET, "x"), "read", ("connection reset by peer", 1220)),
        ("a reset", OSError(errno.ECONNRESET, "x"), "write", ("connection reset by peer", 1220)),
        ("a pipe", OSError(errno.EPIPE, "x"), "write", ("broken pipe", 1201)),
        ("anything else", OSError(errno.EIO, "x"), "read", ("input/output error", 1200)),
        ("no number", OSError("odd"), "read", ("odd", 1200)),
    ],
)
def test_transfers(case, error, what, expected):
    text, code = expected
    assert failure.of_transfer(error, what) == Failure(f"{what}: {text}", code), case


def test_alert_after_the_handshake_is_one_of_tls():
    error = refusal("TLSV13_ALERT_CERTIFICATE_REQUIRED")
    assert failure.of_transfer(error, "read") == failure.of_tls(error)


def test_error_says_the_words_of_its_failure():
    error = NetworkError(failure.EOF)
    assert (str(error), error.failure) == ("EOF", failure.EOF)


def test_words_that_were_measured_with_k6():
    assert Failure("EOF", 1000) == failure.EOF
    assert Failure("unexpected EOF", 1000) == failure.UNEXPECTED_EOF
    assert Failure("request timeout", 1050) == failure.TIMED_OUT
