"""AsyncAPI 2 and 3 -> sockets of the neutral model. https://www.asyncapi.com/docs/reference

A document describes the server: what its server receives (3: ``action: receive``, 2: ``publish``)
is what our users send. Of Socket.IO a channel is a namespace whose messages are named after events,
or one event; of plain WebSockets a channel is a path, and a message's constant field is its event.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ktb_load.scaffold.asyncapi_message import Message, find_answers, read_message
from ktb_load.scaffold.cursor import Cursor, Library
from ktb_load.scaffold.model import Api, Heard, Operation, Parameter, Scheme, Socket
from ktb_load.scaffold.openapi import split_url
from ktb_load.scaffold.reading import ASYNCAPI, read_source
from ktb_load.scaffold.samples import is_certain, sample

SOCKETIO, WEBSOCKET = "socketio", "websocket"
_PROTOCOLS = {
    **dict.fromkeys(("socketio", "socket.io", "sio"), SOCKETIO),
    **dict.fromkeys(("ws", "wss", "websocket", "websockets"), WEBSOCKET),
}
_HTTP = {"ws": "http", "wss": "https", "http": "http", "https": "https"}


@dataclass
class Channel:
    """One channel with what goes over it."""

    address: str
    cursor: Cursor
    sends: list[Message] = field(default_factory=list)
    hears: list[Message] = field(default_factory=list)


def read_asyncapi(given: str, library: Library) -> Api:
    """Read a document; what is wrong with it is noted in the library.

    Raises:
        AuthorError: it is no such document at all.
    """
    root = library.open(read_source(given, ASYNCAPI))
    root["info"].mapping()
    root["components"].mapping()
    version = root["asyncapi"].text()
    title = root["info"]["title"].text() or "the back end"
    api = Api(title, documents=[root.source.path.name])
    if not version:
        root.fault("there is no `asyncapi` key", "begin with `asyncapi: 3.0.0`")
    elif version[:2] not in ("2.", "3."):
        root["asyncapi"].fault(f"AsyncAPI {version} is not read", "2 and 3 are")
    api.schemes = dict(_schemes(root))
    protocol = _protocol(root, api)
    if not root["channels"]:
        root.fault("there are no `channels`", "describe at least one in `channels:`")
    channels = _channels_2(root) if version.startswith("2.") else _channels_3(root)
    if protocol == SOCKETIO:
        api.sockets = _namespaces(channels)
    else:
        api.sockets = [_socket(one) for one in _by_path(channels)]
    for socket in api.sockets:
        socket.opening.security = tuple(api.schemes)
    return api


# Servers.


def _schemes(root: Cursor) -> Iterator[tuple[str, Scheme]]:
    """How callers are known; what only brokers have is left out."""
    for name, scheme in root["components"]["securitySchemes"].items():
        kind, place = scheme["type"].text(), scheme["in"].text()
        if kind == "httpApiKey" and place in ("header", "query", "cookie"):
            bearer = scheme["name"].text().lower() == "authorization"
            yield name, Scheme("bearer" if bearer else place, scheme["name"].text())
        elif kind == "userPassword" or scheme["scheme"].text().lower() == "basic":
            yield name, Scheme("basic", "Authorization")
        elif kind in ("http", "oauth2", "openIdConnect", "apiKey"):
            yield name, Scheme("bearer", "Authorization")


def _protocol(root: Cursor, api: Api) -> str:
    """The protocol of the first server that we can speak to; its host is noted."""
    strange: list[Cursor] = []
    for _, server in root["servers"].items():
        said = server["protocol"].text().lower()
        if said not in _PROTOCOLS:
            strange.append(server["protocol"])
            continue
        scheme, host, path = _address(server)
        told = f"{path} {server['description'].text()} {root['info']['description'].text()}"
        api.socket_host = f"{_HTTP.get(scheme, 'http')}://{host}" if host else ""
        return SOCKETIO if _is_socketio(told) else _PROTOCOLS[said]
    for one in strange:
        known = "ws, wss and socketio are; calls over HTTP are OpenAPI's"
        one.fault(f"the protocol {one.text()!r} is not spoken here", known)
    if not strange:
        api.notes.append("the document has no servers: give --socket-host")
    whole = root["info"]["description"].text() + root["info"]["title"].text()
    return SOCKETIO if _is_socketio(whole) else WEBSOCKET


def _is_socketio(text: str) -> bool:
    return re.search(r"socket\.?io", text, re.IGNORECASE) is not None


def _address(server: Cursor) -> tuple[str, str, str]:
    """Scheme, host and path: ``url`` in 2, ``host`` and ``pathname`` in 3."""
    url = server["url"].text() or server["host"].text() + server["pathname"].text()
    for name, variable in server["variables"].items():
        url = url.replace(f"{{{name}}}", variable["default"].text())
    if "://" not in url:
        url = f"{server['protocol'].text().lower()}://{url}"
    origin, path = split_url(url)
    scheme, _, host = origin.partition("://")
    return scheme, host, path


# Channels.


def _channels_2(root: Cursor) -> list[Channel]:
    found = []
    for address, cursor in root["channels"].items():
        if not isinstance(cursor.value, dict):
            cursor.fault("a channel is a mapping", "write `publish:` or `subscribe:` below it")
            continue
        channel = Channel(address, cursor)
        channel.sends = list(_messages_2(cursor["publish"]))
        channel.hears = list(_messages_2(cursor["subscribe"]))
        found.append(channel)
    return found


def _messages_2(operation: Cursor) -> Iterator[Message]:
    message = operation["message"]
    if not message:
        return
    several = list(message["oneOf"].elements())
    for one in several or [message]:
        read = read_message(one, operation["operationId"].text())
        read.title = read.title or operation["summary"].text()
        yield read


def _channels_3(root: Cursor) -> list[Channel]:
    channels: dict[object, Channel] = {}
    for key, cursor in root["channels"].items():
        address = cursor["address"].text() or key
        channels[cursor.identity] = Channel(address, cursor)
    if not root["operations"]:
        root.fault("there are no `operations`", "say what is sent and received in `operations:`")
    for name, operation in root["operations"].items():
        channel = channels.get(operation["channel"].identity)
        if channel is None:
            operation.fault("`channel` names none of `channels`", "write `$ref: '#/channels/...'`")
            continue
        action = operation["action"].text()
        if action not in ("send", "receive"):
            operation["action"].fault(f"{action!r} is no action", "write `send` or `receive`")
        messages = list(_messages_3(operation, channel.cursor, name))
        (channel.sends if action == "receive" else channel.hears).extend(messages)
        replies = list(_messages_3(operation["reply"], operation["reply"]["channel"], ""))
        if operation["reply"]:
            channel.hears += replies
            for message in messages:
                message.answers += replies
    return list(channels.values())


def _messages_3(operation: Cursor, channel: Cursor, name: str) -> Iterator[Message]:
    """The messages of an operation; all of its channel where it names none."""
    if not operation:
        return
    named = [
        (str(operation["messages"].raw(index).get("$ref", name)).rpartition("/")[2], one)
        for index, one in enumerate(operation["messages"].elements())
    ]
    for key, one in named or channel["messages"].items():
        read = read_message(one, key)
        read.title = read.title or operation["title"].text() or operation["summary"].text()
        yield read


# Sockets.


def _namespaces(channels: list[Channel]) -> list[Socket]:
    """Sockets of Socket.IO, one for each namespace."""
    sockets: dict[str, Socket] = {}
    for channel in channels:
        spaced = channel.address.startswith("/")
        namespace = channel.address if spaced else "/"
        socket = sockets.setdefault(namespace, Socket(SOCKETIO, _opening(namespace)))
        for message in (*channel.sends, *channel.hears):
            message.event = message.name if spaced else channel.address
        _fill(socket, channel)
    return [socket for socket in sockets.values() if socket.sends or socket.hears]


def _by_path(channels: list[Channel]) -> list[Channel]:
    """One channel for each path: some documents have one for each message."""
    found: dict[str, Channel] = {}
    for one in channels:
        same = found.setdefault(one.address.strip("/"), Channel(one.address, one.cursor))
        same.sends += one.sends
        same.hears += one.hears
    return [one for one in found.values() if one.sends or one.hears]


def _socket(channel: Channel) -> Socket:
    """A plain WebSocket."""
    path = channel.address if channel.address.startswith("/") else f"/{channel.address}"
    socket = Socket(WEBSOCKET, _opening(path, channel.cursor))
    keys = [one.key for one in (*channel.hears, *channel.sends) if one.key]
    socket.key = keys[0] if keys else socket.key
    for message in (*channel.sends, *channel.hears):
        message.event = message.constant or ("text" if message.is_text else "json")
    _fill(socket, channel)
    return socket


def _opening(path: str, channel: Cursor | None = None) -> Operation:
    opening = Operation("OPEN", path, group="socket")
    for name in dict.fromkeys(re.findall(r"\{([^{}]+)\}", path)):
        value = None
        if channel is not None:
            described = channel["parameters"][name]
            schema = described["schema"] if described["schema"] else described
            value = sample(schema, name) if is_certain(schema) else None
        opening.parameters.append(Parameter(name, "path", True, value))
    return opening


def _fill(socket: Socket, channel: Channel) -> None:
    known = {one.event for one in socket.hears}
    for message in channel.hears:
        if message.event not in known:
            known.add(message.event)
            socket.hears.append(Heard(message.event, message.title, message.fields))
    for message in channel.sends:
        operation = message.as_operation()
        answers = [one.event if isinstance(one, Message) else one for one in message.answers]
        operation.answers = [one for one in answers if one in known]
        socket.sends.append(operation)
    find_answers(socket)
