"""Request bodies and answers of OpenAPI."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from ktb_load.scaffold.cursor import Cursor
from ktb_load.scaffold.model import Body, File
from ktb_load.scaffold.samples import sample
from ktb_load.scaffold.schema import Leaf, leaves, leaves_of, shape_of
from ktb_load.scaffold.values import Literal, Object, Value, of_json

_PICTURE = "image/png"
_BINARY = ("binary", "base64url")


def kind_of(media_type: str) -> str:
    """How a media type is sent."""
    bare = media_type.partition(";")[0].strip().lower()
    if bare == "application/json" or bare.endswith("+json") or bare == "*/*":
        return "json"
    if bare == "multipart/form-data":
        return "multipart"
    if bare == "application/x-www-form-urlencoded":
        return "form"
    return "text" if bare.startswith("text/") or bare.endswith("xml") else "bytes"


_PREFERRED = ("json", "multipart", "form", "text", "bytes")


def read_body(cursor: Cursor) -> Body | None:
    """The body of a request, in the media type that we speak best."""
    if not cursor:
        return None
    if not isinstance(cursor.value, dict) or "content" not in cursor:
        cursor.fault("a requestBody has `content`", "write `content: {application/json: ...}`")
        return None
    offers = sorted(cursor["content"].items(), key=lambda one: _PREFERRED.index(kind_of(one[0])))
    if not offers:
        return None
    media_type, media = offers[0]
    media.mapping()
    kind = kind_of(media_type)
    files = _files(media)
    if files and kind == "json":  # JSON cannot carry a file: what is meant is a form
        kind = "multipart"
    named = media_type if kind == "json" and media_type not in ("application/json", "*/*") else ""
    if kind in ("text", "bytes"):
        return Body(kind, _text(media), media_type)
    value = _without(_value(media), {file.name for file in files})
    return Body(kind, value, named, files if kind == "multipart" else ())


def _value(media: Cursor) -> Value:
    example = _example(media)
    if isinstance(example, str):  # JSON, written as a text
        try:
            example = json.loads(example)
        except ValueError:
            example = None
    return of_json(example) if example is not None else sample(media["schema"])


def _text(media: Cursor) -> Value:
    example = _example(media)
    return Literal(example if isinstance(example, str) else "hello")


def _example(media: Cursor) -> Any:
    """The example that stands beside a schema."""
    if media["example"]:
        return media["example"].value
    for _, one in media["examples"].items():
        if one["value"]:
            return one["value"].value
    return None


def _without(value: Value, names: set[str]) -> Value:
    if not isinstance(value, Object):
        return value
    return Object({key: one for key, one in value.items.items() if key not in names})


def _files(media: Cursor) -> Sequence[File]:
    """The properties that are files."""
    found = []
    for name, one in shape_of(media["schema"]).properties.items():
        shape = shape_of(one)
        inner = shape_of(shape.items) if shape.type == "array" and shape.items else shape
        raw = inner.fact("format") in _BINARY or inner.fact("contentEncoding") == "binary"
        if raw or (inner.fact("contentMediaType") and not inner.fact("contentEncoding")):
            said = media["encoding"][name]["contentType"].text()
            said = said or str(inner.fact("contentMediaType") or "")
            found.append(File(name, re.split("[,;]", said)[0].strip() or _PICTURE))
    return found


def answer_leaves(responses: Cursor) -> list[Leaf]:
    """What the first success that holds anything holds."""
    keys = [key for key, _ in responses.items() if key.startswith("2")] or ["default"]
    for key in keys:
        for media_type, media in responses[key]["content"].items():
            if kind_of(media_type) == "json":
                media.mapping()
                return leaves(media["schema"]) or leaves_of(_example(media))
    return []
