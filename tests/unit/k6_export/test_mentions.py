"""What a piece of JavaScript speaks of."""

import pytest

from k6_export.mentions import mentions


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("py.b.int(x)", {("py", "b", "int"), ("x",)}),
        ('py.lib["json.loads"](text)', {("py", "lib", "json.loads"), ("text",)}),
        ("o?.name?.[key]", {("o", "name"), ("key",)}),
        ("(await f()).length", {("await",), ("f",)}),
        ("({ key: value, other })", {("value",), ("other",)}),
        ("test ? one : two", {("test",), ("one",), ("two",)}),
        ("f(...rest)", {("f",), ("rest",)}),
        ("`text ${`inner ${deep}`} more ${{ a: b }}` + after", {("deep",), ("b",), ("after",)}),
        ("text.replace(/[\"'`]/g, f) / two", {("text", "replace"), ("f",), ("two",)}),
        ("(a + b) / c / d", {("a",), ("b",), ("c",), ("d",)}),
        ("one // two\n/* three */ four", {("one",), ("four",)}),
        ('"a \\" b" + \'c\' + 1.5 + 0x1f', set()),
        ("$1 = f$.g", {("$1",), ("f$", "g")}),
    ],
)
def test_names_and_what_is_asked_of_them(text, paths):
    assert mentions(text).paths == paths


def test_strings_are_what_stands_between_quotes():
    assert mentions("f(\"join\", 'a b', `not this`)").strings == {"join", "a b"}
