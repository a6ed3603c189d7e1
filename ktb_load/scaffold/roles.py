"""Which calls register, log in, renew a session, end it, and delete the account."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from ktb_load.scaffold.model import Api, Operation, Role
from ktb_load.scaffold.naming import norm, singular
from ktb_load.scaffold.operation_names import statics
from ktb_load.scaffold.properties import Meaning, meaning, properties_of

_REGISTER = re.compile(r"register|signup|registration|^create(user|account|member)$")
_LOG_IN = re.compile(r"login|signin|authenticate|devtoken|accesstoken|^token$|^sessions?$")
_REFRESH = re.compile(r"refresh|reissue|renew")
_LOG_OUT = re.compile(r"logout|signout|logoff")
_WITHDRAW = re.compile(r"withdraw|unregister|^delete(my)?(account|user|me|member)$")
_PEOPLE = frozenset({"user", "account", "member", "me", "customer"})
_NOT_SIGNING_IN = re.compile(r"verif|validate|check|confirm|reset|find|code|callback")


def find_roles(api: Api) -> None:
    """Give every role to the operation that fits best, the first of equals."""
    for role, fits in _TESTS.items():
        fitting = [one for one in api.operations if one.role is Role.PLAIN and fits(api, one)]
        if role in (Role.REGISTER, Role.LOG_IN):  # one of each
            fitting = sorted(fitting, key=partial(_unlikely, api))[:1]
        for operation in fitting:
            operation.role = role


def _said(operation: Operation) -> list[str]:
    """The end of the path, and the document's name for it."""
    return [norm(name) for name, _ in statics(operation)[-1:]] + [norm(operation.name)]


def _says(operation: Operation, pattern: re.Pattern[str]) -> bool:
    return any(pattern.search(said) for said in _said(operation))


def _has_password(operation: Operation) -> bool:
    return any(meaning(name) is Meaning.PASSWORD for name in properties_of(operation))


def _is_personal(operation: Operation) -> bool:
    return any(meaning(name) is not Meaning.OTHER for name in properties_of(operation))


def _unlikely(api: Api, operation: Operation) -> tuple[bool, bool, bool, int]:
    return (
        not _gives_a_token(api, operation),
        not _has_password(operation),
        not _is_personal(operation),
        len(operation.segments),
    )


def _gives_a_token(api: Api, operation: Operation) -> bool:
    """Whether the document itself takes out of its answer what schemes send."""
    wanted = {name for scheme in api.schemes.values() for name in scheme.variables}
    return bool(wanted & {gift.variable for gift in operation.captures})


def _registers(api: Api, operation: Operation) -> bool:
    if operation.method not in ("POST", "PUT") or "{" in operation.path:
        return False
    if _says(operation, _NOT_SIGNING_IN):
        return False
    people = [norm(singular(name)) for name, _ in statics(operation)[-1:]]
    makes_people = bool(_PEOPLE & set(people)) and operation.method == "POST"
    return (_says(operation, _REGISTER) and _is_personal(operation)) or (
        makes_people and _has_password(operation)
    )


def _logs_in(api: Api, operation: Operation) -> bool:
    if operation.method != "POST" or "{" in operation.path or _says(operation, _REFRESH):
        return False
    if _gives_a_token(api, operation):
        return True
    if _says(operation, _NOT_SIGNING_IN) or _says(operation, _LOG_OUT):
        return False
    return _says(operation, _LOG_IN) and bool(properties_of(operation))


def _refreshes(api: Api, operation: Operation) -> bool:
    return (
        "{" not in operation.path
        and _says(operation, _REFRESH)
        and "token" in "".join(norm(name) for leaf in operation.leaves for name in leaf.path[-1:])
    )


def _logs_out(api: Api, operation: Operation) -> bool:
    ends = [norm(singular(name)) for name, _ in statics(operation)[-1:]] == ["session"]
    return _says(operation, _LOG_OUT) or (
        operation.method == "DELETE" and ends and "{" not in operation.path
    )


def _deletes_account(api: Api, operation: Operation) -> bool:
    if "{" in operation.path or operation.method not in ("DELETE", "POST", "PATCH"):
        return False
    people = {norm(singular(name)) for name, _ in statics(operation)[-1:]}
    return _says(operation, _WITHDRAW) or (operation.method == "DELETE" and bool(people & _PEOPLE))


_TESTS: dict[Role, Callable[[Api, Operation], bool]] = {
    Role.REGISTER: _registers,
    Role.LOG_IN: _logs_in,
    Role.LOG_OUT: _logs_out,
    Role.REFRESH: _refreshes,
    Role.DELETE_ACCOUNT: _deletes_account,
}
