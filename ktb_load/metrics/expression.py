"""The grammar of threshold expressions, with k6's texts for what is wrong (k6 1.8.1).

    expression   = aggregation operator number
    aggregation  = "value" | "count" | "rate" | "avg" | "min" | "max" | "med" | "p(" number ")"
    operator     = "<=" | "<" | ">=" | ">" | "===" | "==" | "!="
    number       = a Go floating point literal, "Inf" or "NaN"; no units

Spaces may stand around the operator only. One comparison, no "and". k6 tries the operators in the
order above, wherever they stand, which decides what it complains about; so does this module.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import eq, ge, gt, le, lt, ne
from types import MappingProxyType

OPERATORS: Mapping[str, Callable[[float, float], bool]] = MappingProxyType(
    {"<=": le, "<": lt, ">=": ge, ">": gt, "===": eq, "==": eq, "!=": ne}
)

_PLAIN = frozenset({"value", "count", "rate", "avg", "min", "max", "med"})

_DIGITS, _HEX = r"\d(?:_?\d)*", r"[\da-fA-F](?:_?[\da-fA-F])*"
_DECIMAL = re.compile(
    rf"[+-]?(?:{_DIGITS}(?:\.(?:{_DIGITS})?)?|\.{_DIGITS})(?:[eE][+-]?{_DIGITS})?", re.ASCII
)
_HEXADECIMAL = re.compile(
    rf"[+-]?0[xX]_?(?:{_HEX}(?:\.(?:{_HEX})?)?|\.{_HEX})[pP][+-]?{_DIGITS}", re.ASCII
)
_SPECIAL = re.compile(r"[+-]?inf(?:inity)?|nan", re.IGNORECASE | re.ASCII)


class ExpressionError(ValueError):
    """The text is not a threshold expression; the message is k6's."""


@dataclass(frozen=True)
class Expression:
    """A threshold expression, read."""

    aggregation: str
    """``p`` for percentiles."""
    percentile: float | None
    operator: str
    value: float


def parse_expression(source: str) -> Expression:
    """Read an expression.

    A percentile outside 0 to 100 is refused here; k6 1.8.1 lets it pass and panics when it
    judges.

    Raises:
        ExpressionError: with k6's words for the mistake.
    """
    left, operator, right = _split(source)
    if not operator:
        raise ExpressionError(
            f"failed parsing threshold expression {_quoted(source)}; "
            "reason: malformed threshold expression"
        )
    try:
        aggregation, percentile = _read_aggregation(left.strip())
    except ValueError as error:
        raise ExpressionError(
            f"failed parsing threshold expression's {_quoted(source)} left hand side; "
            f"reason: {error}"
        ) from None
    try:
        value = parse_float(right.strip())
    except ValueError as error:
        raise ExpressionError(
            f"failed parsing threshold expresion's {_quoted(source)} right hand side; "
            f"reason: {error}"
        ) from None
    return Expression(aggregation, percentile, operator, value)


def parse_float(text: str) -> float:
    """A number as Go's ``strconv.ParseFloat`` reads it.

    Raises:
        ValueError: with Go's words.
    """
    if _SPECIAL.fullmatch(text):
        return float(text)
    if _DECIMAL.fullmatch(text):
        number = float(text)
    elif _HEXADECIMAL.fullmatch(text):
        number = _from_hex(text.replace("_", ""))
    else:
        raise ValueError(f"strconv.ParseFloat: parsing {_quoted(text)}: invalid syntax")
    if number in (float("inf"), float("-inf")):
        raise ValueError(f"strconv.ParseFloat: parsing {_quoted(text)}: value out of range")
    return number


def _split(text: str) -> tuple[str, str, str]:
    for operator in OPERATORS:
        left, found, right = text.partition(operator)
        if found and right:
            return left, operator, right
    return text, "", ""


def _read_aggregation(text: str) -> tuple[str, float | None]:
    if text in _PLAIN:
        return text, None
    if not (text.startswith("p(") and text.endswith(")")):
        raise ValueError("failed parsing method from expression")
    try:
        percentile = parse_float(text[2:-1])
    except ValueError as error:
        raise ValueError(f"malformed percentile value; reason: {error}") from None
    if not 0 <= percentile <= 100:
        raise ValueError(f"percentile {text[2:-1]} is not from 0 to 100")
    return "p", percentile


def _from_hex(text: str) -> float:
    try:
        return float.fromhex(text)
    except OverflowError:
        return float("inf")


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
