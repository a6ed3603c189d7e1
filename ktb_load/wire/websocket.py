"""WebSocket (RFC 6455), the client's side: the opening handshake, frames out, messages in.

``handshake_request`` and ``check_handshake`` cover section 4, ``encode`` and ``Reader`` section 5.
Extensions are never offered, so a reserved bit is always a fault of the server. A length that would
have fitted into fewer bytes is read all the same, as k6 does.
"""

from __future__ import annotations

import base64
import codecs
import hashlib
import random
import secrets
import struct
from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0x0, 0x1, 0x2, 0x8, 0x9, 0xA

NORMAL, GOING_AWAY, PROTOCOL_ERROR, INVALID_DATA, TOO_BIG = 1000, 1001, 1002, 1007, 1009
NO_STATUS, ABNORMAL = 1005, 1006
"""Never on the wire (section 7.4.1): a close frame without a code, and no close frame at all."""

_SENT_CODES = frozenset({*range(1000, 1004), *range(1007, 1014), *range(3000, 5000)})
"""What a close frame may carry, to k6 as well: codes for endpoints, then those for applications."""

MAX_MESSAGE_BYTES: Final = 64 * 1024 * 1024
_GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


class WebSocketError(ValueError):
    """The other side broke RFC 6455; ``code`` is what a close frame says about it."""

    def __init__(self, message: str, code: int = PROTOCOL_ERROR) -> None:
        super().__init__(message)
        self.code = code


class Message(NamedTuple):
    """One whole message or control frame; text as ``str``, everything else as ``bytes``."""

    opcode: int
    data: str | bytes


def new_key() -> str:
    """A nonce for one handshake."""
    return base64.b64encode(secrets.token_bytes(16)).decode()


def handshake_request(
    target: str, host: str, key: str, headers: Iterable[tuple[str, str]] = ()
) -> bytes:
    """The opening request (section 4.1)."""
    lines = [
        f"GET {target} HTTP/1.1",
        f"Host: {host}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        f"Sec-WebSocket-Key: {key}",
        "Sec-WebSocket-Version: 13",
        *(f"{name}: {value}" for name, value in headers),
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def check_handshake(status: int, headers: Mapping[str, str], key: str, offered: str = "") -> str:
    """Whether the server agreed; the subprotocol that it chose, empty if none.

    Raises:
        WebSocketError: it did not, or not in the way of section 4.2.2.
    """
    if status != 101:
        raise WebSocketError(f"bad handshake: HTTP {status}")
    if headers.get("Upgrade", "").lower() != "websocket":
        raise WebSocketError("bad handshake: no Upgrade: websocket")
    if "upgrade" not in [
        token.strip() for token in headers.get("Connection", "").lower().split(",")
    ]:
        raise WebSocketError("bad handshake: no Connection: Upgrade")
    accept = base64.b64encode(hashlib.sha1(key.encode() + _GUID, usedforsecurity=False).digest())
    if headers.get("Sec-Websocket-Accept", "") != accept.decode():
        raise WebSocketError("bad handshake: wrong Sec-WebSocket-Accept")
    chosen = headers.get("Sec-Websocket-Protocol", "")
    if chosen and chosen not in [protocol.strip() for protocol in offered.split(",")]:
        raise WebSocketError(f"bad handshake: nobody offered the subprotocol {chosen!r}")
    return chosen


def encode(opcode: int, payload: bytes) -> bytes:
    """One final frame, masked with a random key (section 5.3)."""
    length = len(payload)
    key = random.getrandbits(32).to_bytes(4, "little")
    if length < 126:
        head = bytes((0x80 | opcode, 0x80 | length))
    elif length < 65_536:
        head = struct.pack("!BBH", 0x80 | opcode, 0xFE, length)
    else:
        head = struct.pack("!BBQ", 0x80 | opcode, 0xFF, length)
    stream = int.from_bytes((key * (length // 4 + 1))[:length], "little")
    return head + key + (int.from_bytes(payload, "little") ^ stream).to_bytes(length, "little")


def encode_close(code: int = NORMAL, reason: str = "") -> bytes:
    """A close frame; a reason that is too long for a control frame is cut, but in no letter."""
    cut = reason.encode()[:123].decode(errors="ignore")
    return encode(CLOSE, struct.pack("!H", code) + cut.encode())


def parse_close(payload: bytes) -> tuple[int, str]:
    """Code and reason of a close frame (section 5.5.1).

    Raises:
        WebSocketError: one byte is no code, nobody may send that code, or the reason is no UTF-8.
    """
    if not payload:
        return NO_STATUS, ""
    if len(payload) == 1:
        raise WebSocketError("a close frame with half a code")
    code = int.from_bytes(payload[:2])
    if code not in _SENT_CODES:
        raise WebSocketError(f"a close frame with the code {code}, which nobody may send")
    return code, _decode(payload[2:])


def whole_text(data: bytes) -> str | None:
    """The text, if ``data`` is exactly one whole text message; for readers in between messages.

    Most of what a chat server sends comes so. None says nothing: a ``Reader`` knows.
    """
    if len(data) < 2 or data[0] != 0x81:
        return None
    start, length = 2, data[1]
    if length == 126:
        start, length = 4, int.from_bytes(data[2:4])
    if len(data) - start != length or data[1] > 126:
        return None
    try:
        return data[start:].decode()
    except UnicodeDecodeError:
        return None


class Reader:
    """Bytes in, messages out. After a close frame nothing more is read (section 5.5.1)."""

    __slots__ = (
        "_closed",
        "_letters",
        "_max",
        "_needed",
        "_opcode",
        "_parts",
        "_parts_bytes",
        "_rest",
        "fault",
    )

    def __init__(self, max_message_bytes: int = MAX_MESSAGE_BYTES) -> None:
        self._max = max_message_bytes
        self._rest = bytearray()
        self._needed = 0
        self._opcode = 0
        self._parts: list[Any] = []
        self._parts_bytes = 0
        self._letters: codecs.IncrementalDecoder | None = None
        """Decodes the parts of a text, where a letter may be cut by frames."""
        self._closed = False
        self.fault: WebSocketError | None = None
        """Why the connection has to be failed (section 7.1.7), as soon as that is known."""

    @property
    def between(self) -> bool:
        """Whether the next byte begins a new message."""
        return not (self._rest or self._opcode or self._closed or self.fault)

    def feed(self, data: bytes) -> list[Message]:
        """The messages and control frames that are whole now; those before a fault as well, so
        look at ``fault`` when they are dealt with.

        Raises:
            WebSocketError: there was nothing before the fault.
        """
        if self.fault is not None:
            raise self.fault
        messages: list[Message] = []
        try:
            self._read(data, messages)
        except WebSocketError as error:
            self.fault = error
            if not messages:
                raise
        return messages

    def _read(self, data: bytes, messages: list[Message]) -> None:
        if self._rest:
            self._rest += data
            if len(self._rest) < self._needed:
                return
            data = bytes(self._rest)
            self._rest.clear()
        at, end = 0, 0 if self._closed else len(data)
        while end - at >= 2:
            first, length = data[at], data[at + 1]
            start = at + 2
            if length > 125:
                length, start = _long_length(data, at, length)
            if length > self._max:
                self._check_head(first, length)
                raise WebSocketError(f"a frame of {length:,} bytes", TOO_BIG)
            stop = start + length
            if stop > end:
                self._check_head(first, length)
                self._needed = stop - at
                break
            if first == 0x81 and not self._opcode:
                messages.append(Message(TEXT, _decode(data[start:stop])))
            else:
                self._frame(first, data[start:stop], messages)
            at = stop
            if self._closed:
                return
        else:
            self._needed = 2
        self._rest += data[at:end]

    def _check_head(self, first: int, length: int) -> None:
        """What the first two bytes of a frame tell already (sections 5.2, 5.4, 5.5)."""
        opcode = first & 0x0F
        if first & 0x70:
            raise WebSocketError("a reserved bit is set")
        if opcode > PONG or BINARY < opcode < CLOSE:
            raise WebSocketError(f"a frame of the unknown type {opcode}")
        if opcode >= CLOSE:
            if first < 0x80 or length > 125:
                raise WebSocketError("a control frame that is too long or in parts")
        elif (opcode == CONTINUATION) != bool(self._opcode):
            raise WebSocketError(f"a frame of type {opcode} out of turn")

    def _frame(self, first: int, payload: bytes, messages: list[Message]) -> None:
        self._check_head(first, len(payload))
        final, opcode = first >= 0x80, first & 0x0F
        if opcode >= CLOSE:
            messages.append(Message(opcode, payload))
            self._closed = opcode == CLOSE
            return
        self._opcode = self._opcode or opcode
        self._parts_bytes += len(payload)
        if self._parts_bytes > self._max:
            raise WebSocketError(f"a message of over {self._max:,} bytes", TOO_BIG)
        text = self._opcode == TEXT
        self._parts.append(self._decode_part(payload, final) if text else payload)
        if final:
            messages.append(Message(self._opcode, ("" if text else b"").join(self._parts)))
            self._opcode, self._parts_bytes = 0, 0
            self._parts.clear()

    def _decode_part(self, payload: bytes, final: bool) -> str:
        if self._letters is None:
            self._letters = codecs.getincrementaldecoder("utf-8")()
        try:
            return self._letters.decode(payload, final)
        except UnicodeDecodeError:
            raise WebSocketError("text that is no UTF-8", INVALID_DATA) from None


def _long_length(data: bytes, at: int, length: int) -> tuple[int, int]:
    """Length of the payload and where it begins; past the end where the head is not whole."""
    if length > 127:
        raise WebSocketError("a server's frame is masked")
    size = 2 if length == 126 else 8
    start = at + 2 + size
    if start > len(data):
        return size, at + 2  # so much is certainly missing
    return int.from_bytes(data[at + 2 : start]), start


def _decode(payload: bytes) -> str:
    try:
        return payload.decode()
    except UnicodeDecodeError:
        raise WebSocketError("text that is no UTF-8", INVALID_DATA) from None
