"""Dialling: names become addresses, addresses become TCP connections, past a proxy if there is one
and under TLS if that is wanted; with k6's phases.
"""

from __future__ import annotations

import socket as plain_socket
from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any

import gevent
from gevent import socket

from ktb_load.clients import failure
from ktb_load.clients.connection import Connection
from ktb_load.clients.failure import Failure, NetworkError
from ktb_load.clients.proxies import Proxies, Proxy
from ktb_load.clients.resolver import Address, LookUp, Resolver, Rules
from ktb_load.clients.tls import Tls, TlsOptions
from ktb_load.clients.tunnel import open_tunnel
from ktb_load.metrics.recorder import Recorder
from ktb_load.wire.url import PORTS, Origin, parse_url

DIAL_TIMEOUT_S = 30.0
"""k6 1.8.1 ``cmd/test_load.go``: the dialer's time-out."""
_LEAST_S = 2.0
"""Of that for one of several addresses (Go ``net``, partialDeadline)."""
_NO_PROXIES = Proxies({})
_PROXY_FAILED = 1200


@dataclass(slots=True)
class Phases:
    """How long the parts of dialling took, in milliseconds; 0 where they came to no end."""

    connecting_ms: float = 0.0
    tls_ms: float = 0.0


class Dialer:
    """Makes connections. One per run: what has been looked up is kept for all VUs."""

    def __init__(
        self,
        rules: Rules | None = None,
        tls: TlsOptions | None = None,
        look_up: LookUp = socket.getaddrinfo,
        proxies: Proxies = _NO_PROXIES,
    ) -> None:
        self._resolver = Resolver(rules or Rules(), look_up)
        self._tls = Tls(tls or TlsOptions())
        self.proxies = proxies

    def route(self, origin: Origin) -> Origin:
        """Where a connection leads that requests to ``origin`` may share: there, or to a proxy."""
        forwarder = self._forwarder(origin)
        return origin if forwarder is None else forwarder.origin

    def dial(
        self,
        origin: Origin,
        recorder: Recorder,
        phases: Phases | None = None,
        *,
        forward: bool = False,
    ) -> Connection:
        """Connect, with TLS where ``origin`` wants it, through a tunnel where a proxy is between.

        Args:
            phases: what took how long is written there as soon as it is known.
            forward: a proxy that takes whole requests is the end of the way.

        Raises:
            NetworkError: no connection came about.
        """
        phases = phases or Phases()
        proxy, forwarder = self.proxies.between(origin), None
        if forward:
            forwarder = self._forwarder(origin)
        began = perf_counter()
        sock = self._reach(origin, proxy)
        phases.connecting_ms = (perf_counter() - began) * 1000
        try:
            sock.setsockopt(plain_socket.IPPROTO_TCP, plain_socket.TCP_NODELAY, 1)
            if proxy is not None and forwarder is None:
                open_tunnel(Connection(sock, recorder, origin), proxy, origin)
            began = perf_counter()
            if origin.secure:
                sock = self._tls.wrap(sock, origin.host)
        except BaseException as error:
            sock.close()
            if isinstance(error, OSError):
                raise NetworkError(failure.of_tls(error)) from None
            raise
        connection = Connection(sock, recorder, forwarder.origin if forwarder else origin)
        connection.forwarder = forwarder
        if origin.secure:
            phases.tls_ms = (perf_counter() - began) * 1000
            connection.tls_version = sock.version().lower().replace("v", "")
        return connection

    def check(self, url: str) -> None:
        """Whether somebody listens there, or at the proxy before it.

        Raises:
            ValueError: it is no URL of ours.
            NetworkError: nobody does.
        """
        origin = parse_url(url, tuple(PORTS)).origin
        self._reach(origin, self.proxies.between(origin)).close()

    def _forwarder(self, origin: Origin) -> Proxy | None:
        """The proxy that takes whole requests to ``origin``."""
        proxy = None if origin.secure else self.proxies.between(origin)
        return None if proxy is None or proxy.socks else proxy

    def _reach(self, origin: Origin, proxy: Proxy | None) -> Any:
        """A TCP socket."""
        if proxy is None:
            return _connect(self._resolver.addresses(origin))
        try:
            return _connect(self._resolver.addresses(proxy.origin))
        except NetworkError as error:
            text = f"proxyconnect tcp: {error.failure.text}"
            raise NetworkError(Failure(text, _PROXY_FAILED)) from None


def _connect(addresses: Sequence[Address]) -> Any:
    """Try each address in turn; the first failure is the one that is told, as in Go. The time is
    shared out among those that are left, so that one that never answers does not take all of it.
    """
    first: OSError | None = None
    deadline = perf_counter() + DIAL_TIMEOUT_S
    for number, (family, ip, port) in enumerate(addresses):
        left = deadline - perf_counter()
        sock = None
        try:
            sock = socket.socket(family, plain_socket.SOCK_STREAM)
            with gevent.Timeout(max(left / (len(addresses) - number), _LEAST_S), TimeoutError):
                sock.connect((ip, port))
            return sock
        except BaseException as error:
            if sock is not None:
                sock.close()
            if not isinstance(error, OSError):
                raise
            first = first or error
    raise NetworkError(failure.of_dial(first or OSError("no address")))
