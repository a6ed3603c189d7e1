"""One message of AsyncAPI: its event, its payload, the events that answer it."""

from __future__ import annotations

from dataclasses import dataclass, field

from ktb_load.scaffold.cursor import Cursor
from ktb_load.scaffold.model import Body, Operation, Socket
from ktb_load.scaffold.naming import norm, words
from ktb_load.scaffold.samples import sample
from ktb_load.scaffold.schema import shape_of
from ktb_load.scaffold.values import Literal, Object, Value, of_json

_KEYS = ("type", "event", "action", "cmd", "command", "op", "kind", "eventType", "messageType")
"""Fields that name the event of a JSON message."""
_GOOD = ("success", "succeeded", "ok", "result", "response", "reply", "ack", "done")
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
    answers: list[Message | str] = field(default_factory=list)
    """Messages that answer it, or their events."""
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
        message.answers.append(one.text())
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
            operation.answers = [
                event
                for event in others
                if _ends(operation.event, event) in _GOOD or _is_past(operation.event, event)
            ]
        operation.errors = [
            event
            for event in others
            if _ends(operation.event, event) in _BAD or norm(event) in ("error", "exception")
        ]


def _ends(event: str, other: str) -> str:
    """``success`` of joinRoom and joinRoomSuccess, in any spelling; empty where they differ."""
    begins = norm(other).startswith(norm(event))
    return norm(other).removeprefix(norm(event)) if begins else ""


def _is_past(event: str, other: str) -> bool:
    """``join room`` and ``joined room``, or ``room joined``."""
    said, heard = sorted(words(event)), words(other)
    for verb in said:
        forms = (f"{verb}ed", f"{verb}d", f"{verb}{verb[-1]}ed", _IRREGULAR.get(verb))
        if sorted(verb if word in forms else word for word in heard) == said != sorted(heard):
            return True
    return False


_IRREGULAR = {"leave": "left", "send": "sent", "make": "made", "begin": "began"}
