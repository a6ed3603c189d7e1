"""Text copied from a page of Swagger UI -> an OpenAPI document, as far as the page shows it.

The page shows examples, not schemas: ``"string"``, ``0`` and ``true`` stand for their types,
everything else is an example. What the page does not say (which call wants which header, which
body is a form) is guessed from its words.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from ktb_load.plan.document import KeyPath

_HEAD = re.compile(
    r"^(?P<title>.+?)\s+(?P<version>[\w.-]*)\s*\n\s*OAS\s?(?P<oas>3\.\d)", re.MULTILINE
)
_METHOD = re.compile(r"GET|PUT|POST|DELETE|OPTIONS|HEAD|PATCH|TRACE")
_RESPONSE = re.compile(r"(?:CodeDescriptionLinks|No links|Links)?([1-5]\d\d|default)(\D.*)?")
_PLACE = re.compile(r"\((path|query|header|cookie)\)")
_UPLOAD = re.compile(r"upload|업로드", re.IGNORECASE)
_FILES = re.compile(r"file|image|photo|picture|avatar|attachment", re.IGNORECASE)
_PLACEHOLDERS = (None, "string", 0, True)
_SERVER = re.compile(r"https?://\S+")


def is_page(text: str) -> bool:
    """Whether a text is such a page."""
    return _HEAD.search(text[:2000]) is not None and "Try it out" in text


def read_page(text: str) -> tuple[dict[str, Any], dict[KeyPath, int]]:
    """The document, and the lines of its calls."""
    rows = [row.replace("\u00a0", " ").strip() for row in text.splitlines()]
    starts = [
        number
        for number, row in enumerate(rows[:-1])
        if _METHOD.fullmatch(row) and rows[number + 1].startswith("/")
    ]
    paths: dict[str, dict[str, Any]] = {}
    lines: dict[KeyPath, int] = {}
    tag = ""
    for number, start in enumerate(starts):
        before = rows[starts[number - 1] if number else 0 : start]
        tag = _tag(before) or tag
        end = starts[number + 1] if number + 1 < len(starts) else len(rows)
        method, path = rows[start].lower(), rows[start + 1]
        paths.setdefault(path, {})[method] = _call(rows[start + 2 : end], tag)
        lines["paths", path] = lines["paths", path, method] = start + 1
    head = "\n".join(rows[: starts[0]] if starts else rows)
    found = _HEAD.search(head)
    title, oas = (found["title"], found["oas"]) if found else ("the back end", "3.1")
    servers = _SERVER.findall(head.partition("Servers\n")[2])
    document = {
        "openapi": f"{oas}.0",
        "info": {"title": title.strip(), "version": "", "description": head},
        "servers": [{"url": url} for url in servers],
        "paths": paths,
    }
    return document, lines


def _tag(rows: Sequence[str]) -> str:
    """The heading that begins a group of calls: the first line after what the last call answers,
    or after the button that signs in.
    """
    ends = [number for number, row in enumerate(rows) if row in ("No links", "Authorize")]
    blocks = "\n".join(rows[ends[-1] + 1 :] if ends else []).strip().split("\n\n")
    return blocks[-1].strip().partition("\n")[0]


def _call(rows: Sequence[str], tag: str) -> dict[str, Any]:
    parts = _parts(rows)
    told = [row for row in parts[""] if row]
    title = rows[0] if rows and rows[0] else ""
    call: dict[str, Any] = {
        "tags": [tag] if tag else [],
        "summary": title,
        "description": " ".join(told[1:] if title else told),
        "parameters": _parameters(parts.get("Parameters", ())),
        "responses": _responses(parts.get("Responses", ())),
    }
    body = parts.get("Request body", ())
    media = next((row for row in body if "/" in row and " " not in row), "application/json")
    example = _example(body)
    if example is not None:
        schema = _schema(example)
        if _UPLOAD.search(" ".join([title, *told])):
            _mark_files(schema)
        call["requestBody"] = {"content": {media: {"schema": schema}}}
    return call


def _parts(rows: Sequence[str]) -> dict[str, list[str]]:
    """The sections of a call, by their headings."""
    parts: dict[str, list[str]] = {"": []}
    heading = ""
    for row in rows:
        if row in ("Parameters", "Request body", "Responses"):
            heading = row
            parts[heading] = []
        elif row != "Try it out":
            parts[heading].append(row)
    return parts


def _parameters(rows: Sequence[str]) -> list[dict[str, Any]]:
    """A name, a type, a place in brackets, words."""
    texts = [row for row in rows if row]
    places = [number for number, row in enumerate(texts) if _PLACE.fullmatch(row)]
    found = []
    for number, at in enumerate(places):
        if at < 2:
            continue
        name = texts[at - 2].removeprefix("NameDescription")
        words = texts[at + 1 : places[number + 1] - 2 if number + 1 < len(places) else None]
        kind = re.match(r"\w*", texts[at - 1])
        schema: dict[str, Any] = {"type": kind[0] if kind else "string"}
        for word in words:
            label, _, said = word.partition(" : ")
            if label == "Default value":
                schema["default"] = _typed(said, schema["type"])
            elif label == "Example":
                schema["example"] = _typed(said, schema["type"])
        found.append(
            {
                "name": name.removesuffix("*").strip(),
                "in": texts[at].strip("()"),
                "required": name.endswith("*"),
                "schema": schema,
            }
        )
    return found


def _typed(text: str, kind: str) -> Any:
    try:
        return json.loads(text) if kind != "string" else text
    except ValueError:
        return text


def _responses(rows: Sequence[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    inside: list[str] = []
    code = ""
    for row in [*rows, "No links"]:
        start = _RESPONSE.fullmatch(row)
        if start or row == "No links":
            if code:
                example = _example(inside)
                content = {"application/json": {"schema": _schema(example)}}
                found[code]["content"] = {} if example is None else content
            code, inside = (start[1] if start else ""), []
            if start:
                found[code] = {"description": start[2] or ""}
        else:
            inside.append(row)
    return found


def _example(rows: Sequence[str]) -> Any:
    """The JSON below ``Schema``."""
    text = "\n".join(rows).partition("Schema\n")[2]
    try:
        return json.JSONDecoder().raw_decode(text.lstrip())[0] if text.strip() else None
    except ValueError:
        return None


def _schema(example: Any) -> dict[str, Any]:
    """A schema of which the page shows the example."""
    if isinstance(example, Mapping):
        if "additionalProp1" in example:
            return {"type": "object"}
        return {"type": "object", "properties": {k: _schema(v) for k, v in example.items()}}
    if isinstance(example, list):
        return {"type": "array", "items": _schema(example[0] if example else None)}
    kinds = ((bool, "boolean"), (int, "integer"), (float, "number"))
    kind = next((word for type_, word in kinds if isinstance(example, type_)), "string")
    return {"type": kind} | ({} if example in _PLACEHOLDERS else {"example": example})


def _mark_files(schema: dict[str, Any]) -> None:
    for name, one in schema.get("properties", {}).items():
        if one == {"type": "string"} and _FILES.search(name):
            one["format"] = "binary"
