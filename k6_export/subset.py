"""The Python that can be exported: tables of what is known, and what to write instead of the rest.

``design``: everything that is not in a table here is refused before the run, with its place and a
way round. Values of tables are names of the runtime (``k6_export/runtime``).
"""

from __future__ import annotations

import ast
from collections.abc import Mapping

from k6_export.javascript import words

BUILTINS = words(
    """
    abs all any bin bool bytes callable chr dict divmod enumerate filter float format frozenset
    getattr hasattr hex int isinstance iter len list map max min next oct ord pow print range repr
    reversed round set sorted str sum tuple zip
    """
)
"""Python's own functions: ``py.b.NAME``."""

EXCEPTIONS = words(
    """
    ArithmeticError AssertionError AttributeError BaseException Exception IndexError KeyError
    LookupError NotImplementedError OverflowError RuntimeError StopIteration TypeError UnicodeError
    ValueError ZeroDivisionError
    """
)
"""Python's own exceptions: ``py.e.NAME``."""

METHODS = words(
    """
    capitalize casefold center count decode encode endswith expandtabs find format fromhex hex
    index isalnum isalpha isascii isdecimal isdigit isidentifier islower isnumeric isspace istitle
    isupper join ljust lower lstrip partition removeprefix removesuffix replace rfind rindex rjust
    rpartition rsplit rstrip split splitlines startswith strip swapcase title translate upper zfill
    append clear copy extend insert pop remove reverse sort
    fromkeys get items keys popitem setdefault update values
    add difference difference_update discard intersection intersection_update isdisjoint issubset
    issuperset symmetric_difference symmetric_difference_update union
    is_integer bit_length to_bytes from_bytes
    """
)
"""Methods of Python's own types: ``py.m.NAME(object, ...)``."""

ATTRIBUTES = words("__class__ __name__ __qualname__")
"""Attributes that everything has: ``py.attr(object, "NAME")``."""

LIBRARY = words(
    """
    base64.b64decode base64.b64encode base64.urlsafe_b64encode
    dataclasses.replace
    json.dumps json.loads
    math.ceil math.e math.fabs math.floor math.hypot math.inf math.isclose math.isfinite math.isinf
    math.isnan math.log math.log10 math.log2 math.nan math.pi math.pow math.sqrt math.trunc
    time.monotonic time.perf_counter time.time time.time_ns
    urllib.parse.quote urllib.parse.quote_plus urllib.parse.urlencode
    """
)
"""Functions and constants of the standard library: ``py.lib["module.name"]``."""

TYPES = {
    "collections.abc.Mapping": "py.Dict",
}
"""Types that only ``isinstance`` looks at."""

ONLY_TYPES = frozenset({"typing", "collections.abc", "types", "__future__", "dataclasses", "abc"})
"""Modules whose names occur in annotations and decorators only."""

METRICS = frozenset({"Counter", "Gauge", "Rate", "Trend"})
"""What declares a metric of one's own."""

RUNTIME: Mapping[str, str] = {
    "ktb_load": "vocabulary",
    "ktb_load.vocabulary": "vocabulary",
    "ktb_load.vocabulary.checks": "vocabulary",
    "ktb_load.vocabulary.metrics": "vocabulary",
    "ktb_load.vocabulary.pace": "vocabulary",
    "ktb_load.vocabulary.settings": "vocabulary",
    "ktb_load.vocabulary.verdict": "vocabulary",
    "ktb_load.errors": "errors",
    "ktb_load.clients.http": "http",
    "ktb_load.clients.http_answer": "http",
    "ktb_load.clients.message_socket": "message_socket",
    "ktb_load.clients.socketio": "socketio",
    "ktb_load.clients.stomp": "stomp",
    "ktb_load.clients.websocket": "websocket",
    "ktb_load.locust_host.user": "user",
    "ktb_load.metrics.recorder": "recorder",
    "locust": "wait_time",
}
"""Modules that have a JavaScript half of their own: its file in ``runtime``."""

INSTEAD: Mapping[str, str] = {
    "asyncio": "write plain calls: those that wait are awaited by themselves",
    "ktb_load.clients.sse": (
        "k6 hands an answer over when it has ended, so it cannot read a stream of events: mark the"
        " method @local_only"
    ),
    "gevent": "write plain calls; think() pauses",
    "open": "put the data into a constant of the module",
    "os.environ": "use setting(name, default)",
    "os.getenv": "use setting(name, default)",
    "random": "use self.vu.random: it is seeded, and the same in k6",
    "re": "use the methods of str, such as partition and split",
    "requests": "use self.http",
    "secrets": "use self.vu.random: it is seeded, and the same in k6",
    "socket": "use the clients of ktb_load",
    "threading": "VUs are what runs at the same time",
    "time.sleep": "use think(seconds)",
    "type": "use isinstance",
    "urllib.parse.urlsplit": "use partition",
    "urllib.request": "use self.http",
    "uuid": "use self.vu.random.text(32): it is seeded, and the same in k6",
}
"""What to write instead of a name, or of anything below it, that cannot be exported."""


def instead_of(name: str) -> str:
    """What to write instead of ``name``."""
    while name:
        if name in INSTEAD:
            return INSTEAD[name]
        name = name.rpartition(".")[0]
    return "keep to the language and to ktb_load, or mark the method @local_only"


WAIT_TIMES = frozenset({"between", "constant", "constant_pacing", "constant_throughput"})
"""What can be exported of Locust itself, decorators and base classes aside."""

ASYNC_FUNCTIONS = frozenset({"think"})
ASYNC_METHODS = frozenset({"first_of", "call", "connect", "close", "subscribe"})
"""Methods of the runtime that wait, whatever they are called on."""
HTTP_VERBS = frozenset({"get", "head", "post", "put", "patch", "delete", "request"})
"""Wait where they are called on an ``http`` attribute."""

LIFECYCLE = ("__init__", "on_start", "on_stop", "setup", "teardown", "handle_summary", "wait_time")
"""What is called without anybody writing the call."""

REFUSED: Mapping[type[ast.AST], tuple[str, str]] = {
    ast.AsyncFunctionDef: ("async def", "write def: k6's waiting is the exporter's business"),
    ast.Await: ("await", "leave it out: calls that wait are awaited by themselves"),
    ast.AsyncFor: ("async for", "write for"),
    ast.AsyncWith: ("async with", "write with"),
    ast.Yield: ("yield", "collect into a list and return it"),
    ast.YieldFrom: ("yield from", "collect into a list and return it"),
    ast.Global: ("global", "keep state on self: VUs of k6 share no memory"),
    ast.Match: ("match", "write if and elif"),
    ast.TryStar: ("except*", "write except"),
    ast.ClassDef: ("a class inside a function", "move it to the top of the module"),
}
"""Syntax that is not exported: what it is called, what to write instead."""

OPERATORS: Mapping[type[ast.AST], str] = {
    ast.Add: "add",
    ast.Sub: "sub",
    ast.Mult: "mul",
    ast.Div: "div",
    ast.FloorDiv: "floordiv",
    ast.Mod: "mod",
    ast.Pow: "pow",
    ast.BitAnd: "bitand",
    ast.BitOr: "bitor",
    ast.BitXor: "bitxor",
    ast.LShift: "lshift",
    ast.RShift: "rshift",
    ast.USub: "neg",
    ast.UAdd: "pos",
    ast.Invert: "invert",
    ast.Eq: "eq",
    ast.NotEq: "ne",
    ast.Lt: "lt",
    ast.LtE: "le",
    ast.Gt: "gt",
    ast.GtE: "ge",
}
