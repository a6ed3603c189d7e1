"""What a piece of JavaScript speaks of: free names with the members asked of them, and strings.

Made for our own runtime and for compiled code, so it knows their syntax and no more. It errs on one
side: a name that only looks free (a parameter, a method's own name) is mentioned, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""(?P<space>\s+|//[^\n]*|/\*.*?\*/)
    |(?P<string>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
    |(?P<word>[^\W\d][\w$]*|\$[\w$]*)
    |(?P<number>\d[\w.]*)
    |(?P<spread>\.\.\.)
    |(?P<dot>\?\.(?!\d)|\.)
    |(?P<sign>.)""",
    re.VERBOSE | re.DOTALL,
)
_REGEX = re.compile(r"/(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/\w*")
_TEMPLATE = re.compile(r"(?:[^`\\$]|\\.|\$(?!\{))*", re.DOTALL)
_BEFORE_REGEX = frozenset({"return", "typeof", "case", "in", "of", "await"})

Token = tuple[str, str]
"""Kind and text."""


@dataclass(frozen=True)
class Mentions:
    """What a text speaks of."""

    paths: frozenset[tuple[str, ...]]
    """``("py", "b", "int")`` of ``py.b.int(x)``; ``table["key"]`` counts as a member, too."""
    strings: frozenset[str]


def mentions(text: str) -> Mentions:
    found = [*_tokens(text)]
    strings = frozenset(value[1:-1] for kind, value in found if kind == "string")
    return Mentions(frozenset(_paths(found)), strings)


def _paths(tokens: list[Token]) -> Iterator[tuple[str, ...]]:
    none = ("sign", "")
    ended = [*tokens, none, none, none]
    for at, (kind, value) in enumerate(tokens):
        before = tokens[at - 1] if at else none
        is_key = ended[at + 1] == ("sign", ":") and before[1] in ("{", ",")
        if kind == "word" and before[0] != "dot" and not is_key:
            yield (value, *_members(ended, at + 1))


def _members(tokens: list[Token], at: int) -> Iterator[str]:
    """The names that follow a name: ``.b.int``, ``["json.loads"]``."""
    while True:
        (first, sign), (second, name), (_, closing) = tokens[at : at + 3]
        if first == "dot" and second == "word":
            yield name
            at += 2
        elif sign == "[" and second == "string" and closing == "]":
            yield name[1:-1]
            at += 3
        else:
            return


def _tokens(text: str) -> Iterator[Token]:
    at = 0
    open_braces: list[int] = []
    """For each template around this place: how many braces are open in its expression."""
    in_template = False
    before: Token = ("sign", "")
    while at < len(text):
        if in_template:
            at = _end(_TEMPLATE, text, at)
            in_template = False
            if text[at] == "$":
                open_braces.append(0)
                before = ("sign", "")
            at += 2 if text[at] == "$" else 1
            continue
        match = _TOKEN.match(text, at)
        assert match is not None and match.lastgroup is not None
        at = match.end()
        kind, value = match.lastgroup, match[0]
        if value == "/" and _may_begin_a_regex(before):
            at = _end(_REGEX, text, match.start())
            kind, value = "regex", ""
        elif value == "`":
            in_template, kind, value = True, "template", ""
        elif value == "}" and open_braces and open_braces[-1] == 0:
            open_braces.pop()
            in_template, kind, value = True, "template", ""
        elif value in ("{", "}") and open_braces:
            open_braces[-1] += 1 if value == "{" else -1
        if kind != "space":
            before = (kind, value)
            yield before


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    assert match is not None, text[at : at + 60]
    return match.end()


def _may_begin_a_regex(before: Token) -> bool:
    kind, value = before
    if kind == "word":
        return value in _BEFORE_REGEX
    return kind == "sign" and value not in (")", "]", "}")
