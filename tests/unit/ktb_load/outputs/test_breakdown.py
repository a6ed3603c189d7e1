import pytest

from ktb_load.metrics.tags import tag_set
from ktb_load.outputs.breakdown import Breakdown


@pytest.fixture
def breakdown(store):
    return Breakdown(store)


def _iterations(part):
    return part.sinks["iterations"][1].value("count", 1.0) if "iterations" in part.sinks else 0


def _groups(part, before=""):
    """Iterations by path of groups."""
    found = {}
    for name, inner in part.groups.items():
        found[before + name] = _iterations(inner)
        found |= _groups(inner, f"{before}{name}/")
    return found


@pytest.mark.parametrize(
    ("tags", "root", "scenarios"),
    [
        pytest.param({}, {}, {}, id="no tags: the total alone"),
        pytest.param({"scenario": "default", "group": ""}, {}, {}, id="the default scenario"),
        pytest.param({"group": "::a"}, {"a": 1}, {}, id="a group"),
        pytest.param({"group": "::a::b"}, {"a": 0, "a/b": 1}, {}, id="the innermost group only"),
        pytest.param({"scenario": "s"}, {}, {"s": (1, {})}, id="a scenario"),
        pytest.param(
            {"scenario": "s", "group": "::a"}, {}, {"s": (1, {"a": 1})}, id="a group in a scenario"
        ),
        pytest.param({"group": "::setup"}, {}, {}, id="setup counts for nothing"),
        pytest.param({"group": "::teardown"}, {}, {}, id="teardown neither"),
        pytest.param(
            {"group": "::setup::a"}, {"setup": 0, "setup/a": 1}, {}, id="a group in setup"
        ),
    ],
)
def test_sample_counts_for_its_scenario_and_its_innermost_group(
    store, breakdown, tags, root, scenarios
):
    store.series("iterations", tag_set(tags)).add(1)
    assert _groups(breakdown.root) == root
    found = {name: (_iterations(p), _groups(p)) for name, p in breakdown.scenarios.items()}
    assert found == scenarios


def test_checks_are_counted_by_name_where_they_were_taken(store, breakdown):
    for passed in (True, False, True):
        store.check("::a", "ok", passed, tag_set({"group": "::a"}))
    store.check("::a", "other", True, tag_set({"group": "::a"}))
    checks = breakdown.root.groups["a"].checks
    assert [(c.name, c.passes, c.fails) for c in checks.values()] == [("ok", 2, 1), ("other", 1, 0)]


def test_series_of_one_group_share_a_sink(store, breakdown):
    for status in ("200", "404"):
        store.series("http_reqs", tag_set({"group": "::a", "status": status})).add(1)
    _, sink = breakdown.root.groups["a"].sinks["http_reqs"]
    assert sink.value("count", 1.0) == 2


def test_parts_stand_in_order_of_first_appearance(store, breakdown):
    for scenario, group in (("z", "::b"), ("a", "::c"), ("z", "::a"), ("a", "::b")):
        store.series("iterations", tag_set({"scenario": scenario, "group": group})).add(1)
    assert {name: list(part.groups) for name, part in breakdown.scenarios.items()} == {
        "z": ["b", "a"],
        "a": ["c", "b"],
    }
    assert list(breakdown.scenarios) == ["z", "a"]
