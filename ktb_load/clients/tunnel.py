"""A way through a proxy to any host and port: CONNECT (RFC 9110 section 9.3.6), and SOCKS 5 (RFC
1928) with its password (RFC 1929). Names are the proxy's to look up.
"""

from __future__ import annotations

from ipaddress import ip_address

from ktb_load.clients.connection import Connection
from ktb_load.clients.failure import GENERIC, UNEXPECTED_EOF, Failure, NetworkError
from ktb_load.clients.proxies import Proxy
from ktb_load.wire.http1 import AnswerReader, Malformed, Truncated
from ktb_load.wire.url import Origin

_TCP = 1200
_REFUSALS = (
    "",
    "general SOCKS server failure",
    "connection not allowed by ruleset",
    "network unreachable",
    "host unreachable",
    "connection refused",
    "TTL expired",
    "command not supported",
    "address type not supported",
)
"""By the number of a reply (RFC 1928 section 6)."""
_VERSION = 5
_NAME, _FOUR, _SIX = 3, 1, 4


def open_tunnel(connection: Connection, proxy: Proxy, origin: Origin) -> None:
    """Let ``connection``, which is one to ``proxy``, lead to ``origin``.

    Raises:
        NetworkError: it does not.
    """
    if proxy.socks:
        _socks(connection, proxy, origin)
    else:
        _connect(connection, proxy, origin)


def _connect(connection: Connection, proxy: Proxy, origin: Origin) -> None:
    target = _written(origin)
    lines = [f"CONNECT {target} HTTP/1.1", f"Host: {target}"]
    if proxy.authorization:
        lines.append(f"Proxy-Authorization: {proxy.authorization}")
    connection.send("\r\n".join([*lines, "", ""]).encode())
    reader = AnswerReader("HEAD")  # no body behind the head either
    try:
        while not reader.feed(data := connection.receive()):
            if not data:
                reader.end()
    except (Malformed, Truncated) as error:
        raise NetworkError(Failure(str(error), GENERIC)) from None
    if reader.status != 200:
        reason = reader.reason.partition(" ")[2]
        raise NetworkError(Failure(reason or "unknown status code", GENERIC))


def _socks(connection: Connection, proxy: Proxy, origin: Origin) -> None:
    answers = _Answers(connection)
    connection.send(b"\x05\x02\x00\x02" if proxy.user else b"\x05\x01\x00")
    version, chosen = answers.take(2)
    if version != _VERSION:
        raise _refused(proxy, origin, f"unexpected protocol version {version}")
    if chosen == 2 and proxy.user:
        user, password = proxy.user.encode(), proxy.password.encode()
        connection.send(b"\x01%c%b%c%b" % (len(user), user, len(password), password))
        if answers.take(2)[1] != 0:
            raise _refused(proxy, origin, "username/password authentication failed")
    elif chosen != 0:
        raise _refused(proxy, origin, "no acceptable authentication methods")
    connection.send(b"\x05\x01\x00" + _wanted(origin))
    version, reply, _, kind = answers.take(4)
    if version != _VERSION:
        raise _refused(proxy, origin, f"unexpected protocol version {version}")
    answers.take({_FOUR: 4, _SIX: 16}.get(kind) or answers.take(1)[0])
    answers.take(2)
    if reply:
        words = _REFUSALS[reply] if reply < len(_REFUSALS) else f"unknown code: {reply}"
        raise _refused(proxy, origin, f"unknown error {words}")


def _wanted(origin: Origin) -> bytes:
    port = origin.port.to_bytes(2)
    try:
        address = ip_address(origin.host)
    except ValueError:
        name = origin.host.encode()
        return bytes([_NAME, len(name)]) + name + port
    return bytes([_FOUR if address.version == 4 else _SIX]) + address.packed + port


def _refused(proxy: Proxy, origin: Origin, why: str) -> NetworkError:
    way = f"{_written(proxy.origin)}->{_written(origin)}"
    return NetworkError(Failure(f"socks connect tcp {way}: {why}", _TCP))


def _written(origin: Origin) -> str:
    host = f"[{origin.host}]" if ":" in origin.host else origin.host
    return f"{host}:{origin.port}"


class _Answers:
    """What a proxy says, byte for byte."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._data = b""

    def take(self, size: int) -> bytes:
        while len(self._data) < size:
            more = self._connection.receive()
            if not more:
                raise NetworkError(UNEXPECTED_EOF)
            self._data += more
        taken, self._data = self._data[:size], self._data[size:]
        return taken
