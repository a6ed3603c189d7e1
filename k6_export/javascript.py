"""JavaScript as text: names, quotes, layout. Nothing else writes a quote or an indent."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable


def words(text: str) -> frozenset[str]:
    """The words of a text, for tables that are nothing but names."""
    return frozenset(text.split())


_RESERVED = words(
    """
    arguments async await boolean break byte case catch char class const continue debugger default
    delete do double else enum eval export extends false final finally float for function goto if
    implements import in instanceof int interface let long native new null of package private
    protected public py return static super switch synchronized this throw throws transient true
    try typeof undefined var void volatile while with yield Array BigInt Boolean Error JSON Map
    Math NaN Number Infinity Object Promise RegExp Set String Symbol Uint8Array globalThis
    """
)
_ESCAPED = re.compile("[\u2028\u2029\ud800-\udfff]")
"""What JavaScript or UTF-8 would not take as it is: line separators, halves of characters."""
_MAX_SAFE = 2**53 - 1
INDENT = "  "


def identifier(name: str) -> str:
    """A Python name as a JavaScript one; those that JavaScript keeps for itself get a ``$``."""
    return f"{name}$" if name in _RESERVED else name


def string(text: str) -> str:
    """A string literal; Korean and emoji stay readable."""
    quoted = json.dumps(text, ensure_ascii=False)
    return _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", quoted)


def integer(value: int) -> str:
    """An integer literal; past 2**53 - 1 a BigInt."""
    return str(value) if abs(value) <= _MAX_SAFE else f"{value}n"


def key(name: str) -> str:
    """A property's name in an object literal."""
    return name if name.isidentifier() and name.isascii() else string(name)


def strings(texts: Iterable[str]) -> str:
    """A list of string literals."""
    return f"[{', '.join(map(string, texts))}]"


def member(owner: str, name: str) -> str:
    return f"{owner}.{name}"


def call(function: str, arguments: Iterable[str]) -> str:
    return f"{function}({', '.join(arguments)})"


def object_of(pairs: Iterable[tuple[str, str]]) -> str:
    """An object literal on one line."""
    inner = ", ".join(f"{key(name)}: {value}" for name, value in pairs)
    return f"{{ {inner} }}" if inner else "{}"


class Writer:
    """Lines with their indent."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._depth = 0

    def line(self, text: str = "", comment: str = "") -> None:
        note = f" // {comment}" if comment else ""
        self._lines.append(f"{INDENT * self._depth}{text}{note}".rstrip())

    def open(self, text: str, comment: str = "") -> None:
        """A line that begins a block."""
        self.line(f"{text} {{" if text else "{", comment)
        self._depth += 1

    def close(self, text: str = "}") -> None:
        self._depth -= 1
        self.line(text)

    def middle(self, text: str) -> None:
        """End one block and begin the next: ``} else {``."""
        self._depth -= 1
        self.line(f"}} {text} {{")
        self._depth += 1

    def mark(self) -> int:
        """A place where lines can be put in later."""
        return len(self._lines)

    def insert(self, at: int, text: str) -> None:
        self._lines.insert(at, f"{INDENT * self._depth}{text}")

    @property
    def text(self) -> str:
        return "".join(f"{line}\n" for line in self._lines)
