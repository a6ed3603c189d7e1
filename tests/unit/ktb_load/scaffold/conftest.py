"""Documents written as Python, and what `ktb-load new` makes of them."""

import ast
import json
from dataclasses import dataclass

import pytest

from ktb_load.errors import AuthorError
from ktb_load.scaffold.project import Documents, make

MARKS = {"openapi": "openapi", "asyncapi": "asyncapi", "info": "postman"}


@dataclass
class Made:
    """The files of a project called ``shop``."""

    project: object

    def file(self, name):
        return self.project.files[name]

    @property
    def user(self):
        return self.file("locustfiles/shop_user.py")

    @property
    def tasks(self):
        """Task -> its lines."""
        return {name: _body(node) for name, node in self._methods("shop.py").items()}

    def method(self, name, module="shop_user.py"):
        """The lines of a method, without its head and its docstring."""
        return _body(self._methods(module)[name])

    def head(self, name, module="shop_user.py"):
        """The arguments of a method."""
        return ast.unparse(self._methods(module)[name].args)

    def names(self, module="shop_user.py"):
        return list(self._methods(module))

    def _methods(self, module):
        tree = ast.parse(self.file(f"locustfiles/{module}"))
        return {
            node.name: node
            for owner in tree.body
            if isinstance(owner, ast.ClassDef)
            for node in owner.body
            if isinstance(node, ast.FunctionDef)
        }


def _body(node):
    body = node.body[1:] if ast.get_docstring(node) else node.body
    return [line for one in body for line in ast.unparse(one).splitlines()]


@pytest.fixture
def new(tmp_path):
    """``new(document, ...)``: the project of documents, JSON objects that say what they are."""

    def build(*documents):
        given = {}
        for document in documents:
            kind = next(MARKS[key] for key in MARKS if key in document)
            path = tmp_path / f"{kind}.json"
            path.write_text(json.dumps(document), encoding="utf-8")
            given[kind] = str(path)
        return Made(make("shop", Documents(**given)))

    return build


@pytest.fixture
def problems(new, tmp_path):
    """``problems(document)``: what is wrong with it, the folder left out."""

    def find(*documents):
        with pytest.raises(AuthorError) as caught:
            new(*documents)
        return [line.replace(f"{tmp_path}/", "") for line in str(caught.value).splitlines()]

    return find


@pytest.fixture
def api():
    """``api({"GET /rooms": {...}})``: an OpenAPI document of these calls."""

    def build(calls, **more):
        paths = {}
        for call, operation in calls.items():
            method, path = call.split(" ")
            paths.setdefault(path, {})[method.lower()] = {
                "responses": {"200": {"description": "ok"}},
                **operation,
            }
        return {"openapi": "3.0.3", "info": {"title": "Shop"}, "paths": paths, **more}

    return build


@pytest.fixture
def answers():
    """``answers({"id": "integer"})``: a response with such properties, which may be nested."""

    def build(shape, status="201"):
        return {status: {"content": {"application/json": {"schema": _schema(shape)}}}}

    return build


@pytest.fixture
def sends():
    """``sends({"name": "string"})``: a JSON request body with such properties."""

    def build(shape):
        return {"content": {"application/json": {"schema": _schema(shape)}}}

    return build


def _schema(shape):
    if isinstance(shape, list):
        return {"type": "array", "items": _schema(shape[0])}
    if isinstance(shape, dict):
        return {"type": "object", "properties": {k: _schema(v) for k, v in shape.items()}}
    return {"type": shape}
