from random import Random
from statistics import mean, stdev

import pytest

from ktb_load.reference_server.distributions import parse_distribution


def draws(text: str) -> list[float]:
    distribution, random = parse_distribution(text), Random(1)
    return [distribution.draw(random) for _ in range(4000)]


@pytest.mark.parametrize("text", ["200ms", "fixed(200ms)", " 0.2s ", "200"])
def test_fixed_time_is_always_the_same(text: str) -> None:
    assert set(draws(text)) == {0.2}


@pytest.mark.parametrize(
    ("text", "average_s", "deviation_s"),
    [
        ("uniform(50ms,150ms)", 0.1, 0.0289),
        ("normal(80ms, 10ms)", 0.08, 0.01),
        ("exponential(30ms)", 0.03, 0.03),
    ],
)
def test_draws_have_the_shape(text: str, average_s: float, deviation_s: float) -> None:
    drawn = draws(text)
    assert mean(drawn) == pytest.approx(average_s, rel=0.06)
    assert stdev(drawn) == pytest.approx(deviation_s, rel=0.1)


def test_no_duration_is_below_zero() -> None:
    assert min(draws("normal(1ms,10ms)")) == 0
    assert set(draws("exponential(0ms)")) == {0}


@pytest.mark.parametrize(
    "text", ["", "soon", "uniform(1ms)", "normal(1ms,2ms,3ms)", "zipf(1ms)", "-5ms", "fixed(-1s)"]
)
def test_what_is_no_duration_is_answered_with_what_is(text: str) -> None:
    with pytest.raises(ValueError, match="write a time such as 200ms"):
        parse_distribution(text)
