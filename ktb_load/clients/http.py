"""The HTTP/1.1 client of one VU, with k6's semantics: a request never raises because of the
system; what went wrong is in the response, and in the samples.

Connections stay open between requests and iterations, as many as were needed at once, unless an
option says otherwise; cookies go at the end of an iteration.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from time import perf_counter
from typing import Unpack

from ktb_load.clients.connection import Connection
from ktb_load.clients.deadline import Deadline
from ktb_load.clients.failure import TIMED_OUT, NetworkError
from ktb_load.clients.http_answer import Marks, NothingCame, Response
from ktb_load.clients.http_debug import show_request, show_response
from ktb_load.clients.http_exchange import exchange
from ktb_load.clients.http_redirect import following
from ktb_load.clients.http_request import Params, Request, build
from ktb_load.clients.http_samples import Shown, emit
from ktb_load.clients.network import Network
from ktb_load.clients.request_pace import RequestPace
from ktb_load.errors import TimedOut
from ktb_load.wire.url import Origin

TIMEOUT_S = 60.0


@dataclass(frozen=True)
class HttpOptions:
    """The k6 options that concern HTTP."""

    no_connection_reuse: bool = False
    no_vu_connection_reuse: bool = False
    no_cookies_reset: bool = False
    max_redirects: int = 10
    discard_response_bodies: bool = False
    debug: str = ""
    """``headers`` or ``full``: log every request and answer."""
    pace: RequestPace | None = None


class TooLate(TimedOut):
    """The time of one call is up."""


class HttpClient:
    """Requests of one VU to one base URL. URLs that begin with ``/`` are below it, and their tags
    ``name`` and ``url`` say them as they are written, so that a threshold on a name holds for any
    host. Others are tagged as k6 does it: with the whole URL.
    """

    def __init__(self, network: Network, base_url: str, options: HttpOptions) -> None:
        self._network = network
        self._base_url = base_url.rstrip("/")
        self._options = options
        self._proxied = bool(network.dialer.proxies)
        self._idle: dict[Origin, list[Connection]] = {}
        self._deadline = _deadline_of_a_call()

    def get(self, url: str, **params: Unpack[Params]) -> Response:
        return self.request("GET", url, **params)

    def head(self, url: str, **params: Unpack[Params]) -> Response:
        return self.request("HEAD", url, **params)

    def post(self, url: str, **params: Unpack[Params]) -> Response:
        return self.request("POST", url, **params)

    def put(self, url: str, **params: Unpack[Params]) -> Response:
        return self.request("PUT", url, **params)

    def patch(self, url: str, **params: Unpack[Params]) -> Response:
        return self.request("PATCH", url, **params)

    def delete(self, url: str, **params: Unpack[Params]) -> Response:
        return self.request("DELETE", url, **params)

    def request(self, method: str, url: str, **params: Unpack[Params]) -> Response:
        """Make a request and follow its redirects; every hop is a round trip with samples.

        Raises:
            ValueError, TypeError: the request cannot be built; nothing was sent.
        """
        relative = url.startswith("/")
        if self._network.mark:
            params["headers"] = {**self._network.marks, **(params.get("headers") or {})}
        request = build(method, self._base_url + url if relative else url, params)
        tags = params.get("tags") or {}
        name = params.get("name") or tags.get("name") or (url if relative else "")
        shown = Shown(method, name, name or url, params.get("expected"), tags)
        left = params.get("redirects", self._options.max_redirects)
        if self._options.pace is not None:
            self._options.pace.wait()
        deadline = self._deadline
        if deadline.running:  # another greenlet of this VU
            deadline = _deadline_of_a_call()
        deadline.start(params.get("timeout_s", TIMEOUT_S))
        try:
            while True:
                response, following = self._round_trip(request, shown, follow=left > 0)
                if following is None:
                    return response
                request, left = following, left - 1
        finally:
            deadline.stop()

    def end_iteration(self) -> None:
        """Forget what k6 forgets between iterations."""
        if not self._options.no_cookies_reset:
            self._network.cookies.clear()
        if self._options.no_vu_connection_reuse:
            self._close_kept()

    def close(self) -> None:
        """Close every kept connection; no request is under way."""
        self._deadline.close()
        self._close_kept()

    def _close_kept(self) -> None:
        while self._idle:
            for connection in self._idle.popitem()[1]:
                connection.close()

    def _round_trip(
        self, request: Request, shown: Shown, *, follow: bool
    ) -> tuple[Response, Request | None]:
        """The answer, and the next hop if there is one."""
        marks = Marks()
        tls_version = ""
        following = None
        try:
            response, tls_version = self._exchange(request, marks)
            if follow and 300 <= response.status < 400:
                following = _following(request, response)
        except NetworkError as error:
            response = Response(request.url.shown)
            response.fail(error.failure)
        except TooLate:
            response = Response(request.url.shown)
            response.fail(TIMED_OUT)
        response.timings = marks.timings()
        for cookie in response.set_cookies:
            self._network.cookies.store(request.url, cookie, time.time())
        emit(self._network.recorder, shown, request.method, response, tls_version)
        return response, following

    def _exchange(self, request: Request, marks: Marks) -> tuple[Response, str]:
        """Send and read, on a kept connection if there is one that is alive."""
        origin = request.url.origin
        began = perf_counter()
        connection = self._kept(self._network.dialer.route(origin) if self._proxied else origin)
        if connection is not None:
            marks.blocked_ms = (perf_counter() - began) * 1000
            try:
                return self._send_and_read(connection, request, marks)
            except NothingCame:
                if not request.replayable:
                    raise
                marks.written = 0.0
        connection = self._network.dialer.dial(origin, self._network.recorder, marks, forward=True)
        marks.blocked_ms = (perf_counter() - began) * 1000
        return self._send_and_read(connection, request, marks)

    def _kept(self, origin: Origin) -> Connection | None:
        kept = self._idle.get(origin)
        while kept:
            connection = kept.pop()
            if connection.idle:
                return connection
            connection.close()
        return None

    def _send_and_read(
        self, connection: Connection, request: Request, marks: Marks
    ) -> tuple[Response, str]:
        network, options = self._network, self._options
        cookies = network.cookies.header(request.url, time.time()) if network.cookies else ""
        close, forwarder = options.no_connection_reuse, connection.forwarder
        data = request.encode(network.user_agent, cookies, close=close, forwarder=forwarder)
        if options.debug:
            show_request(data, options.debug)
        try:
            shown = request.url.shown
            response, keep_alive = exchange(connection, data, request.method, shown, marks)
        except BaseException:
            connection.close()
            raise
        if keep_alive and not options.no_connection_reuse:
            self._idle.setdefault(connection.route, []).append(connection)
        else:
            connection.close()
        if options.debug:
            show_response(response, options.debug)
        if options.discard_response_bodies:
            response.body = b""
        return response, connection.tls_version


def _deadline_of_a_call() -> Deadline:
    return Deadline(TooLate, "request timeout")


def _following(request: Request, response: Response) -> Request | None:
    locations = (value for name, value in response.pairs if name.lower() == "location")
    return following(request, response.status, next(locations, ""))
