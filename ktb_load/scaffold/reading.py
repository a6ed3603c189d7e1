"""Files that people have -> mappings whose every key has a place: JSON, YAML, a post that holds one
of them between fences, text copied from Swagger UI.

JSON is read by Python's own parser; its lines are looked for only when a problem wants one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from ktb_load.errors import AuthorError, Place, Problem
from ktb_load.plan.document import Document, Expected, KeyPath, parse_document, read_text
from ktb_load.scaffold.swagger_page import is_page, read_page

_FENCED = re.compile(r"^(```+|~~~+)[^\n]*\n(.*?)^\1[ \t]*$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Kind:
    """A kind of document, and how to tell it from others."""

    expected: Expected
    mark: re.Pattern[str]
    """What stands in every such document."""
    has_references: bool = True
    """Whether ``$ref`` means anything there."""


OPENAPI = Kind(
    Expected(
        "the OpenAPI document",
        "an OpenAPI document is a mapping",
        "begin with `openapi: 3.1.0`, or save what your server shows at /v3/api-docs,"
        " /openapi.json or the like",
    ),
    re.compile(r"""^\s*\{?\s*["']?(openapi|swagger)["']?\s*:""", re.MULTILINE),
)
ASYNCAPI = Kind(
    Expected(
        "the AsyncAPI document", "an AsyncAPI document is a mapping", "begin with `asyncapi: 3.0.0`"
    ),
    re.compile(r"""^\s*\{?\s*["']?asyncapi["']?\s*:""", re.MULTILINE),
)
POSTMAN = Kind(
    Expected(
        "the Postman collection",
        "a Postman collection is a JSON object",
        "export it from Postman as Collection v2.1",
    ),
    re.compile(r'"schema"\s*:\s*"[^"]*getpostman\.com'),
    has_references=False,
)
PART = Kind(
    Expected("the file of a $ref", "what a $ref names is a mapping", "begin with a key"),
    re.compile("(?!)"),
)


@dataclass(frozen=True)
class Source:
    """One document."""

    kind: Kind
    path: Path
    shown: str
    text: str
    values: Mapping[str, Any]
    lines: Mapping[KeyPath, int] | None = None
    """Where its keys are, if its text is another language's."""

    @cached_property
    def _document(self) -> Document:
        """The document as YAML, which JSON is, too; tabs between its words are not."""
        if self.lines is not None:
            return Document(self.shown, self.values, self.lines)
        try:
            return parse_document(self.text.replace("\t", " "), self.shown, PART.expected)
        except AuthorError:
            return Document(self.shown, self.values)

    def place(self, keys: KeyPath) -> Place:
        return self._document.place(keys)


def read_source(given: str, kind: Kind) -> Source:
    """Read one file.

    Raises:
        AuthorError: it cannot be read, or is something else.
    """
    if re.match(r"https?:/", given):
        what = "a URL is not read, so that the same command always gives the same code"
        raise AuthorError([Problem(Place(given), what, f"save it: curl -o FILE {given}")])
    path = Path(given)
    text = read_text(path, given, kind.expected.name)
    if kind is OPENAPI and is_page(text):
        return Source(kind, path, given, text, *read_page(text))
    if text.lstrip()[:1] != "{" and kind is not PART and not kind.mark.search(text):
        raise AuthorError([Problem(Place(given), kind.expected.top, kind.expected.begin)])
    return Source(kind, path, given, *_parsed(_cut_out(text, given, kind), given, kind))


def _parsed(text: str, shown: str, kind: Kind) -> tuple[str, Mapping[str, Any]]:
    if text.lstrip()[:1] not in ("{", "["):
        return text, parse_document(text, shown, kind.expected).values
    repeated = False

    def note(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal repeated
        found = dict(pairs)
        repeated = repeated or len(found) < len(pairs)
        return found

    try:
        values = json.loads(text, object_pairs_hook=note)
    except json.JSONDecodeError as error:
        if shown.endswith((".yaml", ".yml")):  # whose mappings may have braces, too
            return text, parse_document(text, shown, kind.expected).values
        what = f"not valid JSON: {error.msg}"
        place = Place(f"{shown}:{error.lineno}:{error.colno}")
        raise AuthorError([Problem(place, what, "check commas, quotes and brackets")]) from None
    except ValueError:  # an integer of thousands of digits; the other reader knows its line
        return text, parse_document(text.replace("\t", " "), shown, kind.expected).values
    except RecursionError:
        raise AuthorError([Problem(Place(shown), "it is nested too deeply")]) from None
    if repeated:  # read once more, for the lines
        parse_document(text.replace("\t", " "), shown, kind.expected)
    if not isinstance(values, dict):
        problem = Problem(Place(shown), kind.expected.top, kind.expected.begin)
        raise AuthorError([problem])
    return text, values


def _cut_out(text: str, shown: str, kind: Kind) -> str:
    """The document in a text that says more: what stands between fences, its lines kept."""
    if text.lstrip()[:1] == "{":
        return text
    blocks = [match for match in _FENCED.finditer(text) if kind.mark.search(match[2])]
    if len(blocks) > 1:
        lines = ", ".join(str(text.count("\n", 0, block.start()) + 1) for block in blocks)
        what = f"it holds several such documents, at lines {lines}"
        raise AuthorError([Problem(Place(shown), what, "cut out the one that is meant")])
    if not blocks:
        return text
    return "\n" * text.count("\n", 0, blocks[0].start(2)) + blocks[0][2]
