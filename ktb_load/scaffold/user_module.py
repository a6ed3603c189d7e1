"""The module of the user class: one method for each call, and how its user signs in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ktb_load.scaffold import method
from ktb_load.scaffold.imports import imports
from ktb_load.scaffold.layout import (
    Group,
    call,
    docstring,
    flat,
    lines,
    mapping,
    node_of,
    string,
    template,
)
from ktb_load.scaffold.model import Api
from ktb_load.scaffold.project_names import Names
from ktb_load.scaffold.session import Session
from ktb_load.scaffold.socket_module import class_of
from ktb_load.scaffold.values import Code, Literal, Text, Value, Variable

_NO_HOST = "http://localhost:8080"

_TAKEN = '''\
def taken(response: Response, path: str) -> Any:
    """What an answer has at ``path``; the iteration ends where there is nothing."""
    found = response.json(path)
    if not check(response, {f"{path} is in the answer": found is not None}):
        fail(f"{response.url} answers {response.status} without {path}")
    return found
'''
_BASIC = '''\
def basic(user: str, password: str) -> str:
    """Basic credentials, RFC 7617."""
    return "Basic " + b64encode(f"{user}:{password}".encode()).decode()
'''


def user_module(api: Api, session: Session, names: Names) -> str:
    """The text of the module."""
    text = "\n".join(_class(api, session, names)) + "\n"
    functions = [
        function
        for name, function in (("taken", _TAKEN), ("basic", _BASIC))
        if re.search(rf"\b{name}\(", text)
    ]
    body = "\n\n".join([text, *functions])
    told = docstring(
        [f"{api.title}: what a person can do there, as methods.", names.origin(api)], 0
    )
    sockets = {class_of(names, one): names.socket_module for one in api.sockets}
    return "\n".join([*told, "", *imports(body, sockets), "", "", body])


def _class(api: Api, session: Session, names: Names) -> Iterator[str]:
    yield f"class {names.user_class}(LoadUser):"
    settings = [f"``{names.setting(one)}``" for one in session.settings]
    more = f"Settings: {', '.join(settings)}." if settings else ""
    yield from docstring([f"One person in {api.title}. {more}".strip()], 1)
    yield ""
    yield "    abstract = True"
    yield f"    system = {string(names.system)}"
    yield f"    host = {string(api.host or api.socket_host or _NO_HOST)}"
    yield from _socket_attributes(api)
    attributes = [*session.settings, *session.identity]
    if attributes or session.kept:
        yield ""
    for name in dict.fromkeys(attributes):
        yield f'    {name}: str = ""'
    for name, kind in session.kept.items():
        yield f"    {name}: {kind} = {0 if kind == 'int' else string('')}"
    yield from _begin(api)
    yield from _sign_in(session, names)
    yield from _credentials(api, session)
    yield from _sockets(api, names)
    for group in dict.fromkeys(one.group for one in api.operations):
        yield from ("", f"    # {group.replace('_', ' ').capitalize()}.")
        for operation in api.operations:
            if operation.group == group:
                yield ""
                yield from method.method(api, session, operation)


def _socket_attributes(api: Api) -> Iterator[str]:
    if not api.sockets:
        return
    own = api.socket_host and api.socket_host != api.host
    where = f"``{api.socket_host}``" if own else "the host"
    yield from ("", '    socket_host: str = ""')
    yield from docstring([f"The origin of the sockets; empty: {where}."], 1)
    yield from ("", "    answer_timeout_s: float = 10.0")
    told = "How long an event may take to be answered before it counts as a time-out."
    yield from docstring([told], 1)


def _begin(api: Api) -> Iterator[str]:
    if api.sockets:
        yield from ("", "    def __init__(self, environment: Any) -> None:")
        yield "        super().__init__(environment)"
        yield "        self.message_numbers: dict[str, int] = {}"


def _sockets(api: Api, names: Names) -> Iterator[str]:
    if not api.sockets:
        return
    own = api.socket_host and api.socket_host != api.host
    default = string(api.socket_host) if own else 'cls.host or ""'
    yield from ("", "    # Sockets.", "", "    @classmethod")
    yield "    def endpoints(cls) -> Mapping[str, str]:"
    yield '        return {"host": cls.host or "", "socket_host": cls.socket_url()}'
    yield from ("", "    @classmethod", "    def socket_url(cls) -> str:")
    yield f"        return cls.socket_host or {default}"
    for one in api.sockets:
        given = [argument.python for argument in one.opening.arguments]
        head = [("", "self"), *(("", f"{argument}: str") for argument in given)]
        made = class_of(names, one)
        yield ""
        yield from lines(Group(f"def {one.opening.name}(", head, f") -> {made}:"), indent=1)
        yield from docstring(["Open it; use it in a ``with`` statement, which closes it."], 2)
        yield f"        return {flat(call(made, 'self', *given))}.open()"


def _sign_in(session: Session, names: Names) -> Iterator[str]:
    if not (session.settings or session.steps):
        return
    yield from ("", "    def on_start(self) -> None:", "        self.sign_in()", "")
    yield "    def sign_in(self) -> None:"
    yield from docstring([_how(session)], 2)
    for name, default in session.settings.items():
        asked = call("setting", string(names.setting(name)), string(default))
        yield from lines(asked, f"self.{name} = ", indent=2)
    for name, value in session.identity.items():
        yield from lines(node_of(value), f"self.{name} = ", indent=2)
    for operation in session.steps:
        yield f"        self.{operation.name}()"


def _how(session: Session) -> str:
    if session.register is not None:
        return "Make an account, and sign in with it."
    if session.log_in is not None:
        return "Sign in with the account of the settings: all users share it."
    return "What only people know comes from settings."


def _credentials(api: Api, session: Session) -> Iterator[str]:
    for keys, name in session.credentials.items():
        yield from ("", "    @property", f"    def {name}(self) -> dict[str, str]:")
        yield from docstring(["What the server knows this user by."], 2)
        yield from lines(mapping(_headers(api, session, keys)), "return ", indent=2)


def _headers(api: Api, session: Session, keys: Sequence[str]) -> Iterator[tuple[str, str]]:
    cookies: list[str | Code | Variable] = []
    for key in keys:
        scheme, value = api.schemes[key], session.sent[key]
        if scheme.kind == "cookie":
            cookies += [*(["; "] if cookies else []), f"{scheme.name}=", _code(value)]
        elif scheme.kind == "bearer":
            yield "Authorization", template((f"{scheme.prefix} ", _code(value)))
        else:
            yield scheme.name, _text(value)
    if cookies:
        yield "Cookie", template(cookies)


def _code(value: Value) -> Code:
    return value if isinstance(value, Code) else Code(flat(node_of(value)))


def _text(value: Value) -> str:
    return flat(node_of(value if isinstance(value, Code | Text) else Literal(str(value))))
