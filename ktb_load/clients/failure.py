"""Why an exchange failed on the network, in k6's words and error codes (k6 1.8.1
``lib/netext/httpext/error_codes.go``).
"""

from __future__ import annotations

import errno
import os
import socket
import ssl
from dataclasses import dataclass

GENERIC = 1000
REQUEST_TIMEOUT = 1050


@dataclass(frozen=True, slots=True)
class Failure:
    """What the tags ``error`` and ``error_code`` say."""

    text: str
    code: int


class NetworkError(Exception):
    """The network or the other side's protocol failed."""

    def __init__(self, failure: Failure, connecting_ms: float = 0.0) -> None:
        super().__init__(failure.text)
        self.failure = failure
        self.connecting_ms = connecting_ms
        """How long TCP took, where only TLS failed."""


EOF = Failure("EOF", GENERIC)
"""The other side hung up before it said anything."""
UNEXPECTED_EOF = Failure("unexpected EOF", GENERIC)
"""The other side hung up in the middle of an answer."""
TIMED_OUT = Failure("request timeout", REQUEST_TIMEOUT)

_TRANSFER = {
    errno.ECONNRESET: ("connection reset by peer", 1220),
    errno.EPIPE: ("broken pipe", 1201),
}
_CERTIFICATE = {
    18: ("x509: unknown authority", 1310),
    19: ("x509: unknown authority", 1310),
    20: ("x509: unknown authority", 1310),
    62: ("x509: certificate doesn't match hostname", 1311),
    64: ("x509: certificate doesn't match hostname", 1311),
}
"""By OpenSSL's X509_V_ERR_* number."""


def of_lookup(error: socket.gaierror) -> Failure:
    """A name that did not lead to an address."""
    if error.errno in (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)):
        return Failure("lookup: no such host", 1101)
    return Failure(f"lookup: {error.strerror}", 1100)


def of_dial(error: OSError) -> Failure:
    """A TCP connection that did not come about."""
    if isinstance(error, TimeoutError) or error.errno == errno.ETIMEDOUT:
        return Failure("dial: i/o timeout", 1211)
    if error.errno == errno.ECONNREFUSED:
        return Failure("dial: connection refused", 1212)
    return Failure(f"dial: {_reason(error)}", 1210)


def of_tls(error: OSError) -> Failure:
    """A TLS handshake that failed."""
    if isinstance(error, ssl.SSLCertVerificationError):
        text, code = _CERTIFICATE.get(error.verify_code, (f"x509: {error.verify_message}", 1300))
        return Failure(text, code)
    if isinstance(error, ssl.SSLError):
        reason = getattr(error, "reason", None)
        return Failure(f"tls: {reason or error}", 1300)
    return of_transfer(error, "read")


def of_transfer(error: OSError, what: str) -> Failure:
    """A connection that broke; ``what`` is ``read`` or ``write``."""
    text, code = _TRANSFER.get(error.errno or 0, (_reason(error), 1200))
    return Failure(f"{what}: {text}", code)


def _reason(error: OSError) -> str:
    return os.strerror(error.errno).lower() if error.errno else str(error)
