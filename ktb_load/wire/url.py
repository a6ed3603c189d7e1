"""URLs as a client needs them: where to connect, what to ask for, what to show in tags.

Tags show k6's form (k6 1.8.1 ``lib/netext/httpext``): the URL as written, its credentials masked.
Escaping goes further than k6's, which sends a broken request line for a space in the query:
whatever is not allowed in a request target is percent-encoded, what is encoded already stays.
"""

from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import NamedTuple
from urllib.parse import quote, unquote, urljoin, urlsplit

PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443}
_SECURE = frozenset({"https", "wss"})
_MOST_KEPT = 4096
_ALLOWED = "!#$%&'()*+,/:;=?@[]~"
"""RFC 3986 reserved characters, and ``%`` of what is encoded already."""


class Origin(NamedTuple):
    """Where to connect. Connections to equal origins are interchangeable."""

    host: str
    port: int
    secure: bool


@dataclass(frozen=True, slots=True)
class Url:
    """A URL that can be connected to."""

    scheme: str
    origin: Origin
    host_header: str
    """``host[:port]``, without the scheme's own port."""
    path: str
    """Without query; what cookies are matched with."""
    target: str
    """Path and query, escaped: the middle of a request line."""
    user: str | None
    """``user:password``, decoded; None where the URL has none."""
    userinfo: str
    """The same as written, up to and with the ``@``; empty where the URL has none."""
    shown: str
    """As written, credentials masked: what tags carry."""
    text: str
    """As written, without credentials and fragment: what ``Referer`` carries."""

    def join(self, reference: str) -> str:
        """The URL that ``reference`` means when it is found in an answer from here. One that names
        no host keeps the credentials (Go ``net/url``, ResolveReference).
        """
        found, parts = urljoin(self.text, reference), urlsplit(reference)
        if parts.scheme or parts.netloc:
            return found
        return found.replace("://", f"://{self.userinfo}", 1)


@lru_cache(maxsize=_MOST_KEPT)
def parse_url(text: str, schemes: tuple[str, ...]) -> Url:
    """Take a URL apart.

    Raises:
        ValueError: not an absolute URL of one of ``schemes``, with what is wrong in the message.
    """
    parts = urlsplit(text)
    if parts.scheme not in schemes:
        wanted = " or ".join(f"{scheme}://" for scheme in schemes)
        raise ValueError(f"{text!r} is not a URL that begins with {wanted}")
    if not parts.hostname:
        raise ValueError(f"{text!r} names no host")
    host = parts.hostname
    if not host.isascii():
        host = host.encode("idna").decode()
    host = host.replace("%25", "%")  # in front of a zone (RFC 6874)
    if set(host) & set(" \t\r\n\0"):
        raise ValueError(f"{text!r} has a host with a blank in it")
    port = PORTS[parts.scheme] if parts.port is None else parts.port
    path = quote(parts.path or "/", safe=_ALLOWED)
    target = f"{path}?{quote(parts.query, safe=_ALLOWED)}" if parts.query else path
    bracketed = f"[{host.partition('%')[0]}]" if ":" in host else host
    host_header = bracketed if port == PORTS[parts.scheme] else f"{bracketed}:{port}"
    userinfo = parts.netloc[: parts.netloc.rfind("@") + 1]
    user, shown = _credentials(text, userinfo)
    return Url(
        scheme=parts.scheme,
        origin=Origin(host, port, parts.scheme in _SECURE),
        host_header=host_header,
        path=path,
        target=target,
        user=user,
        userinfo=userinfo,
        shown=shown,
        text=f"{parts.scheme}://{host_header}{target}",
    )


def address_of(host: str) -> IPv4Address | IPv6Address | None:
    """The address that a host is, without its zone; None for a name."""
    try:
        return ip_address(host.partition("%")[0])
    except ValueError:
        return None


def is_this_machine(host: str) -> bool:
    """Whether a host is ``localhost`` or a loopback address, which Go's proxies and cookies treat
    apart.
    """
    address = address_of(host)
    return host == "localhost" or (address is not None and address.is_loopback)


def _credentials(text: str, userinfo: str) -> tuple[str | None, str]:
    """``user:password`` of a URL, and the URL as k6 shows it."""
    if not userinfo:
        return None, text
    name, colon, password = userinfo[:-1].partition(":")
    masked = "****:****@" if colon else "****@"
    return f"{unquote(name)}:{unquote(password)}", text.replace(userinfo, masked, 1)
