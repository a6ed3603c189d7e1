"""docs/generator.md says of metrics and limits what the code has."""

from pathlib import Path

from ktb_load.metrics.generator import GENERATOR
from ktb_load.metrics.metric import Contains, MetricType
from ktb_load.metrics.overload import BUSY, LIMITS
from ktb_load.outputs.spelling import value

PAGE = (Path(__file__).parents[2] / "docs" / "generator.md").read_text(encoding="utf-8")
STATS = {"busy": f"time over {BUSY:g}"}


def rows(heading):
    """The cells of the first table below a heading."""
    table = PAGE.partition(f"## {heading}\n")[2].partition("\n| --- ")[2].partition("\n\n")[0]
    lines = table.splitlines()[1:]
    return [tuple(cell.strip("` ") for cell in line.strip("|").split("|")) for line in lines]


def test_every_metric_is_documented_in_the_words_of_the_code():
    units = {Contains.TIME: "trend, time", Contains.DATA: "trend, data", Contains.DEFAULT: "trend"}
    expected = [(s.name, units[s.contains], s.description) for s in GENERATOR.values()]
    assert rows("What is measured") == expected


def test_every_limit_is_documented():
    assert rows("The limits") == [
        (
            limit.metric.name,
            STATS.get(limit.stat, limit.stat),
            value(limit.value, MetricType.TREND, limit.contains),
        )
        for limit in LIMITS
    ]
