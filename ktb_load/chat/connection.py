"""``ChatConnection``: one connection of one person, every exchange measured by correlation.

An exchange sends something and waits for the event that answers it. The answer's arrival is taken
when its bytes came in. What never came is a time-out, counted as such, never as 0 ms. Which events
there are is the system's business; what they mean for metrics, checks and Locust's table is
decided here.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any, Protocol, Self

from ktb_load.chat.delivery import DeliveryTracker
from ktb_load.chat.marks import Mark, read_mark
from ktb_load.errors import ConnectFailed, Disconnected, ExchangeFailed, Rejected, TimedOut
from ktb_load.metrics.recorder import Exchange
from ktb_load.vocabulary import check, local_only

if TYPE_CHECKING:
    from ktb_load.chat.person import Person
    from ktb_load.clients.inbox import Expectation

Match = Callable[..., bool]


class Client(Protocol):
    """What the clients of all protocols offer."""

    connected: bool
    close_cause: str
    on_close: Callable[[], None] | None

    def expect(self, event: str, match: Match | None = None) -> Expectation: ...
    def first_of(
        self, expectations: Sequence[Expectation], timeout_s: float
    ) -> tuple[Expectation, tuple[Any, ...]]: ...
    def close(self) -> None: ...
    def abort(self) -> None: ...


class Request:
    """Something to send, and how its exchange is called."""

    def __init__(self, name: str, kind: str, event: str, payload: Any, *, metric: str = "") -> None:
        self.name, self.kind, self.event, self.payload = name, kind, event, payload
        self.metric = metric


class ChatConnection:
    """An open chat. Closing it counts what never arrived."""

    protocol = "SIO"
    """What Locust's table shows as the type."""

    _client: Client

    def __init__(self, user: Person) -> None:
        self._vu = user.vu
        self._recorder = user.vu.recorder
        self._timeout_s = user.answer_timeout_s
        self._numbers = user.message_numbers
        self._deliveries = DeliveryTracker(self._recorder, user.vu.id)
        self._closing = False

    # What a system says for itself.

    def _connect(self) -> Client:
        """Connect and authenticate, with the client of the system's protocol."""
        raise NotImplementedError

    def _listen(self) -> None:
        """Say to the client what handles the events that come unasked."""
        raise NotImplementedError

    def _send(self, request: Request) -> None:
        """Send a request's event and payload."""
        raise NotImplementedError

    def _refusal_in(self, args: tuple[Any, ...]) -> tuple[str, str]:
        """What a refusing event says: its message, and a code or an empty text."""
        body = args[0] if args else ""
        if isinstance(body, Mapping):
            return str(body.get("message", "")), str(body.get("code") or "")
        return str(body), ""

    def _is_refusal(self, error: ConnectFailed) -> bool:
        """Whether it was the token that no connection came about."""
        return error.kind == "auth"

    def _is_unauthorized(self, error: ConnectFailed) -> bool:
        """Whether a WebSocket's handshake was answered by 401; in k6 by any status."""
        return error.code == ("401" if self._hears_statuses() else "")

    @local_only
    def _hears_statuses(self) -> bool:
        """Whether there is a way to know the status of a handshake that is refused: not in k6."""
        return True

    # Its life.

    def open(self) -> Self:
        """Connect and authenticate.

        Raises:
            ConnectFailed: nobody answers, or the server refuses the session.
        """
        began = time.perf_counter()
        try:
            self._client = self._connect()
        except ConnectFailed as error:
            self._report("connect", began, error)
            check(None, {"chat connected": False})
            self._count_failure("connect", error)
            raise
        self._recorder.add("chat_connecting", (time.perf_counter() - began) * 1000)
        self._report("connect", began)
        check(None, {"chat connected": True})
        self._listen()
        self._client.on_close = self._on_close
        return self

    def is_refused(self) -> bool:
        """Try to connect with a token that is void; whether the server said no to it. Any other
        failure is one.
        """
        began = time.perf_counter()
        try:
            self._client = self._connect()
        except ConnectFailed as error:
            if self._is_refusal(error):
                self._report("connect with a bad token", began)
                return True
            self._report("connect with a bad token", began, error)
            self._count_failure("connect", error)
            return False
        self._client.close()
        return False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def connected(self) -> bool:
        return self._client.connected

    def must_be_open(self) -> None:
        """Raises Disconnected if the connection has ended."""
        if not self._client.connected:
            raise Disconnected(
                f"the chat was closed by {self._client.close_cause}", kind="connection"
            )

    def close(self) -> None:
        """Leave the chat in good order."""
        self._closing = True
        self._client.close()

    def drop(self) -> None:
        """Lose the connection, as on a train: TCP is cut, nobody says goodbye."""
        self._closing = True
        self._client.abort()

    def _on_close(self) -> None:
        cause = self._client.close_cause or "transport"
        self._deliveries.closed()
        self._recorder.add("chat_disconnections", 1, {"cause": cause})
        if not self._closing:
            self._recorder.add("chat_unexpected_disconnections", 1, {"cause": cause})

    # Numbered messages.

    def _next_mark(self, room_id: str) -> Mark:
        """The mark of this person's next message in a room; the message counts as sent."""
        number = self._numbers[room_id] = self._numbers.get(room_id, 0) + 1
        self._recorder.add("chat_messages_sent", 1)
        return Mark(self._vu.id, number, time.time_ns() // 1000)

    def _take_back(self, room_id: str, number: int) -> None:
        """A message was refused: the next one gets its number, so that no receiver misses it."""
        if self._numbers.get(room_id) == number:
            self._numbers[room_id] = number - 1

    def _say_and_hear(
        self,
        room_id: str,
        mark: Mark,
        request: Request,
        answer: tuple[str, Match],
        *refusals: str,
    ) -> tuple[Any, ...] | None:
        """Send a marked message and wait for its echo; None if it did not come."""
        self._deliveries.sent(room_id, mark.number)
        try:
            return self._exchange(request, answer, refusals)
        except Rejected:
            self._deliveries.refused(room_id, mark.number)
            self._take_back(room_id, mark.number)
            return None
        except TimedOut:
            return None

    # How an exchange is made and measured.

    def _exchange(
        self, request: Request, answer: tuple[str, Match], refusals: tuple[str, ...] = ()
    ) -> tuple[Any, ...]:
        """Send an event and wait for the one that answers it.

        Raises:
            Rejected: one of ``refusals`` came instead.
            TimedOut, Disconnected: nothing came.
        """
        expected = self._client.expect(*answer)
        others = [self._client.expect(event) for event in refusals]
        began = time.perf_counter()
        try:
            self._send(request)
            won, args = self._client.first_of((expected, *others), self._timeout_s)
            if won is not expected:
                raise self._rejection(request, args)
        except ExchangeFailed as error:
            self._conclude(request.name, began, None, error)
            self._count_failure(request.event, error, request.kind)
            raise
        finally:
            for expectation in (expected, *others):
                expectation.cancel()
        assert expected.arrived_at is not None
        if request.metric:
            self._recorder.add(request.metric, (expected.arrived_at - began) * 1000)
        self._conclude(request.name, began, expected.arrived_at, None)
        return args

    def _rejection(self, request: Request, args: tuple[Any, ...]) -> Rejected:
        message, code = self._refusal_in(args)
        return Rejected(f"{request.name}: {message}", kind=request.kind, code=code)

    def _conclude(
        self, name: str, began: float, arrived: float | None, error: ExchangeFailed | None
    ) -> None:
        check(None, {f"{name}: answered": error is None})
        self._report(name, began, error, arrived)

    @local_only
    def _report(
        self,
        name: str,
        began: float,
        error: ExchangeFailed | None = None,
        arrived: float | None = None,
    ) -> None:
        """Show the exchange in Locust's table."""
        if self._recorder.on_exchange is not None and self._recorder.enabled:
            ended = arrived if arrived is not None else time.perf_counter()
            took_ms = (ended - began) * 1000
            self._recorder.on_exchange(Exchange(self.protocol, name, took_ms, 0, error))

    def _count_failure(self, event: str, error: ExchangeFailed, kind: str = "") -> None:
        if isinstance(error, TimedOut):
            self._recorder.add("chat_timeouts", 1, {"event": event})
        tags = {"kind": error.kind or kind or "connection", "code": error.code or _word(error)}
        self._recorder.add("chat_errors", 1, tags)


def mark_of(message: object, field: str = "content") -> Mark | None:
    """The mark in the text of a message, None in one of another shape."""
    content = message.get(field) if isinstance(message, Mapping) else None
    return read_mark(content) if isinstance(content, str) else None


def _word(error: ExchangeFailed) -> str:
    if isinstance(error, TimedOut):
        return "TIMED_OUT"
    return "DISCONNECTED" if isinstance(error, Disconnected) else "UNKNOWN"
