"""The request that an answer leads to, as Go's ``net/http`` client makes it and so k6 does."""

from __future__ import annotations

import re

from ktb_load.clients.failure import GENERIC, Failure, NetworkError
from ktb_load.clients.http_request import SCHEMES, Request
from ktb_load.wire.url import parse_url

_SEE_OTHER = frozenset({301, 302, 303})
_SAME_AGAIN = frozenset({307, 308})
_SECRET = frozenset(
    {
        "authorization",
        "www-authenticate",
        "cookie2",
        "proxy-authorization",
        "proxy-authenticate",
    }
)
_OF_A_BODY = frozenset(
    {"content-type", "content-encoding", "content-language", "content-location", "content-length"}
)
_BROKEN = re.compile(r"[\0-\x1f\x7f]|^[^?#]*%(?![0-9A-Fa-f]{2})")
"""A control character, or a percent sign in the path that escapes nothing."""


def following(request: Request, status: int, location: str) -> Request | None:
    """The next hop, if an answer to ``request`` is a redirection.

    Raises:
        NetworkError: it is one that leads nowhere.
    """
    if not location or status not in _SEE_OTHER | _SAME_AGAIN:
        return None
    try:
        if _BROKEN.search(location):
            raise ValueError("that is not how a URL is written")
        return _hop(request, status, location)
    except ValueError as error:
        text = f'failed to parse Location header "{location}": {error}'
        raise NetworkError(Failure(text, GENERIC)) from None


def _hop(request: Request, status: int, location: str) -> Request:
    url = parse_url(request.url.join(location), SCHEMES)
    first_host = request.first_host or request.url.origin.host
    left_out = {"cookie"}  # its jar's from now on (k6: ``httpext.MakeRequest``, CheckRedirect)
    if not _is_at(url.origin.host, first_host):
        left_out |= _SECRET
    if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:", location):
        left_out.add("host")
    method, body = request.method, request.body
    if status in _SEE_OTHER:
        method, body = (method if method == "HEAD" else "GET"), b""
        left_out |= _OF_A_BODY
    downgraded = request.url.origin.secure and not url.origin.secure
    return Request(
        method,
        url,
        {name: value for name, value in request.headers.items() if name.lower() not in left_out},
        body,
        first_host,
        "" if downgraded else request.url.text,
    )


def _is_at(host: str, first: str) -> bool:
    """Whether a host may see what was meant for the first one: the same, or below it."""
    return host == first or (":" not in host and host.endswith(f".{first}"))
