import pytest

from ktb_load.quantities import format_duration, parse_duration


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("30s", 30),
        ("1m30s", 90),
        ("1h2m3s", 3723),
        ("250ms", 0.25),
        ("1.5h", 5400),
        ("1d6h", 108000),
        ("-1s", -1),
        ("10us", 0.00001),
        ("10µs", 0.00001),
        (1500, 1.5),
        ("1500", 1.5),
        (0, 0),
    ],
)
def test_a_duration_is_read_as_k6_reads_it(text, seconds):
    assert parse_duration(text) == pytest.approx(seconds)


@pytest.mark.parametrize("text", ["", "s", "5 minutes", "1x", "1s2", None, True, [1]])
def test_anything_else_is_refused(text):
    with pytest.raises(ValueError, match="is not a duration"):
        parse_duration(text)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0s"),
        (0.25, "250ms"),
        (0.00001, "10µs"),
        (1, "1s"),
        (90, "1m30s"),
        (60, "1m0s"),
        (3600, "1h0m0s"),
        (1.5, "1.5s"),
        (-1, "-1s"),
    ],
)
def test_a_duration_is_written_as_go_writes_it(seconds, text):
    assert format_duration(seconds) == text
