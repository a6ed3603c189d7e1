"""Python as text: quotes, line breaks, docstrings."""

import ast

import pytest

from ktb_load.scaffold import layout
from ktb_load.scaffold.values import Code, of_json


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("plain", '"plain"'),
        ("안녕 👍", '"안녕 👍"'),
        ('say "hi"', "'say \"hi\"'"),
        ("it's", '"it\'s"'),
        ('it\'s "it"', "'it\\'s \"it\"'"),
        ("a\\b\n\t", '"a\\\\b\\n\\t"'),
        ("\x00\u2028\ud83d", '"\\u0000\\u2028\\ud83d"'),
    ],
)
def test_strings(text, written):
    assert layout.string(text) == written
    assert ast.literal_eval(written) == text


def test_braces_of_a_text_are_no_holes_of_an_f_string():
    assert layout.template(["{a} ", Code("self.b"), " 'c'"]) == "f\"{{a}} {self.b} 'c'\""


def test_what_does_not_fit_gets_a_line_for_each_part():
    value = of_json({"name": "x" * 60, "tags": ["y" * 20], "empty": {}, "방": "가" * 30})
    found = layout.lines(layout.node_of(value), "body = ", indent=2)
    assert found == [
        "        body = {",
        f'            "name": "{"x" * 60}",',
        f'            "tags": ["{"y" * 20}"],',
        '            "empty": {},',
        f'            "방": "{"가" * 30}",',
        "        }",
    ]


def test_korean_is_two_columns_wide():
    fitting, too_long = "가" * 39, "가" * 40
    call = layout.call("f", "x", a=layout.string(fitting))
    assert len(layout.lines(call)) == 1
    assert len(layout.lines(layout.call("f", "x", a=layout.string(too_long)))) == 4


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        ([], []),
        (["", "  "], []),
        (["채팅방 생성"], ['"""채팅방 생성"""']),
        (["one", "two"], ['"""one', "", "two", '"""']),
        (['"quoted" \\d """end"'], ["\"\"\"'quoted' \\\\d '''end'\"\"\""]),
        (["a<br>b  c\n d"], ['"""a b c d"""']),
    ],
)
def test_docstrings(paragraphs, expected):
    found = layout.docstring(paragraphs, 0)
    assert found == expected
    ast.parse("\n".join(found))


def test_long_paragraphs_are_wrapped():
    found = layout.docstring(["가나다 " * 30], 1)
    assert all(layout.width(line) <= layout.WIDTH for line in found)
    assert "".join(found).count("가나다") == 30
