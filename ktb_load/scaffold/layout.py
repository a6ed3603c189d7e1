"""Python as text: quotes, lines that are full, docstrings. Nothing else writes a quote.

What does not fit on a line gets a line for each of its parts, and a comma behind the last, which is
how ruff and black leave it.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ktb_load.scaffold.values import Array, Code, Literal, Object, Text, Value, Variable

WIDTH = 88
_INDENT = "    "
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff]")


def width(text: str) -> int:
    """Columns: a Korean character takes two."""
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)


@dataclass(frozen=True)
class Group:
    """Something with brackets and parts: a call, a list, a mapping."""

    opening: str
    parts: Sequence[tuple[str, Node]]
    """What stands in front of each part (``json=``, ``"name": ``), and the part."""
    closing: str

    @property
    def flat(self) -> str:
        inner = ", ".join(before + flat(part) for before, part in self.parts)
        return f"{self.opening}{inner}{self.closing}"


Node = str | Group


def flat(node: Node) -> str:
    return node if isinstance(node, str) else node.flat


def lines(node: Node, before: str = "", after: str = "", indent: int = 0) -> list[str]:
    """The lines of a node, with what stands before and behind it."""
    pad = _INDENT * indent
    whole = f"{pad}{before}{flat(node)}{after}"
    if isinstance(node, str) or not node.parts or width(whole) <= WIDTH:
        return [whole]
    found = [f"{pad}{before}{node.opening}"]
    for ahead, part in node.parts:
        found += lines(part, ahead, ",", indent + 1)
    return [*found, f"{pad}{node.closing}{after}"]


def call(function: str, *positional: Node, **named: Node) -> Group:
    parts = [("", one) for one in positional]
    parts += [(f"{name}=", one) for name, one in named.items()]
    return Group(f"{function}(", parts, ")")


def mapping(items: Iterable[tuple[str, Node]]) -> Group:
    return Group("{", [(f"{string(key)}: ", one) for key, one in items], "}")


def node_of(value: Value) -> Node:
    """A value as Python."""
    if isinstance(value, Object):
        return mapping((key, node_of(one)) for key, one in value.items.items())
    if isinstance(value, Array):
        return Group("[", [("", node_of(one)) for one in value.items], "]")
    if isinstance(value, Text):
        return template(value.parts)
    if isinstance(value, Literal):
        return string(value.value) if isinstance(value.value, str) else repr(value.value)
    assert not isinstance(value, Variable), f"{value.name} was never settled"
    return value.text


def string(text: str) -> str:
    """A string literal; Korean and emoji stay readable."""
    return _quoted(_escaped(text))


def template(parts: Sequence[str | Code | Variable]) -> str:
    """An f-string."""
    inner = ""
    for part in parts:
        if isinstance(part, str):
            inner += _escaped(part).replace("{", "{{").replace("}", "}}")
        else:
            assert isinstance(part, Code)
            inner += f"{{{part.text}}}"
    return f"f{_quoted(inner)}"


def _escaped(text: str) -> str:
    said = json.dumps(text, ensure_ascii=False)[1:-1]
    return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", said)


def _quoted(escaped: str) -> str:
    """In the quotes that need fewer escapes, as formatters like it."""
    if escaped.count('\\"') <= escaped.count("'"):
        return f'"{escaped}"'
    return "'" + escaped.replace("'", "\\'").replace('\\"', '"') + "'"


def docstring(paragraphs: Iterable[str], indent: int) -> list[str]:
    """A docstring of paragraphs; the first is one line where it can be."""
    pad = _INDENT * indent
    told = [prose for one in paragraphs if (prose := _prose(one))]
    if not told:
        return []
    wrapped = [wrap(one, WIDTH - len(pad) - (6 if not n else 0)) for n, one in enumerate(told)]
    if len(wrapped) == 1 and len(wrapped[0]) == 1:
        return [f'{pad}"""{wrapped[0][0]}"""']
    found = [f'{pad}"""{wrapped[0][0]}', *(pad + line for line in wrapped[0][1:])]
    for paragraph in wrapped[1:]:
        found += ["", *(pad + line for line in paragraph)]
    return [*found, f'{pad}"""']


def _prose(text: str) -> str:
    """One paragraph that can stand in a docstring."""
    plain = re.sub(r"<[^<>]{1,40}>", " ", text)
    plain = _UNPRINTABLE.sub("", re.sub(r"\s+", " ", plain)).strip()
    return plain.replace('"', "'").replace("\\", "\\\\")


def wrap(text: str, columns: int) -> list[str]:
    """Lines of at most so many columns, as far as words allow."""
    found, line = [], ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if line and width(longer) > columns:
            found.append(line)
            line = word
        else:
            line = longer
    return [*found, line]
