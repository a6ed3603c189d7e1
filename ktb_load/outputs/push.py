"""Bodies on their way to an HTTP endpoint now and then, beside the run and never in its way.

    tick ── not due, or one is on its way ──▶ nothing
         ── due ──▶ a greenlet sends one body; the next tick comes before it is through
    finish ──▶ whatever is on its way gets a moment, then the last body is sent

Sockets are gevent's own, so that a slow endpoint blocks nobody, whether or not the process is
patched. A push that fails is complained of once; the next one is tried all the same.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.client import responses
from typing import Any
from urllib.parse import unquote, urlsplit

import gevent
from gevent import ssl
from geventhttpclient import HTTPClient

from ktb_load.clock import Clock
from ktb_load.outputs.output import CannotOpen, Once

PUSH_S = 5.0
"""So long may one push take."""

GRACE_S = 2.0
"""So long the end of the run waits for a push that is on its way, before it sends the last one."""

_SAID = 200  # characters of an answer that a complaint repeats


@dataclass(frozen=True)
class Tls:
    """How an https endpoint is trusted, and what we show it."""

    insecure: bool = False
    ca_file: str = ""
    certificate: str = ""
    key: str = ""

    def context(self) -> Any:
        """Raises OSError: a file cannot be read, or does not hold what it should."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        if self.insecure:
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        elif self.ca_file:
            context.load_verify_locations(self.ca_file)
        else:
            context.load_default_certs()
        if self.certificate:
            context.load_cert_chain(self.certificate, self.key or None)
        return context


class Endpoint:
    """One URL that takes POST requests."""

    def __init__(self, url: str, headers: Mapping[str, str], tls: Tls | None = None) -> None:
        """Raises CannotOpen for a URL that nobody could ask, OSError for certificates."""
        _check(url)
        for name, value in headers.items():
            if not name or not name.isprintable() or not value.isprintable() or ":" in name:
                raise CannotOpen(f"the header {name!r} cannot be sent")
        self.url, signed_in = _without_user(url)
        self._headers = {"User-Agent": "ktb-load", **signed_in, **headers}
        self._insecure = (tls or Tls()).insecure
        self._tls = (tls or Tls()).context() if url.startswith("https:") else None

    def post(self, body: bytes) -> str:
        """Send a body. What is wrong with the answer; empty if nothing is. Raises OSError, ...

        No time is set here: the caller has a limit for the whole.
        """
        client = HTTPClient.from_url(
            self.url, insecure=self._insecure, ssl_context_factory=lambda **_: self._tls
        )
        try:
            parts = urlsplit(self.url)
            target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            answer = client.post(target, body=body, headers=self._headers)
            said = bytes(answer.read())
            if 200 <= answer.status_code < 300:
                return ""
            words = said.decode(errors="replace").strip()[:_SAID]
            phrase = responses.get(answer.status_code, "")
            return f"it answered {answer.status_code} {phrase}".rstrip() + (words and f": {words}")
        finally:
            client.close()


def _check(url: str) -> None:
    try:
        parts = urlsplit(url)
        fit = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        fit = False
    if not fit or not url.isprintable() or " " in url:
        raise CannotOpen(f"{url!r} is not the URL of an endpoint", "write http://HOST:PORT/PATH")


def _without_user(url: str) -> tuple[str, dict[str, str]]:
    """The URL as it may be shown, and the header that the user and password in it stand for."""
    parts = urlsplit(url)
    if parts.username is None:
        return url, {}
    user, password = unquote(parts.username), unquote(parts.password or "")
    shown = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
    return shown, {"Authorization": basic_authorization(user, password)}


def basic_authorization(user: str, password: str) -> str:
    """The value of the header ``Authorization``."""
    return "Basic " + b64encode(f"{user}:{password}".encode()).decode()


def _nothing() -> None:
    return


@dataclass(frozen=True)
class Parcel:
    """One body, and whom to tell if it got lost."""

    body: bytes
    lost: Callable[[], None] = field(default=_nothing)


class Pusher:
    """Sends what ``pack`` makes every ``interval_s``; ``pack`` gives None if nothing happened."""

    def __init__(
        self,
        endpoint: Endpoint,
        clock: Clock,
        interval_s: float,
        pack: Callable[[], Parcel | None],
        complain: Callable[[str], None],
    ) -> None:
        self._endpoint, self._clock, self._pack = endpoint, clock, pack
        self._interval_s, self._complain = interval_s, Once(complain)
        self._due_at = clock.now() + interval_s
        self._on_its_way: Any = None
        self._finished = False

    def tick(self) -> None:
        """Send if it is time. Returns at once."""
        now = self._clock.now()
        if self._finished or now < self._due_at or self._on_its_way:
            return  # a greenlet is true while it runs
        missed = (now - self._due_at) // self._interval_s
        self._due_at += (missed + 1) * self._interval_s
        self._on_its_way = gevent.spawn(self.push, self._pack)

    def finish(self) -> bool:
        """Send the last, within ``GRACE_S`` and ``PUSH_S``; whether the endpoint took it."""
        self._finished = True
        if self._on_its_way:
            self._on_its_way.join(GRACE_S)
            self._on_its_way.kill()
        return self.push(self._pack)

    def push(self, pack: Callable[[], Parcel | None]) -> bool:
        """Send one body, and wait until it has arrived or is lost; whether it has arrived."""
        parcel = pack()
        if parcel is None:
            return True
        wrong = "the push was cut off"
        try:
            wrong = self._sent(parcel.body)
        finally:
            if wrong:
                parcel.lost()
        if wrong:
            self._complain(f"metrics could not be sent to {self._endpoint.url}: {wrong}")
        return not wrong

    def _sent(self, body: bytes) -> str:
        """What went wrong."""
        try:
            with gevent.Timeout(PUSH_S):
                return self._endpoint.post(body)
        except gevent.Timeout:
            return f"no answer within {PUSH_S:g}s"
        except Exception as error:  # whatever the network, or the answer's form, comes up with
            return str(error) or type(error).__name__
