"""What the properties of a request mean, as far as names tell: e-mail, password, user name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum

from ktb_load.scaffold.model import Operation, Role
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
    user useruuid
    """
)
_TITLES = frozenset({"name", "title", "subject", "nickname"})
_MARK = 6
_OWN_NAMES = table("nickname nick handle displayname screenname")
"""What people are called; some servers let nobody else be called so."""


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


def is_own(name: str) -> bool:
    """Whether a property should differ from one account to the next."""
    return meaning(name) is not Meaning.OTHER or norm(name) in _OWN_NAMES


def properties_of(operation: Operation) -> Mapping[str, Value]:
    """The properties at the top of what it sends, or below the one that wraps all others."""
    value = operation.body.value if operation.body else None
    return _unwrapped(value).items if isinstance(value, Object) else {}


def _unwrapped(value: Object) -> Object:
    inner = next(iter(value.items.values()), None)
    return inner if len(value.items) == 1 and isinstance(inner, Object) else value


def replaced(operation: Operation, change: Callable[[str, Value], Value]) -> None:
    """Change the plain values of a body, wherever in it they are."""
    if operation.body is not None and operation.body.value is not None:
        operation.body.value = _replaced(operation.body.value, change)


def _replaced(value: Value, change: Callable[[str, Value], Value]) -> Value:
    if isinstance(value, Object):
        return Object(
            {
                name: _replaced(one, change)
                if isinstance(one, Object | Array)
                else change(name, one)
                for name, one in value.items.items()
            }
        )
    if isinstance(value, Array):
        return Array(tuple(_replaced(one, change) for one in value.items))
    return value


def is_about_oneself(operation: Operation) -> bool:
    """Whether a call changes the account of whoever makes it."""
    if operation.role is not Role.PLAIN or "password" in norm(operation.path):
        return True
    thing = made_by(operation).rpartition("_")[2]
    return operation.method in ("PUT", "PATCH") and thing in ("user", "me", "account", "profile")


def told_apart(operation: Operation) -> None:
    """Let the names of what a call makes differ, so that people find their own again."""
    value = operation.body.value if operation.body else None
    if operation.method != "POST" or not isinstance(value, Object):
        return
    inner = _unwrapped(value)
    named = Object({name: _named(operation, name, one) for name, one in inner.items.items()})
    assert operation.body is not None
    operation.body.value = named if inner is value else Object(dict.fromkeys(value.items, named))


def _named(operation: Operation, name: str, value: Value) -> Value:
    said = value.value if isinstance(value, Literal) else None
    if not isinstance(value, Literal) or not isinstance(said, str) or value.spare < _MARK + 1:
        return value
    if not _TITLES & set(words(name)[-1:]):
        return value
    if said == " ".join(words(name)):  # nobody gave an example
        said = made_by(operation).replace("_", " ") or said
    return Text((f"{said} ", Code(f"self.vu.random.text({_MARK})")))
