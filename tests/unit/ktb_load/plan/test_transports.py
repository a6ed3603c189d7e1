"""Source code that asks for long polling is recognised before it runs."""

import ast

import pytest

from ktb_load.plan.transports import polling_in


def found_in(source):
    found = (polling_in(node) for node in ast.walk(ast.parse(source)))
    return [(text.lineno, text.col_offset) for text in found if text is not None]


@pytest.mark.parametrize(
    ("case", "source", "place"),
    [
        ("a keyword", "Options(transports=('polling', 'websocket'))", (1, 20)),
        ("a list", "Options(transports=['websocket', 'polling'])", (1, 33)),
        ("a name", "transports = ('polling',)", (1, 14)),
        ("a name with a type", "transports: tuple[str, ...] = ('polling',)", (1, 31)),
        ("an attribute", "self.transports = 'polling',", (1, 18)),
        ("put together", "transports = ('web' + 'socket', *['polling'])", (1, 34)),
    ],
)
def test_polling_is_found_with_its_place(case, source, place):
    assert found_in(source) == [place], case


@pytest.mark.parametrize(
    "source",
    [
        "Options(transports=('websocket',))",
        "transports: tuple[str, ...]",
        "Options(name='polling')",
        "say('polling')",
        "transports = given",
    ],
)
def test_anything_else_is_none(source):
    assert found_in(source) == []
