"""Which proxy a connection goes through: ``HTTP_PROXY``, ``HTTPS_PROXY`` and ``NO_PROXY``, in
capitals or in small letters, by the rules of Go's ``http.ProxyFromEnvironment``, which k6 follows
for requests and for WebSockets. ``localhost`` and loopback addresses are always spoken to directly.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from ktb_load.wire.url import Origin, address_of, is_this_machine

_PORTS = {"http": 80, "socks5": 1080, "socks5h": 1080}
_SPOKEN = "a proxy is spoken to by http, socks5 or socks5h"


class Proxy(NamedTuple):
    """Where a proxy is and who we are to it."""

    origin: Origin
    socks: bool
    user: str
    """Empty: nobody in particular."""
    password: str

    @property
    def authorization(self) -> str:
        """The value of ``Proxy-Authorization``; empty for nobody."""
        if not self.user:
            return ""
        return f"Basic {b64encode(f'{self.user}:{self.password}'.encode()).decode()}"


class Proxies:
    """What an environment says about proxies; false where it names none."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        """
        Raises:
            ValueError: a variable that is no address, with what to write instead.
        """
        self._plain = _proxy("HTTP_PROXY", environ)
        self._secure = _proxy("HTTPS_PROXY", environ)
        said = _value("NO_PROXY", environ).lower().split(",")
        self._direct = [_Direct.written(word.strip()) for word in said if word.strip()]
        self._known: dict[Origin, Proxy | None] = {}

    def __bool__(self) -> bool:
        return self._plain is not None or self._secure is not None

    def between(self, origin: Origin) -> Proxy | None:
        """The proxy between here and ``origin``."""
        if origin not in self._known:
            self._known[origin] = self._choose(origin)
        return self._known[origin]

    def _choose(self, origin: Origin) -> Proxy | None:
        proxy = self._secure if origin.secure else self._plain
        host = origin.host.lower()
        if proxy is None or is_this_machine(host):
            return None
        direct = any(one.names(host, origin.port) for one in self._direct)
        return None if direct else proxy


class _Direct(NamedTuple):
    """One word of ``NO_PROXY``: ``*``, an address or network, a domain; each may have a port."""

    network: IPv4Network | IPv6Network | None
    domain: str
    """``.a.b``: what is below ``a.b``; empty: everything."""
    itself: bool
    """Whether ``a.b`` is meant too."""
    port: int
    """0: any."""

    @classmethod
    def written(cls, word: str) -> _Direct:
        host, port = _split(word)
        try:
            return cls(ip_network(host, strict=False), "", False, port)
        except ValueError:
            pass
        if word == "*":
            return cls(None, "", False, 0)
        below = host.removeprefix("*") if host.startswith("*.") else host
        return cls(None, f".{below.removeprefix('.')}", not below.startswith("."), port)

    def names(self, host: str, port: int) -> bool:
        if self.port not in (0, port):
            return False
        address = address_of(host)
        if self.network is not None:
            return address is not None and address in self.network
        if not self.domain:
            return True
        fits = host.endswith(self.domain) or (self.itself and host == self.domain[1:])
        return fits and address is None


def _value(name: str, environ: Mapping[str, str]) -> str:
    return environ.get(name) or environ.get(name.lower()) or ""


def _proxy(name: str, environ: Mapping[str, str]) -> Proxy | None:
    said = _value(name, environ)
    if not said:
        return None
    try:
        parts = urlsplit(said if "://" in said else f"http://{said}")
        port = parts.port
    except ValueError as error:
        raise ValueError(
            f"{name} is no address of a proxy ({error}); write http://host:port"
        ) from None
    if parts.scheme not in _PORTS:
        raise ValueError(f"{name} begins with {parts.scheme}://, and {_SPOKEN}; write http://...")
    if not parts.hostname:
        raise ValueError(f"{name} names no host; write http://host:port")
    origin = Origin(parts.hostname, port or _PORTS[parts.scheme], False)
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return Proxy(origin, parts.scheme != "http", user, password)


def _split(word: str) -> tuple[str, int]:
    """``host``, ``host:port``, ``[six]:port``, ``six`` -> the host and the port or 0."""
    host, _, port = word.rpartition(":")
    bare = word.count(":") == 1 or host.endswith("]")
    if bare and port.isdecimal():
        return host.strip("[]"), int(port)
    return word.strip("[]"), 0
