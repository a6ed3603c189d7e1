"""One HTTP/1.1 request: its parameters, its body, its bytes."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Container, Mapping
from functools import lru_cache
from typing import Any, NamedTuple, TypedDict
from urllib.parse import urlencode

import orjson

from ktb_load.wire import multipart
from ktb_load.wire.url import Url, parse_url

_MOST_KEPT = 4096
_SCHEMES = ("http", "https")
_SEE_OTHER = frozenset({301, 302, 303})
_SAME_AGAIN = frozenset({307, 308})
_OF_ONE_ORIGIN = frozenset({"authorization", "www-authenticate"})
_OF_A_BODY = frozenset({"content-type", "content-length", "content-encoding"})
_WITH_BODY = frozenset({"POST", "PUT", "PATCH"})

FileField = tuple[str, bytes, str]
"""File name, content, media type."""


class Params(TypedDict, total=False):
    """What a request may be given beside method and URL."""

    json: Any
    """Sent as JSON."""
    body: str | bytes | Mapping[str, str]
    """Sent as it is; a mapping is sent as a form."""
    files: Mapping[str, FileField]
    """Sent as multipart/form-data, together with the fields of ``body``."""
    headers: Mapping[str, str]
    name: str
    """What the tags ``name`` and ``url`` say, so that URLs with ids in them are one group."""
    tags: Mapping[str, str]
    expected: Container[int]
    """Statuses that are no failure; 200 to 399 without it (k6's ``expectedStatuses``)."""
    timeout_s: float
    """For the whole chain of redirects; 60 without it."""
    redirects: int
    """How many are followed at most; the option ``maxRedirects`` without it."""


_KNOWN = frozenset(Params.__annotations__)


class _Given(NamedTuple):
    """The author's headers, as they go out."""

    names: frozenset[str]
    """In lower case."""
    lines: str
    cookie: str
    """An own ``Cookie``, which is in no line: the jar's cookies go behind it."""


@lru_cache(maxsize=_MOST_KEPT)
def _given(headers: tuple[tuple[str, str], ...]) -> _Given:
    """
    Raises:
        TypeError: a header has a line break in it.
    """
    lines, cookie = "", ""
    for name, value in headers:
        line = f"{name}: {value}"
        if "\r" in line or "\n" in line:
            raise TypeError(f"the header {name!r} has a line break in it")
        if name.lower() == "cookie":
            cookie = value
        else:
            lines += f"{line}\r\n"
    return _Given(frozenset(name.lower() for name, _ in headers), lines, cookie)


class Request(NamedTuple):
    """One round trip to make."""

    method: str
    url: Url
    headers: Mapping[str, str]
    body: bytes

    def encode(self, user_agent: str, cookies: str, *, close: bool) -> bytes:
        """The request as it goes out."""
        method, url, headers, body = self
        given = _given(tuple(headers.items()))
        head = f"{method} {url.target} HTTP/1.1\r\nHost: {url.host_header}\r\n"
        if "user-agent" not in given.names:
            head += f"User-Agent: {user_agent}\r\n"
        if body or method in _WITH_BODY:
            head += f"Content-Length: {len(body)}\r\n"
        if cookies or given.cookie:
            head += f"Cookie: {'; '.join(filter(None, (given.cookie, cookies)))}\r\n"
        if url.user is not None and "authorization" not in given.names:
            head += f"Authorization: Basic {b64encode(url.user.encode()).decode()}\r\n"
        if close:
            head += "Connection: close\r\n"
        return f"{head}{given.lines}\r\n".encode() + body

    def redirected(self, status: int, location: str) -> Request | None:
        """The request that a redirection asks for, as Go's client makes it; None if it is none.

        Raises:
            ValueError: ``location`` is not a URL that can be followed.
        """
        if not location or status not in _SEE_OTHER | _SAME_AGAIN:
            return None
        url = parse_url(self.url.join(location), _SCHEMES)
        # k6 leaves cookies of redirections to its jar (``httpext.MakeRequest``, CheckRedirect).
        headers = {k: v for k, v in self.headers.items() if k.lower() != "cookie"}
        if url.origin.host != self.url.origin.host:
            headers = {k: v for k, v in headers.items() if k.lower() not in _OF_ONE_ORIGIN}
        if not (self.url.origin.secure and not url.origin.secure):
            headers["Referer"] = self.url.text
        if status in _SAME_AGAIN:
            return self._replace(url=url, headers=headers)
        headers = {k: v for k, v in headers.items() if k.lower() not in _OF_A_BODY}
        method = self.method if self.method in ("GET", "HEAD") else "GET"
        return Request(method, url, headers, b"")


def build(method: str, url: str, params: Params) -> Request:
    """The first request of a call.

    Raises:
        ValueError: ``url`` is not an http(s) URL.
        TypeError: unknown parameters, a body that cannot be sent, a line break in a header.
    """
    if not params.keys() <= _KNOWN:
        unknown = sorted(params.keys() - _KNOWN)
        raise TypeError(f"a request does not take {', '.join(unknown)}")
    headers = dict(params.get("headers") or ())
    names = _given(tuple(headers.items())).names
    body, content_type = _body(params)
    if content_type and "content-type" not in names:
        headers["Content-Type"] = content_type
    return Request(method, parse_url(url, _SCHEMES), headers, body)


def _body(params: Params) -> tuple[bytes, str]:
    if "json" in params:
        return orjson.dumps(params["json"]), "application/json"
    body = params.get("body", b"")
    if params.get("files"):
        return _multipart(body, params["files"])
    if isinstance(body, Mapping):
        return urlencode(body).encode(), "application/x-www-form-urlencoded"
    if isinstance(body, str):
        return body.encode(), ""
    if isinstance(body, bytes):
        return body, ""
    raise TypeError(f"a body is text, bytes or a mapping, not {type(body).__name__}")


def _multipart(body: object, files: Mapping[str, FileField]) -> tuple[bytes, str]:
    texts = body if isinstance(body, Mapping) else {}
    fields = [multipart.Field(name, str(value)) for name, value in texts.items()]
    fields += [
        multipart.Field(name, content, filename, media_type)
        for name, (filename, content, media_type) in files.items()
    ]
    boundary = multipart.boundary_for(fields)
    return multipart.encode(fields, boundary), multipart.content_type(boundary)
