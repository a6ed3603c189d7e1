"""The AIs that a message can mention: they answer a fixed text in chunks, or fail as one does
without a working key.
"""

import asyncio
import re
import uuid
from dataclasses import dataclass
from typing import Any

from ktb_load.reference_server.ids import iso, now_ms
from ktb_load.reference_server.sockets.hub import Hub
from ktb_load.reference_server.systems.ktb_chat.settings import AI_BROKEN
from ktb_load.reference_server.systems.ktb_chat.sockets.client import Client
from ktb_load.reference_server.systems.ktb_chat.storage import Store
from ktb_load.reference_server.systems.ktb_chat.storage.messages import Draft

_MENTION = re.compile(r"@(wayneAI|consultingAI)\b")
_CHUNK_EVERY_S = 0.02
_FAILS_AFTER_S = 0.6
_CHUNKS = (
    "안녕하세요, ",
    "무엇을 도와드릴까요?\n",
    "```\n",
    "print('hi')\n",
    "```\n",
    "감사합니다.",
)


@dataclass
class Stream:
    """One answer on its way."""

    message_id: str
    room_id: str
    ai_type: str
    query: str
    started: str
    content: str = ""

    def shown(self) -> dict[str, Any]:
        """As ``activeStreams`` lists it."""
        return {
            "_id": self.message_id,
            "type": "ai",
            "aiType": self.ai_type,
            "content": self.content,
            "timestamp": self.started,
            "streaming": True,
        }

    def chunk(self, latest: str) -> dict[str, Any]:
        return {
            "messageId": self.message_id,
            "currentChunk": latest,
            "fullContent": self.content,
            "isCodeBlock": self.content.count("```") % 2 == 1,
            "timestamp": _now(),
            "aiType": self.ai_type,
            "isComplete": False,
        }


class Assistants:
    """Both AIs, and the answers they are giving."""

    def __init__(self, store: Store, hub: Hub[Client], mood: str) -> None:
        self._store = store
        self._hub = hub
        self._mood = mood
        self._streams: dict[str, Stream] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def streams(self, room_id: str) -> list[dict[str, Any]]:
        """The answers of a room that are not complete yet."""
        return [one.shown() for one in self._streams.values() if one.room_id == room_id]

    def answer(self, room_id: str, text: str) -> None:
        """Start one stream for each AI that the text mentions."""
        for ai_type in dict.fromkeys(_MENTION.findall(text)):
            stream = Stream(f"{ai_type}-{uuid.uuid4()}", room_id, ai_type, text, _now())
            self._streams[stream.message_id] = stream
            task = asyncio.create_task(self._give(stream))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _give(self, stream: Stream) -> None:
        told = {"messageId": stream.message_id, "aiType": stream.ai_type}
        start = {**told, "timestamp": stream.started}
        self._hub.emit(stream.room_id, "aiMessageStart", start)
        if self._mood == AI_BROKEN:
            await asyncio.sleep(_FAILS_AFTER_S)
            failure = {**told, "error": "AI 응답 생성 중 오류가 발생했습니다."}
            self._hub.emit(stream.room_id, "aiMessageError", failure)
        else:
            for chunk in _CHUNKS:
                await asyncio.sleep(_CHUNK_EVERY_S)
                stream.content += chunk
                self._hub.emit(stream.room_id, "aiMessageChunk", stream.chunk(chunk))
            await asyncio.sleep(_CHUNK_EVERY_S)
            self._complete(stream)
        self._streams.pop(stream.message_id, None)

    def _complete(self, stream: Stream) -> None:
        if self._store.rooms.get(stream.room_id) is None:
            return
        draft = Draft("ai", stream.content, ai_type=stream.ai_type)
        message = self._store.messages.add(stream.room_id, draft)
        complete = {
            "messageId": stream.message_id,
            "_id": message.id,
            "content": message.content,
            "aiType": stream.ai_type,
            "timestamp": _now(),
            "isComplete": True,
            "query": stream.query,
            "reactions": {},
        }
        self._hub.emit(stream.room_id, "aiMessageComplete", complete)


def _now() -> str:
    return iso(now_ms())
