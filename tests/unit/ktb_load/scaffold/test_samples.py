"""What is sent for a schema: one row for each thing that a schema can say."""

import ast
import json

import pytest

from ktb_load.scaffold.cursor import Library
from ktb_load.scaffold.layout import flat, node_of
from ktb_load.scaffold.reading import PART, read_source
from ktb_load.scaffold.samples import sample

SCHEMAS = {
    "Node": {
        "type": "object",
        "required": ["name"],
        "properties": {
            "name": {"type": "string"},
            "parent": {"$ref": "#/schemas/Node"},
            "children": {"type": "array", "items": {"$ref": "#/schemas/Node"}},
        },
    },
    "Loop": {
        "type": "object",
        "required": ["next"],
        "properties": {"next": {"$ref": "#/schemas/Loop"}},
    },
    "Circle": {"$ref": "#/schemas/Circle"},
    "Cat": {"type": "object", "required": ["lives"], "properties": {"lives": {"type": "integer"}}},
}


@pytest.fixture
def python(tmp_path):
    """``python(schema, name)``: the Python of its sample."""

    def build(schema, name=""):
        path = tmp_path / "schemas.json"
        path.write_text(json.dumps({"schemas": SCHEMAS, "here": schema}), encoding="utf-8")
        root = Library().open(read_source(str(path), PART))
        return flat(node_of(sample(root["here"], name)))

    return build


@pytest.mark.parametrize(
    ("schema", "name", "expected"),
    [
        # what the document gives itself
        ({"type": "string", "example": "안녕"}, "", '"안녕"'),
        ({"type": "string", "examples": ["a", "b"]}, "", '"a"'),
        ({"type": "string", "default": "asc"}, "", '"asc"'),
        ({"type": "string", "enum": ["TEXT", "FILE"]}, "", '"TEXT"'),
        ({"type": "string", "nullable": True, "enum": [None, "A"]}, "", '"A"'),
        ({"const": 3}, "", "3"),
        ({"type": "object", "example": {"a": [1, None, True]}}, "", '{"a": [1, None, True]}'),
        # examples of another type than their own do not count
        ({"type": "integer", "example": "12"}, "", "1"),
        ({"type": "array", "example": "a,b", "items": {"type": "string"}}, "tags", '["tags"]'),
        # placeholders of tools are no examples
        ({"type": "string", "example": "string"}, "content", '"hello"'),
        # formats and names
        ({"type": "string", "format": "email"}, "", '"user@example.com"'),
        ({"type": "string", "format": "date"}, "", '"2025-01-31"'),
        ({"type": "string", "format": "uuid"}, "", "self.vu.random.uuid4()"),
        ({"type": "string"}, "phoneNumber", '"phone number"'),
        ({"type": "string"}, "userPhone", '"010-1234-5678"'),
        ({"type": "string"}, "nickName", '"nick name"'),
        ({"type": "string"}, "", '"text"'),
        # lengths and patterns
        ({"type": "string", "maxLength": 3}, "content", '"hel"'),
        ({"type": "string", "minLength": 12}, "password", '"Passw0rd!Pas"'),
        ({"type": "string", "pattern": r"^01\d{9}$"}, "phone", '"01012345678"'),
        ({"type": "string", "pattern": r"^\p{L}+$"}, "name", '"name"'),
        ({"type": "string", "pattern": "["}, "name", '"name"'),
        # numbers
        ({"type": "integer"}, "", "1"),
        ({"type": "integer", "minimum": 18}, "", "18"),
        ({"type": "integer", "maximum": -5}, "", "-5"),
        ({"type": "integer", "exclusiveMinimum": 3}, "", "4"),
        ({"type": "integer", "minimum": 3, "exclusiveMinimum": True}, "", "4"),
        ({"type": "integer", "multipleOf": 5, "minimum": 12}, "", "15"),
        ({"type": "integer", "multipleOf": 5, "minimum": 2, "maximum": 9}, "", "5"),
        ({"type": "number", "exclusiveMinimum": 1.0}, "", "1.5"),
        ({"type": "boolean"}, "", "True"),
        ({"type": "null"}, "", "None"),
        # 3.1
        ({"type": ["null", "string"]}, "title", '"title"'),
        (True, "", '"text"'),
        ({}, "", '"text"'),
        # arrays
        ({"type": "array", "items": {"type": "integer"}}, "", "[1]"),
        ({"type": "array", "minItems": 2, "items": {"type": "integer"}}, "", "[1, 1]"),
        ({"type": "array", "maxItems": 0, "items": {"type": "integer"}}, "", "[]"),
        ({"type": "array"}, "", "[]"),
        # objects
        ({"properties": {"a": {"type": "integer"}}}, "", '{"a": 1}'),
        (
            {
                "required": ["a"],
                "properties": {
                    "a": {"type": "integer"},
                    "left": {"type": "integer"},
                    "given": {"type": "integer", "default": 7},
                    "id": {"type": "integer", "readOnly": True, "example": 3},
                },
            },
            "",
            '{"a": 1, "given": 7}',
        ),
        ({"type": "object", "additionalProperties": {"type": "string"}}, "", "{}"),
        # composition
        (
            {
                "allOf": [
                    {"$ref": "#/schemas/Cat"},
                    {"required": ["name"], "properties": {"name": {"type": "string"}}},
                ]
            },
            "",
            '{"lives": 1, "name": "name"}',
        ),
        ({"oneOf": [{"type": "null"}, {"$ref": "#/schemas/Cat"}]}, "", '{"lives": 1}'),
        ({"anyOf": [{"type": "integer"}, {"type": "string"}]}, "", "1"),
        (
            {
                "oneOf": [{"$ref": "#/schemas/Cat"}],
                "discriminator": {"propertyName": "kind", "mapping": {"cat": "#/schemas/Cat"}},
            },
            "",
            '{"lives": 1, "kind": "cat"}',
        ),
        ({"$ref": "#/schemas/Cat", "example": {"lives": 9}}, "", '{"lives": 9}'),
        # what comes back to itself
        ({"$ref": "#/schemas/Node"}, "", '{"name": "name"}'),
        ({"$ref": "#/schemas/Loop"}, "", '{"next": None}'),
        ({"$ref": "#/schemas/Circle"}, "", '"text"'),
    ],
    ids=str,
)
def test_samples(python, schema, name, expected):
    assert python(schema, name) == expected


def test_entities_that_lead_to_each_other_end(python):
    names = [f"E{number}" for number in range(12)]
    for name in names:
        others = {other.lower(): {"$ref": f"#/schemas/{other}"} for other in names}
        SCHEMAS[name] = {"type": "object", "properties": {"id": {"type": "integer"}, **others}}
    try:
        text = python({"$ref": "#/schemas/E0"})
    finally:
        for name in names:
            del SCHEMAS[name]
    assert ast.literal_eval(text)["e1"]["id"] == 1
    assert len(text) < 5_000
