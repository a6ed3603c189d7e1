"""Documents with places: what YAML can say, and what is wrong with it."""

import pytest

from ktb_load.errors import AuthorError
from ktb_load.plan.document import PLAN, parse_document


def parsed(text):
    return parse_document(text, "plan.yaml", PLAN)


def test_merged_mappings_give_way_to_what_is_written():
    text = "base: &base {vus: 1, duration: 5s}\na:\n  <<: *base\n  vus: 3\nb:\n  <<: [*base]\n"
    values = parsed(text).values
    assert values["a"] == {"vus": 3, "duration": "5s"}
    assert values["b"] == {"vus": 1, "duration": "5s"}


def test_the_first_of_several_merged_mappings_wins():
    assert parsed("a:\n  <<: [{x: 1}, {x: 2, y: 2}]\n").values["a"] == {"x": 1, "y": 2}


def test_a_date_that_is_none_is_a_text():
    assert parsed("a: 2025-13-45").values == {"a": "2025-13-45"}


def test_a_mapping_can_be_used_many_times():
    text = "a: &a {b: 1}\nc: [" + "*a, " * 10_000 + "*a]\n"
    assert parsed(text).values["c"] == [{"b": 1}] * 10_001


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "a: 1\nb: !secret x\n",
            "plan.yaml:2: not valid YAML: could not determine a constructor for the tag '!secret';"
            " check indentation and quotes there",
            id="a tag that nobody knows",
        ),
        pytest.param(
            "a: &a [*a]\n", "plan.yaml: it holds itself, or is nested too deeply", id="a circle"
        ),
        pytest.param(
            "a: 1\n<<: 3\n",
            "plan.yaml:2: not valid YAML: only mappings can be merged;"
            " check indentation and quotes there",
            id="merging a number",
        ),
        pytest.param(
            f"a: 1\nb: {'1' * 5000}\n",
            "plan.yaml:2: an integer of more than 4,000 digits is not read;"
            " put it into quotes, as a text",
            id="a long integer",
        ),
        pytest.param(
            f"a: 0x{'f' * 5000}\n",
            "plan.yaml:1: an integer of more than 4,000 digits is not read;"
            " put it into quotes, as a text",
            id="a long integer in hexadecimal",
        ),
        pytest.param(
            "a: &a [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]\n"
            "b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]\n"
            "c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]\n"
            "d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]\n"
            "e: {f: [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]}\n"
            "g: 1\n",
            "plan.yaml:5, e.f: aliases bring in more than 100,000 values;"
            " write what is meant, without so many `*`",
            id="aliases of aliases",
        ),
    ],
)
def test_what_cannot_be_read_is_a_problem(text, expected):
    with pytest.raises(AuthorError) as caught:
        parsed(text)
    assert str(caught.value) == expected
