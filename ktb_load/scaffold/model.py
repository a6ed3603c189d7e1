"""What the readers make of a document, and what the writers write: no format's words are left here.

An operation says what it sends (values, some with variables in them), what it answers, and how its
caller is known. ``session`` and ``links`` settle the variables.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property

from ktb_load.scaffold.naming import norm
from ktb_load.scaffold.schema import Leaf
from ktb_load.scaffold.values import Value


class Role(Enum):
    """What a call is for its caller's session."""

    PLAIN = "plain"
    REGISTER = "register"
    LOG_IN = "log in"
    REFRESH = "refresh"
    LOG_OUT = "log out"
    DELETE_ACCOUNT = "delete account"


@dataclass
class Parameter:
    """One value outside of the body."""

    name: str
    """On the wire."""
    place: str
    """``path``, ``query``, ``header`` or ``cookie``."""
    required: bool
    value: Value | None
    """What is sent when the caller says nothing; None where nobody knows."""
    type: str = "string"
    python: str = ""
    """The argument; empty where the value is not the caller's business."""


@dataclass(frozen=True)
class File:
    """A part of a multipart body that is a file."""

    name: str
    media_type: str


@dataclass
class Body:
    """``kind``: json, form, multipart, text or bytes."""

    kind: str
    value: Value | None
    media_type: str = ""
    files: Sequence[File] = ()
    name: str = ""
    """What a value is called that is no object."""


@dataclass(frozen=True)
class Gift:
    """A value in an answer that something else needs."""

    variable: str
    path: str
    """Dotted, below the top of the answer."""
    type: str = "string"


@dataclass(frozen=True)
class Scheme:
    """How a caller is known."""

    kind: str
    """``bearer``, ``basic``, ``header``, ``query`` or ``cookie``."""
    name: str
    """Of the header, the query parameter or the cookie."""
    variables: tuple[str, ...] = ()
    """What it is made of, where the document says so."""
    prefix: str = "Bearer"
    """What stands before a bearer's token."""


@dataclass(frozen=True)
class Source:
    """A value in the answer of another call."""

    operation: Operation
    gift: Gift


@dataclass(eq=False)
class Operation:
    """One call over HTTP, or one event over a socket."""

    method: str
    path: str
    """From the root of the host, with ``{parameter}``."""
    group: str
    title: str = ""
    text: str = ""
    hint: str = ""
    """What the document calls it."""
    parameters: list[Parameter] = field(default_factory=list)
    body: Body | None = None
    statuses: tuple[int, ...] = ()
    """Successes that the document names; none: all from 200 to 299."""
    refusals: tuple[int, ...] = ()
    """Other statuses that it names."""
    security: tuple[str, ...] = ()
    """Keys of ``Api.schemes``, all of which it wants."""
    leaves: Sequence[Leaf] = ()
    captures: list[Gift] = field(default_factory=list)
    """What the document itself takes out of the answer."""
    origin: Value | None = None
    """Another host than the back end's own."""
    # Over a socket.
    event: str = ""
    answers: Sequence[str] = ()
    """Events that answer it."""
    errors: Sequence[str] = ()
    """Events that refuse it."""
    acknowledged: bool = False
    # Found out later.
    name: str = ""
    role: Role = Role.PLAIN
    gifts: list[Gift] = field(default_factory=list)
    """What its method returns."""
    keeps: list[Gift] = field(default_factory=list)
    """What its method keeps on ``self``."""
    needs: dict[str, Source] = field(default_factory=dict)
    """Argument -> the answer that has it; what nobody answers is missing here."""

    @property
    def segments(self) -> list[str]:
        return [segment for segment in self.path.split("/") if segment]

    @cached_property
    def answer(self) -> Mapping[str, Sequence[Leaf]]:
        """The leaves by the last word of their paths."""
        found: dict[str, list[Leaf]] = {}
        for leaf in self.leaves:
            found.setdefault(norm(leaf.path[-1]), []).append(leaf)
        return found

    @property
    def arguments(self) -> list[Parameter]:
        """What a caller has to give."""
        return [one for one in self.parameters if one.required and one.value is None]


@dataclass
class Socket:
    """A socket of the back end: what its user opens, sends and hears."""

    protocol: str
    """``socketio`` or ``websocket``."""
    opening: Operation
    """Its path is the path of a plain WebSocket, Socket.IO's namespace otherwise."""
    sends: list[Operation] = field(default_factory=list)
    """Their ``event`` is what is sent, their body what goes with it."""
    hears: list[Heard] = field(default_factory=list)
    key: str = "type"
    """The field that names the event of a plain WebSocket's message."""
    class_name: str = ""


@dataclass
class Heard:
    """An event that the server sends."""

    event: str
    title: str = ""
    fields: Sequence[str] = ()
    """What its payload has at the top."""
    name: str = ""


@dataclass
class Api:
    """A back end."""

    title: str
    host: str = ""
    operations: list[Operation] = field(default_factory=list)
    schemes: dict[str, Scheme] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=dict)
    """Variables that have a value from the start."""
    sockets: list[Socket] = field(default_factory=list)
    socket_host: str = ""
    ordered: bool = False
    """Whether the order of the operations is the order in which they are meant."""
    documents: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """What its reader should know, though it stops nothing."""

    @property
    def calls(self) -> list[Operation]:
        """Everything that a user does, over HTTP and over sockets."""
        over_sockets = [one for s in self.sockets for one in (s.opening, *s.sends)]
        return self.operations + over_sockets

    def add(self, other: Api) -> None:
        """Take in what another document tells of the same back end. Of a call that is here already
        only what it captures is new.
        """
        known = {_shape(one): one for one in self.operations}
        for operation in other.operations:
            if (same := known.get(_shape(operation))) is not None:
                same.captures += operation.captures
            else:
                self.operations.append(operation)
        self.host = self.host or other.host
        self.socket_host = self.socket_host or other.socket_host
        names = {
            theirs: next((ours for ours, one in self.schemes.items() if one == scheme), theirs)
            for theirs, scheme in other.schemes.items()
        }
        for call in other.calls:
            call.security = tuple(names[key] for key in call.security)
        self.schemes = {**{names[key]: one for key, one in other.schemes.items()}, **self.schemes}
        self.settings = {**other.settings, **self.settings}
        self.sockets += other.sockets
        self.documents += other.documents
        self.notes += other.notes


def _shape(operation: Operation) -> tuple[str, str]:
    return operation.method, re.sub(r"\{[^{}]*\}", "{}", operation.path)
