"""URLs of Postman -> origin, path with ``{parameters}``, query."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from ktb_load.scaffold.cursor import Cursor
from ktb_load.scaffold.model import Parameter
from ktb_load.scaffold.postman_values import names_in, value_of
from ktb_load.scaffold.values import Value

_ORIGIN = re.compile(r"(?P<origin>(?:\w+://)?[^/?#]*)(?P<path>/[^?#]*)?(?:\?(?P<query>[^#]*))?")


@dataclass
class Url:
    origin: str
    """As it stands there, perhaps a variable."""
    path: str
    parameters: list[Parameter] = field(default_factory=list)


def read_url(request: Cursor) -> Url:
    """The URL of a request, which may itself be nothing but a URL."""
    given = request if isinstance(request.value, str) else request["url"]
    raw = given.text() if isinstance(given.value, str) else given["raw"].text() or _joined(given)
    if not raw:
        request.fault("a request has a `url`", "export it from Postman as Collection v2.1")
    found = _ORIGIN.match(raw.strip())
    assert found is not None
    origin, path = found["origin"], found["path"] or "/"
    if origin and "://" not in origin and not origin.startswith("{{"):
        origin = f"http://{origin}"
    url = Url(origin, path)
    _read_path(url, {one["key"].text(): one["value"].text() for one in _list(given, "variable")})
    if isinstance(given.value, dict) and isinstance(given["query"].value, list):
        pairs = [
            (one["key"].text(), one["value"].text())
            for one in given["query"].mappings()
            if one["disabled"].value is not True
        ]
    else:
        pairs = [tuple(one.partition("=")[::2]) for one in (found["query"] or "").split("&") if one]
    for name, text in pairs:
        if name and all(one.name != name or one.place != "query" for one in url.parameters):
            url.parameters.append(Parameter(name, "query", True, value_of(text)))
    return url


def _list(given: Cursor, key: str) -> list[Cursor]:
    return list(given[key].mappings()) if isinstance(given.value, dict) else []


def _joined(given: Cursor) -> str:
    """A URL of parts."""

    def part(key: str, glue: str) -> str:
        here = given[key]
        return (
            here.text()
            if isinstance(here.value, str)
            else glue.join(one.text() for one in here.elements())
        )

    protocol = given["protocol"].text()
    host, path = part("host", "."), part("path", "/")
    port = given["port"].text()
    start = f"{protocol}://" if protocol else ""
    return f"{start}{host}{':' + port if port else ''}/{path}" if host or path else ""


def _read_path(url: Url, values: Mapping[str, str]) -> None:
    """``/rooms/:id/{{user}}``: what is open gets a name in braces."""
    segments = []
    for segment in url.path.split("/"):
        if segment.startswith(":") and len(segment) > 1:
            name = segment[1:]
            text = values.get(name, "")
            _add(url, name, value_of(text) if text else None)
            segments.append(f"{{{name}}}")
            continue
        for name in names_in(segment):
            _add(url, name.lstrip("$"), value_of(f"{{{{{name}}}}}"))
        segments.append(re.sub(r"\{\{\s*\$?([^{}]+?)\s*\}\}", r"{\1}", segment))
    url.path = "/".join(segments)


def _add(url: Url, name: str, value: Value | None) -> None:
    if all(one.name != name for one in url.parameters):
        url.parameters.append(Parameter(name, "path", True, value))
