"""One operation -> the method that makes the call."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ktb_load.scaffold.layout import (
    Group,
    Node,
    call,
    docstring,
    flat,
    lines,
    mapping,
    node_of,
    string,
    template,
    width,
)
from ktb_load.scaffold.model import Api, File, Gift, Operation, Parameter, Role
from ktb_load.scaffold.naming import snake
from ktb_load.scaffold.session import Session
from ktb_load.scaffold.values import Array, Code, Literal, Object, Text, Value, Variable, plain

_VERBS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
_TYPES = {"integer": "int", "number": "float"}
_MOST_TEXT = 400
_MOST_STATUSES = 5
_LONGEST_CHECK = 64
_SAFE = re.compile(r"[A-Za-z0-9_.~:@!$&'()*+,;=-]*")


def method(api: Api, session: Session, operation: Operation) -> Iterator[str]:
    """The lines of the method."""
    yield from lines(signature(operation, "body", _result(operation)), indent=1)
    yield from docstring(_told(operation), 2)
    query = _query(api, session, operation)
    yield from _query_lines(operation, query)
    yield from _body_lines(operation)
    yield from lines(_request(api, session, operation, query), "response = ", indent=2)
    yield from _check_lines(session, operation)
    for gift in operation.keeps:
        yield from lines(_taken(gift), f"self.{gift.variable} = ", indent=2)
    given = [_taken(gift) for gift in operation.gifts]
    if not given:
        yield "        return response"
    elif len(given) == 1:
        yield from lines(given[0], "return ", indent=2)
    else:
        yield from lines(Group("(", [("", one) for one in given], ")"), "return ", indent=2)


def _taken(gift: Gift) -> Group:
    kind = "int" if gift.type == "integer" else "str"
    return call(kind, call("taken", "response", string(gift.path)))


# The head.


def signature(operation: Operation, body: str, result: str) -> Group:
    """``def`` with its arguments; ``body`` is what the argument is called that replaces the
    sample.
    """
    positional = [("", f"{one.python}: {_type(one)}") for one in operation.arguments]
    fixed = [one for one in operation.parameters if _is_default(one) and one.place == "path"]
    positional += [("", _defaulted(one)) for one in fixed]
    if operation.body is not None and operation.body.kind in _BODY_ARGUMENTS:
        positional.append(("", f"{body}: {_BODY_ARGUMENTS[operation.body.kind]} = None"))
    named = [
        ("", _defaulted(one))
        for one in operation.parameters
        if one.place in ("query", "header", "cookie") and (_is_default(one) or _is_optional(one))
    ]
    star = [("", "*")] if named else []
    parts = [("", "self"), *positional, *star, *named]
    return Group(f"def {operation.name}(", parts, f") -> {result}:")


_BODY_ARGUMENTS = {
    "json": "Any",
    "form": "dict[str, str] | None",
    "text": "str | None",
    "bytes": "bytes | None",
}


def _type(parameter: Parameter) -> str:
    return _TYPES.get(parameter.type, "str")


def _is_default(parameter: Parameter) -> bool:
    """Whether its value can be the default of an argument."""
    return isinstance(parameter.value, Literal)


def _is_optional(parameter: Parameter) -> bool:
    """Sent only if the caller gives it."""
    return parameter.value is None and parameter.place == "query" and not parameter.required


def _defaulted(parameter: Parameter) -> str:
    if not isinstance(parameter.value, Literal):
        return f"{parameter.python}: {_type(parameter)} | None = None"
    value = parameter.value.value
    kind = "int" if isinstance(value, int) else "float" if isinstance(value, float) else "str"
    return f"{parameter.python}: {kind} = {flat(node_of(parameter.value))}"


def _result(operation: Operation) -> str:
    kinds = ["int" if gift.type == "integer" else "str" for gift in operation.gifts]
    if not kinds:
        return "Response"
    return kinds[0] if len(kinds) == 1 else f"tuple[{', '.join(kinds)}]"


def _told(operation: Operation) -> Iterator[str]:
    where = f"``{operation.method} {operation.path}``"
    paths = " and ".join(f"``{gift.path}``" for gift in operation.gifts)
    return told(operation, f"{where}. Returns {paths} of the answer." if paths else where)


def told(operation: Operation, where: str) -> Iterator[str]:
    """What it does, in the document's words; where; what it gives back."""
    title, text = operation.title.strip(), operation.text.strip()
    if text == title:
        text = ""
    if title:
        yield title
    if text:
        first = re.split(r"\n\s*\n", text)[0]
        yield first if len(first) <= _MOST_TEXT else first[:_MOST_TEXT].rpartition(" ")[0] + " ..."
    yield where


# URL and query.


def _query(api: Api, session: Session, operation: Operation) -> list[tuple[str, Node]]:
    found: list[tuple[str, Node]] = []
    for one in operation.parameters:
        if one.place == "query":
            own = one.value is None or _is_default(one)
            found.append((one.name, one.python if own else node_of(one.value or Literal(""))))
    for key in operation.security:
        if api.schemes[key].kind == "query":
            found.append((api.schemes[key].name, node_of(session.sent[key])))
    return found


def _query_lines(operation: Operation, query: Sequence[tuple[str, Node]]) -> Iterator[str]:
    if not query:
        return
    yield from lines(mapping(query), "query = ", indent=2)
    if any(map(_is_optional, operation.parameters)):
        yield (
            "        query = {name: value for name, value in query.items() if value is not None}"
        )


def _url(operation: Operation, query: Sequence[object]) -> str:
    parts: list[str | Code | Variable] = _origin(operation)
    for piece in re.split(r"(\{[^{}]+\})", operation.path):
        parameter = _in_path(operation, piece)
        parts += [piece] if parameter is None else _piece(parameter)
    if query:
        parts += ["?", Code("urlencode(query)")]
    if all(isinstance(part, str) for part in parts):
        return string("".join(map(str, parts)))
    return template(parts)


def _origin(operation: Operation) -> list[str | Code | Variable]:
    origin = operation.origin
    if origin is None or isinstance(origin, Code):
        return [] if origin is None else [origin]
    return list(origin.parts) if isinstance(origin, Text) else [str(getattr(origin, "value", ""))]


def _in_path(operation: Operation, piece: str) -> Parameter | None:
    name = piece[1:-1] if piece[:1] == "{" else ""
    return next((p for p in operation.parameters if p.place == "path" and p.name == name), None)


def _piece(parameter: Parameter) -> list[str | Code | Variable]:
    value = parameter.value
    if isinstance(value, Literal) and not _SAFE.fullmatch(str(value.value)):
        return [Code(f"quote({parameter.python})")]
    if isinstance(value, Text):
        return list(value.parts)
    return [value if isinstance(value, Code) else Code(parameter.python)]


# The request.


def _body_lines(operation: Operation) -> Iterator[str]:
    body = operation.body
    if body is None or body.kind not in _BODY_ARGUMENTS:
        return
    value: Value = body.value if body.value is not None else Object({})
    node: Node = "PICTURE" if body.kind == "bytes" else node_of(value)
    if body.kind == "form":
        node = mapping(_fields(value))
    yield "        if body is None:"
    yield from lines(node, "body = ", indent=3)


def _fields(value: Value) -> Iterator[tuple[str, Node]]:
    """The texts of a form."""
    for name, one in value.items.items() if isinstance(value, Object) else ():
        text = plain(one)
        if isinstance(text, Literal):
            yield name, string(str(text.value))
        else:
            node = node_of(text)
            yield name, node if isinstance(text, Text) or _is_text(text) else f"str({flat(node)})"


def _is_text(value: Value) -> bool:
    return isinstance(value, Code) and (value.text.startswith("self.") or "uuid4" in value.text)


def _request(api: Api, session: Session, operation: Operation, query: Sequence[object]) -> Group:
    url = _url(operation, query)
    if operation.method in _VERBS:
        positional: list[Node] = [url]
        function = f"self.http.{operation.method.lower()}"
    else:
        positional = [string(operation.method), url]
        function = "self.http.request"
    named: dict[str, Node] = {}
    if operation.origin or query or any(one.place == "path" for one in operation.parameters):
        named["name"] = string(re.sub(r"\{([^{}]+)\}", r":\1", operation.path))
    named |= _body_arguments(operation)
    headers = _headers(api, session, operation)
    if headers is not None:
        named["headers"] = headers
    if _may_exist(session, operation):
        named["expected"] = str((*operation.statuses, 409))
    if operation.statuses and all(300 <= status < 400 for status in operation.statuses):
        named["redirects"] = "0"
    return call(function, *positional, **named)


def _body_arguments(operation: Operation) -> dict[str, Node]:
    body = operation.body
    if body is None:
        return {}
    if body.kind == "json":
        return {"json": "body"}
    if body.kind != "multipart":
        return {"body": "body"}
    value = body.value if isinstance(body.value, Object) else Object({})
    texts = {k: v for k, v in value.items.items() if not isinstance(v, Object | Array)}
    nested = {k: v for k, v in value.items.items() if isinstance(v, Object | Array)}
    files = [(file.name, _file(file)) for file in body.files]
    files += [(name, _json_part(name, one)) for name, one in nested.items()]
    found: dict[str, Node] = {}
    if texts:
        found["body"] = mapping(_fields(Object(texts)))
    found["files"] = mapping(files)
    return found


def _file(file: File) -> Group:
    """A file of the right type, as far as we have one."""
    kind = file.media_type
    if kind.startswith("text/"):
        ending = kind.partition("/")[2]
        return _tuple(f"file.{'txt' if ending == 'plain' else ending}", 'b"hello"', kind)
    if kind.endswith("json"):
        return _tuple("file.json", 'b"{}"', kind)
    return _tuple("picture.png", "PICTURE", "image/png")


def _json_part(name: str, value: Value) -> Group:
    """A part that is JSON, as browsers send a Blob."""
    text = Group("dumps(", [("", node_of(value))], ").encode()")
    return _tuple(f"{snake(name) or 'part'}.json", text, "application/json")


def _tuple(name: str, content: Node, media_type: str) -> Group:
    return Group("(", [("", string(name)), ("", content), ("", string(media_type))], ")")


def _headers(api: Api, session: Session, operation: Operation) -> Node | None:
    own: list[tuple[str, Node]] = []
    body = operation.body
    if body is not None and body.media_type and body.kind != "multipart":
        own.append(("Content-Type", string(body.media_type)))
    cookies: list[str | Code | Variable] = []
    for one in operation.parameters:
        if one.place == "cookie" and one.value is not None:
            named = Code(one.python) if _is_default(one) else Code(flat(node_of(one.value)))
            cookies += [*(["; "] if cookies else []), f"{one.name}=", named]
        elif one.place == "header" and one.value is not None:
            own.append((one.name, _header(one)))
    if cookies:
        own.append(("Cookie", template(cookies)))
    keys = session.as_headers(api, operation)
    if not keys:
        return mapping(own) if own else None
    credentials = f"self.{session.credentials[keys]}"
    if not own:
        return credentials
    return Group("{", [("**", credentials), *mapping(own).parts], "}")


def _header(parameter: Parameter) -> Node:
    if not isinstance(parameter.value, Literal):
        return node_of(parameter.value or Literal(""))
    return (
        parameter.python if isinstance(parameter.value.value, str) else f"str({parameter.python})"
    )


# The check.


def _may_exist(session: Session, operation: Operation) -> bool:
    """An account that is there already, of an earlier run of the same seed, is as good."""
    return (
        operation.role is Role.REGISTER
        and session.log_in is not None
        and 409 in operation.refusals
        and bool(operation.statuses)
        and not operation.keeps
    )


def _check_lines(session: Session, operation: Operation) -> Iterator[str]:
    said, test = _check(session, operation)
    name = f"{operation.name} answers {said}"
    if width(f"{name}{test}") > _LONGEST_CHECK:
        yield f"        as_documented = {test}"
        test = "as_documented"
    yield from lines(call("check", "response", mapping([(name, test)])), indent=2)


def _check(session: Session, operation: Operation) -> tuple[str, str]:
    """The successes in words, and the test for them."""
    statuses = [*operation.statuses, *([409] if _may_exist(session, operation) else [])]
    if not statuses or len(statuses) > _MOST_STATUSES:
        said, test = "2xx", "200 <= response.status < 300"
    elif len(statuses) == 1:
        said, test = str(statuses[0]), f"response.status == {statuses[0]}"
    else:
        said = " or ".join(map(str, statuses))
        test = f"response.status in ({', '.join(map(str, statuses))})"
    return said, test
