"""``Content-Encoding`` undone (RFC 9110 section 8.4): gzip, deflate, br, zstd.

``deflate`` is a zlib stream, but servers exist that send it without zlib's header; both are read.
An unknown encoding is passed over, as in k6 1.8.1 (``lib/netext/httpext/compression.go``).
"""

from __future__ import annotations

import sys
import zlib
from collections.abc import Callable, Mapping
from typing import Protocol


class Undecodable(ValueError):
    """The body is not what its encoding says."""


def decode(encodings: str, body: bytes) -> bytes:
    """``body`` without its ``encodings`` (``gzip, br``), the last one first.

    Raises:
        Undecodable: it is not encoded so.
        EOFError: it is cut short.
    """
    for encoding in reversed(encodings.lower().split(",")):
        decoder = _DECODERS.get(encoding.strip())
        if decoder is None or not body:  # nothing is nothing, in any encoding
            continue
        try:
            body = decoder(body)
        except EOFError:
            raise
        except Exception as error:  # each library has one of its own
            raise Undecodable(str(error)) from None
    return body


class _Decompressor(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, /) -> bytes: ...


def _members(body: bytes, new: Callable[[], _Decompressor]) -> bytes:
    """One stream behind the other."""
    parts = []
    while body:
        decoder = new()
        parts.append(decoder.decompress(body))
        if not decoder.eof:
            raise EOFError
        body = decoder.unused_data
    return b"".join(parts)


def _gzip(body: bytes) -> bytes:
    return _members(body, lambda: zlib.decompressobj(zlib.MAX_WBITS | 16))


def _deflate(body: bytes) -> bytes:
    has_header = body[0] & 0x0F == zlib.DEFLATED and int.from_bytes(body[:2]) % 31 == 0
    decoder = zlib.decompressobj(zlib.MAX_WBITS if has_header else -zlib.MAX_WBITS)
    decoded = decoder.decompress(body)
    if not decoder.eof:
        raise EOFError
    return decoded


def _brotli(body: bytes) -> bytes:
    import brotli  # noqa: PLC0415  # rarely needed

    decoder = brotli.Decompressor()
    decoded = bytes(decoder.process(body))
    if not decoder.is_finished():
        raise EOFError
    return decoded


def _zstd(body: bytes) -> bytes:
    if sys.version_info >= (3, 14):
        from compression import zstd  # noqa: PLC0415  # rarely needed
    else:
        from backports import zstd  # noqa: PLC0415

    return _members(body, zstd.ZstdDecompressor)


_DECODERS: Mapping[str, Callable[[bytes], bytes]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
