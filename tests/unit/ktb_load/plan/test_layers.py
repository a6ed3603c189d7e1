import pytest

from ktb_load.errors import AuthorError
from ktb_load.plan.document import Document
from ktb_load.plan.layers import merge


def layers(*values):
    return merge([Document(f"layer {n}", value) for n, value in enumerate(values)])


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        pytest.param({}, {"executor": "per-vu-iterations"}, id="nothing"),
        pytest.param(
            {"iterations": 3, "vus": 2, "duration": "5s"},
            {"executor": "shared-iterations", "iterations": 3, "vus": 2, "maxDuration": "5s"},
            id="iterations; duration becomes maxDuration",
        ),
        pytest.param(
            {"duration": "5s", "vus": 2},
            {"executor": "constant-vus", "duration": "5s", "vus": 2},
            id="duration",
        ),
        pytest.param(
            {"stages": [{"duration": "1s", "target": 2}], "vus": 3},
            {
                "executor": "ramping-vus",
                "stages": [{"duration": "1s", "target": 2}],
                "startVUs": 3,
            },
            id="stages; vus is where they start",
        ),
    ],
)
def test_shortcuts_become_a_scenario_called_default(values, expected):
    assert layers(values).values == {"scenarios": {"default": expected}}


def test_execution_options_of_a_higher_layer_drop_all_of_the_lower_ones():
    merged = layers({"scenarios": {"a": {}}, "tags": {"a": "1"}}, {"duration": "5s"})
    assert merged.values["scenarios"] == {"default": {"executor": "constant-vus", "duration": "5s"}}
    assert merged.values["tags"] == {"a": "1"}
    assert merged.warnings == ("layer 1 overrides the scenarios of layer 0 entirely",)


def test_vus_alone_changes_nothing_beside_scenarios_and_says_so():
    merged = layers({"scenarios": {"a": {"executor": "x"}}}, {"vus": 5})
    assert merged.values == {"scenarios": {"a": {"executor": "x"}}}
    assert merged.warnings == ("`vus` of layer 1 changes nothing beside `scenarios`",)


def test_vus_is_merged_on_its_own():
    merged = layers({"duration": "5s", "vus": 2}, {"vus": 7})
    assert merged.values["scenarios"]["default"]["vus"] == 7


def test_tags_and_thresholds_are_replaced_as_a_whole():
    merged = layers({"tags": {"a": "1"}}, {"tags": {"b": "2"}})
    assert merged.values["tags"] == {"b": "2"}


@pytest.mark.parametrize(
    "values",
    [
        {"duration": "1s", "stages": [{}]},
        {"iterations": 1, "stages": [{}]},
        {"duration": "1s", "scenarios": {"a": {}}},
    ],
)
def test_options_of_one_layer_that_exclude_each_other_are_refused(values):
    with pytest.raises(AuthorError, match="simultaneously is not allowed"):
        layers(values)


def test_a_problem_in_a_shortcut_leads_back_to_the_shortcut():
    document = layers({"stages": [{"duration": "x"}]}).document()
    place = document.place(("scenarios", "default", "stages", 0, "duration"))
    assert str(place) == "layer 0, stages[0].duration"
