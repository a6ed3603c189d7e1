"""What the golden summaries cannot show: our own sections, forms that k6 reaches seldom."""

import re

import pytest

from ktb_load.metrics.metric import Contains, MetricSpec, MetricType
from ktb_load.metrics.overload import LIMITS, Excess
from ktb_load.metrics.tags import tag_set
from ktb_load.metrics.threshold import Thresholds
from ktb_load.outputs.breakdown import Breakdown
from ktb_load.outputs.summary_data import RunSummary, SummaryOptions
from ktb_load.outputs.summary_text import SummaryMode, display_name, summary_text

_ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


@pytest.fixture
def text(store):
    """The summary of what the store holds after a run of two seconds."""

    def write(
        entries=None, mode="compact", *, breakdown=None, past_limits=None, colors=False, **options
    ):
        thresholds = Thresholds(entries or {})
        verdicts = thresholds.evaluate(store, 2.0)
        run = RunSummary(
            store,
            verdicts,
            2.0,
            SummaryOptions(**options),
            breakdown=breakdown,
            past_limits=past_limits,
        )
        return summary_text(run, SummaryMode(mode), colors=colors)

    return write


def _add(store, metric, *values, **tags):
    for value in values:
        store.series(metric, tag_set(tags)).add(value)


def test_summary_of_a_small_run(store, text):
    store.watch("iteration_duration{scenario:s}")
    _add(store, "iteration_duration", 10, 30, scenario="s")
    _add(store, "iterations", 1, 1, scenario="s")
    store.check("", "ok", True, ())
    store.check("", "late", True, ())
    store.check("", "late", False, ())
    store.check("", "late", False, ())
    entries = {
        "iteration_duration{scenario:s}": ["avg<20"],
        "iteration_duration": ["max<=30", " p(99)<1 "],
    }
    written = text(entries, trend_stats=("avg", "max"))
    assert (
        written.replace(" \n", "\n")
        == """

  █ THRESHOLDS

    iteration_duration
    ✓ 'max<=30' max=30ms
    ✗ 'p(99)<1' p(99)=29.8ms

      {scenario:s}
      ✗ 'avg<20' avg=20ms


  █ TOTAL RESULTS

    checks_total.......: 4      2/s
    checks_succeeded...: 50.00% 2 out of 4
    checks_failed......: 50.00% 2 out of 4

    ✓ ok
    ✗ late
      ↳  33% — ✓ 1 / ✗ 2

    EXECUTION
    iteration_duration...: avg=20ms max=30ms
      { scenario:s }.....: avg=20ms max=30ms
    iterations...........: 2 1/s



"""
    )


def test_sections_stand_in_their_order_with_chat_before_http(store, text):
    store.declare(MetricSpec("mine", MetricType.COUNTER))
    store.declare(MetricSpec("grpc_mine", MetricType.COUNTER))
    for metric in ("ws_sessions", "grpc_mine", "data_sent", "vus", "http_reqs", "chat_errors"):
        _add(store, metric, 1)
    _add(store, "generator_cpu", 0.5)
    _add(store, "mine", 1)
    titles = re.findall(r"^    ([A-Z]+)$", text(), re.MULTILINE)
    ours_and_k6s = ["CUSTOM", "CHAT", "HTTP", "EXECUTION", "NETWORK", "GENERATOR"]
    assert titles == [*ours_and_k6s, "GRPC", "WEBSOCKET"]


@pytest.mark.parametrize("mode", ["compact", "full", "legacy"])
def test_generator_past_its_limits_stands_above_everything(store, text, mode):
    _add(store, "iterations", 1)
    calm = text({"iterations": ["count>0"]}, mode)
    assert text({"iterations": ["count>0"]}, mode, past_limits=[]) == calm
    written = text({"iterations": ["count>0"]}, mode, past_limits=[Excess(LIMITS[0], 83.0)])
    head, _, rest = written.partition("nobody else needs\n")
    assert head.strip().startswith("█ GENERATOR was the limit, not the system")
    assert "✗ its event loop was late by p(95)=83ms, limit 20ms" in head
    assert rest.strip() == calm.strip()


@pytest.mark.parametrize(("mode", "shown"), [("compact", False), ("full", True), ("legacy", True)])
def test_phases_of_requests_are_left_out_of_the_compact_text(store, text, mode, shown):
    _add(store, "http_req_duration", 5)
    _add(store, "http_req_waiting", 3)
    assert ("http_req_waiting" in text(mode=mode)) is shown


@pytest.mark.parametrize(
    ("metric", "expression", "shown"),
    [
        pytest.param("tt", "avg<1", "avg=2ms", id="a column"),
        pytest.param("tt", "p(50) <1", "p(50)=2ms", id="a percentile that is no column"),
        pytest.param("tt", "avg!=1", "avg!=", id="k6 has no value beside this"),
        pytest.param("tt", "p(50)!=1", "p(50)!=", id="nor beside a percentile"),
        pytest.param("cc", "count<9", "count=6", id="the sum"),
        pytest.param("cc", "rate<9", "rate=3/s", id="the sum a second"),
        pytest.param("cc", "count!=9", "count!=3/s", id="k6 shows the wrong one here"),
        pytest.param("gg", "value>9", "value=3", id="the last value"),
        pytest.param("rr", "rate>0.1", "rate=50.00%", id="a share"),
        pytest.param("empty", "avg<1", "avg=0s", id="no samples"),
    ],
)
def test_threshold_is_followed_by_what_it_was_compared_with(store, text, metric, expression, shown):
    for name, type_, values in (
        ("tt", "trend", (1, 2, 3)),
        ("cc", "counter", (2, 4)),
        ("gg", "gauge", (9, 3)),
        ("rr", "rate", (1, 0)),
        ("empty", "trend", ()),
    ):
        unit = Contains.TIME if type_ == "trend" else Contains.DEFAULT
        store.declare(MetricSpec(name, MetricType(type_), unit))
        _add(store, name, *values)
    lines = text({metric: [expression]}, trend_stats=("avg",)).splitlines()
    [line] = [line for line in lines if f"'{expression}'" in line]
    assert line.partition(f"'{expression}' ")[2] == shown


def test_full_text_has_groups_and_scenarios(store, text):
    breakdown = Breakdown(store)
    for group in ("::b", "::10", "::2", "::b::inner"):
        _add(store, "iterations", 1, group=group, scenario="default")
    for scenario in ("z", "a"):
        _add(store, "iterations", 1, group="::g", scenario=scenario)
    written = text(mode="full", breakdown=breakdown)
    assert re.findall(r"[█↳] ([A-Z]+: .*) ", written) == [
        "GROUP: 2",
        "GROUP: 10",
        "GROUP: b",
        "GROUP: inner",
        "SCENARIO: a",
        "GROUP: g",
        "SCENARIO: z",
        "GROUP: g",
    ]
    assert "GROUP" not in text(mode="compact", breakdown=breakdown)
    assert "GROUP" not in text(mode="full")


def test_disabled_summary_is_empty(store, text):
    _add(store, "iterations", 1)
    assert text(mode="disabled") == ""


def test_legacy_text_marks_metrics_by_their_thresholds(store, text):
    store.watch("iterations{a:b}")
    _add(store, "iterations", 1, a="b")
    _add(store, "vus", 3)
    _add(store, "data_sent", 2)
    store.check("::g", "ok", True, ())
    store.check("::g", "late", False, ())
    entries = {"iterations": ["count>0", "count>9"], "iterations{a:b}": ["count>0"], "vus": []}
    lines = [line for line in text(entries, mode="legacy").splitlines() if line]
    assert lines == [
        "     █ g",
        "       ✓ ok",
        "       ✗ late",
        "        ↳  0% — ✓ 0 / ✗ 1",
        "     checks.......: 50.00% 1 out of 2",
        "     data_sent....: 2 B    1 B/s",
        "   ✗ iterations...: 1      0.5/s",
        "     ✓ { a:b }....: 1      0.5/s",
        "     vus..........: 3      min=3      max=3",
    ]


@pytest.mark.parametrize("mode", ["compact", "full", "legacy"])
def test_colours_change_nothing_else(store, text, mode):
    breakdown = Breakdown(store)
    _add(store, "iteration_duration", 1, 2, group="::g")
    store.check("::g", "ok", True, tag_set({"group": "::g"}))
    store.check("::g", "late", False, tag_set({"group": "::g"}))
    entries = {"iteration_duration": ["avg<1", "p(42)<9"], "checks": ["rate>0"]}
    plain, painted = (
        text(entries, mode, breakdown=breakdown, colors=colors) for colors in (False, True)
    )
    assert "\x1b" not in plain
    assert painted != plain
    assert _ESCAPE.sub("", painted) == plain


def test_run_in_which_nothing_happened_has_a_title_only(text):
    assert text() == "\n\n  █ TOTAL RESULTS \n\n\n\n"


@pytest.mark.parametrize(
    ("name", "shown"), [("http_reqs", "http_reqs"), ("http_reqs{a:b}", "  { a:b }")]
)
def test_submetric_is_shown_below_its_metric(name, shown):
    assert display_name(name) == shown
