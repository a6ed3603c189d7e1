"""From a host name to addresses, by the rules of a plan: overrides, blocked names and addresses,
and how DNS answers are kept and chosen from (k6 1.8.1 ``lib/netext/dialer.go``, ``resolver.go``).

One difference: where k6 takes one address of the preferred family and fails with it, the others
follow as a second choice, so that ``localhost`` reaches a server that only listens on ``::1``.
"""

from __future__ import annotations

import random
import re
import socket as plain_socket
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_address
from time import perf_counter
from typing import Any, NamedTuple

from ktb_load.clients import failure
from ktb_load.clients.failure import Failure, NetworkError
from ktb_load.wire.url import Origin

_V4, _V6 = plain_socket.AF_INET, plain_socket.AF_INET6
_FAMILIES: Mapping[str, Sequence[int]] = {
    "preferIPv4": (_V4, _V6),
    "preferIPv6": (_V6, _V4),
    "onlyIPv4": (_V4,),
    "onlyIPv6": (_V6,),
    "any": (),
}
_NAME = re.compile(r"(?:[^.]{1,63}\.)*[^.]{1,63}\.?")
"""What can be looked up at all: labels of at most 63 bytes (RFC 1035, 2.3.4)."""
_BLACKLISTED = Failure("ip is blacklisted", 1110)
_BLOCKED = Failure("hostname is blocked", 1111)


LookUp = Callable[..., list[tuple[Any, ...]]]
"""``getaddrinfo``."""


class Address(NamedTuple):
    """Where a socket connects."""

    family: int
    ip: str
    port: int


@dataclass(frozen=True)
class Rules:
    """What a plan says about names; see k6's options ``hosts``, ``blockHostnames``,
    ``blacklistIPs``, ``dns``.
    """

    hosts: Mapping[str, str] = field(default_factory=dict)
    block_hostnames: Sequence[str] = ()
    blacklist_ips: Sequence[IPv4Network | IPv6Network] = ()
    ttl_s: float = 300.0
    select: str = "random"
    policy: str = "preferIPv4"


class Resolver:
    """Looks names up for a whole run."""

    def __init__(self, rules: Rules, look_up: LookUp) -> None:
        self._rules = rules
        self._ask = look_up
        self._known: dict[str, tuple[float, list[tuple[int, str]]]] = {}
        self._turn = 0

    def addresses(self, origin: Origin) -> list[Address]:
        """Where to connect, the first choice first.

        Raises:
            NetworkError: nowhere: the name is unknown or blocked, or its address is blacklisted.
        """
        host = origin.host.lower()
        family = _family_of(host)
        if not family and any(matches(pattern, host) for pattern in self._rules.block_hostnames):
            raise NetworkError(_BLOCKED)
        override = self._override(host, origin.port)
        if override is not None:
            found = [override]
        elif family:
            found = [Address(family, host, origin.port)]
        else:
            found = [Address(*one, origin.port) for one in self._choose(self._look_up(host))]
        self._refuse_blacklisted(found[0])
        return found

    def _override(self, host: str, port: int) -> Address | None:
        hosts = self._rules.hosts
        if not hosts:
            return None
        fitting = [key for key in hosts if _overrides(key, host, port)]
        if not fitting:
            return None
        ip, its_port = _split(hosts[max(fitting, key=_exactness)])
        return Address(_family_of(ip), ip, its_port or port)

    def _look_up(self, host: str) -> list[tuple[int, str]]:
        known = self._known.get(host)
        if known is not None and perf_counter() - known[0] < self._rules.ttl_s:
            return known[1]
        if not _NAME.fullmatch(host):
            raise NetworkError(failure.NO_SUCH_HOST)
        try:
            answers = self._ask(host, None, type=plain_socket.SOCK_STREAM)
        except plain_socket.gaierror as error:
            raise NetworkError(failure.of_lookup(error)) from None
        found = list(dict.fromkeys((int(answer[0]), str(answer[4][0])) for answer in answers))
        self._known[host] = (perf_counter(), found)
        return found

    def _choose(self, found: list[tuple[int, str]]) -> list[tuple[int, str]]:
        """The addresses in the order in which they are tried."""
        families = _FAMILIES[self._rules.policy]
        groups = [[one for one in found if one[0] == family] for family in families] or [found]
        chosen = [one for group in groups for one in self._selected(group)]
        if not chosen:
            raise NetworkError(failure.NO_SUCH_HOST)
        return chosen

    def _selected(self, group: list[tuple[int, str]]) -> list[tuple[int, str]]:
        if len(group) < 2 or self._rules.select == "first":
            return group
        if self._rules.select == "random":
            return random.sample(group, len(group))
        self._turn += 1
        start = self._turn % len(group)
        return group[start:] + group[:start]

    def _refuse_blacklisted(self, address: Address) -> None:
        if self._rules.blacklist_ips:
            ip = ip_address(address.ip.partition("%")[0])
            if any(ip in network for network in self._rules.blacklist_ips):
                raise NetworkError(_BLACKLISTED)


def matches(pattern: str, host: str) -> bool:
    """Whether a host name is what a pattern says: the name itself, or below it after ``*.``."""
    return host.endswith(pattern[1:]) if pattern.startswith("*.") else host == pattern


def _overrides(key: str, host: str, port: int) -> bool:
    pattern, colon, its_port = key.partition(":")
    return matches(pattern, host) and (not colon or its_port == str(port))


def _exactness(key: str) -> tuple[bool, int, bool]:
    return not key.startswith("*."), len(key.partition(":")[0]), ":" in key


def _split(address: str) -> tuple[str, int]:
    """``1.2.3.4``, ``1.2.3.4:80``, ``::1`` or ``[::1]:80``."""
    if address.startswith("["):
        ip, _, port = address[1:].partition("]:")
        return ip.rstrip("]"), int(port or 0)
    if address.count(":") == 1:
        ip, _, port = address.partition(":")
        return ip, int(port)
    return address, 0


def _family_of(host: str) -> int:
    """The family of an IP address; 0 for a name."""
    try:
        return _V6 if ip_address(host.partition("%")[0]).version == 6 else _V4
    except ValueError:
        return 0
