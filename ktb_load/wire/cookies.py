"""A cookie jar (RFC 6265), small enough that an empty one costs nothing.

What Go's ``net/http`` and ``cookiejar``, on which k6 1.8.1 stands, do not take is not taken here
either: names that are no token, values with quotes inside, backslashes or anything but ASCII, dates
of another form. No public suffix list. Time comes in as an argument: seconds since 1970.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from ktb_load.wire.http1 import TOKEN
from ktb_load.wire.url import Url, address_of, is_this_machine

_FOREVER = float("inf")
_VALUE = re.compile(r"[\x20\x21\x23-\x3a\x3c-\x5b\x5d-\x7e]*")
_BLANKS = " \t"
_DATE = re.compile(
    r"(?:mon|tue|wed|thu|fri|sat|sun), ([0-9]{2})([ -])([a-z]{3})\2([0-9]{4})"
    r" ([0-9]{1,2}):([0-9]{2}):([0-9]{2}) [a-z]{3,5}",
    re.IGNORECASE,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(slots=True)
class Cookie:
    """One stored cookie."""

    name: str
    value: str
    domain: str
    host_only: bool
    path: str
    secure: bool
    expires: float

    def goes_to(self, url: Url) -> bool:
        host = url.origin.host
        same_host = host == self.domain or (not self.host_only and _is_below(host, self.domain))
        # As Go does it: this machine may have secure ones over any scheme.
        safe = not self.secure or url.origin.secure or is_this_machine(host)
        return same_host and _covers(self.path, url.path) and safe


class CookieJar:
    """The cookies of one VU."""

    def __init__(self) -> None:
        self._cookies: dict[tuple[str, str, str], Cookie] = {}

    def __len__(self) -> int:
        return len(self._cookies)

    def clear(self) -> None:
        self._cookies.clear()

    def store(self, url: Url, set_cookie: str, now: float) -> None:
        """Take one ``Set-Cookie`` value of an answer from ``url``; what is malformed is ignored."""
        cookie = _parse(url, set_cookie, now)
        if cookie is None:
            return
        key = (cookie.domain, cookie.path, cookie.name)
        if cookie.expires <= now:
            self._cookies.pop(key, None)
        else:
            self._cookies[key] = cookie  # in its old place: the time of creation orders (5.4)

    def header(self, url: Url, now: float) -> str:
        """The ``Cookie`` value of a request to ``url``, longer paths first; empty if none fits."""
        for key in [key for key, cookie in self._cookies.items() if cookie.expires <= now]:
            del self._cookies[key]
        fitting = [cookie for cookie in self._cookies.values() if cookie.goes_to(url)]
        fitting.sort(key=lambda cookie: -len(cookie.path))
        return "; ".join(f"{cookie.name}={_quoted(cookie.value)}" for cookie in fitting)


def _parse(url: Url, set_cookie: str, now: float) -> Cookie | None:
    pair, *rest = set_cookie.split(";")
    name, equals, value = pair.strip(_BLANKS).partition("=")
    name, value = name.strip(_BLANKS), _unquoted(value)
    if not equals or not TOKEN.fullmatch(name) or not _VALUE.fullmatch(value):
        return None
    attributes = {}
    for part in rest:
        key, _, setting = part.partition("=")
        key, setting = key.strip(_BLANKS).lower(), setting.strip(_BLANKS)
        if _VALUE.fullmatch(setting):
            attributes[key] = setting
    host, domain = url.origin.host, attributes.get("domain", "").lower()
    if address_of(host) is None:
        domain = domain.removeprefix(".")
    if domain and domain != host and (not _is_below(host, domain) or "." not in domain):
        return None
    path = attributes.get("path", "")
    return Cookie(
        name,
        value,
        domain or host,
        not domain or address_of(host) is not None,
        path if path.startswith("/") else _default_path(url.path),
        "secure" in attributes,
        _expiry(attributes, now),
    )


def _expiry(attributes: dict[str, str], now: float) -> float:
    """``Max-Age`` wins over ``Expires`` (5.3); a date that is none means a session cookie."""
    max_age = attributes.get("max-age", "")
    if re.fullmatch(r"-?[0-9]+", max_age):
        seconds = int(max_age[:12])
        return now + seconds if seconds > 0 else -_FOREVER
    date = _DATE.fullmatch(attributes.get("expires", ""))
    if date is None:
        return _FOREVER
    day, _, name, year, *time = date.groups()
    hour, minute, second = map(int, time)
    try:
        month = _MONTHS.index(name.lower()) + 1
        at = datetime(int(year), month, int(day), hour, minute, second, tzinfo=UTC)
        return at.timestamp()
    except (ValueError, OverflowError):
        return _FOREVER


def _unquoted(value: str) -> str:
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] == '"' else value


def _quoted(value: str) -> str:
    return f'"{value}"' if " " in value or "," in value else value


def _default_path(path: str) -> str:
    return path[: path.rfind("/")] or "/"


def _covers(cookie_path: str, path: str) -> bool:
    if not path.startswith(cookie_path):
        return False
    return (
        cookie_path.endswith("/") or len(path) == len(cookie_path) or path[len(cookie_path)] == "/"
    )


def _is_below(host: str, domain: str) -> bool:
    return host.endswith(f".{domain}") and address_of(host) is None
