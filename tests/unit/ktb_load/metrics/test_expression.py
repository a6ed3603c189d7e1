from math import inf, isnan

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ktb_load.metrics.expression import (
    OPERATORS,
    Expression,
    ExpressionError,
    parse_expression,
    parse_float,
)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("avg<10", ("avg", None, "<", 10), id="the plainest"),
        pytest.param("p(95)<500", ("p", 95, "<", 500), id="a percentile"),
        pytest.param("p(99.9)>=1", ("p", 99.9, ">=", 1), id="with decimals"),
        pytest.param("p(0)==1", ("p", 0, "==", 1), id="the least percentile"),
        pytest.param("p(100)==1", ("p", 100, "==", 1), id="the greatest"),
        pytest.param("  max  <=  31 ", ("max", None, "<=", 31), id="spaces at the operator"),
        pytest.param("count===3", ("count", None, "===", 3), id="three equal signs"),
        pytest.param("rate!=0", ("rate", None, "!=", 0), id="not equal"),
        pytest.param("value>-1", ("value", None, ">", -1), id="below zero"),
    ],
)
def test_expression_is_read_as_k6_reads_it(source, expected):
    assert parse_expression(source) == Expression(*expected)


@pytest.mark.parametrize(
    ("source", "side"),
    [
        pytest.param("", "", id="nothing"),
        pytest.param("avg", "", id="no comparison"),
        pytest.param("avg=3", "", id="one equal sign"),
        pytest.param("avg<", "", id="nothing to compare with"),
        pytest.param("p95<3", "left", id="no parentheses"),
        pytest.param("p( 95)<3", "left", id="a space in parentheses"),
        pytest.param("p()<3", "left", id="no number in them"),
        pytest.param("AVG<3", "left", id="capitals"),
        pytest.param("<5", "left", id="nothing on the left"),
        pytest.param("p(101)<3", "left", id="k6 1.8.1 panics over it"),
        pytest.param("p(-0.1)<3", "left", id="below the least percentile"),
        pytest.param("p(nan)<3", "left", id="no number at all"),
        pytest.param("avg<100ms", "right", id="a unit"),
        pytest.param("avg<5 && max<9", "right", id="two comparisons"),
        pytest.param("avg< ", "right", id="a space to compare with"),
        pytest.param("avg==1==1", "right", id="twice the operator"),
    ],
)
def test_mistake_is_said_to_be_on_the_side_where_it_is(source, side):
    with pytest.raises(ExpressionError) as caught:
        parse_expression(source)
    assert str(caught.value).startswith(
        f'failed parsing threshold expresion\'s "{source}" right hand side; reason: '  # k6's word
        if side == "right"
        else f'failed parsing threshold expression\'s "{source}" left hand side; reason: '
        if side == "left"
        else f'failed parsing threshold expression "{source}"; '
        "reason: malformed threshold expression"
    )


@pytest.mark.parametrize(
    ("operator", "below", "equal", "above"),
    [
        ("<", True, False, False),
        ("<=", True, True, False),
        (">", False, False, True),
        (">=", False, True, True),
        ("==", False, True, False),
        ("===", False, True, False),
        ("!=", True, False, True),
    ],
)
def test_operator_compares_a_value_with_the_limit(operator, below, equal, above):
    compare = OPERATORS[operator]
    assert (compare(1, 2), compare(2, 2), compare(3, 2)) == (below, equal, above)
    assert parse_expression(f"avg{operator}2").operator == operator


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1", 1),
        ("+1.5", 1.5),
        (".5", 0.5),
        ("5.", 5),
        ("-1e3", -1000),
        ("1E-2", 0.01),
        ("1_000", 1000),
        ("0x1p4", 16),
        ("0x_Ap0", 10),
        ("-0x.8p1", -1),
        ("Inf", inf),
        ("-infinity", -inf),
        ("+INF", inf),
        ("1e-999", 0),
    ],
)
def test_number_is_read_as_go_reads_it(text, number):
    assert parse_float(text) == number


def test_nan_is_a_number_for_go():
    assert isnan(parse_float("NaN"))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param("", "invalid syntax", id="nothing"),
        pytest.param(".", "invalid syntax", id="a point alone"),
        pytest.param("1__0", "invalid syntax", id="two underscores"),
        pytest.param("_1", "invalid syntax", id="an underscore first"),
        pytest.param("0x10", "invalid syntax", id="hexadecimal without an exponent"),
        pytest.param("1e", "invalid syntax", id="an exponent without digits"),
        pytest.param("+nan", "invalid syntax", id="a sign before NaN"),
        pytest.param("１", "invalid syntax", id="a digit of full width"),
        pytest.param("1e999", "value out of range", id="too much for a double"),
        pytest.param("0x1p9999", "value out of range", id="too much in hexadecimal"),
    ],
)
def test_go_complains_about_the_number(text, reason):
    with pytest.raises(ValueError) as caught:
        parse_float(text)
    assert str(caught.value) == f'strconv.ParseFloat: parsing "{text}": {reason}'


@settings(max_examples=100, deadline=None)
@given(
    st.floats(0, 100), st.sampled_from(sorted(OPERATORS)), st.floats(allow_nan=False), st.text(" ")
)
def test_what_is_written_is_what_is_read(percentile, operator, value, spaces):
    source = f"{spaces}p({percentile!r}){spaces}{operator}{spaces}{value!r}{spaces}"
    assert parse_expression(source) == Expression("p", percentile, operator, value)
