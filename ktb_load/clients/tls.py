"""TLS as a plan wants it: versions, verification, client certificates (k6's ``tlsVersion``,
``insecureSkipTLSVerify``, ``tlsAuth``).
"""

from __future__ import annotations

import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ktb_load.clients.resolver import matches
from ktb_load.pem import load_pem

_VERSIONS = {
    "tls1.0": ssl.TLSVersion.TLSv1,
    "tls1.1": ssl.TLSVersion.TLSv1_1,
    "tls1.2": ssl.TLSVersion.TLSv1_2,
    "tls1.3": ssl.TLSVersion.TLSv1_3,
}


@dataclass(frozen=True)
class Certificate:
    """A client certificate."""

    cert: str
    key: str
    password: str = ""
    domains: Sequence[str] = ()
    """Host names or ``*.name`` where this one goes before others; without others it is shown to
    every server that asks, as in k6 (Go's client does not look at ``NameToCertificate``).
    """

    def fits(self, host: str) -> int:
        """How well: 2 is by name, 1 is everywhere, 0 is for want of another."""
        if not self.domains:
            return 1
        return 2 * any(matches(domain, host) for domain in self.domains)


@dataclass(frozen=True)
class TlsOptions:
    """What every handshake of a run has in common."""

    insecure_skip_verify: bool = False
    min_version: str = "tls1.2"
    max_version: str = "tls1.3"
    certificates: Sequence[Certificate] = ()


class Tls:
    """Wraps sockets; keeps one context for each client certificate."""

    def __init__(self, options: TlsOptions) -> None:
        self._options = options
        self._contexts: dict[Certificate | None, Any] = {}

    def wrap(self, sock: Any, host: str) -> Any:
        """Shake hands; raises OSError (or its child SSLError) if that fails."""
        certificates = self._options.certificates
        certificate = max(certificates, key=lambda one: one.fits(host.lower()), default=None)
        if certificate not in self._contexts:
            self._contexts[certificate] = self._context(certificate)
        wrapped = self._contexts[certificate].wrap_socket(
            sock, server_hostname=host, do_handshake_on_connect=False
        )
        try:
            wrapped.do_handshake()
        except BaseException:
            wrapped.close()
            raise
        return wrapped

    def _context(self, certificate: Certificate | None) -> Any:
        from gevent.ssl import SSLContext  # noqa: PLC0415  # only runs with https pay for it

        context = SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.minimum_version = _VERSIONS[self._options.min_version]
        context.maximum_version = _VERSIONS[self._options.max_version]
        if self._options.insecure_skip_verify:
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        else:
            context.load_default_certs()
        if certificate is not None:
            load_pem(context, certificate.cert, certificate.key, certificate.password)
        return context
