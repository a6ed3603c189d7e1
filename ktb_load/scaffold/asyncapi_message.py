"""One message of AsyncAPI: its event, its payload, the events that answer it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ktb_load.scaffold.cursor import Cursor
from ktb_load.scaffold.model import Body, Operation, Socket
from ktb_load.scaffold.naming import norm, words
from ktb_load.scaffold.samples import sample
from ktb_load.scaffold.schema import shape_of
from ktb_load.scaffold.values import Literal, Object, Value, of_json

_KEYS = ("type", "event", "action", "cmd", "command", "op", "kind", "eventType", "messageType")
"""Fields that name the event of a JSON message."""
_GOOD = ("success", "succeeded", "ok", "result", "response", "reply", "ack", "done", "ed", "d")
_BAD = ("error", "failed", "failure", "rejected", "exception", "denied", "refused")


@dataclass
class Message:
    """One message."""

    name: str
    title: str = ""
    text: str = ""
    payload: Value | None = None
    payload_name: str = ""
    """What a payload that is a plain value is called."""
    key: str = ""
    constant: str = ""
    """The field that names the event, and what it says."""
    acknowledged: bool = False
    answers: list[tuple[str, str]] = field(default_factory=list)
    event: str = ""

    @property
    def is_text(self) -> bool:
        return isinstance(self.payload, Literal) and isinstance(self.payload.value, str)

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(self.payload.items) if isinstance(self.payload, Object) else ()

    def as_operation(self) -> Operation:
        """The message as something that a user does."""
        body = None if self.payload is None else Body("json", self.payload, name=self.payload_name)
        return Operation(
            "EMIT",
            "",
            group="socket",
            title=self.title,
            text=self.text,
            hint=self.event if self.event not in ("json", "text") else self.name,
            body=body,
            event=self.event,
            acknowledged=self.acknowledged,
        )


def read_message(cursor: Cursor, fallback: str) -> Message:
    """Read a message; ``fallback`` is its name if it has none itself."""
    if not isinstance(cursor.value, dict):
        cursor.fault("a message is a mapping", "write `payload: ...` below it")
        return Message(fallback)
    schema = cursor["payload"]
    if schema["schema"] and schema["schemaFormat"]:
        schema = schema["schema"]
    message = Message(
        cursor["name"].text() or cursor["messageId"].text() or fallback,
        title=cursor["title"].text() or cursor["summary"].text(),
        text=cursor["description"].text(),
        acknowledged=bool(cursor["x-ack"]),
    )
    if schema:
        example = cursor["examples"][0]["payload"]
        message.payload = of_json(example.value) if example else sample(schema)
        shape = shape_of(schema)
        said = shape.fact("title")
        message.payload_name = said if isinstance(said, str) else ""
        _find_key(message)
    for one in cursor["x-answers"].elements():
        message.answers.append((one.text(), one.text()))
    return message


def _find_key(message: Message) -> None:
    if isinstance(message.payload, Object):
        for key in _KEYS:
            value = message.payload.items.get(key)
            if isinstance(value, Literal) and isinstance(value.value, str):
                message.key, message.constant = key, value.value
                return


def find_answers(socket: Socket) -> None:
    """Answers and refusals of what is sent, by their names where the document says nothing."""
    heard = [one.event for one in socket.hears]
    for operation in socket.sends:
        others = [event for event in heard if event != operation.event]
        if not operation.answers and not operation.acknowledged:
            operation.answers = _named_after(operation.event, others, _GOOD)
        operation.errors = [
            *_named_after(operation.event, others, _BAD),
            *(event for event in others if norm(event) in ("error", "exception")),
        ]


def _named_after(event: str, others: Sequence[str], suffixes: Sequence[str]) -> list[str]:
    """``joinRoomSuccess`` and ``joinedRoom`` of ``joinRoom``, in any spelling."""
    said = words(event)
    good = "ed" in suffixes
    found = []
    for other in others:
        after = norm(other).removeprefix(norm(event))
        past = good and _is_past(said, words(other))
        if (after != norm(other) and after in suffixes) or past:
            found.append(other)
    return found


def _is_past(said: Sequence[str], other: Sequence[str]) -> bool:
    """``join room`` and ``joined room``, or ``room joined``."""
    if not said or len(said) != len(other):
        return False
    verb, rest = said[0], sorted(said[1:])
    forms = {f"{verb}ed", f"{verb}d", f"{verb}{verb[-1]}ed", _IRREGULAR.get(verb, "")}
    return any(one in forms and sorted(_without(other, one)) == rest for one in other)


def _without(items: Sequence[str], one: str) -> list[str]:
    left = list(items)
    left.remove(one)
    return left


_IRREGULAR = {"leave": "left", "send": "sent", "make": "made", "read": "read", "begin": "began"}
