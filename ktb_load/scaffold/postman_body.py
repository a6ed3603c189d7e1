"""Bodies of Postman: raw, forms, files, GraphQL."""

from __future__ import annotations

from collections.abc import Callable

from ktb_load.scaffold.cursor import Cursor
from ktb_load.scaffold.model import Body, File
from ktb_load.scaffold.naming import table
from ktb_load.scaffold.openapi_body import kind_of
from ktb_load.scaffold.postman_values import headers_of, json_of, value_of
from ktb_load.scaffold.values import Object, Value

NOT_SENT = table(
    """
    accept accept-encoding cache-control connection content-length content-type host postman-token
    user-agent
    """
)
"""Headers that are the client's business."""


def read_body(body: Cursor, headers: Cursor) -> Body | None:
    body.mapping()
    mode = body["mode"].text()
    if not mode or body["disabled"].value is True:
        return None
    said = _content_type(headers)
    if mode == "raw":
        return _raw(body, said)
    if mode == "file":
        return Body("bytes", None, said or "application/octet-stream")
    if mode in _READERS:
        return _READERS[mode](body[mode])
    known = f"known are raw, file, {', '.join(_READERS)}"
    body["mode"].fault(f"{mode!r} is no mode of a body", known)
    return None


def _form(pairs: Cursor) -> Body:
    return Body("form", Object(_texts(pairs)))


def _multipart(pairs: Cursor) -> Body:
    files = [
        File(one["key"].text(), one["contentType"].text() or "image/png")
        for one in pairs.mappings()
        if one["type"].value == "file" and one["disabled"].value is not True
    ]
    return Body("multipart", Object(_texts(pairs)), files=files)


def _graphql(said: Cursor) -> Body:
    variables = json_of(said["variables"].text()) or Object({})
    query = value_of(said["query"].text())
    return Body("json", Object({"query": query, "variables": variables}))


_READERS: dict[str, Callable[[Cursor], Body]] = {
    "urlencoded": _form,
    "formdata": _multipart,
    "graphql": _graphql,
}


def _raw(body: Cursor, said: str) -> Body | None:
    text = body["raw"].text()
    if not text.strip():
        return None
    language = body["options"]["raw"]["language"].text()
    value = json_of(text)
    if value is not None and (kind_of(said) == "json" or not said or language == "json"):
        special = said if kind_of(said) == "json" and said != "application/json" else ""
        return Body("json", value, special if said else "")
    return Body("text", value_of(text), said or "text/plain")


def _content_type(headers: Cursor) -> str:
    said = (value for name, value in headers_of(headers) if name.lower() == "content-type")
    return next(said, "")


def _texts(pairs: Cursor) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for one in pairs.mappings():
        if one["disabled"].value is not True and one["type"].value != "file" and one["key"]:
            found[one["key"].text()] = value_of(one["value"].text())
    return found
