import pytest

from ktb_load.metrics.metric import Contains, MetricType
from ktb_load.outputs.columns import Columns, Entry, Paint, Wording, dots, width

_PLAIN, _TIME = Contains.DEFAULT, Contains.TIME
_WORDING = Wording(("avg", "count"))


def _entry(name, type_, contains=_PLAIN, **values):
    return Entry(name, MetricType(type_), contains, values)


_ENTRIES = [
    _entry("slow", "trend", _TIME, avg=1500, count=12),
    _entry("quick", "trend", _TIME, avg=7, count=3),
    _entry("sent", "counter", Contains.DATA, count=1500, rate=3),
    _entry("vus", "gauge", value=5, min=1, max=10),
    _entry("checks", "rate", rate=0.5, passes=2, fails=2),
]


@pytest.mark.parametrize(
    ("entry", "cells"),
    [
        pytest.param(_ENTRIES[0], ["1.5s", "12"], id="a trend: the chosen; a count has no unit"),
        pytest.param(_ENTRIES[2], ["1.5 kB", "3 B/s"], id="a counter: the sum and it a second"),
        pytest.param(_ENTRIES[3], ["5", "min=1", "max=10"], id="a gauge: the last and both ends"),
        pytest.param(_ENTRIES[4], ["50.00%", "2 out of 4"], id="a rate: the share and of what"),
    ],
)
def test_cells_of_an_entry(entry, cells):
    assert _WORDING.cells(entry) == cells


def test_trends_are_aligned_among_themselves_and_the_others_as_well():
    columns = Columns(_ENTRIES, _WORDING)
    assert [columns.row(entry.name, Paint(), ()) for entry in _ENTRIES] == [
        "avg=1.5s count=12",
        "avg=7ms  count=3 ",
        "1.5 kB 3 B/s",
        "5      min=1      max=10",
        "50.00% 2 out of 4",
    ]


def test_colours_do_not_change_the_widths():
    columns = Columns(_ENTRIES, _WORDING)
    painted = columns.row("quick", Paint(True), ("2",))
    assert painted == "avg=\x1b[36m7ms\x1b[0m  count=\x1b[36m3\x1b[0m "
    assert columns.row("vus", Paint(True), ("2", "36")).endswith("\x1b[2;36mmax=10\x1b[0m")


def test_names_width_is_that_of_the_longest_as_it_is_shown():
    assert Columns(_ENTRIES, _WORDING).names_width(lambda name: name + "!!") == len("checks!!")
    assert Columns([], _WORDING).names_width(str) == 0


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        pytest.param("abc", 3, id="letters"),
        pytest.param("\x1b[1mabc\x1b[0m", 3, id="colours take no room"),
        pytest.param("그룹", 2, id="a wide sign counts as one"),
        pytest.param("e\u0301", 1, id="a letter and its accent are one"),
        pytest.param("ﬁ", 2, id="a ligature counts as its letters"),
    ],
)
def test_width_is_counted_as_k6_counts(text, columns):
    assert width(text) == columns


def test_at_least_three_dots_lead_to_the_values():
    assert (dots("abc", 3), dots("abc", 5), dots("abcdef", 3)) == ("...:", ".....:", "...:")


@pytest.mark.parametrize(("enabled", "text"), [(True, "\x1b[1;31mx\x1b[0m"), (False, "x")])
def test_paint_is_there_or_not(enabled, text):
    assert Paint(enabled)("x", "1", "31") == text
