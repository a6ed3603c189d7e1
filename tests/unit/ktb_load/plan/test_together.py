import pytest

from ktb_load.errors import AuthorError
from ktb_load.plan.document import Document
from ktb_load.plan.together import together


def plan(source, values, **lines):
    return Document(source, values, {tuple(key.split("__")): n for key, n in lines.items()})


def test_scenarios_of_two_plans_stand_side_by_side_and_say_whose_they_are():
    one = plan("one.yaml", {"scenarios": {"talk": {"vus": 1, "tags": {"who": "me"}}}})
    two = plan("two.yaml", {"scenarios": {"talk": {"vus": 2}}})
    assert together({"a": one, "b": two}).values == {
        "scenarios": {
            "a_talk": {"vus": 1, "tags": {"who": "me", "system": "a"}},
            "b_talk": {"vus": 2, "tags": {"system": "b"}},
        }
    }


@pytest.mark.parametrize(
    ("selector", "expected"),
    [
        ("checks", "checks{system:a}"),
        ("http_req_duration{name:/x}", "http_req_duration{name:/x,system:a}"),
        ("http_req_duration{ name:/x }", "http_req_duration{name:/x,system:a}"),
        ("checks{}", "checks{}"),
        ("checks{oops", "checks{oops"),
        ("vus_max", "vus_max"),
        ("generator_lag", "generator_lag"),
    ],
)
def test_a_threshold_judges_the_samples_of_its_own_system(selector, expected):
    made = together({"a": plan("one.yaml", {"thresholds": {selector: ["x"]}})})
    assert made.values["thresholds"] == {expected: ["x"]}


def test_of_other_options_the_last_plan_counts():
    one, two = plan("one.yaml", {"setupTimeout": "1m"}), plan("two.yaml", {"setupTimeout": "2m"})
    made = together({"a": one, "b": two})
    assert made.values == {"setupTimeout": "2m"}
    assert str(made.place(("setupTimeout",))) == "two.yaml, setupTimeout"


def test_places_lead_to_the_plan_in_which_a_key_stands():
    values = {"scenarios": {"talk": {"vus": 1}}, "thresholds": {"checks": ["x"]}}
    one = plan("one.yaml", values, scenarios__talk__vus=4, thresholds__checks=9)
    made = together({"a": one, "b": plan("two.yaml", {})})
    assert str(made.place(("scenarios", "a_talk", "vus"))) == "one.yaml:4, scenarios.talk.vus"
    assert str(made.place(("thresholds", "checks{system:a}"))) == "one.yaml:9, thresholds.checks"
    assert str(made.place(("scenarios",))) == "one.yaml and two.yaml, scenarios"


def test_options_in_place_of_scenarios_cannot_stand_beside_another_plan():
    with pytest.raises(AuthorError) as refused:
        together({"a": plan("one.yaml", {"duration": "5s", "vus": 2})})
    assert [str(problem) for problem in refused.value.problems] == [
        f"one.yaml, {key}: `{key}` beside the plan of another system;"
        " write it as one of `scenarios`"
        for key in ("duration", "vus")
    ]


@pytest.mark.parametrize("broken", [None, 5, ["x"]])
def test_what_is_no_mapping_is_left_for_whoever_reads_it(broken):
    made = together({"a": plan("one.yaml", {"scenarios": {"talk": broken}})})
    assert made.values == {"scenarios": {"a_talk": broken}}
