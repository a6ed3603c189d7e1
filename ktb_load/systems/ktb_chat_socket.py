"""KTB Chat's Socket.IO half: its events, and the events that answer them."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ktb_load.chat.connection import ChatConnection, Request, mark_of
from ktb_load.chat.marks import write_mark
from ktb_load.clients.socketio import SocketIOClient, SocketIOOptions
from ktb_load.errors import ExchangeFailed, Rejected
from ktb_load.vocabulary import check

if TYPE_CHECKING:
    from ktb_load.systems.ktb_chat import KtbChatUser


class ChatSocket(ChatConnection):
    """An open chat. Closing it counts what never arrived."""

    _client: SocketIOClient

    def __init__(self, user: KtbChatUser, user_id: str, token: str, session_id: str) -> None:
        super().__init__(user)
        self._network = user.vu.network
        self._origin = user.socket_url()
        self._transports = user.transports
        self._auth = {"token": token, "sessionId": session_id}
        self._user_id = user_id

    def _connect(self) -> SocketIOClient:
        options = SocketIOOptions(auth=self._auth, name="chat", transports=self._transports)
        return SocketIOClient.connect(self._network, self._origin, options)

    def _listen(self) -> None:
        self._client.on("message", self._on_message)

    def _send(self, request: Request) -> None:
        self._client.emit(request.event, request.payload)

    def _on_message(self, message: Any, *_: object) -> None:
        if (mark := mark_of(message)) is not None:
            self._deliveries.arrived(message.get("room") or "", mark, time.time_ns() // 1000)

    # What a person does.

    def join(self, room_id: str) -> dict[str, Any]:
        answer = self._exchange(
            Request("join", "room", "joinRoom", room_id, metric="chat_joining"),
            ("joinRoomSuccess", lambda joined, *_: joined.get("roomId") == room_id),
            refusals=("joinRoomError",),
        )
        joined = dict(answer[0])
        for message in joined.get("messages") or ():
            if (mark := mark_of(message)) is not None:
                self._deliveries.known(room_id, mark)
        return joined

    def leave(self, room_id: str) -> None:
        self._client.emit("leaveRoom", room_id)
        self._deliveries.left(room_id)

    def say(self, room_id: str, text: str, *, file_id: str = "") -> dict[str, Any] | None:
        mark = self._next_mark(room_id)
        written = write_mark(mark)
        payload: dict[str, Any] = {"room": room_id, "type": "text", "content": f"{text} {written}"}
        if file_id:
            payload |= {"type": "file", "fileData": {"_id": file_id}}
        answer = self._say_and_hear(
            room_id,
            mark,
            Request("say", "message", "chatMessage", payload, metric="chat_round_trip"),
            ("message", lambda message, *_: written in (message.get("content") or "")),
            "error",
        )
        return None if answer is None else dict(answer[0])

    def say_banned(self, room_id: str, word: str) -> None:
        payload = {"room": room_id, "type": "text", "content": word}
        answer = self._exchange(
            Request("say a banned word", "message", "chatMessage", payload),
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
            Request("react", "message", "messageReaction", payload),
            ("messageReactionUpdate", mine),
            refusals=("error",),
        )

    def mark_as_read(self, room_id: str, message_ids: list[str]) -> None:
        wanted = set(message_ids)
        self._exchange(
            Request(
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
            Request("fetch history", "room", "fetchPreviousMessages", payload),
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
                message, _ = self._refusal_in(answer)
                error = Rejected(f"the AI failed: {message}", kind="ai")
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
