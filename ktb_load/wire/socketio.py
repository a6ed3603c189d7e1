"""Socket.IO protocol 5: packets inside of Engine.IO messages.

    4 <type> [<attachments>-] [<namespace>,] [<id>] [<JSON>]     one text message
    <attachment> ...                                             then so many binary ones

Specification: socket.io-protocol, revision 5. Sending packs a packet into messages; receiving reads
the head of one (``parse``) and leaves the JSON alone until somebody asks for it (``decode``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ktb_load import fast_json
from ktb_load.wire.content import json_of

CONNECT, DISCONNECT, EVENT, ACK, CONNECT_ERROR, BINARY_EVENT, BINARY_ACK = "0123456"
_MOST_ATTACHMENTS = 1_000
"""More than anyone sends; a packet that announces more is refused instead of waited for."""

_MOST_HEADS = 256

_HEAD = re.compile(
    r"4([0-6])"  # type
    r"(?:([0-9]{1,9})-)?"  # attachments
    r"(?:(/[^,]*)(?:,|\Z))?"  # namespace
    r"([0-9]{1,18})?"  # id
)
_TRANSLATED_TYPE = {BINARY_EVENT: EVENT, BINARY_ACK: ACK}

Message = str | bytes


class SocketIOError(ValueError):
    """The other side sent what protocol 5 does not allow."""


@dataclass(frozen=True, slots=True)
class Packet:
    """The head of a packet that was received, and its JSON as it came."""

    type: str
    """One of the constants; binary packets have the type of their plain form."""
    namespace: str
    id: int | None
    body: str
    """JSON, or empty."""
    attachments: int = 0


def parse(text: str) -> Packet:
    """Read the head of a message that begins with Engine.IO's ``4``.

    Raises:
        SocketIOError: it is no packet of protocol 5.
    """
    head = _HEAD.match(text)
    if head is None:
        raise SocketIOError(f"not a Socket.IO packet: {text[:80]!r}")
    type_, attachments, namespace, id_ = head.groups()
    binary = type_ in _TRANSLATED_TYPE
    count = int(attachments or 0)
    if binary != (attachments is not None) or count > _MOST_ATTACHMENTS:
        raise SocketIOError(f"wrong attachments: {text[:80]!r}")
    return Packet(
        _TRANSLATED_TYPE.get(type_, type_),
        namespace.partition("?")[0] if namespace else "/",
        int(id_) if id_ else None,
        text[head.end() :],
        count,
    )


def decode(body: str) -> Any:
    """The value of a packet's JSON; None if it has none.

    Raises:
        SocketIOError: it is no JSON.
    """
    if not body:
        return None
    try:
        return json_of(body)
    except ValueError as error:
        raise SocketIOError(f"not JSON: {body[:80]!r}") from error


def decode_event(body: str, attachments: Sequence[bytes] = ()) -> tuple[str, list[Any]]:
    """Name and arguments of an event.

    Raises:
        SocketIOError: it is no list that begins with a name.
    """
    data = decode(body)
    if not isinstance(data, list) or not data or not isinstance(data[0], str | int):
        raise SocketIOError(f"not an event: {body[:80]!r}")
    if attachments:
        data = reconstruct(data, attachments)
    return str(data[0]), data[1:]


def decode_ack(body: str, attachments: Sequence[bytes] = ()) -> list[Any]:
    """The arguments of an acknowledgement.

    Raises:
        SocketIOError: it is no list.
    """
    data = decode(body)
    if not isinstance(data, list):
        raise SocketIOError(f"not an acknowledgement: {body[:80]!r}")
    return list(reconstruct(data, attachments)) if attachments else data


def connect(namespace: str, auth: object) -> bytes:
    """The request to enter a namespace."""
    return _head(CONNECT, namespace) + (b"" if auth is None else fast_json.dumps(auth))


def disconnect(namespace: str) -> bytes:
    """The farewell to a namespace."""
    return _head(DISCONNECT, namespace)


def event_head(namespace: str) -> bytes:
    """What every event that has neither id nor attachments begins with, up to its JSON."""
    return _head(EVENT, namespace)


def pack_event(namespace: str, data: Sequence[Any], id_: int | None = None) -> list[Message]:
    """An event as WebSocket messages: the text (as ``str``), then the attachments.

    Raises:
        TypeError: ``data`` holds something that JSON does not know.
    """
    return _pack(EVENT, BINARY_EVENT, namespace, data, id_)


def pack_ack(namespace: str, data: Sequence[Any], id_: int) -> list[Message]:
    """An acknowledgement as WebSocket messages."""
    return _pack(ACK, BINARY_ACK, namespace, data, id_)


def deconstruct(data: Any, attachments: list[bytes]) -> Any:
    """``data`` with each bytes object replaced by a placeholder and put into ``attachments``."""
    if isinstance(data, bytes | bytearray | memoryview):
        attachments.append(bytes(data))
        return {"_placeholder": True, "num": len(attachments) - 1}
    if isinstance(data, list | tuple):
        return [deconstruct(item, attachments) for item in data]
    if isinstance(data, dict):
        return {key: deconstruct(item, attachments) for key, item in data.items()}
    return data


def reconstruct(data: Any, attachments: Sequence[bytes]) -> Any:
    """``data`` with each placeholder replaced by the attachment of its number.

    Raises:
        SocketIOError: there is no attachment of that number.
    """
    if isinstance(data, list):
        return [reconstruct(item, attachments) for item in data]
    if not isinstance(data, dict):
        return data
    if data.get("_placeholder") is True and "num" in data:
        number = data["num"]
        if not isinstance(number, int) or not 0 <= number < len(attachments):
            raise SocketIOError(f"there is no attachment {number!r}")
        return attachments[number]
    return {key: reconstruct(item, attachments) for key, item in data.items()}


def _pack(
    plain: str, binary: str, namespace: str, data: Sequence[Any], id_: int | None
) -> list[Message]:
    number = "" if id_ is None else str(id_)
    try:
        return [_head(plain, namespace).decode() + number + fast_json.dumps(data).decode()]
    except TypeError:
        pass  # bytes, or keys that are no text
    attachments: list[bytes] = []
    bare = deconstruct(data, attachments)
    kind = f"{binary}{len(attachments)}-" if attachments else plain
    json_text = fast_json.dumps(bare, option=fast_json.OPT_NON_STR_KEYS)
    text = _head(kind, namespace).decode() + number + json_text.decode()
    return [text, *attachments]


@lru_cache(maxsize=_MOST_HEADS)
def _head(kind: str, namespace: str) -> bytes:
    return f"4{kind}".encode() if namespace == "/" else f"4{kind}{namespace},".encode()
