"""Why an exchange failed on the network, in k6's words and error codes (k6 1.8.1
``lib/netext/httpext/error_codes.go``).
"""

from __future__ import annotations

import errno
import os
import re
import socket
import ssl
from dataclasses import dataclass

GENERIC = 1000
ALERT = 1010
"""The other side refused TLS."""
REQUEST_TIMEOUT = 1050
RESET = 1220


@dataclass(frozen=True, slots=True)
class Failure:
    """What the tags ``error`` and ``error_code`` say."""

    text: str
    code: int


class NetworkError(Exception):
    """The network or the other side's protocol failed."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.text)
        self.failure = failure


EOF = Failure("EOF", GENERIC)
"""The other side hung up before it said anything."""
UNEXPECTED_EOF = Failure("unexpected EOF", GENERIC)
"""The other side hung up in the middle of an answer."""
NO_SUCH_HOST = Failure("lookup: no such host", 1101)
TIMED_OUT = Failure("request timeout", REQUEST_TIMEOUT)

_TRANSFER = {
    errno.ECONNRESET: ("connection reset by peer", RESET),
    errno.EPIPE: ("broken pipe", 1201),
}
_UNKNOWN = ("x509: unknown authority", 1310)
_OTHER_NAME = ("x509: certificate doesn't match hostname", 1311)
_NOT_NOW = ("x509: certificate has expired or is not yet valid", GENERIC)
_CERTIFICATE = {
    9: _NOT_NOW,
    10: _NOT_NOW,
    18: _UNKNOWN,
    19: _UNKNOWN,
    20: _UNKNOWN,
    21: _UNKNOWN,
    62: _OTHER_NAME,
    64: _OTHER_NAME,
}
"""By OpenSSL's X509_V_ERR_* number."""
_NO_TLS = Failure("tls: first record does not look like a TLS handshake", 1301)
_NO_TLS_REASONS = frozenset({"WRONG_VERSION_NUMBER", "HTTP_REQUEST", "RECORD_LAYER_FAILURE"})
_ALERT = re.compile(r"(?:SSLV3|TLSV1|TLSV13)_(?:ALERT_)?(.+)")
"""OpenSSL's names for what the other side refused."""
_GO_SAYS = {
    "certificate revoked": "revoked certificate",
    "certificate expired": "expired certificate",
    "certificate unknown": "unknown certificate",
    "unknown ca": "unknown certificate authority",
    "protocol version": "protocol version not supported",
    "insufficient security": "insufficient security level",
    "decode error": "error decoding message",
    "decrypt error": "error decrypting message",
    "bad record mac": "bad record MAC",
}
"""Alerts that Go, and so k6, has other words for."""


def of_lookup(error: socket.gaierror) -> Failure:
    """A name that did not lead to an address."""
    if error.errno in (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)):
        return NO_SUCH_HOST
    return Failure(f"lookup: {error.strerror}", 1100)


def of_dial(error: OSError) -> Failure:
    """A TCP connection that did not come about."""
    if isinstance(error, TimeoutError) or error.errno == errno.ETIMEDOUT:
        return Failure("dial: i/o timeout", 1211)
    if error.errno == errno.ECONNREFUSED:
        return Failure("dial: connection refused", 1212)
    if error.errno:
        words = f"dial: unknown errno {error.errno} error with msg `{_reason(error)}`"
        return Failure(words, 1213)
    return Failure(f"dial: {error}", 1210)


def of_tls(error: OSError) -> Failure:
    """A TLS handshake that failed."""
    if isinstance(error, ssl.SSLCertVerificationError):
        unheard_of = (f"x509: {error.verify_message}", GENERIC)
        return Failure(*_CERTIFICATE.get(error.verify_code, unheard_of))
    if isinstance(error, (ssl.SSLEOFError, ssl.SSLZeroReturnError)):
        return EOF
    if not isinstance(error, ssl.SSLError):
        return of_transfer(error, "read")
    reason = getattr(error, "reason", None) or str(error)
    if reason in _NO_TLS_REASONS:
        return _NO_TLS
    alert = _ALERT.fullmatch(reason)
    words = (alert[1] if alert else reason).lower().replace("_", " ")
    if alert:
        return Failure(f"remote error: tls: {_GO_SAYS.get(words, words)}", ALERT)
    return Failure(f"tls: {words}", GENERIC)


def of_transfer(error: OSError, what: str) -> Failure:
    """A connection that broke; ``what`` is ``read`` or ``write``."""
    if isinstance(error, ssl.SSLEOFError):
        return Failure("write: broken pipe", 1201) if what == "write" else EOF
    if isinstance(error, ssl.SSLError):  # TLS 1.3 may refuse a certificate after the handshake
        return of_tls(error)
    text, code = _TRANSFER.get(error.errno or 0, (_reason(error), 1200))
    return Failure(f"{what}: {text}", code)


def _reason(error: OSError) -> str:
    return os.strerror(error.errno).lower() if error.errno else str(error)
