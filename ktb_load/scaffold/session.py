"""Who signs in, and what the server knows them by afterwards.

The calls that register, log in, renew, log out and delete the account are told by their names and
by what they send and answer: guesses, which the generated code shows plainly.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ktb_load.scaffold.model import Api, Gift, Operation, Role, Scheme
from ktb_load.scaffold.naming import argument, norm, snake
from ktb_load.scaffold.properties import (
    Meaning,
    at_random,
    is_about_oneself,
    is_own,
    meaning,
    properties_of,
    replaced,
)
from ktb_load.scaffold.roles import find_roles
from ktb_load.scaffold.samples import PASSWORD
from ktb_load.scaffold.values import Array, Code, Literal, Object, Value

_TOKENS = (
    *("accesstoken", "token", "jwt", "jwttoken", "idtoken", "authtoken", "bearertoken", "apitoken"),
    *("access", "bearer", "sessiontoken", "authorization"),
)
"""What answers call a token, the likeliest first."""
GUESSED_TOKEN = "accessToken"


@dataclass
class Session:
    """How a user of the back end signs in."""

    register: Operation | None = None
    log_in: Operation | None = None
    identity: dict[str, Value] = field(default_factory=dict)
    """Attribute -> what ``sign_in`` sets it to: what the account is known by."""
    kept: dict[str, str] = field(default_factory=dict)
    """Attribute -> its type: what answers gave."""
    settings: dict[str, str] = field(default_factory=dict)
    """Attribute -> its value if nobody sets it: what only people know."""
    sent: dict[str, Value] = field(default_factory=dict)
    """Scheme -> the value that it sends; what the cookie jar sends is missing."""
    methods: frozenset[str] = frozenset()
    """Names that attributes cannot have."""
    by_cookie: bool = False
    """Whether the server knows its caller by a cookie of its own."""
    credentials: dict[tuple[str, ...], str] = field(default_factory=dict)
    """Schemes that headers send -> the property that holds those headers."""

    def as_headers(self, api: Api, operation: Operation) -> tuple[str, ...]:
        """The schemes of an operation that headers send."""
        return tuple(
            key
            for key in operation.security
            if api.schemes[key].kind != "query" and key in self.sent
        )

    @property
    def steps(self) -> list[Operation]:
        """The calls of ``sign_in``."""
        return [one for one in (self.register, self.log_in) if one is not None]

    def attribute(self, name: str) -> str:
        """What the attribute for a name of the document is called."""
        attribute = argument(name)
        return f"{attribute}_value" if attribute in self.methods else attribute

    def keep(self, operation: Operation, gift: Gift) -> Code:
        """Let an answer's value stay on ``self``."""
        gift = replace(gift, variable=self.attribute(gift.variable))
        if all(gift.variable != one.variable for one in operation.keeps):
            operation.keeps.append(gift)
        self.kept[gift.variable] = "int" if gift.type == "integer" else "str"
        return Code(f"self.{gift.variable}")

    def set_by_people(self, name: str, default: str = "") -> Code:
        """A value that the document does not give."""
        name = self.attribute(name)
        self.settings.setdefault(name, default)
        return Code(f"self.{name}")


def find_session(api: Api) -> Session:
    """Find out who signs in, and let every operation send what it has to."""
    session = Session(methods=frozenset(one.name for one in api.operations))
    find_roles(api)
    for operation in api.operations:
        if operation.role is Role.REGISTER:
            session.register = operation
        elif operation.role is Role.LOG_IN:
            session.log_in = operation
    _suppose_a_token(api, session)
    _set_identity(session)
    for key, scheme in api.schemes.items():
        if scheme.kind == "cookie" and session.log_in is not None:
            session.by_cookie = True
        else:
            session.sent[key] = _sent(api, session, scheme)
    if not session.kept and not api.schemes and session.log_in is not None:
        session.by_cookie = True
    _strip_sign_in(api, session)
    _send_what_is_known(api, session)
    _name_credentials(api, session)
    return session


# The account.


def _set_identity(session: Session) -> None:
    """Attributes for what signing in sends, the same in both calls."""
    first = session.register or session.log_in
    if first is None:
        return
    sent = properties_of(first).items()
    own = [n for n, value in sent if is_own(n) and not isinstance(value, Object | Array)]
    if session.register is None:
        own = [n for n in own if _literal(first, n)] or [n for n, _ in sent if _literal(first, n)]
    attributes: dict[str, str] = {}
    for name in own:
        is_password = meaning(name) is Meaning.PASSWORD
        if not is_password or Meaning.PASSWORD.value not in attributes.values():
            attributes[name] = Meaning.PASSWORD.value if is_password else session.attribute(name)
    for name, attribute in attributes.items():
        literal = _literal(first, name)
        if session.register is None:
            session.set_by_people(attribute, literal)
        elif attribute == Meaning.PASSWORD.value:
            session.identity[attribute] = Literal(literal or PASSWORD)
        else:
            session.identity[attribute] = at_random(meaning(name), literal)
    for operation in session.steps:
        replaced(operation, lambda name, value: _account(attributes, name) or value)
    _forget_what_only_one_sends(session)


def _account(attributes: dict[str, str], name: str) -> Value | None:
    """The attribute that a property of a sign-in call takes; None for what is no credential."""
    kind = meaning(name)
    if kind is Meaning.PASSWORD and Meaning.PASSWORD.value in attributes.values():
        return Code(f"self.{Meaning.PASSWORD.value}")
    same = [attributes[one] for one in attributes if norm(one) == norm(name)]
    if not same and kind is Meaning.LOGIN:  # a name to log in with that is the e-mail address
        for wanted in (Meaning.LOGIN, Meaning.EMAIL, Meaning.PHONE):
            same += [attributes[one] for one in attributes if meaning(one) is wanted]
    return Code(f"self.{same[0]}") if same else None


def _forget_what_only_one_sends(session: Session) -> None:
    """What registering alone sends need not be kept."""
    if session.register is None or session.log_in is None:
        return
    kept = {name: Code(f"self.{name}") for name in session.identity}
    sent = properties_of(session.log_in).values()
    alone = {mine: session.identity.pop(name) for name, mine in kept.items() if mine not in sent}
    replaced(
        session.register,
        lambda _, value: alone.get(value, value) if isinstance(value, Code) else value,
    )


def _literal(operation: Operation, name: str) -> str:
    """The text that a property has so far; empty where it is something else."""
    found = properties_of(operation).get(name)
    return found.value if isinstance(found, Literal) and isinstance(found.value, str) else ""


# Tokens.


def _suppose_a_token(api: Api, session: Session) -> None:
    """A document without security schemes whose login gives a token: it is a bearer's."""
    giver = session.log_in or session.register
    if api.schemes or giver is None or _token(giver) is None:
        return
    api.schemes["bearer"] = Scheme("bearer", "Authorization")
    says_so = any(401 in one.refusals for one in api.operations)
    for operation in api.operations:
        if 401 in operation.refusals or not says_so:
            operation.security = ("bearer",)
    api.notes.append(
        f"the document has no securitySchemes: the token of {giver.name}() is sent as a bearer's"
    )


def _token(operation: Operation) -> Gift | None:
    """The token in an answer."""
    for name in _TOKENS:
        for leaf in operation.leaves:
            if norm(leaf.path[-1]) == name and leaf.type == "string":
                return Gift("token", leaf.dotted)
    return None


def _sent(api: Api, session: Session, scheme: Scheme) -> Value:
    """What one scheme sends."""
    if scheme.kind == "basic":
        return Code(f"basic({', '.join(_basic(session, scheme))})")
    if scheme.variables:
        return _of_variable(api, session, scheme.variables[0])
    giver = session.log_in or session.register
    if scheme.kind != "bearer":
        own = _named_like(session.steps, scheme.name)
        if own is None and "token" in norm(scheme.name) and giver is not None:
            own = (giver, _token(giver) or Gift("token", GUESSED_TOKEN))
        return session.keep(*own) if own else session.set_by_people(argument(scheme.name))
    found = _token(giver) if giver is not None else None
    if giver is None or (found is None and giver is not session.log_in):
        return session.set_by_people("token")
    if found is None:
        note = f"where {giver.name}() answers its token is a guess: {GUESSED_TOKEN!r}"
        api.notes += [note] if note not in api.notes else []
    return session.keep(giver, found or Gift("token", GUESSED_TOKEN))


def _of_variable(api: Api, session: Session, variable: str) -> Code:
    """A variable that the document itself fills from answers, or from its settings."""
    name = session.attribute(variable)
    for operation in api.operations:
        for gift in operation.captures:
            if gift.variable == variable:
                session.keep(operation, Gift(name, gift.path, gift.type))
    if name not in session.kept:
        return session.set_by_people(name, api.settings.get(variable, ""))
    return Code(f"self.{name}")


def _basic(session: Session, scheme: Scheme) -> list[str]:
    """User name and password."""
    if scheme.variables:
        return [session.set_by_people(argument(one)).text for one in scheme.variables]
    names = [one for one in session.identity if one != Meaning.PASSWORD.value]
    if names and Meaning.PASSWORD.value in session.identity:
        return [f"self.{names[0]}", f"self.{Meaning.PASSWORD.value}"]
    return [session.set_by_people("username").text, session.set_by_people("password").text]


def _named_like(operations: Sequence[Operation], name: str) -> tuple[Operation, Gift] | None:
    """A value of a sign-in answer that a header is named after: sessionId for x-session-id."""
    for operation in reversed(operations):
        for leaf in operation.leaves:
            said = norm(leaf.path[-1])
            if len(said) > 3 and norm(name).endswith(said):
                return operation, Gift(argument(leaf.path[-1]), leaf.dotted, leaf.type)
    return None


def _strip_sign_in(api: Api, session: Session) -> None:
    """Signing in cannot send what it has yet to get."""
    from_people = {f"self.{name}" for name in session.settings}
    for operation in session.steps:
        operation.security = tuple(
            key
            for key in operation.security
            if isinstance(sent := session.sent.get(key), Code) and sent.text in from_people
        )
    for operation in api.operations:
        if operation.role is Role.REFRESH:
            _renew(session, operation)


def _renew(session: Session, operation: Operation) -> None:
    """What signing in keeps is kept anew where it is renewed."""
    for step in session.steps:
        for gift in list(step.keeps):
            last = norm(gift.path.rpartition(".")[2])
            for leaf in operation.leaves:
                if norm(leaf.path[-1]) == last:
                    session.keep(operation, Gift(gift.variable, leaf.dotted, leaf.type))
                    break


def _name_credentials(api: Api, session: Session) -> None:
    """What most calls send is plainly called so. Socket.IO says it in CONNECT, not in headers."""
    handshakes = [one.opening for one in api.sockets if one.protocol == "websocket"]
    calls = [*api.operations, *handshakes]
    counted = Counter(keys for one in calls if (keys := session.as_headers(api, one)))
    for keys, _ in counted.most_common():
        name = f"credentials_{snake('_'.join(keys))}" if session.credentials else "credentials"
        again = name in session.credentials.values()
        session.credentials[keys] = f"{name}_{len(session.credentials)}" if again else name


def _send_what_is_known(api: Api, session: Session) -> None:
    """Refresh tokens, old and new passwords: what the session has is what other calls send."""
    for operation in api.calls:
        if operation in session.steps:
            continue

        def known(name: str, value: Value, personal: bool = is_about_oneself(operation)) -> Value:
            if personal and meaning(name) is Meaning.PASSWORD and "password" in session.identity:
                return Code("self.password")
            if personal and norm(name) in {norm(one) for one in session.identity}:
                return Code(f"self.{session.attribute(name)}")
            if personal and is_own(name) and isinstance(value, Literal):
                return at_random(meaning(name), "")
            if "token" in norm(name) and isinstance(value, Literal):
                found = _named_like(session.steps, name)
                return session.keep(*found) if found else value
            return value

        replaced(operation, known)
