"""What a message's content means."""

import pytest

from ktb_load.wire.content import json_of, value_of


@pytest.mark.parametrize(
    ("case", "text", "value"),
    [
        ("an object", '{"a": 1}', {"a": 1}),
        ("a list", "[1, null]", [1, None]),
        ("a number", "1", "1"),
        ("a text in quotes", '"a"', '"a"'),
        ("half an object", '{"a"', '{"a"'),
        ("something behind it", "[1] 2", "[1] 2"),
        ("what JavaScript writes and JSON has not", '{"a": NaN}', '{"a": NaN}'),
        ("half a surrogate pair", r'["\ud83d"]', ["\ud83d"]),
        ("a pair in two escapes", r'["\ud83d\udc4d"]', ["👍"]),
        ("too deep", "[" * 100_000, "[" * 100_000),
        ("a blank first", ' {"a": 1}', ' {"a": 1}'),
        ("nothing", "", ""),
    ],
)
def test_list_or_object_is_decoded_and_nothing_else(case, text, value):
    assert value_of(text) == value, case


@pytest.mark.parametrize("text", ["", "x", "NaN", "[" * 100_000, b"\xff", b'"\xff"'])
def test_what_is_no_json_is_a_value_error(text):
    with pytest.raises(ValueError):
        json_of(text)


@pytest.mark.parametrize(("text", "value"), [("1", 1), (b'"\xea\xb0\x80"', "가"), ("2.0", 2.0)])
def test_any_json_is_read(text, value):
    assert json_of(text) == value
