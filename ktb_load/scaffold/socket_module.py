"""The module of the sockets: what is sent has a method that waits for its answer, what is heard one
that waits for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ktb_load.scaffold.imports import imports
from ktb_load.scaffold.layout import (
    Group,
    Node,
    call,
    docstring,
    flat,
    lines,
    mapping,
    node_of,
    string,
    template,
)
from ktb_load.scaffold.method import signature, told
from ktb_load.scaffold.model import Api, Operation, Socket
from ktb_load.scaffold.naming import norm, table, words
from ktb_load.scaffold.project_names import Names
from ktb_load.scaffold.session import Session
from ktb_load.scaffold.values import Code, Literal, Object, Text, Value

_MESSAGES = table("message chat msg say")
"""Last words of events that carry what somebody says."""
_JOINING = table("join enter")
_TOLD_APART = table("content text message msg body")
"""Fields by which people know their own message again."""
_CALL = '''\
    def _call(self, request: Request) -> Any:
        """Send an event and wait for its acknowledgement."""
        began = perf_counter()
        try:
            answer = self._client.call(
                request.event,
                request.payload,
                timeout_s=self._timeout_s,
            )
        except ExchangeFailed as error:
            self._conclude(request.name, began, None, error)
            self._count_failure(request.event, error, request.kind)
            raise
        self._conclude(request.name, began, None, None)
        return answer[0] if answer else None
'''
_WAIT = '''\
    def wait_for(self, expected: Expectation) -> Any:
        """What the event says that ``expect_...`` began to wait for."""
        _, args = self._client.first_of((expected,), self._timeout_s)
        return args[0] if args else None
'''
_SEND_SOCKETIO = """\
    def _send(self, request: Request) -> None:
        if request.payload is None:
            self._client.emit(request.event)
        else:
            self._client.emit(request.event, request.payload)
"""
_SEND_JSON = """\
    def _send(self, request: Request) -> None:
        self._client.send_json(request.payload)
"""
_SEND_EITHER = """\
    def _send(self, request: Request) -> None:
        if isinstance(request.payload, str):
            self._client.send_text(request.payload)
        else:
            self._client.send_json(request.payload)
"""


def socket_module(api: Api, session: Session, names: Names) -> str:
    """The text of the module."""
    classes = ["\n".join(_class(api, session, names, one)) for one in api.sockets]
    body = "\n\n\n".join(classes) + "\n"
    head = docstring([f"{api.title}: what goes over its sockets.", names.origin(api)], 0)
    user = ["", "if TYPE_CHECKING:", f"    from {names.user_module} import {names.user_class}"]
    above = [*imports(body, {}, typing=("TYPE_CHECKING",)), *user]
    return "\n".join([*head, "", *above, "", "", body])


def class_of(names: Names, socket: Socket) -> str:
    return f"{names.camel}{socket.class_name}Socket"


def _class(api: Api, session: Session, names: Names, socket: Socket) -> Iterator[str]:
    kind = "Socket.IO" if socket.protocol == "socketio" else "WebSocket"
    yield f"class {class_of(names, socket)}(ChatConnection):"
    yield from docstring([f"One {kind} connection of one person, ``{socket.opening.path}``."], 1)
    yield ""
    if socket.protocol == "websocket":
        yield from ('    protocol = "WS"', "    _client: MessageSocket", "")
    else:
        yield from ("    _client: SocketIOClient", "")
    yield from _init(names, socket)
    yield from ("", *_connect(api, session, socket), "", *_listen(socket), "")
    yield from _sending(socket).splitlines()
    for operation in socket.sends:
        yield from ("", *_method(socket, operation))
    heard = [one for one in socket.hears if one.event not in _answers(socket)]
    for one in heard:
        yield from ("", f"    def {one.name}(self) -> Expectation:")
        what = f"{one.title}: wait" if one.title else "Wait"
        yield from docstring([f"{what} for ``{one.event}`` from now on."], 2)
        yield f"        return self._client.expect({string(one.event)})"
    if heard:
        yield from ("", *_WAIT.splitlines())
    if any(one.acknowledged for one in socket.sends):
        yield from ("", *_CALL.splitlines())


def _sending(socket: Socket) -> str:
    if socket.protocol == "socketio":
        return _SEND_SOCKETIO
    texts = [one.body and isinstance(one.body.value, Literal) for one in socket.sends]
    return _SEND_EITHER if any(texts) else _SEND_JSON


def _answers(socket: Socket) -> set[str]:
    return {event for one in socket.sends for event in (*one.answers[:1], *one.errors)}


# Connecting.


def _init(names: Names, socket: Socket) -> Iterator[str]:
    given = [one.python for one in socket.opening.arguments]
    parts: list[tuple[str, Node]] = [("", "self"), ("", f"user: {names.user_class}")]
    parts += [("", f"{one}: str") for one in given]
    yield from lines(Group("def __init__(", parts, ") -> None:"), indent=1)
    yield "        super().__init__(user)"
    yield "        self._user = user"
    for one in given:
        yield f"        self._{one} = {one}"


def _connect(api: Api, session: Session, socket: Socket) -> Iterator[str]:
    headers, query = _credentials(api, session, socket)
    named: dict[str, Node] = {"name": string("chat")}
    if socket.protocol == "socketio":
        yield "    def _connect(self) -> SocketIOClient:"
        auth = list(_auth(session))
        if auth:
            named["auth"] = mapping(auth)
        if socket.opening.path != "/":
            named["namespace"] = string(socket.opening.path)
        if query:
            named["query"] = mapping(query)
    else:
        yield "    def _connect(self) -> MessageSocket:"
        if socket.key != "type":
            named["key"] = string(socket.key)
    if headers and "auth" not in named:
        named["headers"] = headers
    client = "SocketIO" if socket.protocol == "socketio" else "MessageSocket"
    yield from lines(call(f"{client}Options", **named), "options = ", indent=2)
    where: Node = "self._user.socket_url()"
    if socket.protocol == "websocket":
        yield from _url(socket, query)
        where = "url"
    opened = call(f"{_CLIENTS[socket.protocol]}.connect", "self._user.vu.network", where, "options")
    yield from lines(opened, "return ", indent=2)


_CLIENTS = {"socketio": "SocketIOClient", "websocket": "MessageSocket"}


def _url(socket: Socket, query: Sequence[tuple[str, Node]]) -> Iterator[str]:
    """``ws`` where HTTP's origin says ``http``, ``wss`` for ``https``."""
    parts: list[str | Code] = ["ws", Code("origin")]
    for piece in re.split(r"(\{[^{}]+\})", socket.opening.path):
        known = [one for one in socket.opening.parameters if piece == f"{{{one.name}}}"]
        if not known:
            parts.append(piece)
        elif known[0].value is None:
            parts.append(Code(f"self._{known[0].python}"))
        elif isinstance(known[0].value, Code):
            parts.append(_of_user(known[0].value))
        else:
            parts.append(str(getattr(known[0].value, "value", "")))
    yield '        origin = self._user.socket_url().removeprefix("http")'
    if query:
        yield from lines(mapping(query), "query = ", indent=2)
        parts += ["?", Code("urlencode(query)")]
    yield from lines(template(parts), "url = ", indent=2)


def _of_user(code: Code) -> Code:
    """What the user has, seen from its socket."""
    return Code(re.sub(r"\bself\.", "self._user.", code.text))


def _auth(session: Session) -> Iterator[tuple[str, Node]]:
    """What CONNECT says: everything that signing in gave to be known by."""
    sent = dict.fromkeys(v.text for v in session.sent.values() if isinstance(v, Code))
    wire = {gift.variable: gift.path.rpartition(".")[2] for s in session.steps for gift in s.keeps}
    for text in sent:
        name = text.removeprefix("self.")
        if name.isidentifier():
            yield wire.get(name, name), f"self._user.{name}"


def _credentials(
    api: Api, session: Session, socket: Socket
) -> tuple[Node | None, list[tuple[str, Node]]]:
    """Headers and query of the handshake."""
    name = session.credentials.get(session.as_headers(api, socket.opening))
    query: list[tuple[str, Node]] = [
        (api.schemes[key].name, _of_user(Code(flat(node_of(session.sent[key])))).text)
        for key in socket.opening.security
        if api.schemes[key].kind == "query"
    ]
    return (f"self._user.{name}" if name else None), query


def _listen(socket: Socket) -> Iterator[str]:
    counted = [one.event for one in socket.hears if _MESSAGES & set(words(one.event)[-1:])]
    yield "    def _listen(self) -> None:"
    yield from docstring(["What handles events that come unasked; it must not wait."], 2)
    for event in counted:
        yield f"        self._client.on({string(event)}, self._on_message)"
    if counted:
        yield from ("", "    def _on_message(self, *_: object) -> None:")
        yield '        self._recorder.add("chat_messages_received", 1)'


# Sending.


def _method(socket: Socket, operation: Operation) -> Iterator[str]:
    answered = bool(operation.answers) or operation.acknowledged
    yield from lines(signature(operation, "payload", "Any" if answered else "None"), indent=1)
    how = f"``{operation.event}``"
    if operation.answers:
        how += f"; ``{operation.answers[0]}`` answers it."
    elif operation.acknowledged:
        how += "; the server acknowledges it."
    yield from docstring(told(operation, how), 2)
    payload: Node = "None"
    field, ours = _correlation(socket, operation)
    if operation.body is not None and operation.body.value is not None:
        payload = "payload"
        value = _told_apart(operation.body.value, field)
        yield "        if payload is None:"
        yield from lines(node_of(value), "payload = ", indent=3)
    said = words(operation.event)
    is_message = bool(_MESSAGES & set(said[-1:]))
    kind = "room" if _JOINING & set(said) else "message" if is_message else "event"
    if kind == "message":
        yield '        self._recorder.add("chat_messages_sent", 1)'
    named: dict[str, Node] = {}
    if operation.answers and kind != "event":
        named["metric"] = string("chat_joining" if kind == "room" else "chat_round_trip")
    quoted = [string(one) for one in (operation.name, kind, operation.event)]
    request = call("Request", *quoted, payload, **named)
    if operation.answers:
        match = f"lambda answer, *_: answer.get({string(field)}) == {ours}"
        yield from _exchange(operation, request, match if field else "lambda *_: True")
    elif operation.acknowledged:
        yield from lines(call("self._call", request), "return ", indent=2)
    else:
        yield from lines(call("self._send", request), indent=2)


def _correlation(socket: Socket, operation: Operation) -> tuple[str, str]:
    """The field by which an answer is known as ours, and what it must be; empty without one."""
    fields = next((h.fields for h in socket.hears if h.event in operation.answers[:1]), ())
    body = operation.body
    if body is None or body.value is None:
        return "", ""
    if not isinstance(body.value, Object):
        found = [one for one in fields if norm(one) == norm(body.name)]
        return (found[0], "payload") if found else ("", "")
    common = [one for one in fields if one in body.value.items]
    best = [one for one in common if one in _TOLD_APART]
    best += [one for one in common if words(one)[-1:] in (["id"], ["uuid"])]
    return (best[0], f"payload[{string(best[0])}]") if best else ("", "")


def _told_apart(value: Value, field: str) -> Value:
    """A message that its sender knows again. Marks are short: longer ones hold banned words."""
    if not isinstance(value, Object) or field not in _TOLD_APART:
        return value
    said, mark = value.items[field], Code("self._vu.random.text(3)")
    if not isinstance(said, Literal):
        return value
    return Object({**value.items, field: Text((f"{said.value} ", mark, " ", mark))})


def _exchange(operation: Operation, request: Group, match: str) -> Iterator[str]:
    answer = Group("(", [("", string(operation.answers[0])), ("", match)], ")")
    named: dict[str, Node] = {}
    if operation.errors:
        inner = ", ".join(map(string, operation.errors))
        named["refusals"] = f"({inner}{',' if len(operation.errors) == 1 else ''})"
    yield from lines(call("self._exchange", request, answer, **named), "answer = ", indent=2)
    yield "        return answer[0] if answer else None"
