from datetime import UTC, datetime
from math import inf, nan

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ktb_load.metrics.metric import Contains, MetricType
from ktb_load.outputs import spelling


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (1.0, "1"),
        (-2.5, "-2.5"),
        (0.1 + 0.2, "0.30000000000000004"),
        (1e20, "100000000000000000000"),
        (1e21, "1e+21"),
        (1.5e300, "1.5e+300"),
        (123456.789, "123456.789"),
        (1e-6, "0.000001"),
        (1e-7, "1e-7"),
        (1.25e-9, "1.25e-9"),
        (nan, "NaN"),
        (inf, "Infinity"),
        (-inf, "-Infinity"),
        (5, "5"),
    ],
)
def test_number_is_written_as_javascript_writes_it(number, text):
    assert spelling.js_number(number) == text


@settings(max_examples=100, deadline=None)
@given(st.floats(allow_nan=False, allow_infinity=False))
def test_number_that_is_written_leads_back_to_itself(number):
    assert float(spelling.js_number(number)) == number


@pytest.mark.parametrize(
    ("number", "places", "text"),
    [
        pytest.param(1.005, 2, "1.00", id="the binary value is below the tie"),
        pytest.param(2.5, 0, "3", id="a tie goes up"),
        pytest.param(-2.5, 0, "-3", id="away from zero"),
        pytest.param(0.125, 2, "0.13", id="a tie in decimals"),
        pytest.param(3, 2, "3.00", id="zeros at the end stay"),
        pytest.param(1e21, 2, "1e+21", id="too long to be fixed"),
        pytest.param(nan, 2, "NaN", id="no number"),
    ],
)
def test_places_are_fixed_as_in_javascript(number, places, text):
    assert spelling.to_fixed(number, places) == text


@pytest.mark.parametrize(
    ("number", "rounded", "truncated"),
    [(1.239, "1.24", "1.23"), (1.2, "1.2", "1.2"), (-1.239, "-1.24", "-1.23"), (2, "2", "2")],
)
def test_two_places_are_rounded_or_cut(number, rounded, truncated):
    assert spelling.rounded(number, 2) == rounded
    assert spelling.truncated(number, 2) == truncated


@pytest.mark.parametrize(
    ("ms", "text"),
    [
        pytest.param(0, "0s", id="nothing"),
        pytest.param(0.0009999, "999ns", id="nanoseconds"),
        pytest.param(0.001, "1µs", id="a microsecond"),
        pytest.param(0.66228, "662.28µs", id="microseconds"),
        pytest.param(0.999999, "999.99µs", id="cut, not rounded"),
        pytest.param(1, "1ms", id="a millisecond"),
        pytest.param(59.999, "59.99ms", id="milliseconds, cut"),
        pytest.param(999.999, "999.99ms", id="nearly a second"),
        pytest.param(1000, "1s", id="a second"),
        pytest.param(1239, "1.23s", id="seconds, cut"),
        pytest.param(59_999, "59.99s", id="nearly a minute"),
        pytest.param(60_000, "1m0s", id="a minute"),
        pytest.param(61_999, "1m1s", id="no decimals past a minute"),
        pytest.param(3_599_999, "59m59s", id="nearly an hour"),
        pytest.param(3_600_000, "1h0m0s", id="an hour"),
        pytest.param(90_061_000, "25h1m1s", id="no days"),
    ],
)
def test_duration_has_the_unit_that_suits(ms, text):
    assert spelling.duration(ms) == text


@pytest.mark.parametrize(
    ("unit", "text"), [("s", "1.23s"), ("ms", "1234.57ms"), ("us", "1234567.89µs")]
)
def test_duration_in_a_fixed_unit_is_rounded(unit, text):
    assert spelling.duration(1234.56789, unit) == text


def test_duration_in_a_fixed_unit_keeps_its_zeros():
    assert spelling.duration(0, "ms") == "0.00ms"


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "0 B"),
        (9, "9 B"),
        (2.5, "2.5 B"),
        (10, "10 B"),
        (999, "999 B"),
        (1000, "1.0 kB"),
        (7_460, "7.5 kB"),
        (9_960, "10 kB"),
        pytest.param(123_456, "124 kB", id="rounded twice, as k6 does"),
        (3_200_000, "3.2 MB"),
        (45e12, "45 TB"),
    ],
)
def test_bytes_go_by_thousands(size, text):
    assert spelling.data_size(size) == text


@pytest.mark.parametrize(
    ("share", "text"),
    [(0, "0.00%"), (1, "100.00%"), (0.67749, "67.74%"), (0.99999, "99.99%"), (0.5, "50.00%")],
)
def test_share_is_cut_to_two_decimals_of_a_percent(share, text):
    assert spelling.percentage(share) == text


@pytest.mark.parametrize(
    ("type_", "contains", "text"),
    [
        pytest.param(MetricType.RATE, Contains.TIME, "50.00%", id="a rate, whatever it contains"),
        pytest.param(MetricType.TREND, Contains.TIME, "500µs", id="time"),
        pytest.param(MetricType.COUNTER, Contains.DATA, "0.5 B", id="data"),
        pytest.param(MetricType.GAUGE, Contains.DEFAULT, "0.5", id="a number"),
    ],
)
def test_value_is_written_by_what_it_contains(type_, contains, text):
    assert spelling.value(0.5, type_, contains) == text


def test_number_without_a_unit_has_six_decimals_at_most():
    plain = MetricType.TREND, Contains.DEFAULT
    assert spelling.value(47.9081994, *plain, "ms") == "47.908199"


@pytest.mark.parametrize(
    ("epoch_s", "text"),
    [
        pytest.param(0, "1970-01-01T00:00:00Z", id="no fraction"),
        pytest.param(0.25, "1970-01-01T00:00:00.25Z", id="no zeros at its end"),
        pytest.param(86_400.000001, "1970-01-02T00:00:00.000001Z", id="a microsecond"),
        pytest.param(59.9999999, "1970-01-01T00:01:00Z", id="rounded up to the next second"),
        pytest.param(1.1, "1970-01-01T00:00:01.1Z", id="what doubles cannot say exactly"),
        pytest.param(10.0, "1970-01-01T00:00:10Z", id="zeros of the second stay"),
    ],
)
def test_moment_is_written_as_go_writes_it(epoch_s, text):
    assert spelling.rfc3339(epoch_s) == text


@settings(max_examples=50, deadline=None)
@given(st.floats(0, 4e9))
def test_moment_that_is_written_is_right_to_the_microsecond(epoch_s):
    read = datetime.fromisoformat(spelling.rfc3339(epoch_s))
    assert read.tzinfo == UTC
    assert read.timestamp() == pytest.approx(epoch_s, abs=1.1e-6)
