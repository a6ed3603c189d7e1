"""What the properties of a request mean, as far as names tell: e-mail, password, user name."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from ktb_load.scaffold.model import Operation
from ktb_load.scaffold.naming import norm, table, words
from ktb_load.scaffold.operation_names import made_by
from ktb_load.scaffold.values import Array, Code, Literal, Object, Text, Value


class Meaning(Enum):
    """The value is what an attribute of it is called."""

    EMAIL = "email"
    PASSWORD = "password"
    LOGIN = "username"
    PHONE = "phone"
    OTHER = ""


_PASSWORDS = frozenset({"password", "passwd", "pwd", "pw", "passcode", "passphrase"})
_EMAILS = frozenset({"email", "mail"})
_PHONES = frozenset({"phone", "mobile", "tel", "cellphone"})
_LOGINS = table(
    """
    username loginid userid id account accountid accountname memberid login loginname userlogin
    handle nickname nick user useruuid
    """
)
_TITLES = frozenset({"name", "title", "subject", "nickname"})


def meaning(name: str) -> Meaning:
    """What a property is, by its name."""
    said = words(name)
    if _PASSWORDS & set(said):
        return Meaning.PASSWORD
    if said and (said[-1] in _EMAILS or norm(name) in ("emailaddress", "mailaddress")):
        return Meaning.EMAIL
    if said and (said[-1] in _PHONES or norm(name) in ("phonenumber", "mobilenumber", "phoneno")):
        return Meaning.PHONE
    return Meaning.LOGIN if norm(name) in _LOGINS else Meaning.OTHER


def at_random(kind: Meaning, example: str) -> Value:
    """What differs from one account to the next."""
    if kind is Meaning.EMAIL:
        return Text((Code("self.vu.random.text(12)"), "@load.test"))
    if kind is Meaning.PHONE:
        four = Code("self.vu.random.integer(1000, 9999)")
        dash = "-" if "-" in example or not example else ""
        return Text((f"010{dash}", four, dash, four) if dash else ("010", four, four))
    return Text(("user", Code("self.vu.random.text(8)")))


def names_of(operation: Operation) -> list[str]:
    """The properties at the top of what it sends."""
    value = operation.body.value if operation.body else None
    return list(value.items) if isinstance(value, Object) else []


def replaced(operation: Operation, change: Callable[[str, Value], Value]) -> None:
    """Change the properties of a body, those further down as well."""
    if operation.body is not None and operation.body.value is not None:
        operation.body.value = _replaced(operation.body.value, change)


def _replaced(value: Value, change: Callable[[str, Value], Value]) -> Value:
    if isinstance(value, Object):
        items = {name: _replaced(change(name, one), change) for name, one in value.items.items()}
        return Object(items)
    if isinstance(value, Array):
        return Array(tuple(_replaced(one, change) for one in value.items))
    return value


def told_apart(operation: Operation) -> None:
    """Let the names of what a call makes differ, so that people find their own again."""
    if operation.method != "POST":
        return
    value = operation.body.value if operation.body else None
    for name in names_of(operation):
        assert operation.body is not None and isinstance(value, Object)
        found = value.items[name]
        if not isinstance(found, Literal) or not isinstance(found.value, str):
            continue
        if words(name)[-1:] and words(name)[-1] in _TITLES and found.spare >= 7:
            said = found.value
            if said == " ".join(words(name)):  # nobody gave an example
                said = made_by(operation).replace("_", " ") or said
            made = Text((f"{said} ", Code("self.vu.random.text(6)")))
            operation.body.value = value = Object({**value.items, name: made})
