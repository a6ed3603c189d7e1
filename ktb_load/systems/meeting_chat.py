"""What a person of a meeting system hears: the chat over STOMP, and notifications as an event
stream.

``/sub/chat/room/{roomId}`` is heard, ``/pub/chat/message`` is spoken to. What is said comes to
everybody who is subscribed, the sender included; a broker that will not take a frame says ERROR and
hangs up. k6 cannot read a stream of events, so in an export ``Notices`` does nothing.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ktb_load.chat.connection import ChatConnection, Request, mark_of
from ktb_load.chat.marks import write_mark
from ktb_load.clients.sse import SseClient, SseOptions
from ktb_load.clients.stomp import SAID_ERROR, StompClient, StompOptions
from ktb_load.errors import ConnectFailed, ExchangeFailed
from ktb_load.vocabulary import local_only, think

if TYPE_CHECKING:
    from ktb_load.clients.inbox import Expectation
    from ktb_load.systems.meeting import MeetingUser

SUBSCRIBE = "/api/v1/notifications/subscribe"
SUBSCRIBING_S = 0.1
"""What a subscription is given to be there: simple brokers, as Spring's, do not say when it is."""


@dataclass(frozen=True)
class Account:
    """A person, and the access token of the latest login."""

    name: str
    user_id: int
    token: str

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}


class MeetingSocket(ChatConnection):
    """One open STOMP connection of one person."""

    protocol = "STOMP"
    _client: StompClient

    def __init__(self, user: MeetingUser, account: Account) -> None:
        super().__init__(user)
        self._user = user
        self._account = account
        self._said: tuple[str, int] | None = None
        """The message whose echo is awaited."""

    # What a person does.

    def join(self, room_id: str) -> None:
        """Subscribe, give that its time, and look into the room over REST: that is measured, and
        tells what was said before.
        """
        place = f"/sub/chat/room/{room_id}"
        self._client.on(place, self._on_message)
        self._client.subscribe(place)
        think(SUBSCRIBING_S)
        began = time.perf_counter()
        try:
            messages = self._user.look_in(self._account, room_id)
        except ExchangeFailed as error:
            self._conclude("join", began, None, error)
            self._count_failure("join", error, "room")
            raise
        joined = time.perf_counter()
        self._recorder.add("chat_joining", (joined - began) * 1000)
        self._conclude("join", began, joined, None)
        for message in messages:
            if (mark := mark_of(message, "message")) is not None:
                self._deliveries.known(room_id, mark)

    def say(self, room_id: str, text: str) -> None:
        mark = self._next_mark(room_id)
        written = write_mark(mark)
        body = {
            "userId": self._account.user_id,
            "roomId": int(room_id),
            "message": f"{text} {written}",
        }
        request = Request("say", "message", "message", body, metric="chat_round_trip")
        place = f"/sub/chat/room/{room_id}"
        heard = (place, lambda message, *_: mark_of(message, "message") == mark)
        self._said = (room_id, mark.number)
        self._say_and_hear(room_id, mark, request, heard)
        self._said = None

    # How it is done.

    def _connect(self) -> StompClient:
        options = StompOptions(connect_headers=self._account.headers, name="chat")
        return StompClient.connect(self._vu.network, self._user.socket_url(), options)

    def _listen(self) -> None:
        """What there is to hear is said by ``join``."""

    def _send(self, request: Request) -> None:
        self._client.send("/pub/chat/message", request.payload)

    def _on_close(self) -> None:
        """An ERROR is about what was said last: nobody gets it, so nobody misses it."""
        if self._said is not None and self._client.close_code == SAID_ERROR:
            self._deliveries.refused(*self._said)
            self._take_back(*self._said)
        super()._on_close()

    def _on_message(self, message: Mapping[str, Any], *_: object) -> None:
        if (mark := mark_of(message, "message")) is not None:
            self._deliveries.arrived(str(message.get("roomId")), mark, time.time_ns() // 1000)


class Notices(ChatConnection):
    """The notifications of one person, while somebody waits for them."""

    protocol = "SSE"
    _stream: SseClient | None = None
    _awaited: Expectation | None = None

    def __init__(self, user: MeetingUser, account: Account) -> None:
        super().__init__(user)
        self._url = f"{user.host}{SUBSCRIBE}"
        self._headers = account.headers

    @local_only
    def open_for(self, kind: str) -> None:
        """Open the stream, to hear a notification of some kind."""
        options = SseOptions(name=SUBSCRIBE, headers=self._headers)
        began = time.perf_counter()
        try:
            self._stream = SseClient.connect(self._vu.network, self._url, options)
        except ConnectFailed as error:
            self._report("notification stream", began, error)
            self._count_failure("subscribe", error)
            raise
        self._awaited = self._stream.expect(
            "notification",
            lambda notice, *_: isinstance(notice, dict) and notice.get("notificationType") == kind,
        )

    @local_only
    def hear(self, name: str, began: float) -> None:
        """Wait for it; ``began`` is when its cause did. None in time is a failure that goes on."""
        assert self._stream is not None
        assert self._awaited is not None
        try:
            self._stream.first_of((self._awaited,), self._timeout_s)
        except ExchangeFailed as error:
            self._report(name, began, error)
            self._count_failure(name, error, "notification")
            return
        arrived = self._awaited.arrived_at
        assert arrived is not None
        self._recorder.add("chat_notification", (arrived - began) * 1000)
        self._report(name, began, None, arrived)

    @local_only
    def close(self) -> None:
        if self._stream is not None:
            self._stream.close()
