"""Postman collections, format 2.1 (and 2.0, which says less) -> the neutral model.
https://schema.postman.com/collection/json/v2.1.0/draft-07/docs/index.html

Folders are groups, the order of the requests is the order in which they are meant. What is disabled
there is left out. Of scripts only two things are read: which values of an answer they keep, and
which status they want.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ktb_load.scaffold.cursor import Cursor, Library, shown
from ktb_load.scaffold.model import Api, Operation, Parameter, Scheme
from ktb_load.scaffold.naming import norm
from ktb_load.scaffold.openapi import split_url
from ktb_load.scaffold.postman_body import NOT_SENT, read_body
from ktb_load.scaffold.postman_scripts import captures, statuses
from ktb_load.scaffold.postman_url import Url, read_url
from ktb_load.scaffold.postman_values import bare_variables, headers_of, texts_of, value_of
from ktb_load.scaffold.reading import POSTMAN, read_source
from ktb_load.scaffold.schema import Leaf, leaves_of
from ktb_load.scaffold.values import Text, Variable

_EXPORT = "export it from Postman as Collection v2.1"


@dataclass(frozen=True)
class Inside:
    """What a folder hands down."""

    group: str
    auth: Cursor


def read_postman(given: str, library: Library) -> Api:
    """Read a collection; what is wrong with it is noted in the library.

    Raises:
        AuthorError: it is no collection at all.
    """
    root = library.open(read_source(given, POSTMAN))
    schema = root["info"]["schema"].text()
    if "/v2." not in schema:
        what = f"a collection of format {schema!r} is not read" if schema else "there is no `info`"
        root["info"].fault(what, _EXPORT)
    title = root["info"]["name"].text() or "the back end"
    api = Api(title, ordered=True, documents=[root.source.path.name])
    for variable in root["variable"].mappings():
        if variable["disabled"].value is not True:
            name = variable["key"].text() or variable["id"].text()
            api.settings[name] = variable["value"].text()
    if not isinstance(root["item"].value, list):
        root.fault("there are no requests: `item` is a list of them", _EXPORT)
    base = ""
    for request, inside in _requests(root["item"], Inside(title, root["auth"])):
        url = read_url(request["request"])
        base = base or url.origin
        operation = _operation(api, request, inside, url)
        operation.origin = None if url.origin == base else value_of(url.origin)
        api.operations.append(operation)
    _set_host(api, base)
    _settle_types(api, root)
    return api


def _set_host(api: Api, base: str) -> None:
    """The first request's host; its variable is the host from now on."""
    for name, value in list(api.settings.items()):
        if base == f"{{{{{name}}}}}":
            base = value
            del api.settings[name]
    api.host, path = split_url(base)
    if not api.host:
        api.notes.append(f"{base or 'the host'} has no value in the collection: give --host")
    for operation in api.operations:
        if operation.origin is None:
            operation.path = path + operation.path


def _requests(items: Cursor, inside: Inside) -> Iterator[tuple[Cursor, Inside]]:
    for item in items.elements():
        if not isinstance(item.value, dict):
            item.fault("an item is a request or a folder", _EXPORT)
        elif item["disabled"].value is True:
            continue
        elif "item" in item:
            name = item["name"].text()
            auth = item["auth"] if item["auth"] else inside.auth
            yield from _requests(item["item"], Inside(name or inside.group, auth))
        elif "request" in item:
            yield item, inside
        else:
            item.fault("an item has a `request`, or more of `item`", _EXPORT)


def _operation(api: Api, item: Cursor, inside: Inside, url: Url) -> Operation:
    request, name = item["request"], item["name"].text()
    told = "" if re.search(r"[/{]", name) else name  # Postman's own names are URLs
    described = request["description"]
    operation = Operation(
        _method(request["method"]),
        url.path,
        group=inside.group,
        title=told,
        text=(described["content"] or described).text(),
        hint=told,
        parameters=[*url.parameters, *_headers(request)],
        body=read_body(request["body"], request["header"]),
    )
    tests = _script(item, "test")
    operation.captures = captures(tests)
    operation.statuses = statuses(tests) or _example_statuses(item)
    operation.leaves = _example_leaves(item)
    if _script(item, "prerequest").strip():
        api.notes.append(f"{told or url.path}: its pre-request script is not carried over")
    auth = request["auth"] if request["auth"] else inside.auth
    _authenticate(api, operation, auth)
    return operation


def _method(said: Cursor) -> str:
    if said and not _is_text(said):
        said.fault(f"a text is expected here, not {shown(said.value)}", 'write "GET" or the like')
        return "GET"
    return said.text().upper() or "GET"


def _headers(request: Cursor) -> Iterator[Parameter]:
    for name, value in headers_of(request["header"]):
        if name and name.lower() not in NOT_SENT:
            yield Parameter(name, "header", True, value_of(value))


def _is_text(cursor: Cursor) -> bool:
    return isinstance(cursor.value, str)


def _script(item: Cursor, listen: str) -> str:
    lines: list[str] = []
    for event in item["event"].mappings():
        if event["listen"].value == listen and event["disabled"].value is not True:
            code = event["script"]["exec"]
            lines += [code.text()] if _is_text(code) else [one.text() for one in code.elements()]
    return "\n".join(lines)


def _example_statuses(item: Cursor) -> tuple[int, ...]:
    """Of answers that were saved beside the request."""
    codes = [one["code"].value for one in item["response"].elements()]
    return tuple(dict.fromkeys(c for c in codes if isinstance(c, int) and 200 <= c < 300))


def _example_leaves(item: Cursor) -> list[Leaf]:
    for one in item["response"].elements():
        code, body = one["code"].value, one["body"].value
        if isinstance(code, int) and 200 <= code < 300 and isinstance(body, str):
            try:
                return leaves_of(json.loads(body))
            except (ValueError, RecursionError):
                continue
    return []


# Who is calling.


def _authenticate(api: Api, operation: Operation, auth: Cursor) -> None:
    auth.mapping()
    kind = auth["type"].text() or "noauth"
    said = texts_of(auth[kind])
    if kind in ("bearer", "oauth2"):
        token = said.get("token") or said.get("accessToken", "")
        operation.security = (_scheme(api, "bearer", "Authorization", (token, "token")),)
    elif kind == "basic":
        pair = (said.get("username", ""), "username"), (said.get("password", ""), "password")
        operation.security = (_scheme(api, "basic", "Authorization", *pair),)
    elif kind == "apikey":
        place = said.get("in") or "header"
        name = said.get("key", "")
        operation.security = (_scheme(api, place, name, (said.get("value", ""), name)),)
    elif kind != "noauth":
        note = (
            f"{operation.title or operation.path}: the authorization {kind!r} is not carried over"
        )
        api.notes.append(note)
    for parameter in list(operation.parameters):
        if parameter.name.lower() == "authorization":
            _take_header(api, operation, parameter)


def _take_header(api: Api, operation: Operation, parameter: Parameter) -> None:
    """``Authorization: Bearer {{token}}``, written by hand."""
    match parameter.value:
        case Text((str(prefix), Variable(name))) if prefix.strip().isalpha():
            operation.parameters.remove(parameter)
            scheme = Scheme("bearer", "Authorization", (name,), prefix.strip())
            operation.security = (_known(api, scheme),)


def _scheme(api: Api, kind: str, name: str, *values: tuple[str, str]) -> str:
    """The key of a scheme; what it sends is variables, those without one get the name given."""
    variables = []
    for text, fallback in values:
        value = value_of(text)
        if isinstance(value, Variable):
            variables.append(value.name)
        else:
            api.settings.setdefault(fallback, text)
            variables.append(fallback)
    return _known(api, Scheme(kind, name, tuple(variables)))


def _known(api: Api, scheme: Scheme) -> str:
    """The key of a scheme, which is the same for all that send the same."""
    for key, known in api.schemes.items():
        if known == scheme:
            return key
    key = f"{scheme.kind}{len(api.schemes) + 1}" if scheme.kind in api.schemes else scheme.kind
    api.schemes[key] = scheme
    return key


def _settle_types(api: Api, root: Cursor) -> None:
    """A variable that stands in JSON without quotes is a number."""
    numbers = _bare_variables(root)
    for operation in api.operations:
        operation.captures = [
            replace(gift, type="integer") if norm(gift.variable) in numbers else gift
            for gift in operation.captures
        ]


def _bare_variables(root: Cursor) -> set[str]:
    found: set[str] = set()
    for request, _ in _requests(root["item"], Inside("", root["auth"])):
        found |= {norm(one) for one in bare_variables(request["request"]["body"]["raw"].text())}
    return found
