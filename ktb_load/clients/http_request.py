"""One HTTP/1.1 request: its parameters, its body, its bytes."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Container, Mapping
from functools import lru_cache
from typing import Any, NamedTuple, TypedDict
from urllib.parse import urlencode

from ktb_load import fast_json
from ktb_load.clients.proxies import Proxy
from ktb_load.wire import multipart
from ktb_load.wire.http1 import TOKEN
from ktb_load.wire.url import Url, parse_url

_MOST_KEPT = 4096
SCHEMES = ("http", "https")
_OURS = frozenset({"host", "content-length", "transfer-encoding", "trailer"})
"""What says where a request goes and how long it is; the author's are not sent beside ours (Go
``net/http``, reqWriteExcludeHeader; k6 1.8.1 ``httpext.MakeRequest`` for the length)."""
_CONTROL = re.compile(r"[\0-\x08\x0a-\x1f\x7f]")
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_REPLAYABLE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
_REPLAYABLE_WITH = frozenset({"idempotency-key", "x-idempotency-key"})
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
    host: str
    """An own ``Host``, which takes the place of the URL's."""


@lru_cache(maxsize=_MOST_KEPT)
def _given(headers: tuple[tuple[str, str], ...]) -> _Given:
    """
    Raises:
        TypeError: a header that cannot be sent.
    """
    given = {}
    for name, value in headers:
        text = str(value)
        if not TOKEN.fullmatch(name) or _CONTROL.search(text):
            raise TypeError(f"the header {name!r} has a character in it that none may have")
        given[name.lower()] = (name, text)
    own = {lower: text for lower, (_, text) in given.items()}
    lines = [
        f"{name}: {text}\r\n"
        for lower, (name, text) in given.items()
        if lower not in _OURS and lower != "cookie" and (text or lower != "user-agent")
    ]
    return _Given(frozenset(own), "".join(lines), own.get("cookie", ""), own.get("host", ""))


class Request(NamedTuple):
    """One round trip to make."""

    method: str
    url: Url
    headers: Mapping[str, str]
    body: bytes
    first_host: str = ""
    """Where a chain of redirections began; empty at its beginning."""
    referer: str = ""

    def encode(
        self, user_agent: str, cookies: str, *, close: bool, forwarder: Proxy | None = None
    ) -> bytes:
        """The request as it goes out, to a proxy if there is one that takes it whole."""
        method, url, headers, body, _, referer = self
        given = _given(tuple(headers.items()))
        host = given.host or url.host_header
        whole = "" if forwarder is None else f"http://{host}"
        head = f"{method} {whole}{url.target} HTTP/1.1\r\nHost: {host}\r\n"
        if "user-agent" not in given.names:
            head += f"User-Agent: {user_agent}\r\n"
        if body or method in _WITH_BODY:
            head += f"Content-Length: {len(body)}\r\n"
        if cookies or given.cookie:
            head += f"Cookie: {'; '.join(filter(None, (given.cookie, cookies)))}\r\n"
        if url.user is not None and "authorization" not in given.names:
            head += f"Authorization: Basic {b64encode(url.user.encode()).decode()}\r\n"
        if referer and "referer" not in given.names:
            head += f"Referer: {referer}\r\n"
        if forwarder is not None and forwarder.authorization:
            head += f"Proxy-Authorization: {forwarder.authorization}\r\n"
        if close:
            head += "Connection: close\r\n"
        return f"{head}{given.lines}\r\n".encode() + body

    @property
    def replayable(self) -> bool:
        """Whether it does no harm to send it twice (Go ``net/http``, isReplayable)."""
        names = _given(tuple(self.headers.items())).names
        return self.method in _REPLAYABLE or not names.isdisjoint(_REPLAYABLE_WITH)


def build(method: str, url: str, params: Params) -> Request:
    """The first request of a call.

    Raises:
        ValueError: ``url`` is not an http(s) URL.
        TypeError: unknown parameters, or what cannot be sent: a method, a header, a body.
    """
    if method not in _METHODS and not TOKEN.fullmatch(method):
        raise TypeError(f"{method!r} is no method; write for example GET")
    if not params:
        return Request(method, parse_url(url, SCHEMES), {}, b"")
    if not params.keys() <= _KNOWN:
        unknown = sorted(params.keys() - _KNOWN)
        raise TypeError(f"a request does not take {', '.join(unknown)}")
    headers = dict(params.get("headers") or ())
    names = _given(tuple(headers.items())).names
    body, content_type = _body(params)
    if content_type and "content-type" not in names:
        headers["Content-Type"] = content_type
    return Request(method, parse_url(url, SCHEMES), headers, body)


def _body(params: Params) -> tuple[bytes, str]:
    if "json" in params:
        return fast_json.dumps(params["json"]), "application/json"
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
