"""OpenAPI 3.0 and 3.1 -> the neutral model. https://spec.openapis.org/oas/v3.1.1.html

Only what a request needs is read, and only that can be at fault: documents that servers write by
themselves are seldom right in every point.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from ktb_load.scaffold.cursor import Cursor, Library
from ktb_load.scaffold.model import Api, Operation, Scheme
from ktb_load.scaffold.openapi_body import answer_leaves, read_body
from ktb_load.scaffold.openapi_parameters import read_parameters
from ktb_load.scaffold.reading import OPENAPI, read_source

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
_OF_AN_ITEM = frozenset({*METHODS, "parameters", "servers", "summary", "description", "$ref"})
_TOLD = re.compile(r"([A-Za-z][\w-]*)[`*]*\s*:\s*[`*]*(Bearer\s+)?[{<](\w+)[}>]")
_PREFIX = re.compile(r"(?:Authorization\W{1,5}|\n\s*)([A-Z]\w+) (?:xx|[{<])")
"""A description that shows the header: ``Authorization: Token xxx``."""
_CONVERT = "convert it: npx swagger2openapi FILE -o openapi.json"


def read_openapi(given: str, library: Library) -> Api:
    """Read a document; what is wrong with it is noted in the library.

    Raises:
        AuthorError: it is no such document at all.
    """
    root = library.open(read_source(given, OPENAPI))
    _check_version(root)
    root["info"].mapping()
    root["components"].mapping()
    host, base = _server(root)
    title = root["info"]["title"].text() or "the back end"
    api = Api(title, host, documents=[root.source.path.name])
    api.schemes = dict(_schemes(root, api)) or dict(
        _told_schemes(root["info"]["description"].text())
    )
    told = not root["components"]["securitySchemes"]
    if not root["paths"]:
        root.fault("there are no `paths`", "describe at least one call in `paths:`")
    for path, item in root["paths"].items():
        if path.startswith("x-"):
            continue
        if not path.startswith("/"):
            item.fault("a path begins with a slash", f"write {'/' + path!r}")
            continue
        api.operations += _operations(root, api, base + path, item)
    if told:
        for operation in api.operations:
            operation.security = tuple(api.schemes)
    return api


def _check_version(root: Cursor) -> None:
    if "swagger" in root:
        root["swagger"].fault("Swagger 2.0 is not read", _CONVERT)
    elif not root["openapi"]:
        root.fault("there is no `openapi` key", "begin with `openapi: 3.1.0`")
    elif not root["openapi"].text().startswith("3."):
        said = root["openapi"].text()
        root["openapi"].fault(f"OpenAPI {said} is not read", "3.0 and 3.1 are")


def _server(root: Cursor) -> tuple[str, str]:
    """The origin, and the path that stands before all others. Both are empty where nobody says."""
    for server in root["servers"].elements():
        server.mapping()
    server = root["servers"][0]
    url = server["url"].text()
    for name, variable in server["variables"].items():
        url = url.replace(f"{{{name}}}", variable["default"].text())
    return split_url(url)


def split_url(url: str) -> tuple[str, str]:
    """Origin and path of a URL; a path alone has no origin."""
    found = re.match(r"(\w+://[^/?#]+)?([^?#]*)", url)
    assert found is not None
    return found[1] or "", found[2].rstrip("/") if found[1] or found[2][:1] == "/" else ""


def _schemes(root: Cursor, api: Api) -> Iterator[tuple[str, Scheme]]:
    for name, scheme in root["components"]["securitySchemes"].items():
        kind, http = scheme["type"].text(), scheme["scheme"].text().lower()
        own, place = scheme["name"].text(), scheme["in"].text()
        if kind == "mutualTLS":
            api.notes.append(f"{name}: client certificates go into the plan, as `tlsAuth`")
        elif kind == "apiKey" and own.lower() != "authorization":
            if place in ("header", "query", "cookie") and own:
                yield name, Scheme(place, own)
            else:
                scheme.fault("an apiKey has a `name`, and `in: header`, `query` or `cookie`")
        elif kind == "http" and http == "basic":
            yield name, Scheme("basic", "Authorization")
        elif kind in ("http", "oauth2", "openIdConnect", "apiKey"):
            said = _PREFIX.search(scheme["description"].text())
            yield name, Scheme("bearer", "Authorization", prefix=said[1] if said else "Bearer")
        else:
            scheme["type"].fault(f"{kind!r} is no type of a security scheme", "write `type: http`")


def _told_schemes(text: str) -> Iterator[tuple[str, Scheme]]:
    """Headers that only the description tells: ``x-session-id: {sessionId}``."""
    for name, bearer, variable in _TOLD.findall(text):
        if bearer or name.lower() == "authorization":
            yield "bearer", Scheme("bearer", "Authorization")
        elif name.lower().startswith("x-"):
            yield variable, Scheme("header", name)


def _operations(root: Cursor, api: Api, path: str, item: Cursor) -> Iterator[Operation]:
    if not isinstance(item.value, dict):
        if item:
            item.fault("a path has a mapping of methods", "write `get: ...` below it")
        return
    for key in item.value:
        near = difflib.get_close_matches(key, METHODS, n=1)
        if key not in _OF_AN_ITEM and not key.startswith("x-"):
            instead = f"did you mean `{near[0]}`?" if near else f"known are {', '.join(METHODS)}"
            item[key].fault(f"{key!r} is no method", instead)
    for method in METHODS:
        if method in item:
            if isinstance(item[method].value, dict):
                yield _operation(root, api, (method, path), item)
            else:
                item[method].fault("an operation is a mapping", "write `responses:` below it")


def _operation(root: Cursor, api: Api, at: tuple[str, str], item: Cursor) -> Operation:
    method, path = at
    here = item[method]
    tags = [tag.text() for tag in here["tags"].elements()]
    deprecated = "Deprecated. " if here["deprecated"].value is True else ""
    operation = Operation(
        method.upper(),
        path,
        group=tags[0] if tags else "",
        title=here["summary"].text(),
        text=deprecated + here["description"].text(),
        hint=here["operationId"].text(),
        parameters=read_parameters(path, item, here),
        body=read_body(here["requestBody"]),
        security=_security(root, api, here),
    )
    operation.statuses, operation.refusals = _statuses(here)
    operation.leaves = answer_leaves(here["responses"])
    _drop_what_schemes_send(api, operation)
    return operation


def _security(root: Cursor, api: Api, here: Cursor) -> tuple[str, ...]:
    """The first of the alternatives that asks for anything."""
    where = here if "security" in here else root
    wanted: list[str] = []
    for requirement in where["security"].elements():
        wanted = wanted or [name for name, _ in requirement.items()]
    for name in wanted:
        if name not in api.schemes:
            note = f"security {name!r} is not in components.securitySchemes; nothing is sent for it"
            api.notes += [note] if note not in api.notes else []
    return tuple(name for name in wanted if name in api.schemes)


def _drop_what_schemes_send(api: Api, operation: Operation) -> None:
    """Some documents describe the header of a scheme once more as a parameter."""
    sent = {api.schemes[key].name.lower() for key in operation.security}
    operation.parameters = [p for p in operation.parameters if p.name.lower() not in sent]


def _statuses(here: Cursor) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Successes, and the others."""
    numbers, ranges = [], []
    for key, response in here["responses"].items():
        if response and not isinstance(response.value, dict) and not key.startswith("x-"):
            response.fault("a response is a mapping", "write `description:` below it")
        if re.fullmatch(r"[1-5]\d\d", key):
            numbers.append(int(key))
        elif re.fullmatch(r"[1-5]XX", key, re.IGNORECASE):
            ranges.append(key[0])
        elif key != "default" and not key.startswith("x-"):
            response.fault(f"{key!r} is no status", 'write "200", "2XX" or "default"')
    good = [n for n in numbers if 200 <= n < 300]
    moved = [n for n in numbers if 300 <= n < 400]
    chosen = [] if "2" in ranges else good or moved
    return tuple(chosen), tuple(n for n in numbers if n >= 400)
