"""KTB Chat's Socket.IO half: one connection of one person, every exchange measured by correlation.

``say`` and its siblings send an event and wait for the event that answers it. The answer's arrival
is taken when its bytes came in. What never came is a time-out, counted as such, never as 0 ms.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from ktb_load.clients.socketio import SocketIOClient, SocketIOOptions
from ktb_load.errors import ConnectFailed, Disconnected, ExchangeFailed, Rejected, TimedOut
from ktb_load.metrics.recorder import Exchange
from ktb_load.systems.delivery import DeliveryTracker
from ktb_load.systems.marks import Mark, read_mark, write_mark
from ktb_load.vocabulary import check, local_only

if TYPE_CHECKING:
    from ktb_load.systems.ktb_chat import KtbChatUser

Match = Callable[..., bool]


class ChatSocket:
    """An open chat. Closing it counts what never arrived."""

    def __init__(self, user: KtbChatUser, user_id: str) -> None:
        self._vu = user.vu
        self._recorder = user.vu.recorder
        self._timeout_s = user.answer_timeout_s
        self._user_id = user_id
        self._numbers = user.message_numbers
        self._deliveries = DeliveryTracker(self._recorder, user.vu.id)
        self._closing = False
        self._client: SocketIOClient

    @classmethod
    def open(cls, user: KtbChatUser, user_id: str, token: str, session_id: str) -> Self:
        """Connect and authenticate.

        Raises:
            ConnectFailed: nobody answers, or the server refuses the session.
        """
        chat = cls(user, user_id)
        began = time.perf_counter()
        options = SocketIOOptions(auth={"token": token, "sessionId": session_id}, name="chat")
        try:
            chat._client = SocketIOClient.connect(user.vu.network, user.socket_url(), options)
        except ConnectFailed as error:
            chat._report("connect", began, error)
            check(None, {"chat connected": False})
            raise
        chat._recorder.add("chat_connecting", (time.perf_counter() - began) * 1000)
        chat._report("connect", began)
        check(None, {"chat connected": True})
        chat._client.on("message", chat._on_message)
        chat._client.on_close = chat._on_close
        return chat

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

    # What a person does.

    def join(self, room_id: str) -> dict[str, Any]:
        answer = self._exchange(
            _Request("join", "room", "joinRoom", room_id, metric="chat_joining"),
            ("joinRoomSuccess", lambda joined, *_: joined.get("roomId") == room_id),
            refusals=("joinRoomError",),
        )
        joined = dict(answer[0])
        for message in joined.get("messages") or ():
            if (mark := _mark_of(message)) is not None:
                self._deliveries.known(room_id, mark)
        return joined

    def leave(self, room_id: str) -> None:
        self._client.emit("leaveRoom", room_id)
        self._deliveries.left(room_id)

    def say(self, room_id: str, text: str, *, file_id: str = "") -> dict[str, Any] | None:
        number = self._numbers[room_id] = self._numbers.get(room_id, 0) + 1
        mark = write_mark(Mark(self._vu.id, number, time.time_ns() // 1000))
        payload: dict[str, Any] = {"room": room_id, "type": "text", "content": f"{text} {mark}"}
        if file_id:
            payload |= {"type": "file", "fileData": {"_id": file_id}}
        self._deliveries.sent(room_id, number)
        self._recorder.add("chat_messages_sent", 1)
        try:
            answer = self._exchange(
                _Request("say", "message", "chatMessage", payload, metric="chat_round_trip"),
                ("message", lambda message, *_: mark in (message.get("content") or "")),
                refusals=("error",),
            )
        except Rejected:
            self._deliveries.refused(room_id, number)
            return None
        except TimedOut:
            return None
        return dict(answer[0])

    def say_banned(self, room_id: str, word: str) -> None:
        payload = {"room": room_id, "type": "text", "content": word}
        answer = self._exchange(
            _Request("say a banned word", "message", "chatMessage", payload),
            ("error", lambda error, *_: error.get("code") == "MESSAGE_REJECTED"),
        )
        check(answer, {"banned word refused": bool(answer)})

    def react(self, message_id: str, emoji: str, kind: str) -> None:
        payload = {"messageId": message_id, "reaction": emoji, "type": kind}

        def mine(update: Mapping[str, Any], *_: Any) -> bool:
            people = (update.get("reactions") or {}).get(emoji) or []
            return update.get("messageId") == message_id and (self._user_id in people) == (
                kind == "add"
            )

        self._exchange(
            _Request("react", "message", "messageReaction", payload),
            ("messageReactionUpdate", mine),
            refusals=("error",),
        )

    def mark_as_read(self, room_id: str, message_ids: list[str]) -> None:
        wanted = set(message_ids)
        self._exchange(
            _Request(
                "mark as read",
                "message",
                "markMessagesAsRead",
                {"roomId": room_id, "messageIds": message_ids},
            ),
            (
                "messagesRead",
                lambda read, *_: (
                    read.get("userId") == self._user_id and set(read["messageIds"]) == wanted
                ),
            ),
            refusals=("error",),
        )

    def fetch_history(self, room_id: str, before: int | None) -> list[dict[str, Any]]:
        payload: dict[str, Any] = {"roomId": room_id, "limit": 30}
        if before is not None:
            payload["before"] = before
        answer = self._exchange(
            _Request("fetch history", "room", "fetchPreviousMessages", payload),
            ("previousMessagesLoaded", lambda *_: True),
            refusals=("error",),
        )
        return list(answer[0]["messages"])

    def mention_ai(self, room_id: str, text: str) -> str:
        began = time.perf_counter()
        chunk = self._client.expect("aiMessageChunk")
        complete = self._client.expect("aiMessageComplete")
        failed = self._client.expect("aiMessageError")
        error: ExchangeFailed | None = None
        try:
            self.say(room_id, text)
            won, answer = self._client.first_of((complete, failed), 3 * self._timeout_s)
            if won is failed:
                error = Rejected(f"the AI failed: {_message_of(answer)}", kind="ai")
        except ExchangeFailed as failure:
            error = failure
        if chunk.arrived_at is not None:
            self._recorder.add("chat_ai_first_chunk", (chunk.arrived_at - began) * 1000)
        for expectation in (chunk, complete, failed):
            expectation.cancel()
        self._conclude("mention the AI", began, complete.arrived_at, error)
        if error is not None:
            self._count_failure("aiMessageComplete", error)
            return ""
        assert complete.arrived_at is not None
        self._recorder.add("chat_ai_complete", (complete.arrived_at - began) * 1000)
        return str(answer[0].get("content") or "")

    # How an exchange is made and measured.

    def _exchange(
        self, request: _Request, answer: tuple[str, Match], refusals: tuple[str, ...] = ()
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
            self._client.emit(request.event, request.payload)
            won, args = self._client.first_of((expected, *others), self._timeout_s)
            if won is not expected:
                raise _rejection(request, args)
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
            self._recorder.on_exchange(Exchange("SIO", name, (ended - began) * 1000, 0, error))

    def _count_failure(self, event: str, error: ExchangeFailed, kind: str = "") -> None:
        if isinstance(error, TimedOut):
            self._recorder.add("chat_timeouts", 1, {"event": event})
        tags = {"kind": error.kind or kind or "connection", "code": error.code or _word(error)}
        self._recorder.add("chat_errors", 1, tags)

    # What comes unasked.

    def _on_message(self, message: Any, *_: object) -> None:
        if (mark := _mark_of(message)) is not None:
            self._deliveries.arrived(message.get("room") or "", mark, time.time_ns() // 1000)

    def _on_close(self) -> None:
        cause = self._client.close_cause or "transport"
        self._deliveries.closed()
        self._recorder.add("chat_disconnections", 1, {"cause": cause})
        if not self._closing:
            self._recorder.add("chat_unexpected_disconnections", 1)


class _Request:
    """One event to send, and how its exchange is called."""

    def __init__(
        self, name: str, kind: str, event: str, payload: object, *, metric: str = ""
    ) -> None:
        self.name, self.kind, self.event, self.payload = name, kind, event, payload
        self.metric = metric


def _mark_of(message: object) -> Mark | None:
    content = message.get("content") if isinstance(message, Mapping) else None
    return read_mark(content) if isinstance(content, str) else None


def _rejection(request: _Request, args: tuple[Any, ...]) -> Rejected:
    body = args[0] if args and isinstance(args[0], Mapping) else {}
    message = f"{request.name}: {_message_of(args)}"
    return Rejected(message, kind=request.kind, code=str(body.get("code") or ""))


def _message_of(args: tuple[Any, ...]) -> str:
    body = args[0] if args else ""
    return str(body.get("message", "")) if isinstance(body, Mapping) else str(body)


def _word(error: ExchangeFailed) -> str:
    if isinstance(error, TimedOut):
        return "TIMED_OUT"
    return "DISCONNECTED" if isinstance(error, Disconnected) else "UNKNOWN"
